"""Systems by the names that people use, and EPSG's own figures for CGCS2000."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import Refused
from geodata.intake import crs

#: lon, lat, zone, easting without prefix, northing (EPSG v11).
ZONES = [
    (115.03, 42.30, 38, 584934.723, 4685473.567),
    (106.16, 33.33, 35, 608003.319, 3689948.263),
    (119.10, 25.32, 40, 409379.268, 2801806.664),
]


def one(system: crs.System, x: float, y: float) -> tuple[float, float]:
    lon, lat = system.to_wgs84(np.array([x]), np.array([y]))
    return float(lon[0]), float(lat[0])


@pytest.mark.parametrize(("lon", "lat", "zone", "easting", "northing"), ZONES)
def test_three_degree_zones_with_and_without_prefix(lon, lat, zone, easting, northing):
    prefixed = zone * 1_000_000 + easting
    for system, x in (
        (crs.named(f"EPSG:{4509 + zone}"), easting),
        (crs.named(f"EPSG:{4488 + zone}"), prefixed),
        (crs.named(f"CGCS2000 {zone}带"), easting),
        (crs.named(f"CGCS2000 CM{zone * 3}"), easting),
        (crs.named("CGCS2000"), prefixed),
    ):
        assert one(system, x, northing) == pytest.approx((lon, lat), abs=2e-8)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("wgs84", "WGS 84"),
        ("EPSG:4326", "WGS 84"),
        ("CRS84", "WGS 84"),
        ("国家2000坐标系", "CGCS2000"),
        ("4490", "CGCS2000"),
        ("GCJ-02", "GCJ-02"),
        ("火星坐标系", "GCJ-02"),
        ("bd09", "BD-09"),
        ("百度坐标", "BD-09"),
        ("Beijing54", "北京54"),
        ("Xi'an80", "西安80"),
        ("EPSG:4610", "西安80"),
        ("CGCS2000 / 3-degree Gauss-Kruger CM 114E", "CGCS2000 3度带38带"),
        ("CGCS2000_3_Degree_GK_Zone_38", "CGCS2000 3度带38带"),
        ("EPSG:32650", "EPSG:32650"),
        ("北京54 20带", "北京54 6度带20带"),
    ],
)
def test_names(name, title):
    assert crs.named(name).title == title


@pytest.mark.parametrize("name", ["", "地球", "CGCS2000 99带", "EPSG:999999", "CGCS2000 CM113"])
def test_unknown_names_are_refused_with_the_known_ones(name):
    with pytest.raises(Refused, match="CGCS2000"):
        crs.named(name)


def test_none_named_and_none_in_the_file_is_asked_for():
    with pytest.raises(Refused, match="不猜测：请加 --crs"):
        crs.resolve("", "", overridable=False)


def test_a_geojson_that_says_4326_gives_way_to_crs():
    assert crs.resolve("GCJ-02", "EPSG:4326", overridable=True)[0] == crs.GCJ02
    assert crs.resolve("EPSG:4547", "EPSG:4326", overridable=True)[0].zone == 38


def test_a_file_of_its_own_system_contradicts():
    with pytest.raises(Refused, match="--crs 却说"):
        crs.resolve("EPSG:4547", "EPSG:32650", overridable=False)
    assert crs.resolve("", "EPSG:4490", overridable=False)[0].title == "CGCS2000"
    assert crs.resolve("BD-09", "EPSG:4490", overridable=False)[0] == crs.BD09


def test_old_datums_carry_their_caveat():
    for name in ("北京54", "西安80 38带"):
        system, said = crs.resolve(name, "", overridable=False)
        assert "没有公开的统一参数" in said and system.caveat == said


def test_metres_need_a_zone_that_exists_and_agrees():
    with pytest.raises(Refused, match="没有带号"):
        crs.zone_of(crs.named("CGCS2000"), 584934.7)
    with pytest.raises(Refused, match="带号 24 不存在"):
        crs.zone_of(crs.named("CGCS2000"), 24584934.7)
    with pytest.raises(Refused, match="说的是 39 带"):
        crs.zone_of(crs.named("CGCS2000 39带"), 38584934.7)


@settings(deadline=None)  # the first call of a zone builds its transformer
@given(st.floats(74, 134), st.floats(19, 53))
def test_every_zone_comes_back(lon, lat):
    zone = int((lon + 1.5) // 3)
    transformer = crs.pyproj.Transformer.from_crs("EPSG:4490", 4509 + zone, always_xy=True)
    easting, northing = transformer.transform(lon, lat)
    assert one(crs.named("CGCS2000"), zone * 1_000_000 + easting, northing) == pytest.approx((lon, lat), abs=1e-8)


@pytest.mark.parametrize(("name", "datum"), [("2000", "CGCS2000"), ("2000坐标系", "CGCS2000"), ("1980", "西安80"),
                                             ("80坐标系", "西安80"), ("54", "北京54")])  # fmt: skip
def test_a_bare_year_is_the_datum_and_no_epsg_code(name, datum):
    assert crs.named(name).title == datum
    assert crs.named("EPSG:2000").title == "EPSG:2000"
