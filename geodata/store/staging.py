"""Rows travel into a temporary table by binary COPY before anything is compared or written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import psycopg
import shapely
from psycopg.sql import SQL, Composable, Identifier
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geodata.errors import Refused

#: Type in the staging table; geometries wait there as WKB.
_STAGED = {"geometry": "bytea"}

_CONVERT: dict[str, Callable[[Any], Any]] = {
    "text": str,
    "bigint": int,
    "smallint": int,
    "numeric": lambda value: value if isinstance(value, Decimal) else Decimal(str(value)),
    "double precision": float,
    "boolean": bool,
    "date": lambda value: value.date() if isinstance(value, datetime) else value,
    "timestamp with time zone": lambda value: value,
    "geometry": lambda value: _wkb(value),
}


def stage(
    connection: psycopg.Connection, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]
) -> None:
    """Fill temporary table `name` (column → SQL type) with `rows`, values in the order of `columns`.

    Raises Refused where a value does not fit its column's type: nothing is coerced in silence.
    """
    types = [_STAGED.get(base(sql_type), sql_type) for sql_type in columns.values()]
    converters = [_CONVERT[base(sql_type)] for sql_type in columns.values()]
    definition = SQL(", ").join(
        SQL("{} {}").format(Identifier(column), SQL(sql_type))
        for column, sql_type in zip(columns, types, strict=True)
    )
    table = Identifier(name)
    connection.execute(SQL("DROP TABLE IF EXISTS pg_temp.{}").format(table))
    connection.execute(SQL("CREATE TEMPORARY TABLE {} ({}) ON COMMIT DROP").format(table, definition))
    with connection.cursor() as cursor, cursor.copy(SQL("COPY {} FROM STDIN (FORMAT BINARY)").format(table)) as copy:
        copy.set_types(types)
        for row in rows:
            copy.write_row([
                _fit(column, convert, value)
                for column, convert, value in zip(columns, converters, row, strict=True)
            ])  # fmt: skip
    connection.execute(SQL("ANALYZE {}").format(table))


def staged_value(name: str, sql_type: str) -> Composable:
    """The value of staging column `s.<name>` as a column of `sql_type` holds it."""
    column = SQL("s.{}").format(Identifier(name))
    return SQL("ST_GeomFromWKB({}, 4326)").format(column) if base(sql_type) == "geometry" else column


def base(sql_type: str) -> str:
    """The type's name without its modifiers: geometry(Point,4326) → geometry."""
    return sql_type.split("(")[0]


def _fit(column: str, convert: Callable[[Any], Any], value: Any) -> Any:
    if value is None:
        return None
    try:
        fitted = convert(value)
    except (TypeError, ValueError, ArithmeticError) as error:
        raise Refused(f"值 {value!r} 不合字段 {column} 的类型", mend=str(error)) from error
    if isinstance(fitted, float) and fitted != fitted:
        return None  # NaN is how data frames spell a blank
    return fitted


def _wkb(value: Any) -> bytes:
    """WKB of a shapely geometry (lines and polygons made multi, Z dropped), or bytes as they are."""
    if isinstance(value, bytes):
        return value
    if not isinstance(value, BaseGeometry):
        raise TypeError("a shapely geometry or WKB bytes")
    flat = shapely.force_2d(value)
    if isinstance(flat, LineString):
        flat = MultiLineString([flat])
    elif isinstance(flat, Polygon):
        flat = MultiPolygon([flat])
    return bytes(shapely.to_wkb(flat))
