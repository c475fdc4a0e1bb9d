"""`--within`: a file, a relation id, a name; and what is said where it names nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import Refused
from geodata.intake.osm.reading import Extract
from geodata.intake.osm.region import Region, whole_extract, within
from tests.geodata.intake.osm.sketch import Sketch


def county(folder: Path) -> Extract:
    """A county of 0.2° (relation 1, 示例县), a district of the same name inside, and a neighbour that is cut open."""
    sketch = Sketch()
    sketch.square(1, 110.0, 38.0, 0.2)
    sketch.square(2, 110.0, 38.0, 0.1)
    sketch.square(3, 110.2, 38.0, 0.2)
    sketch.boundary(1, [1], 6, name="示例县", name__en="Sample County")
    sketch.boundary(2, [2], 7, name="示例县")
    sketch.boundary(3, [3, 99], 6, name="邻县")
    return Extract(sketch.write(folder))


@pytest.mark.parametrize("wanted", ["示例县", "Sample County", "1", "r1", "relation/1"])
def test_a_boundary_of_the_extract_by_name_or_number(tmp_path: Path, wanted: str) -> None:
    region = within(county(tmp_path), wanted)
    assert region.outline is not None and region.outline.bounds == (110.0, 38.0, 110.2, 38.2)
    assert region.title == "示例县"


def test_the_number_reaches_the_lower_level_of_the_same_name(tmp_path: Path) -> None:
    region = within(county(tmp_path), "2")
    assert region.outline is not None and region.outline.bounds == (110.0, 38.0, 110.1, 38.1)


def test_two_boundaries_of_one_name_and_level_are_not_guessed(tmp_path: Path) -> None:
    sketch = Sketch()
    for number in (1, 2):
        sketch.square(number, 110.0 + number, 38.0, 0.2)
        sketch.boundary(number, [number], 8, name="城关镇")
    with pytest.raises(Refused, match="不止一个") as refusal:
        within(Extract(sketch.write(tmp_path)), "城关镇")
    assert "R1" in str(refusal.value) and "R2" in str(refusal.value)


def test_a_boundary_that_is_cut_open_is_no_region(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="不闭合"):
        within(county(tmp_path), "邻县")


def test_a_near_miss_is_proposed(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="没有这个边界") as refusal:
        within(county(tmp_path), "示例市")
    assert "示例县" in refusal.value.mend


def test_an_extract_without_boundaries_says_so(tmp_path: Path) -> None:
    sketch = Sketch()
    sketch.square(1, 110, 38, 0.1, natural="water")
    with pytest.raises(Refused, match="没有任何行政边界"):
        within(Extract(sketch.write(tmp_path)), "示例县")


def outline(folder: Path, geometry: object) -> str:
    path = folder / "outline.geojson"
    feature = {"type": "Feature", "properties": {}, "geometry": geometry}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    return str(path)


def test_a_file_gives_the_outline(tmp_path: Path) -> None:
    ring = [[110, 38], [111, 38], [111, 39], [110, 39], [110, 38]]
    path = outline(tmp_path, {"type": "Polygon", "coordinates": [ring]})
    region = within(county(tmp_path), path)
    assert region.outline is not None and region.outline.equals(shapely.box(110, 38, 111, 39))
    assert region.title == ""


def test_a_file_without_a_surface_is_refused(tmp_path: Path) -> None:
    path = outline(tmp_path, {"type": "Point", "coordinates": [110, 38]})
    with pytest.raises(Refused, match="没有面"):
        within(county(tmp_path), path)


@pytest.mark.parametrize("content", [None, "{no json"])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "outline.geojson"
    if content is not None:
        path.write_text(content)
    with pytest.raises(Refused, match="outline.geojson"):
        within(county(tmp_path), str(path))


def test_four_numbers_are_a_box(tmp_path: Path) -> None:
    region = within(county(tmp_path), "110,38,110.5,38.5")
    assert region.outline is not None and region.outline.bounds == (110, 38, 110.5, 38.5)


def test_length_is_geodesic_and_only_what_lies_inside() -> None:
    line = shapely.LineString([(110, 0), (112, 0)])
    # One degree of the equator is 111 319.49 m on WGS 84.
    assert whole_extract().metres(line) == pytest.approx(2 * 111_319.49, abs=0.01)
    assert Region(shapely.box(109, -1, 111, 1)).metres(line) == pytest.approx(111_319.49, abs=0.01)
    assert Region(shapely.box(0, -1, 1, 1)).metres(line) == 0


@given(size=st.floats(0.01, 0.5), slip=st.floats(-0.6, 0.6))
def test_an_area_is_held_only_where_all_but_a_hedge_of_it_lies_inside(size: float, slip: float) -> None:
    region = Region(shapely.box(0, 0, 1, 1))
    area = shapely.box(0.5 + slip, 0.2, 0.5 + slip + size, 0.2 + size)
    outside = area.difference(region.outline).area / area.area
    assert region.holds(area) == (outside <= 0.01) or abs(outside - 0.01) < 1e-9
