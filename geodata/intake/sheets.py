"""What a reader hands over: the rows of one sheet or layer of a file, as they stand there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

Cell = str | int | float | bool | date | datetime | None

#: Limits of what is read. A county's largest file has some ten thousand rows.
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 1_000_000, 2_000, 1_000_000


@dataclass(slots=True)
class Sheet:
    """One sheet. `rows` includes title and heading rows; `rows[i]` stands in row `first_row + i` of the file.

    Where the file holds features, `rows[0]` is the field names and `geometries[i]` is the WKB (or None) of
    `rows[i + 1]`, in the system `declared` (authority code or WKT; "" where the file does not say).
    `overridable`: the format always claims WGS 84. `merged` are (first row, first column, last row, last column)
    of merged cells, counted from 0 in `rows`. `hidden` sheets are taken only where no other fits.
    """

    name: str
    rows: list[list[Cell]]
    first_row: int = 1
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    geometries: list[bytes | None] | None = None
    declared: str = ""
    overridable: bool = False
    notes: list[str] = field(default_factory=list)
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be read: the file, and what the user said of it (--encoding, --sheet)."""

    path: Path
    encoding: str = ""
    sheet: str = ""
