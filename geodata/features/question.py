"""What a page of features is asked for: box, time, filters. Values are checked here, once, for whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from psycopg.sql import SQL, Composable, Identifier, Placeholder

from geodata.errors import BadRequest
from geodata.features.shape import FIXED, public_fields
from layers._vocabulary import Kind, Layer

#: west, south, east, north in degrees; west > east crosses the antimeridian.
Box = tuple[float, float, float, float]
#: Both ends included; None is open.
Interval = tuple[datetime | None, datetime | None]

#: ST_Envelope makes a line or point of a box without width or height, which as a polygon would meet nothing.
_INSIDE = SQL(
    "(r.geom && ST_MakeEnvelope({0}, {1}, {2}, {3}, 4326)"
    " AND ST_Intersects(r.geom, ST_Envelope(ST_MakeEnvelope({0}, {1}, {2}, {3}, 4326))))"
)

#: A record's time is that of its dated values; without any, the moment of its last change.
_DURING = SQL("""
(EXISTS (SELECT FROM riskmap.dated_value AS d WHERE d.layer = %(layer)s AND d.site_id = r.id
            AND d.superseded_at IS NULL AND d.valid && %(days)s::daterange)
 OR (r.updated_at BETWEEN coalesce(%(since)s::timestamptz, '-infinity') AND coalesce(%(until)s::timestamptz, 'infinity')
     AND NOT EXISTS (SELECT FROM riskmap.dated_value AS d WHERE d.layer = %(layer)s AND d.site_id = r.id
                        AND d.superseded_at IS NULL)))
""")


@dataclass(frozen=True)
class Question:
    """Which records of a layer are asked for; the default is all of them."""

    bbox: Box | None = None
    datetime: Interval | None = None
    filters: Mapping[str, str] = field(default_factory=dict)


def queryables(layer: Layer) -> dict[str, Kind]:
    """Properties by which a layer can be filtered, with their kinds."""
    return FIXED | {f.name: f.kind for f in public_fields(layer.fields)}


def condition(layer: Layer, question: Question) -> tuple[Composable, dict[str, Any]]:
    """SQL condition over the layer's table AS r, and its values. Raises BadRequest for a value that cannot be meant."""
    parts: list[Composable] = [SQL("r.deleted_at IS NULL")]
    values: dict[str, Any] = {"layer": layer.name}
    if question.bbox is not None:
        boxes = [
            _INSIDE.format(*(SQL("{}::float8").format(Placeholder(f"{side}{number}")) for side in "wsen"))
            for number in _store(question.bbox, values)
        ]
        parts.append(SQL("({})").format(SQL(" OR ").join(boxes)))
    if question.datetime is not None:
        parts.append(_DURING)
        since, until = question.datetime
        values |= {"since": since, "until": until, "days": _days(since, until)}
    for place, (name, text) in enumerate(question.filters.items()):
        if text == "unknown" and name == "level":
            parts.append(SQL("r.level IS NULL"))
            continue
        parts.append(SQL("r.{} = {}").format(Identifier(name), Placeholder(f"f{place}")))
        values[f"f{place}"] = _value(layer, name, text)
    return SQL(" AND ").join(parts), values


def _store(bbox: Box, values: dict[str, Any]) -> range:
    """Put one box, or two on both sides of the antimeridian, among the values; answers their numbers."""
    west, south, east, north = bbox
    boxes = [bbox] if west <= east else [(west, south, 180.0, north), (-180.0, south, east, north)]
    for number, box in enumerate(boxes):
        values |= {f"{name}{number}": side for name, side in zip("wsen", box, strict=True)}
    return range(len(boxes))


def _days(since: datetime | None, until: datetime | None) -> str:
    """The interval as PostgreSQL's daterange of whole days, both included."""
    first = since.date().isoformat() if since else ""
    last = until.date().isoformat() if until else ""
    return f"[{first},{last}]"


def _value(layer: Layer, name: str, text: str) -> Any:
    kind = queryables(layer).get(name)
    if kind is None:
        raise BadRequest(f"图层 {layer.name} 没有可查询的字段 {name}", name, "可查询的字段见 queryables")
    try:
        return _READ[kind](text)
    except (ValueError, InvalidOperation) as error:
        raise BadRequest(f"“{text}”不是{_MEANT[kind]}", name) from error


def _flag(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


def _whole(text: str) -> int:
    number = int(text)
    if not -(2**63) <= number < 2**63:
        raise ValueError(text)
    return number


def read_time(text: str) -> datetime:
    """An RFC 3339 date-time, or a date as its first moment (UTC). Raises ValueError."""
    if len(text) == 10:
        return datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC)
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time needs its zone")
    return moment


def end_of(text: str) -> datetime:
    """The last moment that `text` means: a date is the whole day."""
    moment = read_time(text)
    return moment + timedelta(days=1, microseconds=-1) if len(text) == 10 else moment


_READ: dict[Kind, Callable[[str], Any]] = {
    Kind.TEXT: str, Kind.CHOICE: str, Kind.INTEGER: _whole, Kind.DECIMAL: Decimal, Kind.REAL: float,
    Kind.DATE: date.fromisoformat, Kind.TIME: read_time, Kind.FLAG: _flag,
}  # fmt: skip

_MEANT = {
    Kind.TEXT: "文字", Kind.CHOICE: "选项", Kind.INTEGER: "整数", Kind.DECIMAL: "数", Kind.REAL: "数",
    Kind.DATE: "日期（2026-01-31）", Kind.TIME: "时间（2026-01-31T08:00:00+08:00）", Kind.FLAG: " true 或 false",
}  # fmt: skip
