"""Roads (道路): one record a drivable way, whole, with the limits that its tags state and the ids of its nodes.

A way is not split at junctions: two ways meet where they share a node id, and the road graph splits them there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from geodata.intake.osm.limits import height_m, speed_kmh, weight_t
from geodata.intake.osm.reading import Extract, Thing
from geodata.intake.osm.region import Region

#: Drivable: what a car can physically use. Paths, cycleways, steps, pedestrian areas and race tracks are not. Ways that
#: are closed to traffic (access=no, private) count: a rescue team may use them, and their access is kept.
_LINKED = ("motorway", "trunk", "primary", "secondary", "tertiary")
DRIVABLE = frozenset(
    (*_LINKED, *(f"{name}_link" for name in _LINKED), "unclassified", "residential", "living_street", "service",
     "track", "road")
)  # fmt: skip

#: Class by the road's number (国道 G, 省道 S, 县道 X, 乡道 Y, 村道 C; GB/T 917—2017) …
_CLASS_BY_REF = {"G": "national", "S": "provincial", "X": "county", "Y": "township", "C": "village"}
#: … and by the way's rank where it has no such number (OpenStreetMap wiki, China tagging guidelines).
_CLASS_BY_RANK = {"motorway": "national", "trunk": "national", "primary": "provincial", "secondary": "county",
                  "tertiary": "township"}  # fmt: skip

#: access=… → whom the road lets in.
_ACCESS = {"yes": "yes", "public": "yes", "permissive": "yes", "designated": "yes", "official": "yes",
           "destination": "destination", "customers": "destination", "delivery": "destination",
           "private": "private", "forestry": "private", "agricultural": "private", "permit": "private",
           "no": "no"}  # fmt: skip


@dataclass
class Length:
    """What the passing roads add up to: geodesic metres inside the region, and the ids of the ways."""

    metres: float = 0.0
    ways: set[int] = field(default_factory=set)


def roads(extract: Extract, region: Region, length: Length) -> Iterator[dict[str, Any]]:
    """Rows of layer roads for the drivable ways that touch the `region`; `length` adds up what passes."""
    for way in extract.lines("highway"):
        if not drivable(way.tags) or way.geom is None or not region.touches(way.geom):
            continue
        length.metres += region.metres(way.geom)
        length.ways.add(way.id)
        yield road(way)


def drivable(tags: dict[str, str]) -> bool:
    """True for a way that belongs to the road network; an area drawn as highway (a yard) is none."""
    return tags.get("highway") in DRIVABLE and tags.get("area") != "yes"


def road(way: Thing) -> dict[str, Any]:
    """One row of layer roads. What the tags do not state stays None: no limit is invented."""
    tags = way.tags
    return {
        "code": way.code,
        "name": way.name or tags.get("ref") or "",  # a made-up name would be a label on the map
        "geom": way.geom,
        "class": road_class(tags),
        "ref": tags.get("ref"),
        "oneway": oneway(tags),
        "speed_kmh": speed_kmh(tags.get("maxspeed")),
        "bridge": _there(tags.get("bridge")),
        "tunnel": _there(tags.get("tunnel")),
        "layer": _integer(tags.get("layer")),
        "access": access(tags),
        "max_height_m": height_m(tags.get("maxheight")) or height_m(tags.get("maxheight:physical")),
        "max_weight_t": weight_t(tags.get("maxweight")),
        "width_m": height_m(tags.get("width")),
        "lanes": _integer(tags.get("lanes")),
        "surface": tags.get("surface"),
        "ford": _there(tags.get("ford")),
        "source_kind": tags["highway"],
        "source_way": str(way.id),
        "source_from": str(way.nodes[0]),
        "source_to": str(way.nodes[-1]),
        "source_nodes": " ".join(map(str, way.nodes)),
        "source": way.source,
    }


def road_class(tags: dict[str, str]) -> str:
    """Class of a road by its number, else by its rank (class of a link is its road's)."""
    ref = tags.get("ref", "").strip().upper()
    if ref[:1] in _CLASS_BY_REF and ref[1:2].isdigit():
        return _CLASS_BY_REF[ref[0]]
    return _CLASS_BY_RANK.get(tags["highway"].removesuffix("_link"), "village")


def oneway(tags: dict[str, str]) -> str | None:
    """`yes`: along the line only, `reverse`: against it only, `no`: both; None where it changes by the hour.

    Roundabouts and motorways are one-way by what they are, unless they say otherwise.
    """
    said = tags.get("oneway", "").strip().lower()
    if said in ("yes", "true", "1"):
        return "yes"
    if said in ("-1", "reverse"):
        return "reverse"
    if said in ("reversible", "alternating"):
        return None
    if said in ("no", "false", "0"):
        return "no"
    round_about = tags.get("junction") in ("roundabout", "circular")
    return "yes" if round_about or tags.get("highway") == "motorway" else "no"


def access(tags: dict[str, str]) -> str | None:
    """What the finest tag says for motor traffic; None where nothing is said, or nothing that holds at all hours."""
    for key in ("motorcar", "motor_vehicle", "vehicle", "access"):
        if tags.get(key):
            return _ACCESS.get(tags[key].strip())
    return None


def _there(value: str | None) -> bool:
    return value not in (None, "", "no")


def _integer(value: str | None) -> int | None:
    """A whole number; OSM's layer is -5 to 5, and words do occur."""
    try:
        return int(value) if value else None
    except ValueError:
        return None
