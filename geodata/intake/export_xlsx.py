"""Writes a layer as a workbook with Chinese headings: its own sheet, then a sheet a Part. No cell is a formula."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from geodata.intake import refusals
from geodata.intake.values import SHANGHAI
from layers._risk import LEVEL_TITLES
from layers._vocabulary import Field, Geometry, Kind, Layer, Part

#: Excel holds no longer text in a cell; such a geometry stays out (on import a blank one leaves what is known).
_LONGEST = 32_767
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}

PartSheet = tuple[Part, Part | None, tuple[Field, ...], Sequence[dict[str, Any]]]


def write(
    path: Path, layer: Layer, fields: tuple[Field, ...], records: Iterable[dict[str, Any]], parts: Sequence[PartSheet],
    say: Callable[[str], None],
) -> int:  # fmt: skip
    """Write the workbook and answer how many records stand in it; `say` is told of geometries that do not fit."""
    taken: set[str] = set()
    long: list[str] = []
    with xlsxwriter.Workbook(str(path), _OPTIONS) as book:
        text, bold = refusals.guarded(book), book.add_format({"bold": True, "bg_color": "#E8EEF4"})
        sheet = book.add_worksheet(refusals.sheet_name(layer.title, taken))
        rows = (_record(layer, fields, record, long) for record in records)
        count = _fill(sheet, _headings(layer, fields), rows, text, bold)
        for part, above, part_fields, items in parts:
            sheet = book.add_worksheet(refusals.sheet_name(part.title, taken))
            above_heading = [f"所属{above.title}"] if above else []
            headings = ["所属编码", "所属名称", *above_heading, *_field_headings(part_fields)]
            _fill(sheet, headings, (_item(above, part_fields, item) for item in items), text, bold)
    if long:
        say(f"{len(long)} 条的几何太长，一格放不下，没有写进表里（再导入时库里的不变）；要几何请导出 .geojson")
    return count


def _fill(sheet: Any, headings: Sequence[str], rows: Iterable[Sequence[Any]], text: Any, bold: Any) -> int:
    sheet.freeze_panes(1, 2)
    for column, heading in enumerate(headings):
        sheet.set_column(column, column, max(10, min(40, 2 * len(heading) + 2)))
        sheet.write_string(0, column, heading, bold)
    place = 0
    for place, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            refusals.cell(sheet, place, column, value, text)
    return place


def _headings(layer: Layer, fields: tuple[Field, ...]) -> list[str]:
    position = ["经度(WGS84)", "纬度(WGS84)"] if layer.geometry is Geometry.POINT else ["几何(WKT,WGS84)"]
    level = ["四色等级"] if layer.risk is not None else []
    return ["编码", "名称", *level, "地址", "乡镇(按坐标)", *position, *_field_headings(fields), "来源"]


def _field_headings(fields: tuple[Field, ...]) -> list[str]:
    headings = []
    for field in fields:
        headings.append(f"{field.title}({field.unit})" if field.unit else field.title)
        if field.dated:
            headings.append(f"{field.title}起始日期")
    return headings


def _record(layer: Layer, fields: tuple[Field, ...], record: dict[str, Any], long: list[str]) -> list[Any]:
    """One row; the code of a record whose geometry is left out is added to `long`."""
    wkt = record["wkt"]
    drawn = [] if layer.geometry is Geometry.POINT else [wkt]
    drawn += [record[field.name] for field in fields if field.kind is Kind.BOUNDARY]
    if any(len(each or "") > _LONGEST for each in drawn):
        long.append(record["code"])
    position = [record["lon"], record["lat"]] if layer.geometry is Geometry.POINT else [_short(wkt)]
    level = []
    if layer.risk is not None:
        level = [LEVEL_TITLES[record["level"]][0] if record["level"] else "未知"]
    return [record["code"], record["name"], *level, record["address"], record["township"], *position,
            *_values(fields, record), record["source"]]  # fmt: skip


def _item(above: Part | None, fields: tuple[Field, ...], item: dict[str, Any]) -> list[Any]:
    parent = [item["above"]] if above else []
    return [item["site_code"], item["site_name"], *parent, *_values(fields, item)]


def _values(fields: tuple[Field, ...], record: dict[str, Any]) -> list[Any]:
    values: list[Any] = []
    for field in fields:
        values.append(shown(field, record[field.name]))
        if field.dated:
            values.append(record[f"{field.name}_since"])
    return values


def shown(field: Field, value: Any) -> Any:
    """A value as the sheet shows it: a choice's title, a moment in Shanghai's time, an exact number."""
    if value is None:
        return None
    if field.kind is Kind.CHOICE:
        choice = field.choice(value)
        return choice.title if choice else value
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).isoformat(" ")
    if isinstance(value, Decimal):
        number = float(value)
        return number if Decimal(repr(number)) == value else str(value)
    return _short(value) if field.kind is Kind.BOUNDARY else value


def _short(text: str | None) -> str | None:
    return text if text is not None and len(text) <= _LONGEST else None
