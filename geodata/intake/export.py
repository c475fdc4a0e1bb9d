"""A layer goes out: .xlsx for people (comes back in as it is), .geojson for programs."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row
from psycopg.sql import SQL, Composable, Identifier

from geodata.errors import Refused
from geodata.intake import export_geojson, export_xlsx
from geodata.store.tables import layer_table, part_table
from layers._vocabulary import Field, Kind, Layer, Part

Say = Callable[[str], None]

RECORDS = SQL("""
SELECT l.code, l.name, l.address, t.name AS township, l.township_code, l.source, l.level, l.geom IS NOT NULL AS placed,
       {geometry}, {fields}
  FROM {table} AS l LEFT JOIN layer.townships AS t ON t.code = l.township_code
 WHERE l.deleted_at IS NULL ORDER BY l.code
""")
#: {above}: the parent Part's key; {joined}: the way from the Part's row to its site.
BELONGINGS = SQL("""
SELECT s.code AS site_code, s.name AS site_name, {above} AS above, {fields}
  FROM {table} AS p {joined} WHERE p.deleted_at IS NULL AND s.deleted_at IS NULL ORDER BY s.code, {order}
""")


def save(
    connection: psycopg.Connection, layer: Layer, path: Path, *, personal: bool = True,
    say: Say = lambda _sentence: None,
) -> int:  # fmt: skip
    """Write a layer to `path` (.xlsx or .geojson) and answer how many records; the file appears whole or not at all.

    `personal` False leaves phones and other personal fields out; `say` is told what did not fit.
    Raises Refused for other suffixes and where the file cannot be written.
    """
    writers = {".xlsx": _xlsx, ".geojson": _geojson, ".json": _geojson}
    write = writers.get(path.suffix.lower())
    if write is None:
        raise Refused(f"不能导出成 {path.suffix or '没有扩展名的文件'}", path.name, "写 .xlsx 或 .geojson")
    try:
        with tempfile.NamedTemporaryFile(dir=path.absolute().parent, suffix=path.suffix, delete=False) as file:
            unfinished = Path(file.name)
        try:
            count = write(connection, layer, unfinished, personal, say)
            unfinished.chmod(0o644 & ~_umask())
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise Refused(f"写不了（{error.strerror}）", str(path), "换一个能写的文件夹；文件正打开着就先关掉") from error
    return count


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _xlsx(connection: psycopg.Connection, layer: Layer, path: Path, personal: bool, say: Say) -> int:
    fields = shown(layer.fields, personal)
    sheets = [(part, above, shown(part.fields, personal), belongings(connection, layer, part, above, personal))
              for _, part, above in layer.all_parts()]  # fmt: skip
    return export_xlsx.write(path, layer, fields, records(connection, layer, personal), sheets, say)


def _geojson(connection: psycopg.Connection, layer: Layer, path: Path, personal: bool, _say: Say) -> int:
    hanging: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for _, part, above in layer.all_parts():
        for row in belongings(connection, layer, part, above, personal):
            code, key = row.pop("site_code"), row.pop("above")
            row.pop("site_name")
            place = hanging.setdefault(code, {})
            if above is not None:
                parents = [item for item in place.get(above.name, []) if str(item.get(above.key)) == key]
                place = parents[0] if parents else place
            place.setdefault(part.name, []).append(row)
    return export_geojson.write(
        path, layer, shown(layer.fields, personal), records(connection, layer, personal), hanging
    )


def shown(fields: tuple[Field, ...], personal: bool) -> tuple[Field, ...]:
    """The fields that go out."""
    return tuple(field for field in fields if personal or not field.personal)


def records(connection: psycopg.Connection, layer: Layer, personal: bool) -> Iterator[dict[str, Any]]:
    """Every record, one mapping each; `lon`, `lat`, `wkt` and `geojson` are its position in WGS 84."""
    names = _names(shown(layer.fields, personal), "l")
    geometry = SQL(
        "ST_X(ST_PointOnSurface(l.geom)) AS lon, ST_Y(ST_PointOnSurface(l.geom)) AS lat,"
        " ST_AsText(l.geom, 15) AS wkt, ST_AsGeoJSON(l.geom, 15, 0) AS geojson"
    )
    statement = RECORDS.format(geometry=geometry, fields=names, table=layer_table(layer))
    with connection.cursor(row_factory=dict_row) as cursor:
        yield from cursor.stream(statement)


def belongings(
    connection: psycopg.Connection, layer: Layer, part: Part, above: Part | None, personal: bool
) -> list[dict[str, Any]]:
    """Every row of a Part with its site's code and name, and its parent Part's key."""
    site = SQL("JOIN {} AS s ON s.id = p.parent_id").format(layer_table(layer))
    key: Composable = SQL("NULL")
    order: Composable = SQL("p.position, p.id")
    if above is not None:
        site = SQL(
            "JOIN {} AS a ON a.id = p.parent_id AND a.deleted_at IS NULL JOIN {} AS s ON s.id = a.parent_id"
        ).format(part_table(layer, above.name), layer_table(layer))
        key, order = SQL("a.code"), SQL("a.position, a.id, p.position, p.id")
    statement = BELONGINGS.format(
        above=key, fields=_names(shown(part.fields, personal), "p"), table=part_table(layer, part.name), joined=site,
        order=order,
    )  # fmt: skip
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(statement).fetchall()


def _names(fields: tuple[Field, ...], table: str) -> Composable:
    names = []
    for field in fields:
        column = SQL("{}.{}").format(Identifier(table), Identifier(field.name))
        names.append(SQL("ST_AsText({}, 15) AS {}").format(column, Identifier(field.name))
                     if field.kind is Kind.BOUNDARY else column)  # fmt: skip
        if field.dated:
            names.append(SQL("{}.{}").format(Identifier(table), Identifier(f"{field.name}_since")))
    return SQL(", ").join(names) if names else SQL("NULL AS nothing")
