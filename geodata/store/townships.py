"""Each record knows its township by position, and says so where its own address names another one."""

from __future__ import annotations

from collections.abc import Sequence

import psycopg
from psycopg.sql import SQL

import layers
from geodata.store.tables import layer_table
from layers._vocabulary import Geometry, Layer

# A point lies where it lies; a line or area is placed by a point on it. The smallest code wins on a shared border.
PLACE = SQL("""
UPDATE {table} AS l SET township_code = found.code, township_note = found.note
  FROM (SELECT r.id, t.code,
               CASE WHEN named.name IS NOT NULL
                    THEN format('地址写“%%s”，坐标在“%%s”', named.name, coalesce(t.name, '各乡镇之外')) END AS note
          FROM {table} AS r
          LEFT JOIN LATERAL (SELECT t.code, t.name FROM layer.townships AS t
                              WHERE t.deleted_at IS NULL AND ST_Intersects(t.geom, {point})
                              ORDER BY t.code LIMIT 1) AS t ON true
          LEFT JOIN LATERAL (SELECT o.name FROM layer.townships AS o
                              WHERE o.deleted_at IS NULL AND r.address IS NOT NULL AND r.geom IS NOT NULL
                                AND strpos(r.address, o.name) > 0 AND o.code IS DISTINCT FROM t.code
                                AND (t.name IS NULL OR strpos(r.address, t.name) = 0)
                              ORDER BY length(o.name) DESC LIMIT 1) AS named ON true
         WHERE %(ids)s::bigint[] IS NULL OR r.id = ANY(%(ids)s)) AS found
 WHERE l.id = found.id
   AND (l.township_code, l.township_note) IS DISTINCT FROM (found.code, found.note)
""")

_POINT = {
    Geometry.POINT: SQL("r.geom"),
    Geometry.LINE: SQL("ST_ClosestPoint(r.geom, ST_Centroid(r.geom))"),
    Geometry.POLYGON: SQL("ST_PointOnSurface(r.geom)"),
}


def place(connection: psycopg.Connection, layer: Layer, ids: Sequence[int] | None) -> int:
    """Set township_code and township_note of records `ids` (None: of all); answers how many changed."""
    if layer.name == "townships":
        return 0
    statement = PLACE.format(table=layer_table(layer), point=_POINT[layer.geometry])
    return connection.execute(statement, {"ids": None if ids is None else list(ids)}).rowcount


def place_everything(connection: psycopg.Connection) -> None:
    """Place every record of every layer anew: the townships themselves have changed."""
    for layer in layers.ALL.values():
        place(connection, layer, None)
