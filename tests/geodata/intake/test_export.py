"""A layer goes out and comes back unchanged; no cell is a formula; phones stay in where asked."""

import json
import re
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, box

import layers
from geodata.errors import Refused
from geodata.intake import export
from geodata.intake.loading import load_file
from geodata.intake.options import Options
from geodata.store import records
from layers._vocabulary import Field, Geometry, Kind, Layer

SHAPES = {Geometry.POINT: Point(115.0312345678901, 42.3), Geometry.LINE: LineString([(115, 42), (115.1, 42.123456789)]),
          Geometry.POLYGON: box(115, 42, 115.1, 42.1)}  # fmt: skip


def value(field: Field) -> object:
    """Some value that the field may have."""
    number = field.least if field.least is not None and field.least > 3 else min(3, field.most or 3)
    match field.kind:
        case Kind.INTEGER:
            return int(number)
        case Kind.DECIMAL:
            return Decimal(str(number))
        case Kind.REAL:
            return float(number)
        case Kind.DATE:
            return date(2025, 3, 4)
        case Kind.TIME:
            return datetime(2025, 3, 4, 5, 6, 7, 890123, tzinfo=UTC)
        case Kind.FLAG:
            return False
        case Kind.CHOICE:
            return field.choices[-1].code
        case Kind.BOUNDARY:
            return box(115, 42, 115.01, 42.01)
    return {"uscc": "91350100M000100Y43", "cas": "7782-50-5", "supply_code": "1010101"}.get(field.check, "=1+1 甲")


def full(layer: Layer, code: str) -> dict[str, object]:
    """A record with a value in every field and a row in every Part."""
    record: dict[str, object] = {"code": code, "name": f"甲{code}", "geom": SHAPES[layer.geometry], "address": "东街"}
    record |= {"position_source": "GCJ-02", "position_original": "115.04、42.31", "source": "台账"}
    for field in layer.fields:
        record[field.name] = value(field)
        if field.dated:
            record[f"{field.name}_since"] = date(2024, 1, 2)
    for part in layer.parts:
        item: dict[str, object] = {field.name: value(field) for field in part.fields}
        for inner in part.parts:
            item[inner.name] = [{field.name: value(field) for field in inner.fields}]
        record[part.name] = [item]
    return record


@pytest.mark.parametrize("name", sorted(layers.ALL))
def test_every_layer_comes_back_unchanged(connection, tmp_path, name):
    layer = layers.ALL[name]
    bare = {"code": "B", "name": "乙", "geom": None}
    records.write(connection, layer, [full(layer, "A"), bare], "测试")
    connection.commit()
    for suffix in (".xlsx", ".geojson"):
        path = tmp_path / f"{name}{suffix}"
        assert export.save(connection, layer, path) == 2
        connection.commit()
        outcome = load_file(connection, layer, path, Options(), "测试")
        assert [str(refusal) for refusal in outcome.refused] == []
        history = connection.execute(
            "SELECT part, before, after FROM riskmap.history WHERE action = 'change'"
        ).fetchall()
        assert (outcome.added, outcome.changed, outcome.unchanged) == (0, 0, 2), (suffix, history)


def test_texts_that_look_like_formulas_stay_texts(connection, tmp_path):
    layer = layers.ALL["wells"]
    nasty = ['=HYPERLINK("http://x","y")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "http://a.b"]
    records.write(connection, layer, [{"code": f"W{n}", "name": text} for n, text in enumerate(nasty)], "测试")
    path = tmp_path / "井.xlsx"
    export.save(connection, layer, path)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    cells = [row[1] for row in sheet.iter_rows(min_row=2)]
    assert [cell.data_type for cell in cells] == ["s"] * len(nasty) and all(cell.quotePrefix for cell in cells)
    with zipfile.ZipFile(path) as archive:
        written = "".join(archive.read(each).decode() for each in archive.namelist() if "worksheets/" in each)
    assert not re.search(r"<f[ >]", written) and "<hyperlink" not in written


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp", "Cn", "Co", "Cf")),
        min_size=1,
        max_size=40,
    )
)
def test_any_name_comes_back(connection, tmp_path, name):
    layer = layers.ALL["wells"]
    records.write(connection, layer, [{"code": "W1", "name": name}], "测试")
    export.save(connection, layer, tmp_path / "井.geojson")
    found = json.loads((tmp_path / "井.geojson").read_text("utf-8"))
    assert found["features"][0]["properties"]["name"] == name
    export.save(connection, layer, tmp_path / "井.xlsx")
    assert openpyxl.load_workbook(tmp_path / "井.xlsx").worksheets[0]["B2"].value == name


def test_phones_stay_in_where_asked(connection, tmp_path):
    layer = layers.ALL["supply_points"]
    records.write(connection, layer, [full(layer, "A") | {"phone": "13800000000"}], "测试")
    for personal in (True, False):
        export.save(connection, layer, tmp_path / "点.geojson", personal=personal)
        assert ("13800000000" in (tmp_path / "点.geojson").read_text("utf-8")) is personal


def test_deleted_records_stay_in_and_other_suffixes_are_refused(connection, tmp_path):
    layer = layers.ALL["wells"]
    done = records.write(connection, layer, [{"code": "W1", "name": "甲"}], "测试")
    records.mark_deleted(connection, layer, done.ids, "测试")
    assert export.save(connection, layer, tmp_path / "井.xlsx") == 0
    with pytest.raises(Refused, match="写 .xlsx 或 .geojson"):
        export.save(connection, layer, tmp_path / "井.pdf")
    with pytest.raises(Refused, match="写不了"):
        export.save(connection, layer, tmp_path / "没有" / "井.xlsx")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["井.xlsx"]


def test_a_shape_too_long_for_a_cell_is_told(connection, tmp_path):
    layer, told = layers.ALL["townships"], []
    long = Point(115, 42).buffer(0.1, quad_segs=400)
    records.write(connection, layer, [{"code": "A", "name": "甲", "geom": long}], "测试")
    assert export.save(connection, layer, tmp_path / "镇.xlsx", say=told.append) == 1
    assert told == ["1 条的几何太长，一格放不下，没有写进表里（再导入时库里的不变）；要几何请导出 .geojson"]
    assert export.save(connection, layer, tmp_path / "镇.geojson", say=told.append) == 1 and len(told) == 1
