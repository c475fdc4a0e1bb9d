"""The list of 200 tiles, zooms 4 to 14, each with records in it; the same list for whoever answers."""

from __future__ import annotations

import random
from collections.abc import Iterable

import psycopg
from psycopg.sql import SQL, Identifier

ZOOMS = range(4, 15)
LENGTH = 200
Tile = tuple[int, int, int]

PLACES = SQL("""
SELECT riskmap.cell_at(ST_X(geom3857), 14) >> 4, riskmap.cell_at(-ST_Y(geom3857), 14) >> 4
  FROM layer.{} WHERE deleted_at IS NULL AND geom3857 IS NOT NULL ORDER BY md5(id::text) LIMIT %s
""")


def of_records(connection: psycopg.Connection, layer: str, zooms: Iterable[int] = ZOOMS) -> list[Tile]:
    """LENGTH tiles (z, x, y) in which the layer has records, spread over the zooms, in a fixed mixed order."""
    places = connection.execute(PLACES.format(Identifier(layer)), (LENGTH * 20,)).fetchall()
    levels = list(zooms)
    by_zoom = {z: list(dict.fromkeys((z, x >> (14 - z), y >> (14 - z)) for x, y in places)) for z in levels}
    found: list[Tile] = []
    # Low zooms have few tiles; what they lack is filled from the next ones.
    for left, z in zip(range(len(levels), 0, -1), levels, strict=True):
        found += by_zoom[z][: (LENGTH - len(found)) // left]
    random.Random(4).shuffle(found)
    return found
