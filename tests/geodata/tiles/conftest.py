"""Many records at once, and small limits, so that a few hundred records make a pyramid."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
from psycopg.sql import SQL

from geodata.store.tables import layer_table
from geodata.tiles import pyramid, recount
from layers._vocabulary import Geometry, Layer

Scatter = Callable[..., list[int]]

_SHAPE = {
    Geometry.POINT: SQL("ST_MakePoint(x, y)"),
    Geometry.LINE: SQL("ST_Multi(ST_MakeLine(ST_MakePoint(x, y), ST_MakePoint(x + 0.01, y + 0.01)))"),
    Geometry.POLYGON: SQL("ST_Multi(ST_MakeEnvelope(x, y, x + 0.01, y + 0.01))"),
}

#: Half of the records lie close together; every fifth level is unknown; a few have no township.
_INSERT = SQL("""
INSERT INTO {table} (code, name, geom, level, township_code)
SELECT 'S-' || {first} + i, '示例' || i, ST_SetSRID({shape}, 4326), nullif((i * 7) %% 5, 0),
       (ARRAY['610881001', '610881002', '610881003', NULL])[1 + (i * 13) %% 4]
  FROM (SELECT i, 110 + CASE WHEN i %% 2 = 0 THEN 0.1 ELSE 1.0 END * random() AS x,
               38 + CASE WHEN i %% 2 = 0 THEN 0.1 ELSE 1.0 END * random() AS y
          FROM generate_series(1, %(n)s) AS i) AS p
RETURNING id
""")


@pytest.fixture
def scatter(connection: psycopg.Connection) -> Scatter:
    """scatter(layer, n): put n records of a layer into one degree around 110.5 E, 38.5 N; answers their ids."""
    placed = 0

    def put(layer: Layer, n: int) -> list[int]:
        nonlocal placed
        connection.execute("SELECT setseed(0.42)")
        statement = _INSERT.format(table=layer_table(layer), shape=_SHAPE[layer.geometry], first=placed)
        placed += n
        return [row[0] for row in connection.execute(statement, {"n": n})]

    return put


@pytest.fixture
def low_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tile of records is full with 40, a tile of cells by township with 110."""
    monkeypatch.setattr(pyramid, "FULLEST_TILE", 40)
    monkeypatch.setattr(pyramid, "FULLEST_SPLIT", 110)
    monkeypatch.setattr(recount, "GROWN", 48)
