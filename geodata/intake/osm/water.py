"""Water (水系): rivers, streams and ditches as lines; lakes, ponds and river surfaces as areas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from geodata.intake.osm.areas import surface
from geodata.intake.osm.reading import Extract, Thing
from geodata.intake.osm.region import Region

#: waterway → kind of layer water. A line drawn as riverbank or dam is no course of water.
LINES = {"river": "river", "canal": "branch", "stream": "branch", "tidal_channel": "branch", "ditch": "gully",
         "drain": "gully", "wadi": "gully"}  # fmt: skip
#: water=… of a surface that is a river; every other surface is a lake (湖库塘).
_FLOWING = ("river", "stream", "canal", "oxbow", "rapids")


def water(extract: Extract, region: Region) -> Iterator[dict[str, Any]]:
    """Rows of layer water for what touches the `region`, whole."""
    for thing in extract.things("waterway", "natural", "water"):
        kind = _kind(thing)
        if kind is None or thing.geom is None or not region.touches(thing.geom):
            continue
        yield {
            "code": thing.code,
            "name": thing.name or thing.code,
            "kind": kind,
            "geom": surface(thing.geom) if thing.is_area else thing.geom,
            "source": thing.source,
        }


def _kind(thing: Thing) -> str | None:
    tags = thing.tags
    if thing.is_line:
        # In a pipe under the ground there is no water to see; a ring of natural=water comes again as the area it is.
        if tags.get("natural") == "water":
            return None
        return LINES.get(tags.get("waterway", "")) if tags.get("tunnel") in (None, "no") else None
    if not thing.is_area:
        return None
    if tags.get("waterway") == "riverbank" or tags.get("water") in _FLOWING:
        return "river"
    return "lake" if tags.get("natural") == "water" or tags.get("water") in ("reservoir", "pond", "lake") else None
