"""Townships of the low zooms, made when they change: one tile may show thousands, and they change once in years."""

from __future__ import annotations

import psycopg
from psycopg.sql import SQL, Literal

from geodata.tiles.statement import BUFFER, EXTENT, PREPARED_TO, prepared, reference_mvt
from layers._vocabulary import Layer

#: Every tile that a copy of the zoom's band reaches.
INSERT = SQL("""
INSERT INTO riskmap.prepared_tile (layer, z, x, y, mvt)
SELECT {name}, {z}, t.x, t.y, tile.mvt
  FROM (SELECT DISTINCT x, y
          FROM (SELECT riskmap.cell_at(ST_XMin(geom3857), {z}) >> 4 AS west,
                       riskmap.cell_at(ST_XMax(geom3857), {z}) >> 4 AS east,
                       riskmap.cell_at(-ST_YMax(geom3857), {z}) >> 4 AS north,
                       riskmap.cell_at(-ST_YMin(geom3857), {z}) >> 4 AS south
                  FROM riskmap.generalised WHERE layer = {name} AND band > 0) AS g,
               generate_series(g.west, g.east) AS x, generate_series(g.north, g.south) AS y) AS t
 CROSS JOIN LATERAL (
    WITH tile AS MATERIALIZED (SELECT ST_TileEnvelope({z}, t.x, t.y) AS box,
                                      ST_TileEnvelope({z}, t.x, t.y, margin => {margin}) AS wide)
    SELECT {mvt} AS mvt) AS tile
""")


def refresh(connection: psycopg.Connection, layer: Layer) -> None:
    """Make the ready-made tiles of `layer` anew, from its simplified copies; nothing where it has none."""
    if not prepared(layer.name, 0):
        return
    connection.execute("DELETE FROM riskmap.prepared_tile WHERE layer = %s", (layer.name,))
    for z in range(PREPARED_TO + 1):
        connection.execute(INSERT.format(
            name=Literal(layer.name), z=Literal(z), margin=Literal(BUFFER / EXTENT), mvt=reference_mvt(layer, z)
        ))  # fmt: skip
