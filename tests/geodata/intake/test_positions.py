"""Positions of a file: which system, which columns, inside what; surfaces for points."""

from decimal import Decimal

import geopandas
import pytest
from shapely.geometry import LineString, Point, Polygon, box

import layers
from geodata.errors import Refused
from tests.geodata.intake.importing import DAMS, GOOD, HEAD, counts, load, stored, townships


def test_no_system_is_asked_for(connection, table):
    path = table([["名称", "经度", "纬度"], ["大沟", "115", "42"]])
    with pytest.raises(Refused, match="不猜测：请加 --crs"):
        load(connection, path)
    assert counts(load(connection, path, crs="GCJ-02")) == (1, 0, 0, 0)
    assert stored(connection, "position_source, position_original") == [("GCJ-02", "115、42")]


def test_a_record_without_position_is_kept_as_unknown(connection, table):
    outcome = load(connection, table([HEAD, ["大沟", "", "", "35", "", ""]]))
    assert counts(outcome) == (1, 0, 0, 0) and outcome.without_position == 1
    assert stored(connection, "geom, capacity_10k_m3") == [(None, None)]


def test_a_blank_position_leaves_the_known_one(connection, table):
    load(connection, table([["编码", *HEAD], ["A1", *GOOD]]))
    load(connection, table([["编码", *HEAD], ["A1", "大沟尾矿库", "", "", "36", "120", ""]]))
    assert stored(connection, "ST_AsText(geom), height_m") == [("POINT(115.03 42.3)", Decimal("36"))]


def test_zones_by_prefix_swapped_and_in_one_cell(connection, table):
    path = table(
        [["名称", "X坐标", "Y坐标"], ["甲", "4685473.567", "38584934.723"], ["乙", "3689948.263", "35608003.319"]]
    )
    outcome = load(connection, path, crs="CGCS2000")
    assert counts(outcome) == (2, 0, 0, 0) and outcome.remarks == []
    assert stored(connection, "round(ST_X(geom)::numeric, 6), round(ST_Y(geom)::numeric, 6)") == [
        (Decimal("115.030000"), Decimal("42.300000")),
        (Decimal("106.160000"), Decimal("33.330000")),
    ]


def test_outside_the_given_area_is_refused_with_a_remedy(connection, table):
    rows = [
        HEAD,
        GOOD,
        ["甲", "-115.03", "42.3", "", "", ""],
        ["乙", "42.3", "115.03", "", "", ""],
        ["丙", "42.3", "80", "", "", ""],
    ]
    outcome = load(connection, table(rows), within="114,41,116,43")
    assert counts(outcome) == (2, 0, 0, 2)
    assert "负号" in str(outcome.refused[0]) and "改成 115.03, 42.3" in str(outcome.refused[0])
    assert "在范围 114,41,116,43之外" in str(outcome.refused[1])
    assert "对调" in str(outcome.remarks[0])


def test_outside_the_townships_is_told_and_taken(connection, table):
    townships(connection)
    outcome = load(connection, table([HEAD, GOOD, ["远处", "118.03", "42.3", "", "", ""]]))
    assert counts(outcome) == (2, 0, 0, 0)
    assert [remark.row for remark in outcome.remarks] == [3] and "各乡镇边界之外" in str(outcome.remarks[0])
    assert stored(connection, "township_code") == [("100",), (None,)]


def test_the_address_that_names_another_township(connection, table):
    townships(connection)
    load(
        connection,
        table([["名称", "乡镇", "地址", "经度", "纬度"], ["大沟", "西镇", "大沟村", "115.03", "42.3"]]),
        crs="WGS84",
    )
    assert stored(connection, "address, township_code, township_note IS NOT NULL") == [("西镇大沟村", "100", True)]


def test_a_likely_offset_is_proposed_and_not_applied(connection, table):
    townships(connection)
    # Six sites a stone's throw west of the border, written down in GCJ-02 (which pushes them 550 m east).
    rows = [[f"井{n}", "西镇", str(114.998 + 0.0066), str(42.1 + n / 100)] for n in range(6)]
    outcome = load(connection, table([["名称", "乡镇", "经度", "纬度"], *rows]), layers.ALL["wells"], crs="WGS84")
    assert any("坐标很像" in note and "--crs" in note for note in outcome.notes)
    assert stored(connection, "DISTINCT round(ST_X(geom)::numeric, 4), 1 AS code", "wells") == [
        (Decimal("115.0046"), 1)
    ]


def test_bad_rings_are_mended_and_told(connection, tmp_path):
    bow = Polygon([(115, 42), (115.1, 42.1), (115.1, 42), (115, 42.1)])
    geopandas.GeoDataFrame({"名称": ["领结"]}, geometry=[bow], crs=4490).to_file(tmp_path / "区.gpkg")
    outcome = load(connection, tmp_path / "区.gpkg", layers.ALL["hazard_areas"])
    assert counts(outcome) == (1, 0, 0, 0) and "自动修好" in str(outcome.remarks[0])
    assert stored(connection, "ST_IsValid(geom), GeometryType(geom)", "hazard_areas") == [(True, "MULTIPOLYGON")]


@pytest.mark.parametrize("shape", [Point(115, 42), LineString([(115, 42), (115.1, 42)])])
def test_the_wrong_kind_of_geometry_is_refused(connection, tmp_path, shape):
    geopandas.GeoDataFrame({"名称": ["甲"]}, geometry=[shape], crs=4326).to_file(tmp_path / "区.geojson")
    outcome = load(connection, tmp_path / "区.geojson", layers.ALL["hazard_areas"])
    assert counts(outcome) == (0, 0, 0, 1) and "图层要面" in str(outcome.refused[0])


# ---- real files ------------------------------------------------------------------------------------------------------

MINE_MAP = ["name=project", "code=id", "lon=lng", "lat=lat", "state=status"]
DAM_MAP = [
    "name=NOME_BARRAGEM_MINERACAO",
    "capacity_10k_m3=VOLUME_ATUAL_m3 [m³]",
    "height_m=ALTURA_ATUAL_metros",
    "lat=LATITUDE",
    "lon=LONGITUDE",
]


def test_a_heading_that_names_another_system_than_crs_is_said(connection, table):
    path = table([["名称", "经度(GCJ02)", "纬度(GCJ02)"], ["大沟", "115.03", "42.3"]])
    notes = load(connection, path, crs="WGS84").notes
    assert "坐标系：WGS 84（表头写的是 GCJ-02，按 --crs 作 WGS 84）" in notes
    assert "坐标系：GCJ-02" in " ".join(load(connection, path, crs="GCJ-02").notes)


def test_x_to_the_north_is_said_once(connection, table):
    rows = [[f"库{place}", f"{4685473 + 9 * place}", "38584934"] for place in range(5)]
    outcome = load(connection, table([["名称", "X坐标", "Y坐标"], *rows]), crs="CGCS2000")
    assert counts(outcome) == (5, 0, 0, 0) and outcome.remarks == []
    assert "“X坐标”是纵坐标（北）、“Y坐标”是横坐标（东），按测量的习惯读" in outcome.notes


def test_a_table_without_position_columns_says_so(connection, table):
    outcome = load(connection, table([["名称", "坝高"], ["大沟", "35"]]))
    assert any("没有认出坐标列" in note for note in outcome.notes)


def test_polygons_of_villages_are_kept_as_their_boundary(connection, tmp_path):
    path = tmp_path / "村.geojson"
    shape = box(115, 42, 115.1, 42.1)
    geopandas.GeoDataFrame({"name": ["东村"]}, geometry=[shape], crs="EPSG:4326").to_file(path)
    outcome = load(connection, path, layers.ALL["villages"])
    assert outcome.remarks == [] and "1 条是面：面存作“村界”，点取在面内" in outcome.notes
    assert stored(connection, "ST_Area(boundary) > 0.009, ST_Contains(boundary, geom)", "villages") == [(True, True)]


def test_new_townships_are_not_measured_against_the_old_ones(connection, tmp_path):
    townships(connection)
    path = tmp_path / "镇.geojson"
    geopandas.GeoDataFrame({"name": ["南乡"]}, geometry=[box(115, 41, 115.1, 41.1)], crs="EPSG:4326").to_file(path)
    assert load(connection, path, layers.ALL["townships"]).remarks == []


def test_a_known_position_is_not_counted_as_missing(connection, table):
    load(connection, table([HEAD, GOOD]))
    rows = [["编码", "名称", "坝高"], [f"{DAMS.prefix}-0001", GOOD[0], "36"], ["N", "新", "1"]]
    outcome = load(connection, table(rows))
    assert counts(outcome) == (1, 1, 0, 0) and outcome.without_position == 1
