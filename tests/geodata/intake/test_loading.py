"""Files into a real database: taken, refused with all their reasons, matched to what is there, or rolled back."""

from decimal import Decimal
from pathlib import Path

import geopandas
import openpyxl
import pytest
from shapely.geometry import LineString, Point, Polygon, box

import layers
from geodata.errors import Refused
from geodata.intake import isolation, options, refusals
from geodata.intake.loading import Outcome, load_file
from geodata.intake.options import Options
from geodata.intake.sheets import Request
from geodata.store import records, settings

DAMS = layers.ALL["tailings_dams"]
HEAD = ["名称", "经度(WGS84)", "纬度(WGS84)", "坝高(m)", "全库容(万m³)", "运行状况"]
GOOD = ["大沟尾矿库", "115.03", "42.30", "35.5", "120", ""]


def load(connection, path: Path, layer=DAMS, **said) -> Outcome:
    return load_file(connection, layer, path, Options(**said), "测试")


def counts(outcome: Outcome) -> tuple[int, int, int, int]:
    return outcome.added, outcome.changed, outcome.unchanged, len(outcome.refused)


def stored(connection, columns: str, layer: str = "tailings_dams"):
    return connection.execute(f"SELECT {columns} FROM layer.{layer} ORDER BY code").fetchall()  # noqa: S608


def townships(connection) -> None:
    rows = [
        {"code": "100", "name": "东乡", "geom": box(115.0, 42.0, 115.5, 42.5)},
        {"code": "101", "name": "西镇", "geom": box(114.5, 42.0, 115.0, 42.5)},
    ]
    records.write(connection, layers.ALL["townships"], rows, "测试")
    connection.commit()


def test_added_then_unchanged_then_changed(connection, table):
    assert counts(load(connection, table([HEAD, GOOD]))) == (1, 0, 0, 0)
    assert counts(load(connection, table([HEAD, GOOD]))) == (0, 0, 1, 0)
    taller = [*GOOD[:3], "36", *GOOD[4:]]
    assert counts(load(connection, table([HEAD, taller]))) == (0, 1, 0, 0)
    assert stored(connection, "code, name, height_m, capacity_10k_m3, ST_AsText(geom), position_source") == [
        (f"{DAMS.prefix}-0001", "大沟尾矿库", Decimal("36"), Decimal("120"), "POINT(115.03 42.3)", "WGS 84")
    ]


def test_the_file_is_kept_with_its_sum_and_counts(connection, table):
    path = table([HEAD, GOOD, ["", "115", "42", "1", "1", ""]])
    load(connection, path)
    kept = connection.execute("SELECT file_name, file, length(sha256), added, refused FROM riskmap.import").fetchall()
    assert kept == [(path.name, path.read_bytes(), 64, 1, 1)]


def test_dry_run_counts_and_leaves_nothing(connection, table):
    assert counts(load(connection, table([HEAD, GOOD]), dry_run=True)) == (1, 0, 0, 0)
    assert stored(connection, "code") == []
    assert connection.execute("SELECT count(*) FROM riskmap.import").fetchone() == (0,)
    assert settings.get(connection, "data") == "empty"


def test_a_refused_row_says_everything_and_the_others_go_in(connection, table, tmp_path):
    bad = ["小沟", "115.1", "", "高", "-5", "漂浮"]
    outcome = load(connection, table([HEAD, GOOD, bad]))
    assert counts(outcome) == (1, 0, 0, 1)
    refusal = outcome.refused[0]
    assert refusal.row == 3
    assert {problem.field for problem in refusal.problems} == {
        "坝高(m)",
        "全库容(万m³)",
        "运行状况",
        "经度(WGS84)、纬度(WGS84)",
    }
    assert all(problem.mend for problem in refusal.problems)
    refusals.write(tmp_path / "退回.xlsx", outcome.tables, outcome.notes)
    sheet = isolation.read(Request(tmp_path / "退回.xlsx"))[0]
    assert sheet.rows[0] == [*HEAD, "行号", "字段", "原因", "怎样改"]
    assert sheet.rows[1][:2] == ["小沟", "115.1"] and sheet.rows[1][6] == 3


def test_the_mended_report_can_be_imported(connection, table, workbook):
    outcome = load(connection, table([HEAD, GOOD, ["小沟", "115.1", "", "12", "5", ""]]))
    row = outcome.refused[0]
    mended = [*row.cells[:2], "42.1", *row.cells[3:], row.row, "…", "…", "…"]
    assert counts(load(connection, workbook({"表": [[*HEAD, "行号", "字段", "原因", "怎样改"], mended]}))) == (
        1,
        0,
        0,
        0,
    )


def test_nothing_taken_leaves_the_database_as_it_was(connection, table):
    assert counts(load(connection, table([HEAD, ["", "1", "2", "3", "4", ""]]))) == (0, 0, 0, 1)
    assert settings.get(connection, "data") == "empty"


def test_refused_while_the_sample_is_loaded(connection, table):
    settings.put(connection, "data", "sample")
    connection.commit()
    with pytest.raises(Refused, match="sample --remove"):
        load(connection, table([HEAD, GOOD]))
    assert stored(connection, "code") == []


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


def test_duplicates_inside_a_file(connection, table):
    twice = load(connection, table([["编码", *HEAD], ["A1", *GOOD], ["A1", "小沟", *GOOD[1:]]]))
    assert counts(twice) == (1, 0, 0, 1) and "与第 2 行重复" in str(twice.refused[0])
    named = load(connection, table([HEAD, ["中沟", *GOOD[1:]], ["中沟", *GOOD[1:]]]))
    assert counts(named) == (1, 0, 0, 1) and "与第 2 行重复" in str(named.refused[0])


def test_without_a_code_name_and_nearness_find_the_record(connection, table):
    load(connection, table([HEAD, GOOD]))
    near, far = ["大沟尾矿库", "115.035", "42.30", "1", "", ""], ["大沟尾矿库", "116.03", "42.30", "2", "", ""]
    assert counts(load(connection, table([HEAD, near]))) == (0, 1, 0, 0)
    assert counts(load(connection, table([HEAD, far]))) == (1, 0, 0, 0)


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


def test_map_with_units_values_and_fixed(connection, table):
    path = table([["NOME", "ALT", "VOL", "SIT"], ["Dique", "22.00", '"27,700,000.00"', "Ativa"]])
    outcome = load(
        connection,
        path,
        columns=options.columns(["name=NOME", "height_m=ALT", "capacity_10k_m3=VOL [m³]", "state=SIT"]),
        spelt=options.spelt([f"state:ativa={DAMS.field('state').choices[0].title}"]),
        fixed=options.fixed(["source=登记册"]),
    )
    assert counts(outcome) == (1, 0, 0, 0)
    assert stored(connection, "height_m, capacity_10k_m3, state, source") == [
        (Decimal("22.00"), Decimal("2770"), DAMS.field("state").choices[0].code, "登记册")
    ]


def test_a_heading_without_name_is_refused_with_proposals(connection, table):
    with pytest.raises(Refused, match="找不到“名称.*这些列是：坝名、坝高"):
        load(connection, table([["坝名", "坝高"], ["大沟", "1"]]))


def test_remarks_totals_and_merged_values(connection, workbook):
    rows = [
        ["2026年尾矿库台账", None, None],
        ["名称", "乡镇", "坝高"],
        ["大沟", "东乡", 35],
        ["小沟", None, 12],
        ["合计", None, 47],
        ["填表人：示例值班员", None, None],
    ]
    path = workbook({"台账": rows}, {"A1:C1": "2026年尾矿库台账", "B3:B4": "东乡"})
    assert counts(load(connection, path)) == (2, 0, 0, 0)
    assert stored(connection, "name, address") == [("大沟", "东乡"), ("小沟", "东乡")]


def test_parts_find_their_site_by_code_or_name(connection, workbook):
    site = [["编码", "名称"], ["C1", "东风化工"], ["C2", "南方化工"]]
    units = [
        ["所属编码", "所属名称", "单元名称"],
        ["C1", None, "一号罐区"],
        [None, "南方化工", "仓库"],
        ["C9", None, "鬼屋"],
    ]
    substances = [
        ["所属编码", "单元名称", "品名", "数量(t)"],
        ["C1", "一号罐区", "液氯", 5],
        ["C1", "二号罐区", "液氨", 3],
    ]
    layer = layers.ALL["chemical_sites"]
    (unit,) = (part for part in layer.parts if part.parts)
    path = workbook({layer.title: site, unit.title: units, unit.parts[0].title: substances})
    outcome = load(connection, path, layer)
    assert outcome.added == 2
    assert [str(refusal).split("。")[0].split("：")[-1] for refusal in outcome.refused] == [
        "同一场所的“物质”第 3 行被退回，单元要整组导入", "没有编码是“C9”的场所",
        "同一场所的“物质”第 3 行被退回，单元要整组导入", "单元表里没有“二号罐区”",
    ]  # fmt: skip
    # C2's units came in whole; C1's stay as they were, since one of its substances was refused.
    found = connection.execute(f"SELECT code FROM part.chemical_sites_{unit.name}").fetchall()  # noqa: S608
    assert found == [("仓库",)]


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


def test_eighty_eight_mines_with_a_column_map(connection, real_data):
    said = {
        "crs": "WGS84",
        "columns": options.columns(MINE_MAP),
        "fixed": options.fixed(["kind=煤矿"]),
        "spelt": options.spelt(["state:proposed=建设", "method:underground_and_surface=露天与地下联合"]),
    }
    path = real_data / "mines/gem_coal_shenmu.csv"
    assert counts(load(connection, path, layers.ALL["mines"], **said)) == (88, 0, 0, 0)
    assert counts(load(connection, path, layers.ALL["mines"], **said)) == (0, 0, 88, 0)


def test_a_spelling_that_no_choice_knows_is_refused_with_the_list(connection, real_data):
    outcome = load(
        connection,
        real_data / "mines/gem_coal_shenmu.csv",
        layers.ALL["mines"],
        crs="WGS84",
        columns=options.columns([*MINE_MAP, "method="]),
    )
    assert counts(outcome) == (79, 0, 0, 9)
    assert all("proposed" in str(refusal) and "可以写：生产" in str(refusal) for refusal in outcome.refused)


def test_the_register_of_714_dams_and_its_wrong_positions(connection, real_data):
    path = next(real_data.glob("tailings/*.csv"))
    outcome = load(connection, path, crs="WGS84", columns=options.columns(DAM_MAP), dry_run=True)
    assert counts(outcome) == (687, 0, 0, 27)
    assert all("丢了小数点" in str(refusal) for refusal in outcome.refused)
    # The column that says on which side of the equator a dam lies finds 21 more, which lost their minus sign.
    by_side = options.columns([*DAM_MAP, "hemisphere=POSICIONAMENTO"])
    outcome = load(connection, path, crs="WGS84", columns=by_side, within="-74,-34,-34,5.3")
    assert counts(outcome) == (666, 0, 0, 48)
    assert sum("丢了负号" in str(refusal) for refusal in outcome.refused) == 21


def test_one_place_in_three_systems(connection, real_data):
    said = {"columns": options.columns(["name=name", "code=osm_id", "village_kind="])}
    layer = layers.ALL["villages"]
    assert load(connection, real_data / "china/guixi_named_points_wgs84.geojson", layer, **said).added == 31
    where = dict(stored(connection, "code, ST_AsText(geom)", "villages"))
    assert len(where) == 31
    for system in ("gcj02", "bd09"):
        path = real_data / f"china/guixi_named_points_{system}.geojson"
        assert load(connection, path, layer, crs=system, **said).added == 0
        moved = connection.execute(
            "SELECT max(ST_Distance(geom::geography, ST_GeomFromText(w.wkt, 4326)::geography))"
            " FROM layer.villages JOIN unnest(%s::text[], %s::text[]) AS w(code, wkt) USING (code)",
            (list(where), list(where.values())),
        ).fetchone()
        assert moved is not None and moved[0] < 0.05


def test_a_ledger_among_other_sheets_says_what_is_wrong_with_it(connection, workbook):
    path = workbook({
        "封面": [["某县尾矿库台账"], ["2026年"]],
        "台账": [["名称", "经度", "纬度", "坝高(m)", "坝高（米）"], ["大沟", 115, 42, 1, 1]],
    })  # fmt: skip
    with pytest.raises(Refused, match="两列都像“坝高”"):
        load(connection, path)


def test_fields_may_be_called_by_their_titles_and_wrong_ones_are_proposed(connection, table):
    path = table([["库名", "高", *HEAD[1:3]], ["大沟", "35", *GOOD[1:3]]])
    said = {
        "columns": options.columns(["名称=库名", "坝高=高"]), "fixed": options.fixed(["运行状况=运行"]),
        "spelt": options.spelt(["坝高:35=36"]),
    }  # fmt: skip
    assert counts(load(connection, path, **said)) == (1, 0, 0, 0)
    assert stored(connection, "name, height_m, state") == [("大沟", Decimal("36"), "operating")]
    for wrong in (
        {"columns": options.columns(["坝髙度=高"])}, {"fixed": options.fixed(["height=1"])},
        {"spelt": options.spelt(["heightm:1=2"])},
    ):  # fmt: skip
        with pytest.raises(Refused, match="没有字段") as refused:
            load(connection, path, **wrong)
        assert "height_m（坝高）" in refused.value.mend.split("；")[0]


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


def test_a_report_with_remarks_comes_back_in(connection, table, tmp_path):
    swapped = ["换沟", "42.31", "115.031", *GOOD[3:]]
    outcome = load(connection, table([HEAD, swapped, ["坏沟", "115.1", "42.1", "很高", "1", ""]]))
    assert len(outcome.remarks) == 1
    report = tmp_path / "退回.xlsx"
    refusals.write(report, outcome.tables, outcome.notes)
    book = openpyxl.load_workbook(report)
    book.worksheets[0]["D2"] = 20
    book.save(report)
    assert counts(load(connection, report)) == (1, 0, 0, 0)


def chemical(substances, people=(("C1", "主要负责人", "示例甲", "13900000001"),)):
    """Sheets of two sites, a unit each, with `substances` and responsible persons."""
    return {
        "危险化学品": [["编码", "名称", "坐标(WGS84)"], ["C1", "甲厂", "115, 42"], ["C2", "乙站", "115.1, 42"]],
        "单元": [["所属编码", "单元名称"], ["C1", "氨罐"], ["C2", "油罐"]],
        "物质": [["所属编码", "所属单元", "品名", "数量(t)"], *substances],
        "责任人": [["所属编码", "职责", "姓名", "电话"], *people],
    }  # fmt: skip


def test_parts_that_are_refused_together_come_back_together_and_go_in_together(connection, workbook, tmp_path):
    layer = layers.ALL["chemical_sites"]
    good = [["C1", "氨罐", "氨", 30], ["C2", "油罐", "汽油", 80]]
    outcome = load(connection, workbook(chemical([*good, ["C2", "油罐", "柴油", "约100"]])), layer)
    assert counts(outcome) == (2, 0, 0, 3)  # the row itself, the unit and the other substance of that site
    told = {refusal.cells[2]: str(refusal) for refusal in outcome.tables[2].refused}
    assert "第 4 行" in told["汽油"] and "“约100”不是一个数" in told["柴油"]
    report = tmp_path / "退回.xlsx"
    refusals.write(report, outcome.tables, outcome.notes)
    book = openpyxl.load_workbook(report)
    assert book.sheetnames == ["单元", "物质", "说明"]
    book["物质"]["D3"] = 100
    book.save(report)
    assert counts(load(connection, report, layer)) == (0, 1, 0, 0)
    assert connection.execute(
        "SELECT u.code, s.code FROM part.chemical_sites_substances AS s"
        " JOIN part.chemical_sites_units AS u ON u.id = s.parent_id"
        " WHERE s.deleted_at IS NULL ORDER BY u.id, s.position"
    ).fetchall() == [("氨罐", "氨"), ("油罐", "汽油"), ("油罐", "柴油")]


def test_a_part_column_that_a_file_does_not_have_stays_as_it_is(connection, workbook):
    layer = layers.ALL["chemical_sites"]
    load(connection, workbook(chemical([])), layer)
    path = workbook({"责任人": [["所属编码", "职责", "姓名"], ["C1", "主要负责人", "示例乙"]]})
    assert counts(load(connection, path, layer)) == (0, 1, 0, 0)
    people = connection.execute("SELECT person, phone FROM part.chemical_sites_persons").fetchall()
    assert people == [("示例乙", "13900000001")]


def test_headings_in_a_wrong_encoding_are_suspected(connection, table):
    with pytest.raises(Refused, match="编码 gb18030.*像乱码就加 --encoding"):
        load(connection, table([["名稱", "經度"], ["測試", "115"]], "big5"))


def test_a_hidden_copy_of_the_ledger_is_not_taken(connection, workbook):
    path = workbook({"旧台账": [HEAD, [*GOOD[:3], "99", "1", ""]], "台账": [HEAD, GOOD]})
    book = openpyxl.load_workbook(path)
    book["旧台账"].sheet_state, book.active = "hidden", 1
    book.save(path)
    outcome = load(connection, path)
    assert stored(connection, "height_m") == [(Decimal("35.5"),)]
    assert "只导入“台账”；没有导入的表：旧台账（隐藏）" in outcome.notes


def test_a_code_that_lost_its_digits_is_refused(connection, workbook):
    rows = [["编码", *HEAD], [911301000123456789.0, *GOOD], ["9.113E+17", *GOOD]]
    outcome = load(connection, workbook({"台账": rows}))
    assert counts(outcome) == (0, 0, 0, 2)
    assert all("设成文本" in str(refusal) for refusal in outcome.refused)


def test_names_are_compared_without_blanks_and_in_any_width(connection, table):
    load(connection, table([HEAD, ["大沟（东）尾矿库", *GOOD[1:]]]))
    assert counts(load(connection, table([HEAD, ["大沟(东) 尾矿库", *GOOD[1:]]]))) == (0, 1, 0, 0)


def test_a_new_name_at_a_known_place_is_doubted(connection, table):
    load(connection, table([HEAD, GOOD, ["小沟", "115.2", "42.3", "1", "1", ""]]))
    renamed = ["大沟一号库", "115.03001", "42.30001", *GOOD[3:]]
    outcome = load(connection, table([HEAD, renamed, ["小沟", "115.2", "42.3", "1", "1", ""]]))
    assert counts(outcome) == (1, 0, 1, 0)
    assert "这里已有“大沟尾矿库”（DAM-0001）".replace("DAM", DAMS.prefix) in str(outcome.remarks[0])


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
