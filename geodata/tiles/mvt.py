"""One vector tile in one round trip: Mapbox Vector Tile, extent 4096, 512-px tiles, XYZ numbering."""

from __future__ import annotations

from collections.abc import Sequence

import psycopg

import layers
from geodata.errors import NotFound
from geodata.tiles import plan
from geodata.tiles.statement import tile_statement
from layers._vocabulary import Layer

DEEPEST_ZOOM = 22

#: Planning twenty layers takes longer than reading most tiles, and the plan does not hang on x and y: once a connection
#: is enough. Until the end of the transaction; in the same round trip as the tile.
PLAN_ONCE = "SELECT set_config('plan_cache_mode', 'force_generic_plan', true)"


class Tile(bytes):
    """A tile's bytes (empty: nothing is there) and the version of the map that they show."""

    version: int

    def __new__(cls, data: bytes, version: int) -> Tile:
        """Bytes with their version."""
        tile = super().__new__(cls, data)
        tile.version = version
        return tile


def map_tile(connection: psycopg.Connection, z: int, x: int, y: int, township: str | None = None) -> Tile:
    """All layers of the map in one tile, `township` alone where it is named. Raises NotFound outside of the pyramid."""
    return _tile(connection, z, x, y, tuple(layers.ALL), True, township)


def layer_tile(
    connection: psycopg.Connection, layer: Layer, z: int, x: int, y: int, township: str | None = None
) -> Tile:
    """One layer alone in a tile, at every zoom. Raises NotFound outside of the pyramid."""
    return _tile(connection, z, x, y, (layer.name,), False, township)


def _tile(
    connection: psycopg.Connection, z: int, x: int, y: int, names: Sequence[str], whole_map: bool, township: str | None
) -> Tile:
    if not (0 <= z <= DEEPEST_ZOOM and 0 <= x < 1 << z and 0 <= y < 1 << z):
        raise NotFound(f"没有瓦片 {z}/{y}/{x}", mend=f"z 是 0 到 {DEEPEST_ZOOM}，行列号是 0 到 2^z − 1")
    known = plan.last(connection)
    while True:
        statement = tile_statement(known, z, tuple(names), whole_map, township is not None)
        values = (x, y) if township is None else (x, y, township)
        # A raw cursor sends the text as it is; as binary, the tile's bytes are not spelt out in hexadecimal.
        with connection.pipeline(), psycopg.RawCursor(connection) as cursor:
            connection.execute(PLAN_ONCE)
            row = cursor.execute(statement, values, prepare=True, binary=True).fetchone()
        assert row is not None  # a SELECT without FROM has one row
        if row[2] == known.digest:
            return Tile(row[0], row[1])
        # Another process has rebuilt the cells since: what this statement answered may be half of the truth.
        known = plan.read(connection)
