"""Water (水系): rivers, streams and ditches as lines; lakes and river surfaces as their shore and their area."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import shapely

from geodata.intake.osm.areas import surface
from geodata.intake.osm.reading import Extract, Thing
from geodata.intake.osm.region import Region

#: waterway → kind of layer water; a named stream is a branch, any other a gully.
LINES = {"river": "river", "canal": "river", "tidal_channel": "branch", "stream": "gully", "ditch": "gully",
         "drain": "gully", "wadi": "gully"}  # fmt: skip
#: water=… of a surface that is a river; every other surface is a lake (湖库塘).
_FLOWING = ("river", "stream", "canal", "oxbow", "rapids")
_SURFACES = (*_FLOWING, "lake", "pond", "reservoir", "basin", "lagoon")


def water(extract: Extract, region: Region) -> Iterator[dict[str, Any]]:
    """Rows of layer water for what touches the `region`, whole."""
    for thing in extract.things("waterway", "natural", "water"):
        kind = _kind(thing)
        if kind is None or thing.geom is None or not region.touches(thing.geom):
            continue
        area = surface(thing.geom) if thing.is_area else None
        yield {
            "code": thing.code,
            "name": thing.name,  # often none, and then there is no label on the map
            "kind": kind,
            "geom": thing.geom if thing.is_line else shapely.boundary(area),
            "area": area,
            "source_way": str(thing.id),
            "source": thing.source,
        }


def _kind(thing: Thing) -> str | None:
    tags = thing.tags
    if thing.is_line:
        # In a pipe under the ground there is no water to see; a ring of water comes again as the area that it is.
        if tags.get("tunnel") not in (None, "no") or (thing.geom and thing.geom.is_ring and _surface_of_water(tags)):
            return None
        return "branch" if tags.get("waterway") == "stream" and thing.name else LINES.get(tags.get("waterway", ""))
    if not thing.is_area:
        return None
    if tags.get("waterway") == "riverbank" or tags.get("water") in _FLOWING:
        return "river"
    return "lake" if _surface_of_water(tags) else None


def _surface_of_water(tags: dict[str, str]) -> bool:
    return tags.get("natural") == "water" or tags.get("waterway") == "riverbank" or tags.get("water") in _SURFACES
