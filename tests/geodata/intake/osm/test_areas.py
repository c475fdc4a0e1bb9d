"""Townships from boundaries: closed ones inside, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely

from geodata.intake.osm.areas import division_code, surface, township_kind, townships
from geodata.intake.osm.reading import Extract
from geodata.intake.osm.region import Region, whole_extract
from tests.geodata.intake.osm.sketch import Sketch


def extract(folder: Path) -> Extract:
    sketch = Sketch()
    sketch.square(1, 110.0, 38.0, 0.1)
    sketch.square(2, 110.1, 38.0, 0.1)
    sketch.square(3, 110.3, 38.0, 0.1)
    # An exclave's ring carries the tags too, but is a piece of a boundary and no township.
    sketch.square(4, 110.0, 38.2, 0.1, boundary="administrative", admin_level="8")
    sketch.boundary(1, [1], 8, name="河口镇", division_code="610881100", population="12 345")
    sketch.boundary(2, [2], 8, name="Ruggell", name__zh="鲁格尔")
    sketch.boundary(3, [3], 8, name="Far away")
    sketch.boundary(5, [2, 99], 8, name="Cut open")
    sketch.boundary(6, [1], 10, name="河口村")
    return Extract(sketch.write(folder))


def test_closed_boundaries_of_the_level_become_townships(tmp_path: Path) -> None:
    found = townships(extract(tmp_path), whole_extract())
    assert sorted(row["code"] for row in found.rows) == ["610881100", "OSM-R2", "OSM-R3"]
    first = next(row for row in found.rows if row["code"] == "610881100")
    assert (first["name"], first["township_kind"], first["population"]) == ("河口镇", "town", 12345)
    assert first["geom"].geom_type == "MultiPolygon" and first["geom"].bounds == (110.0, 38.0, 110.1, 38.1)
    second = next(row for row in found.rows if row["code"] == "OSM-R2")
    assert (second["name_zh"], second["township_kind"], second["population"]) == ("鲁格尔", None, None)


def test_a_neighbour_that_is_cut_open_is_named_and_left_out(tmp_path: Path) -> None:
    assert townships(extract(tmp_path), whole_extract()).cut_open == ["Cut open"]


def test_outside_the_region_is_named_and_left_out(tmp_path: Path) -> None:
    found = townships(extract(tmp_path), Region(shapely.box(110, 38, 110.2, 38.1)))
    assert [row["name"] for row in found.rows] == ["河口镇", "Ruggell"]
    assert found.outside == ["Far away"]


def test_another_level_may_be_asked_for_and_the_levels_are_counted(tmp_path: Path) -> None:
    found = townships(extract(tmp_path), whole_extract(), level=10)
    assert [row["name"] for row in found.rows] == ["河口村"]
    assert found.levels == {"8": 3, "10": 1}


@pytest.mark.parametrize(
    ("code", "kept"),
    [("610881100", "610881100"), ("610881100000", "610881100000"), ("610881", None), ("61088110A", None), ("", None)],
)
def test_only_a_township_or_statistical_code_is_taken_for_one(code: str, kept: str | None) -> None:
    assert division_code({"division_code": code}) == kept


@pytest.mark.parametrize(
    ("name", "kind"),
    [("河口镇", "town"), ("高家乡", "township"), ("城东街道", "subdistrict"), ("巴音苏木", "sumu"), ("Vaduz", None)],
)
def test_the_name_ends_in_the_kind(name: str, kind: str | None) -> None:
    assert township_kind(name) == kind


def test_a_ring_that_crosses_itself_becomes_a_valid_surface() -> None:
    bow = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1), (0, 0)])
    mended = surface(shapely.MultiPolygon([bow]))
    assert mended.is_valid and mended.geom_type == "MultiPolygon" and mended.area == pytest.approx(0.5)
