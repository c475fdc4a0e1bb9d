"""Candidates to be confirmed: what an open map knows of a county's sites. Nobody has vouched for one of them.

A rule names the tags, the layer, and the few fields that follow from the tags; the first rule that fits decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import shapely

from geodata.intake.osm.areas import surface
from geodata.intake.osm.reading import Extract, Thing
from geodata.intake.osm.region import Region


@dataclass(frozen=True, slots=True)
class Rule:
    """`tags`: every key must have one of its values ("" = any value but no). `title` names what has no name."""

    layer: str
    title: str
    tags: tuple[tuple[str, tuple[str, ...]], ...]
    fields: tuple[tuple[str, Any], ...] = ()
    outline: str = ""

    def fits(self, tags: dict[str, str]) -> bool:
        """True where all tags are as the rule wants them."""
        return all(
            tags.get(key) in values or ("" in values and tags.get(key) not in (None, "no")) for key, values in self.tags
        )


_CHEMICAL = ("chemical", "refinery", "oil", "petroleum", "petrochemical", "fertilizer", "pharmaceutical", "gas")
_CHEMICAL_PRODUCT = ("chemicals", "chemical", "fertilizer", "fertiliser", "plastic", "paint", "pesticide", "fuel")
_BRICK = ("brickyard", "brickworks", "brick")
_RENEWABLE = ("solar", "wind", "biogas")
_INDUSTRIAL = ("landuse", ("industrial",))

RULES = (
    Rule("rescue_teams", "消防站", (("amenity", ("fire_station",)),), (("more_skills", "消防"),)),
    Rule("rescue_teams", "急救站", (("emergency", ("ambulance_station",)),), (("skill", "medical"),)),
    Rule("rescue_teams", "山地救援站", (("emergency", ("mountain_rescue",)),), (("more_skills", "山地救援"),)),
    Rule("rescue_teams", "水上救援站", (("emergency", ("water_rescue", "lifeboat_station")),), (("skill", "flood"),)),
    Rule("mines", "煤矿采场", (("landuse", ("quarry",)), ("resource", ("coal", "lignite"))),
         (("kind", "coal"), ("method", "open_pit"))),
    Rule("mines", "采石场", (("landuse", ("quarry",)),), (("kind", "noncoal"), ("method", "open_pit"))),
    Rule("chemical_sites", "加油加气站", (("amenity", ("fuel",)),), (("chain_stage", "trade"),), "boundary"),
    Rule("chemical_sites", "化工企业", (("industrial", _CHEMICAL),), (), "boundary"),
    Rule("chemical_sites", "化工企业", (("man_made", ("works",)), ("product", _CHEMICAL_PRODUCT)),
         (("chain_stage", "production"),), "boundary"),
    Rule("other_sites", "烟花爆竹企业", (("product", ("fireworks",)),), (("sector", "fireworks"),)),
    Rule("other_sites", "砖瓦厂", (("industrial", _BRICK),), (("sector", "brick"),)),
    Rule("other_sites", "砖瓦厂", (("product", ("bricks", "brick", "roof_tiles")),), (("sector", "brick"),)),
    Rule("other_sites", "新能源电站", (("power", ("plant",)), ("plant:source", _RENEWABLE)),
         (("sector", "new_energy"),)),
    Rule("other_sites", "发电厂", (("power", ("plant",)), ("plant:source", ("",))), (("sector", "power"),)),
    Rule("other_sites", "储气设施", (("man_made", ("gasometer",)),), (("sector", "gas"),)),
    Rule("enterprises", "工厂", (("man_made", ("works",)),)),
    Rule("enterprises", "工业用地", (_INDUSTRIAL,)),
    Rule("shelters", "学校", (("amenity", ("school", "college", "university")),)),
    Rule("shelters", "集合点", (("emergency", ("assembly_point",)),)),
    Rule("shelters", "庇护所", (("amenity", ("shelter",)),)),
)  # fmt: skip

#: Roofs against sun and rain where nobody could be sheltered: bus stops, picnic places, hides.
NO_SHELTER = ("public_transport", "picnic_shelter", "gazebo", "sun_shelter", "changing_rooms", "lean_to",
              "rock_shelter", "wildlife_hide", "field_shelter", "bicycle_parking", "smoking_area")  # fmt: skip

#: resource=… of a quarry, as the mines layer writes it.
MINERALS = {
    "aggregate": "砂石", "gravel": "砾石", "sand": "砂", "clay": "黏土", "limestone": "石灰石", "granite": "花岗岩",
    "marble": "大理石", "sandstone": "砂岩", "slate": "板岩", "basalt": "玄武岩", "gypsum": "石膏", "coal": "煤",
}  # fmt: skip

KEYS = tuple(sorted({key for rule in RULES for key, _ in rule.tags}))


@dataclass
class Tally:
    """How many candidates of each (layer, title) there are, and what looked like one and is none, by reason."""

    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)


def candidates(extract: Extract, region: Region, tally: Tally) -> Iterator[tuple[str, dict[str, Any]]]:
    """Pairs (layer name, row) of every point and surface inside the `region` that fits a rule; confirmed = false."""
    for thing in extract.things(*KEYS):
        if thing.is_line or thing.geom is None:
            continue  # a closed way comes again as the surface that it is
        rule = next((rule for rule in RULES if rule.fits(thing.tags)), None)
        if rule is None:
            continue
        point = thing.geom if thing.letter == "N" else surface(thing.geom).point_on_surface()
        if not region.touches(point):
            tally.left["在范围之外"] += 1
        elif rule.title == "庇护所" and thing.tags.get("shelter_type") in NO_SHELTER:
            tally.left["候车亭、凉亭之类，不能避难"] += 1
        else:
            tally.kinds[rule.layer, rule.title] += 1
            yield rule.layer, candidate(thing, rule, point)


def candidate(thing: Thing, rule: Rule, point: shapely.Point) -> dict[str, Any]:
    """One row: a point inside the thing, and its outline where the layer keeps one. Unknown fields stay None."""
    row: dict[str, Any] = {
        "code": thing.code,
        "name": thing.name or _nameless(thing, rule),
        "geom": point,
        "address": address(thing.tags),
        "confirmed": False,
        "source": thing.source,
    } | dict(rule.fields)
    if rule.layer == "mines":
        row["mineral"] = MINERALS.get(thing.tags.get("resource", ""))
    if rule.outline:
        row[rule.outline] = surface(thing.geom) if thing.is_area and thing.geom is not None else None
    return row


def _nameless(thing: Thing, rule: Rule) -> str:
    owner = thing.tags.get("operator") or thing.tags.get("brand") or ""
    return f"{owner}{rule.title}" if owner else f"{rule.title} {thing.letter}{thing.id}"


def address(tags: dict[str, str]) -> str | None:
    """The address as its tags spell it, from the large to the small; None where there is none."""
    if tags.get("addr:full"):
        return tags["addr:full"]
    keys = ("addr:province", "addr:city", "addr:district", "addr:place", "addr:street", "addr:housenumber")
    return " ".join(tags[key] for key in keys if tags.get(key)) or None
