"""Many counties side by side, for measuring: the one sample county copied inside the database, set by set.

Records, Parts, grades and levels are copied; history and the intervals of dated values are not (a copy has no past),
nor is the height grid. Copies stand on a grid as wide as a large country, the nearest to the first first.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import psycopg
from psycopg.sql import SQL, Composable, Identifier

import layers
from geodata.errors import Refused
from geodata.sample import loading
from geodata.store.columns import field_columns
from geodata.store.tables import layer_table, part_table
from geodata.store.version import raise_map
from geodata.tiles import cells
from layers._vocabulary import Field, Kind, Layer, Part

#: Degrees between neighbouring counties, and how many steps the grid has at most to the west, east, south, north.
STEP_LON, STEP_LAT = 1.68, 0.92
REACH = (18, 14, 16, 16)
#: Counties that one statement copies.
BATCH = 50
#: Fixed columns that are copied as they are; id, code, name, geom and township_code are made anew.
KEPT = ("initials", "address", "township_note", "position_source", "position_original", "confirmed", "source", "level",
        "sample", "updated_by")  # fmt: skip

Report = Callable[[str], None]

COPY_SITES = SQL("""
INSERT INTO {table} (id, code, name, geom, township_code, {columns})
SELECT l.id + k.number * %(stride)s, l.code || '-' || k.number, l.name || ' ' || k.number,
       ST_Translate(l.geom, k.lon, k.lat), l.township_code || '-' || k.number, {values}
  FROM {table} AS l
 CROSS JOIN unnest(%(numbers)s::bigint[], %(lons)s::float8[], %(lats)s::float8[]) AS k (number, lon, lat)
 WHERE l.sample AND l.id < %(stride)s AND l.deleted_at IS NULL
""")

COPY_PARTS = SQL("""
INSERT INTO {table} (id, parent_id, code, position, {columns})
SELECT p.id + k.number * %(part_stride)s, p.parent_id + k.number * %(stride)s, p.code, p.position, {values}
  FROM {table} AS p JOIN {parent} AS l ON l.id = p.parent_id
 CROSS JOIN unnest(%(numbers)s::bigint[], %(lons)s::float8[], %(lats)s::float8[]) AS k (number, lon, lat)
 WHERE p.id < %(part_stride)s AND p.parent_id < %(stride)s AND p.deleted_at IS NULL AND l.deleted_at IS NULL
""")

COPY_GRADES = """
INSERT INTO riskmap.grade
       (layer, site_id, level, factors, known, total, edition, graded_at, level_since, previous_level)
SELECT g.layer, g.site_id + k.number * %(stride)s, g.level, g.factors, g.known, g.total, g.edition, g.graded_at,
       g.level_since, g.previous_level
  FROM riskmap.grade AS g CROSS JOIN unnest(%(numbers)s::bigint[]) AS k (number)
 WHERE g.layer = %(layer)s AND g.site_id < %(stride)s
"""

LAST_ID = SQL("SELECT coalesce(max(id), 0) FROM {}")
SET_NEXT = SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), greatest((SELECT max(id) FROM {}), 1))")


@dataclass(frozen=True, slots=True)
class Offset:
    """Where a copy stands: its number (from 1) and its distance from the first county in degrees."""

    number: int
    lon: float
    lat: float


def offsets(counties: int) -> list[Offset]:
    """The places of `counties` − 1 copies, nearest first, none on the first county. Raises Refused beyond the grid."""
    west, east, south, north = REACH
    places = [(c, r) for c in range(-west, east + 1) for r in range(-south, north + 1) if c or r]
    if not 1 <= counties <= len(places) + 1:
        raise Refused(f"县数要在 1 到 {len(places) + 1} 之间", f"--scale {counties}")
    places.sort(key=lambda place: (math.hypot(place[0] * STEP_LON, place[1] * STEP_LAT), place))
    return [Offset(n, c * STEP_LON, r * STEP_LAT) for n, (c, r) in enumerate(places[: counties - 1], 1)]


def load(connection: psycopg.Connection, counties: int, report: Report) -> None:
    """Load the sample county and `counties` − 1 copies of it, in the caller's transaction.

    1,000 counties are about 1.2 million sites. Raises Refused where real data are loaded.
    """
    places = offsets(counties)
    loading.load(connection, report)
    for name, layer in layers.ALL.items():
        strides = _strides(connection, layer)
        for start in range(0, len(places), BATCH):
            report(f"{layer.title}：{min(start + BATCH, len(places)) + 1} / {counties} 县")
            _copy(connection, layer, places[start : start + BATCH], strides)
        _go_on_from(connection, f"layer.{name}", layer_table(layer))
        for suffix, _, _ in layer.all_parts():
            _go_on_from(connection, f"part.{name}_{suffix}", part_table(layer, suffix))
    report("瓦片")
    cells.rebuild(connection)
    raise_map(connection)
    report(f"{counties} 个县已装好")


def _strides(connection: psycopg.Connection, layer: Layer) -> dict[str, int]:
    """By how much the ids of a copy are raised, for the layer ('') and each of its Parts."""
    tables: dict[str, Composable] = {"": layer_table(layer)}
    tables |= {suffix: part_table(layer, suffix) for suffix, _, _ in layer.all_parts()}
    found = {}
    for suffix, table in tables.items():
        row = connection.execute(LAST_ID.format(table)).fetchone()
        assert row is not None  # an aggregate always answers a row
        found[suffix] = int(row[0]) + 1
    return found


def _copy(connection: psycopg.Connection, layer: Layer, places: Sequence[Offset], strides: dict[str, int]) -> None:
    """Copy one layer with its Parts and grades to `places`."""
    values = {"numbers": [p.number for p in places], "lons": [p.lon for p in places], "lats": [p.lat for p in places],
              "stride": strides[""], "layer": layer.name}  # fmt: skip
    columns = [*KEPT, *(name for name, _ in field_columns(layer.fields))]
    made = [_moved(name, _field(layer.fields, name), "l") for name in columns]
    connection.execute(COPY_SITES.format(
        table=layer_table(layer), columns=_names(columns), values=SQL(", ").join(made)), values)  # fmt: skip
    for suffix, part, above in layer.all_parts():
        _copy_part(connection, layer, suffix, part, above, values | {
            "stride": strides[above.name if above else ""], "part_stride": strides[suffix]})  # fmt: skip
    if layer.risk is not None:
        connection.execute(COPY_GRADES, values)


def _copy_part(
    connection: psycopg.Connection, layer: Layer, suffix: str, part: Part, above: Part | None, values: dict[str, object]
) -> None:
    columns = [name for name, _ in field_columns(part.fields)]
    made = [_moved(name, _field(part.fields, name), "p") for name in columns]
    parent = part_table(layer, above.name) if above else layer_table(layer)
    connection.execute(COPY_PARTS.format(
        table=part_table(layer, suffix), parent=parent, columns=_names(columns), values=SQL(", ").join(made)),
        values)  # fmt: skip


def _moved(column: str, field: Field | None, alias: str) -> Composable:
    """A column's value in the copy: positions move, everything else is as it was."""
    value = SQL("{}.{}").format(Identifier(alias), Identifier(column))
    if field is not None and field.kind is Kind.BOUNDARY:
        return SQL("ST_Translate({}, k.lon, k.lat)").format(value)
    if field is not None and field.kind is Kind.REAL and column in ("lon", "lat"):
        return SQL("{} + k.{}").format(value, Identifier(column))
    return value


def _field(fields: Sequence[Field], name: str) -> Field | None:
    return next((field for field in fields if field.name == name), None)


def _names(columns: Sequence[str]) -> Composable:
    return SQL(", ").join(map(Identifier, columns))


def _go_on_from(connection: psycopg.Connection, name: str, table: Composable) -> None:
    """New records continue behind the copies."""
    connection.execute(SET_NEXT.format(name, table))
