"""Writing records: the one way by which files, the sample county and forms reach a layer's table.

Rows are staged by COPY, compared with what is there by business code, and written by set-based statements in the
caller's transaction: record, Parts, dated values, township by position, grade, cells, version of the map.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg.sql import SQL, Composable, Identifier
from pypinyin import Style, lazy_pinyin

from geodata.errors import Refused
from geodata.store import dated, parts, townships, version
from geodata.store.columns import writable_columns
from geodata.store.database import acting_as
from geodata.store.staging import stage, staged_value
from geodata.store.tables import layer_table
from layers._vocabulary import Layer

Row = Mapping[str, Any]


@dataclass
class Written:
    """What a write did: counts, and the ids of the records that were added or changed."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    ids: list[int] = field(default_factory=list)


def write(
    connection: psycopg.Connection, layer: Layer, rows: Sequence[Row], actor: str, import_id: int | None = None
) -> Written:
    """Add or change records of `layer` by their `code`, in the caller's transaction; grading is a step of its own.

    A row maps fixed columns (see columns.WRITABLE), fields and Parts (name → list of mappings; a nested Part's list
    stands inside its parent's mapping) to values. A key that a row does not have is left as it is in the database;
    a key with None withdraws the value. Rows without a code get the layer's next ones. `geom` is a shapely geometry
    in EPSG:4326, lon/lat. A record marked as deleted comes back when its code is written again.

    Raises Refused for unknown keys, a code that stands twice, and values that do not fit their column.
    """
    acting_as(connection, actor)
    coded = _with_codes(connection, layer, rows)
    done = Written()
    for keys, group in _by_keys(layer, coded).items():
        _write_group(connection, layer, keys, group, actor, import_id, done)
    done.ids = sorted(set(done.ids))
    if layer.name == "townships" and done.ids:
        townships.place_everything(connection)
    elif done.ids:
        townships.place(connection, layer, done.ids)
    if done.ids:
        version.raise_map(connection)
    return done


def mark_deleted(connection: psycopg.Connection, layer: Layer, ids: Sequence[int], actor: str) -> int:
    """Mark records as deleted (they stay in the database and in the history); answers how many were."""
    acting_as(connection, actor)
    marked = connection.execute(
        SQL("UPDATE {} SET deleted_at = now(), updated_at = now(), updated_by = %s"
            " WHERE id = ANY(%s) AND deleted_at IS NULL").format(layer_table(layer)),
        (actor, list(ids)),
    ).rowcount  # fmt: skip
    version.raise_map(connection)
    return marked


def initials(name: str) -> str:
    """Pinyin initials of a name for the search: 大沟尾矿库 → dgwkk."""
    return "".join(part[:1] for part in lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()


def _with_codes(connection: psycopg.Connection, layer: Layer, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Every row with a code of its own; the missing ones continue the layer's numbering."""
    seen: dict[str, int] = {}
    for place, row in enumerate(rows):
        code = row.get("code")
        if code is not None and seen.setdefault(str(code), place) != place:
            raise Refused(f"编码 {code} 在同一批里出现两次", f"第 {seen[str(code)] + 1} 条和第 {place + 1} 条")
    missing = sum(1 for row in rows if not row.get("code"))
    fresh = iter(next_codes(connection, layer, missing, set(seen))) if missing else iter(())
    return [dict(row) if row.get("code") else {**row, "code": next(fresh)} for row in rows]


def next_codes(connection: psycopg.Connection, layer: Layer, count: int, taken: set[str] | None = None) -> list[str]:
    """The next `count` codes `<prefix>-0001` that no record of the layer has."""
    row = connection.execute(
        SQL("SELECT coalesce(max(substring(code FROM %s)::bigint), 0) FROM {} WHERE code ~ %s").format(
            layer_table(layer)
        ),
        (rf"^{layer.prefix}-(\d+)$", rf"^{layer.prefix}-\d{{1,15}}$"),
    ).fetchone()
    number = int(row[0]) if row else 0
    codes: list[str] = []
    while len(codes) < count:
        number += 1
        code = f"{layer.prefix}-{number:04d}"
        if code not in (taken or ()):
            codes.append(code)
    return codes


def _by_keys(layer: Layer, rows: Iterable[dict[str, Any]]) -> dict[tuple[str, ...], list[dict[str, Any]]]:
    """Rows grouped by the columns that they give, so that an absent key never overwrites a value."""
    columns = writable_columns(layer)
    known_parts = {part.name for part in layer.parts}
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        unknown = row.keys() - columns.keys() - known_parts
        if unknown:
            raise Refused(f"图层 {layer.name} 没有字段 {'、'.join(sorted(unknown))}", f"编码 {row['code']}")
        groups.setdefault(tuple(name for name in columns if name in row), []).append(row)
    return groups


def _write_group(
    connection: psycopg.Connection, layer: Layer, keys: tuple[str, ...], rows: list[dict[str, Any]],
    actor: str, import_id: int | None, done: Written,
) -> None:  # fmt: skip
    types = writable_columns(layer)
    columns = {key: types[key] for key in keys} | {"initials": "text"}
    stage(
        connection, "staged", columns,
        ([*(row[key] for key in keys), initials(str(row.get("name") or ""))] for row in rows),
    )  # fmt: skip
    if "name" not in keys:
        connection.execute("UPDATE staged SET initials = NULL")
    changed = _update(connection, layer, columns, actor, import_id)
    added = _insert(connection, layer, columns, actor, import_id)
    touched = parts.write(connection, layer, rows) - set(changed) - set(added)
    if touched:
        connection.execute(
            SQL("UPDATE {} SET updated_at = now(), updated_by = %s WHERE id = ANY(%s)").format(layer_table(layer)),
            (actor, list(touched)),
        )
    dated.keep(connection, layer, keys, [*changed, *added], actor)
    done.added += len(added)
    done.changed += len(changed) + len(touched)
    done.unchanged += len(rows) - len(added) - len(changed) - len(touched)
    done.ids += [*changed, *added, *touched]


def _update(
    connection: psycopg.Connection, layer: Layer, columns: Mapping[str, str], actor: str, import_id: int | None
) -> list[int]:
    """Change records whose staged values differ; a deleted one comes back."""
    given = [name for name in columns if name != "code" and not (name == "initials" and "name" not in columns)]
    sets: list[Composable] = [SQL("deleted_at = NULL")]
    sets += [SQL("{} = {}").format(Identifier(name), staged_value(name, columns[name])) for name in given]
    since = {f.name: f"{f.name}_since" for f in layer.fields if f.dated and f.name in columns}
    for name, column in since.items():
        if column not in columns:
            # A new value without a date holds from today; the same value keeps its date.
            sets.append(SQL(
                "{since} = CASE WHEN l.{value} IS DISTINCT FROM s.{value}"
                " THEN (now() AT TIME ZONE 'Asia/Shanghai')::date ELSE l.{since} END"
            ).format(since=Identifier(column), value=Identifier(name)))  # fmt: skip
    differs = SQL(" OR ").join(
        [SQL("l.deleted_at IS NOT NULL")]
        + [SQL("l.{} IS DISTINCT FROM {}").format(Identifier(n), staged_value(n, columns[n])) for n in given]
    )
    statement = SQL(
        "UPDATE {table} AS l SET {sets}, updated_at = now(), updated_by = %s,"
        " import_id = coalesce(%s, l.import_id) FROM staged AS s WHERE s.code = l.code AND ({differs}) RETURNING l.id"
    ).format(table=layer_table(layer), sets=SQL(", ").join(sets), differs=differs)
    return [row[0] for row in connection.execute(statement, (actor, import_id))]


def _insert(
    connection: psycopg.Connection, layer: Layer, columns: Mapping[str, str], actor: str, import_id: int | None
) -> list[int]:
    """Add the staged records whose code is new. A record needs a name: without one its code serves."""
    names = [name for name in columns if name != "name"]
    name = SQL("coalesce(s.name, s.code)") if "name" in columns else SQL("s.code")
    statement = SQL(
        "INSERT INTO {table} ({names}, name, updated_by, import_id)"
        " SELECT {values}, {name}, %s, %s FROM staged AS s"
        " WHERE NOT EXISTS (SELECT FROM {table} AS l WHERE l.code = s.code) ORDER BY s.code RETURNING id"
    ).format(
        table=layer_table(layer), name=name,
        names=SQL(", ").join(map(Identifier, names)),
        values=SQL(", ").join(_insertable(n, columns[n]) for n in names),
    )  # fmt: skip
    return [row[0] for row in connection.execute(statement, (actor, import_id))]


def _insertable(name: str, sql_type: str) -> Composable:
    if name in ("confirmed", "sample"):
        return SQL("coalesce(s.{}, {})").format(Identifier(name), name == "confirmed")
    return staged_value(name, sql_type)
