"""Fords (漫水路段) as candidates of flood roads: the piece of road around each."""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, radians
from typing import Any

import shapely
from shapely.affinity import scale
from shapely.geometry import LineString, Point
from shapely.ops import substring

from geodata.intake.osm.network import drivable
from geodata.intake.osm.reading import Extract, Thing
from geodata.intake.osm.region import Region

#: Metres of road on either side of a ford that belong to the section.
REACH_M = 50.0
_METRES_A_DEGREE = 111_195.0


def fords(extract: Extract, region: Region) -> Iterator[dict[str, Any]]:
    """Rows of layer flood_roads: drivable ways that are fords, and ±50 m of road around each ford node."""
    nodes = {node.id: node for node in extract.points("ford") if node.tags["ford"] != "no"}
    seen: set[int] = set()
    for way in extract.lines("highway"):
        if not drivable(way.tags) or not isinstance(way.geom, LineString):
            continue
        if way.tags.get("ford") not in (None, "no") and region.touches(way.geom):
            yield _row(way, way, way.geom)
        for number in sorted(set(way.nodes) & nodes.keys() - seen):
            node = nodes[number]
            if isinstance(node.geom, Point) and region.touches(node.geom):
                seen.add(number)
                yield _row(node, way, around(way.geom, node.geom))


def _row(ford: Thing, way: Thing, line: LineString) -> dict[str, Any]:
    road = way.name or way.tags.get("ref") or ""
    return {
        "code": ford.code,
        "name": ford.tags.get("name") or f"{road}漫水路段" + ("" if road else f" {ford.code}"),
        "geom": line,
        "section_kind": "ford",
        "road_name": road or None,
        "confirmed": False,
        "source": ford.source,
    }


def around(line: LineString, point: Point, reach_m: float = REACH_M) -> LineString:
    """The piece of `line` (lon/lat) within `reach_m` metres along it on either side of `point`.

    Measured on a plane at the point's latitude, which over 100 m is right to the millimetre.
    """
    shrink = cos(radians(point.y))
    flat = scale(line, shrink, 1.0, origin=(0, 0))
    at = flat.project(scale(point, shrink, 1.0, origin=(0, 0)))
    reach = reach_m / _METRES_A_DEGREE
    piece = substring(flat, max(at - reach, 0.0), min(at + reach, flat.length))
    return shapely.LineString(scale(piece, 1 / shrink, 1.0, origin=(0, 0)).coords)
