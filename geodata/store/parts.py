"""Writing Parts: units and their substances, signs, items, responsible persons, each in its own table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import psycopg
from psycopg.sql import SQL, Composable, Identifier

from geodata.errors import Refused
from geodata.store.columns import field_columns
from geodata.store.staging import stage, staged_value
from geodata.store.tables import layer_table, part_table
from layers._vocabulary import Layer, Part


def write(connection: psycopg.Connection, layer: Layer, rows: Sequence[Mapping[str, Any]]) -> set[int]:
    """Make the Parts of the staged sites be what `rows` say; answers the ids of sites whose Parts changed.

    A Part that a row does not name is left alone; an empty list marks all rows of that Part as deleted.
    """
    touched: set[int] = set()
    for part in layer.parts:
        given = [row for row in rows if part.name in row]
        if not given:
            continue
        pairs = [((str(row["code"]),), row[part.name] or []) for row in given]
        touched |= _write_part(connection, layer, part, None, pairs)
        for inner in part.parts:
            nested = [
                ((path[0], _key(part, item, place)), item.get(inner.name) or [])
                for path, items in pairs
                for place, item in enumerate(items)
                if inner.name in item
            ]
            if nested:
                touched |= _write_part(connection, layer, inner, part, nested)
    return touched


def _write_part(
    connection: psycopg.Connection, layer: Layer, part: Part, above: Part | None,
    pairs: Sequence[tuple[tuple[str, ...], Sequence[Mapping[str, Any]]]],
) -> set[int]:  # fmt: skip
    """Write one Part's rows. A pair is (codes from the site down to the parent, the rows of that parent)."""
    given = {part.key}.union(*(item.keys() for _, items in pairs for item in items))
    # As with the site's own fields: a column that nobody gives stays as it is.
    columns = {name: sql_type for name, sql_type in field_columns(part.fields) if name in given}
    stage(connection, "staged_parents", {"site": "text", "above": "text"},
          ([path[0], path[1] if above else None] for path, _ in pairs))  # fmt: skip
    stage(
        connection, "staged_part",
        {"site": "text", "above": "text", "code": "text", "position": "smallint"} | columns,
        _flat(part, above, pairs, list(columns)),
    )  # fmt: skip
    table, parent = part_table(layer, part.name), _parents(layer, above)
    changed = _upsert(connection, table, parent, columns)
    gone = connection.execute(SQL(
        "WITH parent AS ({parent}) UPDATE {table} AS p SET deleted_at = now(), updated_at = now()"
        " FROM parent JOIN staged_parents AS g ON g.site = parent.site AND g.above IS NOT DISTINCT FROM parent.above"
        " WHERE p.parent_id = parent.id AND p.deleted_at IS NULL AND NOT EXISTS (SELECT FROM staged_part AS s"
        "   WHERE s.site = parent.site AND s.above IS NOT DISTINCT FROM parent.above AND s.code = p.code)"
        " RETURNING parent.site_id"
    ).format(parent=parent, table=table))  # fmt: skip
    return changed | {row[0] for row in gone}


def _upsert(
    connection: psycopg.Connection, table: Composable, parent: Composable, columns: Mapping[str, str]
) -> set[int]:
    names = [Identifier(name) for name in columns]
    values = [staged_value(name, sql_type) for name, sql_type in columns.items()]
    # RETURNING sees the target row only, so the sites are read back over the parents.
    rows = connection.execute(SQL(
        "WITH parent AS ({parent}), wrote AS ("
        " INSERT INTO {table} AS p (parent_id, code, position, {names})"
        " SELECT parent.id, s.code, s.position, {values} FROM staged_part AS s"
        " JOIN parent ON s.site = parent.site AND s.above IS NOT DISTINCT FROM parent.above"
        " ON CONFLICT (parent_id, code) DO UPDATE"
        " SET position = excluded.position, deleted_at = NULL, updated_at = now(), {sets}"
        " WHERE (p.position, p.deleted_at, {mine}) IS DISTINCT FROM (excluded.position, NULL::timestamptz, {theirs})"
        " RETURNING p.parent_id)"
        " SELECT DISTINCT parent.site_id FROM wrote JOIN parent ON parent.id = wrote.parent_id"
    ).format(
        parent=parent, table=table, names=SQL(", ").join(names), values=SQL(", ").join(values),
        sets=SQL(", ").join(SQL("{0} = excluded.{0}").format(name) for name in names),
        mine=SQL(", ").join(SQL("p.{}").format(name) for name in names),
        theirs=SQL(", ").join(SQL("excluded.{}").format(name) for name in names),
    ))  # fmt: skip
    return {row[0] for row in rows}


def _parents(layer: Layer, above: Part | None) -> Composable:
    """Parents of a Part's rows: id, site_id, site (code), above (code of the parent Part's row, or NULL)."""
    if above is None:
        return SQL("SELECT l.id, l.id AS site_id, l.code AS site, NULL::text AS above FROM {} AS l").format(
            layer_table(layer)
        )
    return SQL(
        "SELECT a.id, l.id AS site_id, l.code AS site, a.code AS above FROM {} AS a JOIN {} AS l ON l.id = a.parent_id"
    ).format(part_table(layer, above.name), layer_table(layer))


def _flat(
    part: Part, above: Part | None, pairs: Sequence[tuple[tuple[str, ...], Sequence[Mapping[str, Any]]]],
    columns: Sequence[str],
) -> Iterator[list[Any]]:  # fmt: skip
    known = {*dict(field_columns(part.fields)), *(inner.name for inner in part.parts)}
    for path, items in pairs:
        codes: set[str] = set()
        for place, item in enumerate(items):
            code = _key(part, item, place)
            where = f"{' / '.join(path)} · {part.title}"
            if code in codes:
                raise Refused(f"“{code}”出现两次", where, f"同一{part.title}表里“{part.key}”不能重复")
            if item.keys() - known:
                raise Refused(f"没有字段 {'、'.join(sorted(item.keys() - known))}", where)
            codes.add(code)
            yield [path[0], path[1] if above else None, code, place, *(item.get(name) for name in columns)]


def _key(part: Part, item: Mapping[str, Any], place: int) -> str:
    """What names a row inside its parent: its key field's value, or its place where that is blank."""
    value = item.get(part.key)
    return str(value) if value not in (None, "") else f"#{place + 1}"
