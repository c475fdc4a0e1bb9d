"""Reads .csv, .tsv and .txt: encoding and separator are found, not asked."""

from __future__ import annotations

import csv
import io

from geodata.errors import Refused
from geodata.intake import encodings
from geodata.intake.sheets import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Cell, Request, Sheet

_SEPARATORS = {",": "逗号", "\t": "制表符", ";": "分号", "|": "竖线", "，": "全角逗号"}


def read(request: Request) -> list[Sheet]:
    """The one sheet of a text file; blank rows stay, so that row numbers are the file's. Raises Refused."""
    text, encoding = encodings.decode(request.path.read_bytes(), request.encoding)
    separator = _separator(text)
    csv.field_size_limit(LONGEST_CELL)
    rows: list[list[Cell]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            rows.append(list(row))
            if len(rows) > MOST_ROWS:
                raise Refused(f"超过 {MOST_ROWS} 行", request.path.name, "分成几个文件")
            if len(row) > MOST_COLUMNS:
                raise Refused(f"第 {len(rows)} 行有 {len(row)} 列，太多", request.path.name, "多半分隔符不对")
    except csv.Error as error:
        raise Refused(
            f"第 {len(rows) + 1} 行起读不通（引号没有配对，或一格超过 {LONGEST_CELL} 个字）",
            request.path.name,
            "核对这一行的引号：一格的开头和结尾各一个，格内的引号写两个",
        ) from error
    notes = [f"编码 {encoding}，{_SEPARATORS[separator]}分隔"]
    return [Sheet(request.path.stem, rows, notes=notes)]


def _separator(text: str) -> str:
    """The separator that splits the first lines into the most columns, evenly."""
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:20]
    best, most = ",", 0.0
    for separator in _SEPARATORS:
        counts = [len(row) for row in csv.reader(lines, delimiter=separator)]
        typical = max(set(counts), key=counts.count) if counts else 1
        score = (typical - 1) * counts.count(typical) / max(len(counts), 1)
        if score > most:
            best, most = separator, score
    return best
