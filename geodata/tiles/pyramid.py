"""Counting a whole layer into cells, and deciding at which zooms it is drawn as cells."""

from __future__ import annotations

from typing import Any

import psycopg

from geodata.tiles.placing import place
from layers._vocabulary import Layer

#: A zoom is aggregated when its fullest tile holds more records than this.
FULLEST_TILE = 3_000
#: Cells are kept by township where the fullest tile has at most so many of them; below that zoom they are merged.
FULLEST_SPLIT = 1_000
#: No layer is aggregated beyond this zoom.
DEEPEST = 15

TILE_COUNT = "CREATE TEMPORARY TABLE tile_count (z smallint, x integer, y integer, n bigint) ON COMMIT DROP"

FINEST_COUNTS = """
INSERT INTO tile_count
SELECT %(z)s, riskmap.cell_at(x, %(z)s) >> 4, riskmap.cell_at(-y, %(z)s) >> 4, count(*)
  FROM placed GROUP BY 2, 3
"""

COARSER_COUNTS = """
INSERT INTO tile_count SELECT %(z)s, x >> 1, y >> 1, sum(n) FROM tile_count WHERE z = %(z)s + 1 GROUP BY 2, 3
"""

#: The finest zoom that overfills a tile, or -1.
OVERFULL = "SELECT coalesce(max(z), -1) FROM tile_count WHERE n > %(limit)s"

FINEST_CELLS = """
INSERT INTO riskmap.cell (layer, z, col, row, township_code, n1, n2, n3, n4, n0, sum_x, sum_y, sum_id)
SELECT %(layer)s, %(z)s, riskmap.cell_at(x, %(z)s), riskmap.cell_at(-y, %(z)s), township_code,
       count(*) FILTER (WHERE level = 1), count(*) FILTER (WHERE level = 2), count(*) FILTER (WHERE level = 3),
       count(*) FILTER (WHERE level = 4), count(*) FILTER (WHERE level = 0), sum(x), sum(y), sum(site_id)
  FROM placed GROUP BY 3, 4, 5
"""

#: Zoom z from zoom z + 1.
COARSER_CELLS = """
INSERT INTO riskmap.cell (layer, z, col, row, township_code, n1, n2, n3, n4, n0, sum_x, sum_y, sum_id)
SELECT layer, %(z)s, col >> 1, row >> 1, township_code,
       sum(n1), sum(n2), sum(n3), sum(n4), sum(n0), sum(sum_x), sum(sum_y), sum(sum_id)
  FROM riskmap.cell WHERE layer = %(layer)s AND z = %(z)s + 1 GROUP BY 1, 3, 4, 5
"""

MERGE_TOWNSHIPS = """
WITH split AS (DELETE FROM riskmap.cell WHERE layer = %(layer)s AND z = %(z)s RETURNING *)
INSERT INTO riskmap.cell (layer, z, col, row, township_code, n1, n2, n3, n4, n0, sum_x, sum_y, sum_id)
SELECT layer, z, col, row, '*', sum(n1), sum(n2), sum(n3), sum(n4), sum(n0), sum(sum_x), sum(sum_y), sum(sum_id)
  FROM split GROUP BY 1, 2, 3, 4
"""

FULLEST = """
SELECT coalesce(max(n), 0) FROM (
    SELECT count(*) AS n FROM riskmap.cell WHERE layer = %(layer)s AND z = %(z)s GROUP BY col >> 4, row >> 4) AS tiles
"""

REMEMBER = """
INSERT INTO riskmap.cell_site (layer, site_id, township_code, level, x, y)
SELECT %(layer)s, site_id, township_code, level, x, y FROM placed
"""


def count(connection: psycopg.Connection, layer: Layer) -> None:
    """Count every shown record of `layer` into cells, in the caller's transaction; a small layer has none."""
    values: dict[str, Any] = {"layer": layer.name, "limit": FULLEST_TILE}
    for table in ("tile_layer", "cell", "cell_site"):
        connection.execute(_CLEAR[table], values)
    if place(connection, layer, None) <= FULLEST_TILE:
        return
    raw_from = _raw_from(connection, values)
    split_from = raw_from
    merged = False
    connection.execute(FINEST_CELLS, values | {"z": raw_from - 1})
    for z in range(raw_from - 1, -1, -1):
        if z < raw_from - 1:
            connection.execute(COARSER_CELLS, values | {"z": z})
        if not merged and number(connection, FULLEST, values | {"z": z}) > FULLEST_SPLIT:
            connection.execute(MERGE_TOWNSHIPS, values | {"z": z})
            merged = True
        if not merged:
            split_from = z
    connection.execute(REMEMBER, values)
    connection.execute(
        "INSERT INTO riskmap.tile_layer (layer, split_from, raw_from) VALUES (%s, %s, %s)",
        (layer.name, split_from, raw_from),
    )


_CLEAR = {
    "tile_layer": "DELETE FROM riskmap.tile_layer WHERE layer = %(layer)s",
    "cell": "DELETE FROM riskmap.cell WHERE layer = %(layer)s",
    "cell_site": "DELETE FROM riskmap.cell_site WHERE layer = %(layer)s",
}


def _raw_from(connection: psycopg.Connection, values: dict[str, Any]) -> int:
    """The first zoom at which no tile is overfull."""
    connection.execute("DROP TABLE IF EXISTS pg_temp.tile_count")
    connection.execute(TILE_COUNT)
    connection.execute(FINEST_COUNTS, values | {"z": DEEPEST - 1})
    for z in range(DEEPEST - 2, -1, -1):
        connection.execute(COARSER_COUNTS, values | {"z": z})
    return number(connection, OVERFULL, values) + 1


def number(connection: psycopg.Connection, statement: str, values: dict[str, Any]) -> int:
    """The one number that `statement` answers."""
    row = connection.execute(statement, values).fetchone()
    assert row is not None  # an aggregate always has a row
    return int(row[0])
