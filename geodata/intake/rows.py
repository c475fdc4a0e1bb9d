"""The rows of a sheet become records: every cell is read, and a row with anything wrong is refused with all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely

from geodata.errors import Refused
from geodata.intake import dates, shapes, values
from geodata.intake.crs import WGS84
from geodata.intake.headers import Header
from geodata.intake.options import Options
from geodata.intake.refusals import Problem, Refusal
from geodata.intake.sheets import Cell, Sheet
from geodata.intake.targets import Target
from layers._vocabulary import Geometry, Kind

_TOTALS = ("合计", "总计", "小计", "共计", "total")
_REMARKS = (
    "注:",
    "注1",
    "备注:",
    "说明:",
    "填表人",
    "填报人",
    "审核人",
    "填报单位",
    "制表",
    "单位负责人",
    "※",
    "資料來源",
    "资料来源",
)
_POSITION = frozenset(("lon", "lat", "position", "hemisphere"))


@dataclass(slots=True)
class Raw:
    """A data row: its number in the file, its cells (as wide as the heading), its geometry's place."""

    row: int
    cells: list[Cell]
    place: int


def data(sheet: Sheet, header: Header) -> Iterator[Raw]:
    """The data rows of a sheet: blank rows, totals, repeated headings and closing remarks are left out."""
    width = len(header.headings)
    below = _merged_values(sheet, header.first)
    for place in range(header.first, len(sheet.rows)):
        cells = list(sheet.rows[place]) + [None] * (width - len(sheet.rows[place]))
        for column in range(width):
            if values.is_blank(cells[column]) and (place, column) in below:
                cells[column] = below[place, column]
        texts = [str(cell).strip() for cell in cells if cell is not None and str(cell).strip()]
        features = sheet.geometries is not None
        if not features and (not texts or _is_remark(texts) or texts == [h for h in header.headings if h]):
            continue
        yield Raw(sheet.first_row + place, cells, place - header.first)


def _merged_values(sheet: Sheet, first: int) -> dict[tuple[int, int], Cell]:
    """(row, column) → the value of the merged cell over it, for cells merged downwards among the data."""
    return {
        (row, column): sheet.rows[top][left]
        for top, left, bottom, right in sheet.merged
        if top >= first and top < len(sheet.rows) and left < len(sheet.rows[top])
        for row in range(top + 1, bottom + 1)
        for column in range(left, right + 1)
    }


def _is_remark(texts: Sequence[str]) -> bool:
    """A total, or a closing line such as 注: … or 填表人: …"""
    head = values.plain(texts[0]).replace(" ", "")
    return head in _TOTALS or (len(texts) <= 3 and head.startswith(_REMARKS))


def read(
    raw: Raw, header: Header, known: Mapping[str, Target], options: Options, sheet: str, prefix: str = ""
) -> tuple[dict[str, Any], Refusal]:
    """(values by target name, refusal) of a row; the refusal has no problems where the row is in order.

    A blank cell is None (the value is withdrawn); a field without a column is absent (what is known stays). Position
    columns are read elsewhere. `prefix` is the Part's name in --map-value and --set.
    """
    record: dict[str, Any] = {}
    refusal = Refusal(sheet, raw.row, raw.cells)
    width = len(header.headings)
    beyond = [cell for cell in raw.cells[width:] if not values.is_blank(cell)]
    if beyond:
        refusal.problems.append(Problem("整行", f"比表头多出 {len(beyond)} 格", "多半是引号没有配对或多了分隔符"))
    for name, text in options.fixed.items():
        if name in known:
            _take(record, refusal, known[name], text, "", {}, known[name].title)
    for column in header.columns:
        if column.target.name in options.fixed or (column.target.name in _POSITION and column.target.field is None):
            continue
        spelt = options.spelt.get(f"{prefix}{column.target.name}", {})
        _take(record, refusal, column.target, raw.cells[column.place], column.unit, spelt, column.heading)
    return record, refusal


def _take(
    record: dict[str, Any], refusal: Refusal, target: Target, cell: Cell, unit: str, spelt: Mapping[str, str],
    title: str,
) -> None:  # fmt: skip
    if target.field is not None and target.field.kind is Kind.BOUNDARY and values.is_blank(cell):
        return  # as with positions: a blank cell withdraws no geometry
    try:
        record[target.name] = _value(target, cell, unit, spelt)
    except Refused as wrong:
        refusal.problems.append(Problem(title, wrong.what, wrong.mend))


def _value(target: Target, cell: Cell, unit: str, spelt: Mapping[str, str]) -> Any:
    if target.since:
        return None if values.is_blank(cell) else dates.read_date(cell)
    if target.name == "code":
        return _code(cell)
    if target.field is None:
        return None if values.is_blank(cell) else values.as_text(cell)
    if target.field.kind is Kind.BOUNDARY:
        return _boundary(str(cell))
    value = values.read(target.field, cell, unit, spelt)
    if value is None and target.field.required:
        raise Refused("必须填写", mend="补上；这一列不能空")
    return value


def _code(cell: Cell) -> str | None:
    """A code as text. Excel keeps 15 digits of a number: the others are gone, and such a code names another site."""
    text = "" if values.is_blank(cell) else values.as_text(cell)
    if re.fullmatch(r"\d(\.\d+)?e\+?\d+", text.lower()) or (isinstance(cell, (int, float)) and abs(cell) >= 1e15):
        raise Refused(f"编码“{text}”被当作数字，后几位已经丢失", mend="把这一列设成文本格式，再从原件重填")
    return text or None


def _boundary(text: str) -> Any:
    """A boundary in a cell is WKT in WGS 84."""
    try:
        geometry = shapely.from_wkt(text)
    except (shapely.errors.ShapelyError, ValueError) as error:
        raise Refused("边界不是 WKT", mend="写成 POLYGON((…)) 的样子（WGS 84）") from error
    return shapes.fit(shapes.to_wgs84(geometry, WGS84), Geometry.POLYGON, lambda _said: None)
