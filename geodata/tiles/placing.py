"""The one point of a record by which it is counted in cells, and the table in which records wait to be counted."""

from __future__ import annotations

from collections.abc import Sequence

import psycopg
from psycopg.sql import SQL

from geodata.store.tables import layer_table
from layers._vocabulary import Geometry, Layer

#: A record's point in EPSG:3857: itself, the middle of its first line, a point on its area.
ANCHOR = {
    Geometry.POINT: SQL("r.geom3857"),
    Geometry.LINE: SQL("ST_LineInterpolatePoint(ST_GeometryN(r.geom3857, 1), 0.5)"),
    Geometry.POLYGON: SQL("ST_PointOnSurface(r.geom3857)"),
}

PLACED = """
CREATE TEMPORARY TABLE placed
    (site_id bigint, township_code text, level smallint, x double precision, y double precision) ON COMMIT DROP
"""

FILL = SQL("""
INSERT INTO placed
SELECT p.id, p.township_code, p.level, ST_X(p.point), ST_Y(p.point)
  FROM (SELECT r.id, coalesce(r.township_code, '') AS township_code, coalesce(r.level, 0)::smallint AS level,
               {anchor} AS point
          FROM {table} AS r
         WHERE r.deleted_at IS NULL AND r.geom3857 IS NOT NULL AND NOT ST_IsEmpty(r.geom3857)
           AND (%(ids)s::bigint[] IS NULL OR r.id = ANY(%(ids)s))) AS p
""")


def place(connection: psycopg.Connection, layer: Layer, ids: Sequence[int] | None) -> int:
    """Fill temporary table `placed` with the records `ids` that the map shows (None: all); answers how many.

    Its columns: site_id, township_code ('' = none), level (0 = unknown), x and y in EPSG:3857 metres.
    """
    connection.execute("DROP TABLE IF EXISTS pg_temp.placed")
    connection.execute(PLACED)
    statement = FILL.format(anchor=ANCHOR[layer.geometry], table=layer_table(layer))
    return connection.execute(statement, {"ids": None if ids is None else list(ids)}).rowcount
