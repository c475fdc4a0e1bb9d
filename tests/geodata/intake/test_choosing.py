"""Which sheet of a workbook is the ledger."""

from decimal import Decimal

import openpyxl
import pytest

from geodata.errors import Refused
from geodata.intake import refusals
from tests.geodata.intake.importing import GOOD, HEAD, counts, load, stored


def test_a_ledger_among_other_sheets_says_what_is_wrong_with_it(connection, workbook):
    path = workbook({
        "封面": [["某县尾矿库台账"], ["2026年"]],
        "台账": [["名称", "经度", "纬度", "坝高(m)", "坝高（米）"], ["大沟", 115, 42, 1, 1]],
    })  # fmt: skip
    with pytest.raises(Refused, match="两列都像“坝高”"):
        load(connection, path)


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


def test_a_hidden_copy_of_the_ledger_is_not_taken(connection, workbook):
    path = workbook({"旧台账": [HEAD, [*GOOD[:3], "99", "1", ""]], "台账": [HEAD, GOOD]})
    book = openpyxl.load_workbook(path)
    book["旧台账"].sheet_state, book.active = "hidden", 1
    book.save(path)
    outcome = load(connection, path)
    assert stored(connection, "height_m") == [(Decimal("35.5"),)]
    assert "只导入“台账”；没有导入的表：旧台账（隐藏）" in outcome.notes
