"""Reads .xlsx and .xls: every sheet with its merged cells; which one is meant is decided later."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import python_calamine

from geodata.errors import Refused
from geodata.intake.sheets import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Cell, Request, Sheet


def read(request: Request) -> list[Sheet]:
    """Every visible or hidden sheet that has a cell. Raises Refused where the workbook cannot be read."""
    name = request.path.name
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(request.path))
        sheets = [_sheet(book.get_sheet_by_name(each), name) for each in book.sheet_names]
        visible = python_calamine.SheetVisibleEnum.Visible
        hidden = {each.name for each in book.sheets_metadata if each.visible != visible}
    except python_calamine.CalamineError as error:
        raise Refused(f"Excel 文件读不开（{error}）", name, "有密码的先去掉密码；否则用表格软件打开另存一次") from error
    for sheet in sheets:
        sheet.hidden = sheet.name in hidden
    return [sheet for sheet in sheets if sheet.rows]


def _sheet(sheet: python_calamine.CalamineSheet, name: str) -> Sheet:
    if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS:
        raise Refused(
            f"“{sheet.name}”有 {sheet.total_height} 行 {sheet.total_width} 列，太大",
            name,
            "删去空行空列后另存，或分成几个文件",
        )
    rows: list[list[Cell]] = []
    for row in sheet.iter_rows():
        rows.append([_cell(value, name, sheet.name, len(rows) + 1) for value in row])
    start = sheet.start or (0, 0)
    # iter_rows begins at the first row of the sheet, whatever `start` says, so rows[i] is row i + 1 of the file.
    first = 1 if len(rows) == sheet.total_height else start[0] + 1
    merged = [(a[0] - first + 1, a[1], b[0] - first + 1, b[1]) for a, b in (sheet.merged_cell_ranges or [])]
    while rows and all(cell is None for cell in rows[-1]):
        rows.pop()
    return Sheet(sheet.name, rows, first_row=first, merged=merged)


def _cell(value: object, file: str, sheet: str, row: int) -> Cell:
    if isinstance(value, str):
        if len(value) > LONGEST_CELL:
            raise Refused(
                f"一格里有 {len(value)} 个字", f"{file}“{sheet}”第 {row} 行", "多半是粘贴错了内容，删去后重来"
            )
        return value if value.strip() else None
    if isinstance(value, (time, timedelta)):
        return str(value)
    if isinstance(value, (bool, int, float, datetime, date)):
        return value
    return None
