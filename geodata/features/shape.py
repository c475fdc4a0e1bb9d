"""How a record becomes a GeoJSON Feature, in SQL: the database writes the text, so decimals stay exact.

Fields marked personal (phones) are left out: access is open.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from psycopg.sql import SQL, Composable, Identifier, Literal

import layers
from geodata.features.standing import standing
from geodata.store.tables import layer_table, part_table
from layers._vocabulary import Field, Kind, Layer, Part

#: Fixed columns that are properties of every feature, with the kind of their values.
FIXED: dict[str, Kind] = {
    "code": Kind.TEXT,
    "name": Kind.TEXT,
    "level": Kind.INTEGER,
    "township_code": Kind.TEXT,
    "township_note": Kind.TEXT,
    "address": Kind.TEXT,
    "confirmed": Kind.FLAG,
    "position_source": Kind.TEXT,
    "source": Kind.TEXT,
    "sample": Kind.FLAG,
    "updated_at": Kind.TIME,
}

_FEATURE = SQL("""
SELECT json_build_object('type', 'Feature', 'id', r.id, 'geometry', ST_AsGeoJSON(r.geom, 7)::json,
                         'properties', (SELECT row_to_json(p) FROM (SELECT {properties}) AS p))::text
  FROM {table} AS r
""")

_PART = SQL("""(
SELECT coalesce(json_agg(row_to_json(p) ORDER BY p.position, p.code), '[]') FROM (
    SELECT {properties}, {row}.position, {row}.code FROM {table} AS {row}
     WHERE {row}.parent_id = {parent}.id AND {row}.deleted_at IS NULL) AS p) AS {name}""")

#: The grade with its reasons, as a property of one feature asked for by id.
_GRADE = SQL("""(
SELECT json_build_object('level', g.level, 'known', g.known, 'total', g.total, 'edition', g.edition,
                         'graded_at', g.graded_at, 'level_since', g.level_since, 'factors', g.factors)
  FROM riskmap.grade AS g WHERE g.layer = {layer} AND g.site_id = r.id) AS grade""")


def public_fields(fields: Iterable[Field]) -> list[Field]:
    """The fields that stand in the properties: neither personal nor a geometry."""
    return [f for f in fields if not f.personal and f.kind is not Kind.BOUNDARY]


@lru_cache(maxsize=256)
def _select(name: str, with_grade: bool) -> Composable:
    layer = layers.ALL[name]
    properties: list[Composable] = [Identifier("r", column) for column in FIXED]
    properties += _columns("r", public_fields(layer.fields))
    properties += [_part(layer, part, "r", "a") for part in layer.parts]
    if with_grade and layer.risk:
        properties.append(_GRADE.format(layer=Literal(name)))
    state = standing(name) if with_grade else None
    if state:
        properties.append(SQL("{} AS standing").format(state))
    return _FEATURE.format(properties=SQL(", ").join(properties), table=layer_table(layer))


def select_features(layer: Layer, *, with_grade: bool = False) -> Composable:
    """`SELECT feature text FROM the layer's table AS r`, to which the caller adds WHERE, ORDER BY and LIMIT."""
    return _select(layer.name, with_grade)


def _columns(alias: str, fields: Iterable[Field]) -> list[Composable]:
    columns: list[Composable] = []
    for field in fields:
        columns.append(Identifier(alias, field.name))
        if field.dated:
            columns.append(Identifier(alias, f"{field.name}_since"))
    return columns


def _part(layer: Layer, part: Part, parent: str, row: str) -> Composable:
    """A Part as an array property; its own Parts stand inside its rows."""
    properties = _columns(row, public_fields(part.fields))
    properties += [_part(layer, inner, row, row + "a") for inner in part.parts]
    return _PART.format(
        properties=SQL(", ").join(properties), row=Identifier(row), parent=Identifier(parent),
        table=part_table(layer, part.name), name=Identifier(part.name),
    )  # fmt: skip
