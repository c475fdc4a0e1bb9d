"""Pages of features and one feature by id, as GeoJSON text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import psycopg
from psycopg.sql import SQL, Literal

from geodata.errors import NotFound
from geodata.features.question import Question, condition
from geodata.features.shape import select_features
from geodata.store.tables import layer_table
from layers._vocabulary import Layer


@dataclass(frozen=True)
class Page:
    """Some of the features that match, each as GeoJSON text, and how many match in all."""

    features: tuple[str, ...]
    matched: int


def page(connection: psycopg.Connection, layer: Layer, question: Question, limit: int, offset: int) -> Page:
    """Features `offset` … `offset + limit` of those that match, by id. Raises BadRequest for impossible values."""
    where, values = condition(layer, question)
    values |= {"limit": limit, "offset": offset}
    features = connection.execute(
        SQL("{} WHERE {} ORDER BY r.id LIMIT %(limit)s OFFSET %(offset)s").format(select_features(layer), where), values
    ).fetchall()
    counted = connection.execute(
        SQL("SELECT count(*) FROM {} AS r WHERE {}").format(layer_table(layer), where), values
    ).fetchone()
    return Page(tuple(row[0] for row in features), counted[0] if counted else 0)


def one(connection: psycopg.Connection, layer: Layer, site_id: int) -> str:
    """One feature with its grade and every reason. Raises NotFound."""
    row = connection.execute(
        SQL("{} WHERE r.id = %s AND r.deleted_at IS NULL").format(select_features(layer, with_grade=True)), (site_id,)
    ).fetchone()
    if row is None:
        raise NotFound(f"图层 {layer.title} 没有记录 {site_id}")
    return str(row[0])


def extents(
    connection: psycopg.Connection, wanted: Sequence[Layer]
) -> dict[str, tuple[float, float, float, float]]:
    """West, south, east, north of each layer that has a record with a position (EPSG:4326)."""
    pieces = [_EXTENT.format(name=Literal(layer.name), table=layer_table(layer)) for layer in wanted]
    rows = connection.execute(SQL(" UNION ALL ").join(pieces)).fetchall() if pieces else []
    return {name: (west, south, east, north) for name, west, south, east, north in rows if west is not None}


_EXTENT = SQL("""
SELECT {name}, ST_XMin(x.e), ST_YMin(x.e), ST_XMax(x.e), ST_YMax(x.e)
  FROM (SELECT ST_Extent(geom) AS e FROM {table} WHERE deleted_at IS NULL) AS x
""")
