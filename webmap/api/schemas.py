"""JSON Schema of a layer's properties, from its declaration."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from geodata.features.question import queryables as queryable_kinds
from geodata.features.shape import FIXED, public_fields
from geodata.features.standing import standing
from layers._vocabulary import Field, Geometry, Kind, Layer, Part

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_TYPE: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"type": "string"},
    Kind.CHOICE: {"type": "string"},
    Kind.INTEGER: {"type": "integer"},
    Kind.DECIMAL: {"type": "number"},
    Kind.REAL: {"type": "number"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.TIME: {"type": "string", "format": "date-time"},
    Kind.FLAG: {"type": "boolean"},
}

_FIXED_TITLES = {
    "code": "编码", "name": "名称", "level": "风险等级（1 红 2 橙 3 黄 4 蓝，空为未知）", "township_code": "乡镇",
    "township_note": "乡镇与地址不一致", "address": "地址", "confirmed": "已确认", "position_source": "坐标来源",
    "source": "来源", "sample": "示例数据", "updated_at": "更新时间",
}  # fmt: skip

_GEOMETRY = {Geometry.POINT: "point", Geometry.LINE: "multilinestring", Geometry.POLYGON: "multipolygon"}


def kind_schema(kind: Kind) -> dict[str, Any]:
    """Schema of a bare kind of value."""
    return dict(_TYPE[kind])


def queryables(layer: Layer, address: str) -> dict[str, Any]:
    """The properties that items can be filtered by."""
    titled = _fixed() | _fields(layer.fields)
    return {
        "$schema": DIALECT, "$id": address, "type": "object", "title": layer.title,
        "properties": {name: titled[name] for name in queryable_kinds(layer)},
        "additionalProperties": False,
    }  # fmt: skip


def feature(layer: Layer, address: str) -> dict[str, Any]:
    """All properties of an item, its Parts as arrays, and its geometry."""
    properties = _fixed() | _fields(layer.fields) | {part.name: _part(part) for part in layer.parts}
    if layer.risk:
        properties["grade"] = {"type": "object", "title": "风险等级及其理由", "readOnly": True}
    if standing(layer.name):
        properties["standing"] = {"type": "array", "title": "由资料推得的状况及其理由", "readOnly": True}
    properties["geometry"] = {"x-ogc-role": "primary-geometry", "format": f"geometry-{_GEOMETRY[layer.geometry]}"}
    return {"$schema": DIALECT, "$id": address, "type": "object", "title": layer.title, "properties": properties}


def _fixed() -> dict[str, dict[str, Any]]:
    described = {name: {"title": _FIXED_TITLES[name]} | _TYPE[kind] for name, kind in FIXED.items()}
    described["level"] |= {"minimum": 1, "maximum": 4}
    return described


def _fields(fields: Iterable[Field]) -> dict[str, dict[str, Any]]:
    described: dict[str, dict[str, Any]] = {}
    for field in public_fields(fields):
        schema = {"title": field.title} | _TYPE[field.kind]
        if field.choices:
            schema["enum"] = [choice.code for choice in field.choices]
            schema["x-titles"] = {choice.code: choice.title for choice in field.choices}
        if field.unit:
            schema["x-unit"] = field.unit
        if field.least is not None:
            schema["minimum"] = field.least
        if field.most is not None:
            schema["maximum"] = field.most
        described[field.name] = schema
        if field.dated:
            described[f"{field.name}_since"] = {"title": f"{field.title}自何日起"} | _TYPE[Kind.DATE]
    return described


def _part(part: Part) -> dict[str, Any]:
    properties = _fields(part.fields) | {inner.name: _part(inner) for inner in part.parts}
    return {"type": "array", "title": part.title, "items": {"type": "object", "properties": properties}}
