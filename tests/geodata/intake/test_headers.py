"""Headings: title rows, merged cells, aliases, near misses, --map."""

import pytest

import layers
from geodata.errors import Refused
from geodata.intake import headers, options, targets
from geodata.intake.sheets import Sheet
from layers._vocabulary import Field, Geometry, Kind, Layer, Shape, Style

LAYER = Layer(
    name="dams", title="尾矿库", title_en="Dams", geometry=Geometry.POINT, prefix="D", style=Style(Shape.DOT),
    fields=(
        Field("height_m", "坝高", "Height", Kind.REAL, unit="m", aliases=("总坝高",)),
        Field("capacity", "全库容", "Capacity", Kind.DECIMAL, unit="万 m³", aliases=("库容",)),
        Field("state", "运行状况", "State", dated=True),
    ),
)  # fmt: skip
KNOWN = targets.of_layer(LAYER)


def find(rows, merged=(), **said):
    return headers.find(Sheet("表", rows, merged=list(merged)), KNOWN, options.columns(said.get("mapped", ())))


def taken(header):
    return {column.target.name: column.place for column in header.columns}


def test_aliases_and_units_in_brackets():
    header = find([["尾矿库名称", "总坝高（m）", "库容(立方米)", "经 度", "緯度", "所在乡镇", "运行状况起始日期"]])
    assert taken(header) == {
        "name": 0, "height_m": 1, "capacity": 2, "lon": 3, "lat": 4, "township": 5, "state_since": 6,
    }  # fmt: skip
    assert header.column("capacity").unit == "立方米"


def test_title_rows_and_a_heading_on_a_later_row():
    rows = [
        ["某县尾矿库台账", None, None],
        ["填报单位：应急管理局", None, "2026年"],
        [None, None, None],
        ["名称", "坝高", "库容"],
        ["大沟", 1, 2],
    ]
    header = find(rows, merged=[(0, 0, 0, 2)])
    assert header.first == 4 and taken(header) == {"name": 0, "height_m": 1, "capacity": 2}


def test_two_heading_rows_with_merged_cells():
    rows = [["名称", "坐标", None, "规模", None], [None, "经度", "纬度", "坝高", "库容"], ["大沟", 115, 42, 1, 2]]
    header = find(rows, merged=[(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4)])
    assert header.first == 2
    assert taken(header) == {"name": 0, "lon": 1, "lat": 2, "height_m": 3, "capacity": 4}


def test_a_heading_merged_over_two_columns_is_not_two_columns():
    rows = [["名称", "坐标", None, "坝高"], [None, "经度", "纬度", None], ["大沟", 115, 42, 1]]
    header = find(rows, merged=[(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 1, 3)])
    assert header.first == 2 and taken(header) == {"name": 0, "lon": 1, "lat": 2, "height_m": 3}


def test_headings_of_the_national_land_survey_and_of_traditional_script():
    towns = targets.of_layer(layers.ALL["townships"])
    header = headers.find(Sheet("镇", [["XZQDM", "XZQMC", "戶數"], ["1", "东镇", 3]]), towns, {})
    assert taken(header) == {"code": 0, "name": 1, "households": 2}
    shelters = targets.of_layer(layers.ALL["shelters"])
    header = headers.find(Sheet("所", [["室內", "室外"], ["是", "否"]]), shelters, {})
    assert taken(header) == {"indoor": 0, "outdoor": 1}


def test_near_misses_are_proposed_and_not_taken():
    header = find([["名称", "坝高度", "颜色"]])
    assert taken(header) == {"name": 0}
    assert header.untaken == ["坝高度", "颜色"]
    assert header.proposals == ["“坝高度”没有认出，是不是“坝高”？是的话加 --map height_m=坝高度"]


def test_map_overrides_and_leaves_out():
    header = find([["名称", "坝高", "ALTURA"]], mapped=["height_m=ALTURA [cm]", "name="])
    assert taken(header) == {"height_m": 2} and header.columns[0].unit == "cm"


def test_map_to_what_is_not_there():
    with pytest.raises(Refused, match="没有“ALTURAS”这一列.*相近的列：ALTURA"):
        find([["名称", "ALTURA"]], mapped=["height_m=ALTURAS"])


def test_two_columns_for_one_field_are_not_chosen_between():
    with pytest.raises(Refused, match="两列都像“坝高”"):
        find([["名称", "坝高", "坝高（m）"]])


def test_a_title_ranks_before_an_alias():
    assert taken(find([["名称", "库容", "全库容"]])) == {"name": 0, "capacity": 2}


def test_options_that_are_no_pairs():
    for wrong in (lambda: options.columns(["x"]), lambda: options.spelt(["a=b"]), lambda: options.fixed(["=1"])):
        with pytest.raises(Refused, match="例如"):
            wrong()
    assert options.columns(["a=b=c [新]"])["a"].column == "b=c [新]"  # no unit that we know: part of the heading


def test_one_wrong_character_of_three_is_proposed_and_a_variant_form_is_the_same():
    header = find([["名称", "全库溶（万m³）", "坝髙(m)"]])
    assert taken(header) == {"name": 0, "height_m": 2}
    assert header.proposals == ["“全库溶（万m³）”没有认出，是不是“全库容”？是的话加 --map capacity=全库溶（万m³）"]


def test_a_proposal_can_be_pasted_into_a_shell():
    assert find([["名称", "全库溶(万m³)"]]).proposals[0].endswith("加 --map 'capacity=全库溶(万m³)'")


def test_a_column_may_be_named_without_its_brackets():
    assert taken(find([["名称", "全库溶（万m³）"]], mapped=["capacity=全库溶"])) == {"name": 0, "capacity": 1}
    with pytest.raises(Refused, match="没有“溶”这一列"):
        find([["名称", "溶（万m³）", "溶（万吨）"]], mapped=["capacity=溶"])
