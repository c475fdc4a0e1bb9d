"""Townships (乡镇) from closed administrative boundaries; those that the extract's edge cuts open are told apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geodata.intake.osm.reading import Extract
from geodata.intake.osm.region import Region
from geodata.intake.osm.villages import population

#: 乡镇 in China; Gemeinde in Liechtenstein. 10 would be 村.
TOWNSHIP_LEVEL = 8


@dataclass
class Townships:
    """What the extract has on one level: rows for the layer, and the names of what is left out by why."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    #: How many closed boundaries the extract has on each admin_level, to propose another one.
    levels: Counter[str] = field(default_factory=Counter)
    cut_open: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


def townships(extract: Extract, region: Region, level: int = TOWNSHIP_LEVEL) -> Townships:
    """Boundary relations of `level` that are closed and wholly inside the `region`.

    A closed way without a relation is a piece of somebody's boundary (an exclave's ring), never a township.
    """
    found = Townships()
    closed: set[int] = set()
    for area in extract.areas(("boundary", "administrative")):
        if area.letter != "R" or area.geom is None:
            continue
        found.levels[area.tags.get("admin_level", "?")] += 1
        if area.tags.get("admin_level") != str(level):
            continue
        closed.add(area.id)
        if not region.holds(area.geom):
            found.outside.append(area.name or area.code)
            continue
        found.rows.append({
            "code": division_code(area.tags) or area.code,
            "name": area.name or area.code,
            "name_zh": area.tags.get("name:zh"),
            "township_kind": township_kind(area.name),
            "population": population(area.tags.get("population")),
            "osm_id": str(area.id),
            "geom": surface(area.geom),
            "source": area.source,
        })  # fmt: skip
    for relation in extract.relations("boundary"):
        tags = relation.tags
        of_level = tags.get("boundary") == "administrative" and tags.get("admin_level") == str(level)
        if of_level and tags.get("type") == "boundary" and relation.id not in closed:
            found.cut_open.append(relation.name or relation.code)
    return found


def township_kind(name: str) -> str | None:
    """Kind of a Chinese township by the end of its name; None for a name that does not say."""
    endings = (("街道", "subdistrict"), ("苏木", "sumu"), ("镇", "town"), ("乡", "township"))
    return next((kind for ending, kind in endings if name.endswith(ending)), None)


def division_code(tags: dict[str, str]) -> str | None:
    """Chinese division code (9-digit or 12-digit statistical code) where the boundary carries one, else None."""
    code = tags.get("division_code", "").strip()
    return code if code.isascii() and code.isdigit() and len(code) in (9, 12) else None


def surface(geom: BaseGeometry) -> BaseGeometry:
    """`geom` as a valid MultiPolygon; lines and points that mending a ring leaves over are dropped."""
    if not geom.is_valid:
        geom = shapely.make_valid(geom)
    parts = [part for part in shapely.get_parts(shapely.get_parts(geom)) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon(parts)
