"""What comes back: each refused row as it stood, with a remark; rows that were taken with a reservation, too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from geodata.intake.sheets import Cell

#: Sheets of the report that are for reading only: nothing of them is imported.
REMARKED, SUMMARY = "提醒 ", "说明"
REMARKS = ("行号", "字段", "原因", "怎样改")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong (or doubtful) in a row: the field's heading, why, and how to mend it."""

    field: str
    what: str
    mend: str = ""

    def __str__(self) -> str:
        return "：".join(filter(None, (self.field, self.what))) + (f"。{self.mend}" if self.mend else "")


@dataclass(slots=True)
class Refusal:
    """A row that was refused (or, among the remarks, taken with a reservation): where it stood and what it held."""

    sheet: str
    row: int
    cells: list[Cell]
    problems: list[Problem] = field(default_factory=list)

    def __str__(self) -> str:
        return f"“{self.sheet}”第 {self.row} 行：" + "；".join(str(problem) for problem in self.problems)


@dataclass
class Table:
    """The headings of a sheet, for writing its refused rows back as the same table."""

    sheet: str
    headings: list[str]
    refused: list[Refusal] = field(default_factory=list)
    remarks: list[Refusal] = field(default_factory=list)


def write(path: Path, tables: Sequence[Table], notes: Sequence[str]) -> None:
    """Write the report: one sheet a table with its refused rows (mend them there and import that file), then remarks.

    No cell is ever a formula, whatever text it holds.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
               "default_date_format": "yyyy-mm-dd", "nan_inf_to_errors": True, "remove_timezone": True}  # fmt: skip
    with xlsxwriter.Workbook(str(path), options) as book:
        text, bold = guarded(book), book.add_format({"bold": True})
        names: set[str] = set()
        for table in tables:
            if table.refused:
                _rows(book.add_worksheet(sheet_name(table.sheet, names)), table.headings, table.refused, text, bold)
        for table in tables:
            if table.remarks:
                sheet = book.add_worksheet(sheet_name(f"{REMARKED}{table.sheet}", names))
                _rows(sheet, table.headings, table.remarks, text, bold)
        summary = book.add_worksheet(sheet_name(SUMMARY, names))
        for place, note in enumerate(notes):
            summary.write_string(place, 0, note, text)


def is_remark(sheet: str) -> bool:
    """True for a sheet of the report that holds remarks, by its name."""
    return sheet.startswith(REMARKED) or sheet == SUMMARY


def guarded(book: Any) -> Any:
    """The format of text cells: quoted, so that editing a text that begins with = makes no formula of it."""
    return book.add_format({"quote_prefix": True})


def sheet_name(name: str, taken: set[str]) -> str:
    """A name that Excel allows and that no other sheet has."""
    plain = "".join("_" if character in "[]:*?/\\'" else character for character in name)[:28] or "表"
    unique, number = plain, 2
    while unique.lower() in taken:
        unique, number = f"{plain}_{number}", number + 1
    taken.add(unique.lower())
    return unique


def cell(sheet: Any, row: int, column: int, value: Any, text: Any) -> None:
    """Write one value as what it is; texts are quoted. Numbers that Excel cannot hold exactly become texts."""
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(row, column, "是" if value else "否", text)
    elif isinstance(value, (datetime, date)) and value.year >= 1900:
        sheet.write(row, column, value)
    elif isinstance(value, (int, float)) and abs(value) < 1e15:
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, str(value)[:32_767], text)


def _rows(sheet: Any, headings: Sequence[str], rows: Sequence[Refusal], text: Any, bold: Any) -> None:
    for column, heading in enumerate((*headings, *REMARKS)):
        sheet.write_string(0, column, heading, bold)
    for place, row in enumerate(rows, 1):
        for column in range(len(headings)):
            cell(sheet, place, column, row.cells[column] if column < len(row.cells) else None, text)
        remarks = (
            row.row, "；".join(p.field for p in row.problems), "；".join(p.what for p in row.problems),
            "；".join(p.mend for p in row.problems if p.mend),
        )  # fmt: skip
        for offset, remark in enumerate(remarks):
            cell(sheet, place, len(headings) + offset, remark, text)
    sheet.freeze_panes(1, 0)
