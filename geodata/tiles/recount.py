"""Changes of some records: what was counted of them is taken away, what they are now is added, at every zoom."""

from __future__ import annotations

from collections.abc import Sequence

import psycopg

from geodata.tiles.placing import place
from geodata.tiles.pyramid import DEEPEST, FULLEST_TILE, number
from layers._vocabulary import Layer

#: A layer grows into its next zoom only when it is well over the limit, so that edits do not flip it to and fro.
GROWN = FULLEST_TILE * 6 // 5

CHANGE = "CREATE TEMPORARY TABLE change (LIKE riskmap.cell) ON COMMIT DROP"

CHANGES = """
INSERT INTO change (layer, z, col, row, township_code, n1, n2, n3, n4, n0, n, sum_x, sum_y, sum_id)
SELECT %(layer)s, z, riskmap.cell_at(x, z), riskmap.cell_at(-y, z),
       CASE WHEN z < %(split_from)s THEN '*' ELSE township_code END,
       coalesce(sum(sign) FILTER (WHERE level = 1), 0), coalesce(sum(sign) FILTER (WHERE level = 2), 0),
       coalesce(sum(sign) FILTER (WHERE level = 3), 0), coalesce(sum(sign) FILTER (WHERE level = 4), 0),
       coalesce(sum(sign) FILTER (WHERE level = 0), 0), sum(sign),
       sum(sign * x), sum(sign * y), sum(sign * site_id)
  FROM (SELECT -1 AS sign, site_id, township_code, level, x, y
          FROM riskmap.cell_site WHERE layer = %(layer)s AND site_id = ANY(%(ids)s)
        UNION ALL SELECT 1, site_id, township_code, level, x, y FROM placed) AS signed,
       generate_series(0, %(raw_from)s - 1) AS z
 GROUP BY 2, 3, 4, 5
"""

FORGET = "DELETE FROM riskmap.cell_site WHERE layer = %(layer)s AND site_id = ANY(%(ids)s)"

REMEMBER = """
INSERT INTO riskmap.cell_site (layer, site_id, township_code, level, x, y)
SELECT %(layer)s, site_id, township_code, level, x, y FROM placed
"""

ADD = """
INSERT INTO riskmap.cell AS c (layer, z, col, row, township_code, n1, n2, n3, n4, n0, sum_x, sum_y, sum_id)
SELECT layer, z, col, row, township_code, n1, n2, n3, n4, n0, sum_x, sum_y, sum_id FROM change
ON CONFLICT (layer, z, col, row, township_code) DO UPDATE
   SET n1 = c.n1 + excluded.n1, n2 = c.n2 + excluded.n2, n3 = c.n3 + excluded.n3, n4 = c.n4 + excluded.n4,
       n0 = c.n0 + excluded.n0, sum_x = c.sum_x + excluded.sum_x, sum_y = c.sum_y + excluded.sum_y,
       sum_id = c.sum_id + excluded.sum_id
"""

DROP_EMPTY = """
DELETE FROM riskmap.cell AS c USING change AS d
 WHERE (c.layer, c.z, c.col, c.row, c.township_code) = (d.layer, d.z, d.col, d.row, d.township_code) AND c.n = 0
"""

#: Records in the fullest tile of the first raw zoom among those touched: 8 × 8 cells of the zoom above it.
FULLEST_RAW = """
SELECT coalesce(max(n), 0) FROM (
    SELECT sum(c.n) AS n FROM riskmap.cell AS c
      JOIN (SELECT DISTINCT col >> 3 AS x, row >> 3 AS y FROM change WHERE z = %(z)s) AS t
        ON c.col BETWEEN t.x * 8 AND t.x * 8 + 7 AND c.row BETWEEN t.y * 8 AND t.y * 8 + 7
     WHERE c.layer = %(layer)s AND c.z = %(z)s GROUP BY t.x, t.y) AS tiles
"""


def recount(connection: psycopg.Connection, layer: Layer, ids: Sequence[int], split_from: int, raw_from: int) -> bool:
    """Count the records `ids` anew; False where a tile of records has grown overfull and the layer needs a rebuild.

    What the records were before need not be known: `riskmap.cell_site` remembers where each was counted.
    """
    values = {"layer": layer.name, "ids": list(ids), "split_from": split_from, "raw_from": raw_from}
    place(connection, layer, ids)
    connection.execute("DROP TABLE IF EXISTS pg_temp.change")
    connection.execute(CHANGE)
    for statement in (CHANGES, FORGET, REMEMBER, ADD, DROP_EMPTY):
        connection.execute(statement, values)
    return raw_from >= DEEPEST or number(connection, FULLEST_RAW, values | {"z": raw_from - 1}) <= GROWN
