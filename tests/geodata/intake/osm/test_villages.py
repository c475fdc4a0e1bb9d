"""Villages: inhabited places with names, and populations that are known or not."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely

from geodata.intake.osm.reading import Extract
from geodata.intake.osm.region import Region, whole_extract
from geodata.intake.osm.villages import population, villages
from tests.geodata.intake.osm.sketch import Sketch


def extract(folder: Path) -> Extract:
    sketch = Sketch()
    sketch.node(1, 110.1, 38.1, place="village", name="Planken", name__zh="普兰肯", population="445")
    sketch.node(2, 110.2, 38.1, place="hamlet", name="上沟")
    sketch.node(3, 110.3, 38.1, place="hamlet")
    sketch.node(4, 110.4, 38.1, place="locality", name="老鹰嘴")
    sketch.node(5, 110.5, 38.1, place="quarter", name="花园社区", population="many")
    return Extract(sketch.write(folder))


def test_named_inhabited_places_become_villages(tmp_path: Path) -> None:
    rows = list(villages(extract(tmp_path), whole_extract()))
    assert [(row["code"], row["name"], row["name_zh"], row["village_kind"], row["population"]) for row in rows] == [
        ("OSM-N1", "Planken", "普兰肯", "village", 445),
        ("OSM-N2", "上沟", None, "hamlet", None),
        ("OSM-N5", "花园社区", None, "community", None),
    ]


def test_only_those_inside(tmp_path: Path) -> None:
    rows = villages(extract(tmp_path), Region(shapely.box(110.15, 38, 110.25, 38.2)))
    assert [row["name"] for row in rows] == ["上沟"]


@pytest.mark.parametrize(
    ("text", "people"),
    [("445", 445), ("1 234", 1234), ("1,234", 1234), ("1'234", 1234), ("0", 0), ("~500", None), (None, None)],
)
def test_population_is_a_number_or_unknown(text: str | None, people: int | None) -> None:
    assert population(text) == people
