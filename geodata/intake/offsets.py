"""Positions that were handed over as WGS 84 but look like GCJ-02 or BD-09: proposed, never applied.

The only witness is the townships' boundary: where taking the shift off brings many more positions inside, or inside
the township that their own address names, the shift is proposed.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import psycopg
import shapely

from geodata.intake import gcj02
from geodata.intake.gcj02 import Array

NAMED = "SELECT name, ST_AsBinary(geom) FROM layer.townships WHERE deleted_at IS NULL AND geom IS NOT NULL"
#: Fewer witnesses than this say nothing.
_FEWEST = 5
#: The share inside must rise by this much before anything is said.
_GAIN = 0.08


def proposal(connection: psycopg.Connection, points: Sequence[tuple[float, float]], addresses: Sequence[str]) -> str:
    """A sentence that proposes GCJ-02 or BD-09 for (lon, lat) `points` read as WGS 84; empty where none is due."""
    towns = [(str(row[0]), shapely.from_wkb(bytes(row[1]))) for row in connection.execute(NAMED)]
    if not towns or len(points) < _FEWEST:
        return ""
    lon, lat = np.array([p[0] for p in points]), np.array([p[1] for p in points])
    if not gcj02.shifted(lon, lat).all():
        return ""
    shapes = _witnesses(towns, addresses)
    scores = {name: _share(shapes, *shifted) for name, shifted in (
        ("WGS 84", (lon, lat)), ("GCJ-02", gcj02.gcj_to_wgs(lon, lat)), ("BD-09", gcj02.bd_to_wgs(lon, lat)),
    )}  # fmt: skip
    best = max(scores.values())
    if best - scores["WGS 84"] < _GAIN:
        return ""
    likely = " 或 ".join(name for name, share in scores.items() if share > best - _GAIN)
    return (
        f"坐标很像 {likely}：按 WGS 84 有 {scores['WGS 84']:.0%} 落在应在的乡镇，那样有 {best:.0%}；"
        "没有自动改，核对后可加 --crs 重新导入"
    )


def _witnesses(
    towns: Sequence[tuple[str, shapely.Geometry]], addresses: Sequence[str]
) -> list[shapely.Geometry]:  # fmt: skip
    """Where each position should lie: in the township that its address names, else in any."""
    everywhere = shapely.union_all([shape for _, shape in towns])
    by_name = sorted(towns, key=lambda town: -len(town[0]))
    return [next((shape for name, shape in by_name if name in address), everywhere) for address in addresses]


def _share(shapes: Sequence[shapely.Geometry], lon: Array, lat: Array) -> float:
    points = shapely.points(lon, lat)
    return float(np.mean(shapely.intersects(np.array(shapes, dtype=object), points)))
