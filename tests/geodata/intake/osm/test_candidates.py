"""Candidates: which layer the tags lead to, with what is known and nothing more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import shapely

import layers
from geodata.intake.osm.candidates import RULES, Tally, address, candidates
from geodata.intake.osm.reading import Extract
from geodata.intake.osm.region import Region, whole_extract
from tests.geodata.intake.osm.sketch import Sketch


def read(folder: Path, **tags: str) -> list[tuple[str, dict[str, Any]]]:
    sketch = Sketch()
    sketch.node(1, 110.0, 38.0, **tags)
    return list(candidates(Extract(sketch.write(folder)), whole_extract(), Tally()))


@pytest.mark.parametrize(
    ("tags", "layer", "fields"),
    [
        ({"amenity": "fire_station"}, "rescue_teams", {"more_skills": "消防"}),
        ({"emergency": "ambulance_station"}, "rescue_teams", {"skill": "medical"}),
        ({"landuse": "quarry"}, "mines", {"kind": "noncoal", "method": "open_pit", "mineral": None}),
        ({"landuse": "quarry", "resource": "coal"}, "mines", {"kind": "coal", "method": "open_pit", "mineral": "煤"}),
        ({"amenity": "fuel"}, "chemical_sites", {"chain_stage": "trade", "boundary": None}),
        ({"landuse": "industrial", "industrial": "chemical"}, "chemical_sites", {}),
        ({"man_made": "works", "product": "fertilizer"}, "chemical_sites", {"chain_stage": "production"}),
        ({"man_made": "works", "product": "fireworks"}, "other_sites", {"sector": "fireworks"}),
        ({"man_made": "works", "product": "bricks"}, "other_sites", {"sector": "brick"}),
        ({"power": "plant", "plant:source": "solar"}, "other_sites", {"sector": "new_energy"}),
        ({"power": "plant", "plant:source": "coal"}, "other_sites", {"sector": "power"}),
        ({"man_made": "works"}, "enterprises", {}),
        ({"landuse": "industrial"}, "enterprises", {}),
        ({"amenity": "school"}, "shelters", {}),
        ({"amenity": "shelter"}, "shelters", {}),
    ],
)
def test_tags_lead_to_a_layer(tmp_path: Path, tags: dict[str, str], layer: str, fields: dict[str, Any]) -> None:
    ((name, row),) = read(tmp_path, **tags)
    assert name == layer and row["confirmed"] is False
    assert row.items() >= fields.items()


@pytest.mark.parametrize(
    "tags",
    [{"amenity": "cafe"}, {"amenity": "shelter", "shelter_type": "public_transport"}, {"landuse": "meadow"}],
)
def test_what_is_no_site_is_none(tmp_path: Path, tags: dict[str, str]) -> None:
    assert read(tmp_path, **tags) == []


def test_a_surface_gives_a_point_inside_it_and_its_outline_once(tmp_path: Path) -> None:
    sketch = Sketch()
    sketch.square(3, 110.0, 38.0, 0.001, amenity="fuel", brand="示例石油", addr__street="府前街", addr__housenumber="8")
    tally = Tally()
    ((_, row),) = candidates(Extract(sketch.write(tmp_path)), whole_extract(), tally)
    assert (row["code"], row["name"], row["address"]) == ("OSM-W3", "示例石油加油加气站", "府前街 8")
    assert row["boundary"].contains(row["geom"]) and row["geom"].geom_type == "Point"
    assert tally.kinds == {("chemical_sites", "加油加气站"): 1}


def test_outside_is_counted_and_left(tmp_path: Path) -> None:
    sketch = Sketch()
    sketch.node(1, 110.0, 38.0, amenity="fire_station")
    tally = Tally()
    far = Region(shapely.box(0, 0, 1, 1))
    assert list(candidates(Extract(sketch.write(tmp_path)), far, tally)) == []
    assert tally.left == {"在范围之外": 1}


def test_an_address_goes_from_the_large_to_the_small() -> None:
    assert address({"addr:housenumber": "8", "addr:city": "示例市", "addr:street": "府前街"}) == "示例市 府前街 8"
    assert address({"addr:full": "示例市府前街8号", "addr:city": "x"}) == "示例市府前街8号"
    assert address({}) is None


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.layer}-{rule.title}")
def test_every_rule_speaks_the_language_of_its_layer(rule: Any) -> None:
    layer = layers.ALL[rule.layer]
    for name, value in (*rule.fields, *(((rule.outline, None),) if rule.outline else ())):
        field = layer.field(name)
        assert not field.choices or value is None or field.choice(value) is not None
