"""What tests of the intake share: files made on the spot, and a folder of real ones where one is named."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

Rows = Sequence[Sequence[Any]]


@pytest.fixture
def real_data() -> Path:
    """The folder RISKMAP_TEST_DATA; the test is skipped where it is unset."""
    folder = os.environ.get("RISKMAP_TEST_DATA")
    if not folder:
        pytest.skip("RISKMAP_TEST_DATA is unset: no real files to read")
    return Path(folder)


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Make an .xlsx of sheets (name → rows); `merge` are Excel ranges of the first sheet, merged over their text."""

    def make(sheets: dict[str, Rows], merge: dict[str, str] | None = None, name: str = "表.xlsx") -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
            for place, (title, rows) in enumerate(sheets.items()):
                sheet = book.add_worksheet(title)
                for row, cells in enumerate(rows):
                    for column, cell in enumerate(cells):
                        if cell is not None:
                            sheet.write(row, column, cell)
                for cells_of, text in (merge or {}).items() if place == 0 else ():
                    sheet.merge_range(cells_of, text)
        return path

    return make


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    """Make a .csv of rows, in any encoding."""

    def make(rows: Rows, encoding: str = "utf-8", name: str = "表.csv", separator: str = ",") -> Path:
        path = tmp_path / name
        path.write_bytes("".join(separator.join(map(str, row)) + "\n" for row in rows).encode(encoding))
        return path

    return make
