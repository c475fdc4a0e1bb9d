"""Water: lines of flowing water, shores and areas of standing water."""

from __future__ import annotations

from pathlib import Path

import shapely

from geodata.intake.osm.reading import Extract
from geodata.intake.osm.region import Region, whole_extract
from geodata.intake.osm.water import water
from tests.geodata.intake.osm.sketch import Sketch


def extract(folder: Path) -> Extract:
    sketch = Sketch()
    line = [sketch.node(1, 110.0, 38.0), sketch.node(2, 110.1, 38.0)]
    sketch.way(1, line, waterway="river", name="窟野河")
    sketch.way(2, line, waterway="stream", name="王家沟")
    sketch.way(3, line, waterway="stream")
    sketch.way(4, line, waterway="drain", tunnel="culvert")
    sketch.way(5, line, waterway="dam")
    sketch.square(6, 110.2, 38.0, 0.01, natural="water", name="水库")
    sketch.square(7, 110.3, 38.0, 0.01, waterway="riverbank")
    # A brook that runs in a ring is a line; a pond that is also tagged as a ditch is one pond and not two records.
    sketch.square(8, 110.4, 38.0, 0.01, waterway="ditch")
    sketch.square(9, 110.5, 38.0, 0.01, waterway="ditch", natural="water")
    return Extract(sketch.write(folder))


def test_kinds(tmp_path: Path) -> None:
    found = [(row["code"], row["kind"], row["area"] is not None) for row in water(extract(tmp_path), whole_extract())]
    assert sorted(found) == [
        ("OSM-W1", "river", False), ("OSM-W2", "branch", False), ("OSM-W3", "gully", False),
        ("OSM-W6", "lake", True), ("OSM-W7", "river", True), ("OSM-W8", "gully", False), ("OSM-W9", "lake", True),
    ]  # fmt: skip


def test_a_lake_has_its_shore_and_its_area(tmp_path: Path) -> None:
    rows = {row["code"]: row for row in water(extract(tmp_path), whole_extract())}
    lake = rows["OSM-W6"]
    assert lake["geom"].equals(shapely.box(110.2, 38.0, 110.21, 38.01).exterior)
    assert lake["area"].equals(shapely.box(110.2, 38.0, 110.21, 38.01))
    assert (lake["name"], rows["OSM-W3"]["name"]) == ("水库", "")


def test_only_what_touches_the_region(tmp_path: Path) -> None:
    rows = water(extract(tmp_path), Region(shapely.box(110.15, 37.9, 110.25, 38.1)))
    assert [row["code"] for row in rows] == ["OSM-W6"]
