"""Where reservoirs lie on the branches of 示例县, and their lakes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from geodata.sample.county import County
from geodata.sample.hydrography import Stream
from geodata.sample.plane import Floats

#: Name, share of the branch's length where the dam stands, length of the lake and its greatest half width (m).
DAMS = (
    ("云台水库", 0.30, 1_700.0, 260.0), ("石门水库", 0.35, 1_300.0, 210.0), ("白岭水库", 0.40, 1_000.0, 170.0),
    ("柳林水库", 0.30, 800.0, 140.0), ("槐安水库", 0.35, 650.0, 115.0), ("杏树沟塘坝", 0.40, 380.0, 75.0),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Impoundment:
    """A reservoir: its name, the dam's place (metres), its lake's polygon (metres), the stream and the bed's height."""

    name: str
    at: Floats
    lake: shapely.Polygon
    stream: Stream
    bed_m: float


def impoundments(county: County) -> list[Impoundment]:
    """The six reservoirs, each on a branch that runs inside the county far enough."""
    inside = county.outline.buffer(-500.0)
    found: list[Impoundment] = []
    for stream in county.streams:
        if stream.kind != "branch" or len(found) == len(DAMS):
            continue
        name, share, length, width = DAMS[len(found)]
        line = shapely.LineString(stream.line)
        end = share * line.length
        at = line.interpolate(end)
        clear = all(at.distance(shapely.Point(other.at)) > 4_000 for other in found)
        if end > length + 300 and inside.contains(at) and clear and _out_of_villages(county, at):
            place = np.array(at.coords[0])
            lake = _lake(line, end, length, width)
            found.append(Impoundment(name, place, lake, stream, float(county.land.height_at(place[None])[0])))
    return found


def _out_of_villages(county: County, at: shapely.Point) -> bool:
    return min(float(np.hypot(village.at[0] - at.x, village.at[1] - at.y)) for village in county.villages) > 450.0


def _lake(line: shapely.LineString, end: float, length: float, width: float) -> shapely.Polygon:
    """Water behind a dam: widest near the dam, thinning upstream, straight at the dam."""
    rounds = []
    for step in np.linspace(0.0, 1.0, 28):
        radius = width * (1.0 - step) ** 0.7 * (0.82 + 0.18 * np.sin(9.0 * step)) + 8.0
        rounds.append(line.interpolate(end - radius * (step < 0.05) - step * length).buffer(radius, 24))
    hulls = [shapely.unary_union([a, b]).convex_hull for a, b in zip(rounds, rounds[1:], strict=False)]
    lake = shapely.unary_union(hulls).buffer(15.0).buffer(-15.0).simplify(2.0)
    assert isinstance(lake, shapely.Polygon)
    return lake
