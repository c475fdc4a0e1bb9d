"""Part sheets: found by site, taken together or not at all."""

import openpyxl

import layers
from geodata.intake import refusals
from tests.geodata.intake.importing import counts, load


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
