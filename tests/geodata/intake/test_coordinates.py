"""Longitudes and latitudes in their usual spellings, alone and in pairs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import Refused
from geodata.intake import angles, coordinates


@pytest.mark.parametrize(
    "text",
    [
        "106.16",
        "106.16°",
        "E106.16",
        "106.16E",
        "东经106.16",
        "东经106.16度",
        "106°09′36″",
        "106°9'36\"",
        "106度9分36秒",
        "106:09:36",
        "106 09 36",
        "106-09-36",
        "106°09.6′",
        "１０６°０９′３６″",
        "106º09’36”E",
        "经度：106.16",
        "東經106°9′36″",
        "106°09'36''",
        "+106.16",
        106.16,
    ],
)
def test_one_longitude_in_many_spellings(text):
    assert angles.read(text).value == pytest.approx(106.16, abs=1e-9)


@pytest.mark.parametrize("text", ["W43.2", "43.2W", "西经43°12′", "-43.2", "−43.2", "43°12′00″W"])
def test_west_is_negative(text):
    assert angles.read(text).value == pytest.approx(-43.2, abs=1e-9)


@pytest.mark.parametrize(
    "text", ["106°60′00″", "106°09′61″", "-106W", "县城东边", "106.1.2", "经度33N", "", "106°09′36″xx"]
)
def test_what_is_no_angle_is_refused(text):
    with pytest.raises(Refused):
        angles.read(text)


@given(st.integers(0, 179), st.integers(0, 59), st.integers(0, 59))
def test_degrees_minutes_seconds_add_up(degrees, minutes, seconds):
    expected = degrees + minutes / 60 + seconds / 3600
    for text in (
        f"{degrees}°{minutes}′{seconds}″",
        f"{degrees}度{minutes}分{seconds}秒",
        f"E{degrees}°{minutes}'{seconds}\"",
    ):
        assert angles.read(text).value == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    "cell",
    [
        "33.33, 106.16",
        "106.16，33.33",
        "106.16;33.33",
        "33.33 106.16",
        "E106°9′36″ N33°19′48″",
        "东经106°9′36″，北纬33°19′48″",
        "东经106°9′36″北纬33°19′48″",
        "106°9'36\"E 33°19'48\"N",
        "E106.16N33.33",
        "北纬33.33东经106.16",
        "(106.16,33.33)",
    ],
)
def test_both_in_one_cell(cell):
    pair = coordinates.read_one(cell)
    assert (pair.x, pair.y) == pytest.approx((106.16, 33.33), abs=1e-9)


def test_two_readings_are_not_guessed():
    with pytest.raises(Refused, match="看不出来"):
        coordinates.read_one("33.3, 16.1")
    assert coordinates.read_one("33.3, 16.1", order="lat") == coordinates.Pair(16.1, 33.3)


def test_swapped_columns_are_said_and_only_where_nothing_else_is_possible():
    swapped = coordinates.read_two("42.3", "115.03")
    assert (swapped.x, swapped.y) == (115.03, 42.3) and "对调" in swapped.note
    both_possible = coordinates.read_two("42.3", "80.1")
    assert (both_possible.x, both_possible.y, both_possible.note) == (42.3, 80.1, "")
    marked = coordinates.read_two("N42.3", "E80.1")
    assert (marked.x, marked.y) == (80.1, 42.3) and "对调" in marked.note


@pytest.mark.parametrize("easting", [584934.723, 38584934.723])
def test_metres_are_recognised_in_either_order(easting):
    straight, turned = coordinates.read_two(easting, 4685473.567), coordinates.read_two(4685473.567, easting)
    assert straight.projected and (straight.x, straight.y) == (easting, 4685473.567) and not straight.note
    assert (turned.x, turned.y) == (easting, 4685473.567) and "对调" in turned.note


@pytest.mark.parametrize(
    ("lon", "lat", "guess"), [(-45132, -20.44, "-45.132"), (-43.9, -19657, "-19.657"), (-63.5, -9817, "-9.817")]
)
def test_a_lost_decimal_point_is_proposed(lon, lat, guess):
    with pytest.raises(Refused, match="丢了小数点") as refused:
        coordinates.read_two(lon, lat)
    assert guess in refused.value.mend


def test_two_of_a_kind_contradict():
    with pytest.raises(Refused, match="同一种"):
        coordinates.read_two("E106.1", "E33.3")


def test_dots_between_degrees_minutes_and_seconds_are_asked_about():
    with pytest.raises(Refused, match="105.25.18.5") as refused:
        angles.read("105.25.18.5")
    assert "105°25′18.5″" in refused.value.mend
