"""The cell pyramid: 16 × 16 cells a tile with counts by level (unknown included), per layer and township.

Only layers that would overfill a tile have cells. Which zooms of a layer are aggregated is one decision for the
whole layer (`riskmap.tile_layer`), so that no seam shows between a tile of cells and a tile of records.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import psycopg
from psycopg.sql import SQL

import layers
from geodata.store.tables import layer_table
from geodata.tiles import generalised, prepared, pyramid
from geodata.tiles.recount import recount
from layers._vocabulary import Layer

#: From so many changed records on, counting the layer anew is quicker than adding up the changes.
MANY = 20_000
#: First key of the advisory lock that puts the writers of one layer's cells in order.
CELL_LOCK = 520_2028


def rebuild(connection: psycopg.Connection, names: Iterable[str] | None = None) -> None:
    """Count the named layers anew (None: every layer) and make their simplified copies, in the caller's transaction."""
    for name in layers.ALL if names is None else names:
        _renew(connection, layers.ALL[name], None)


def refresh(connection: psycopg.Connection, layer: Layer, ids: Sequence[int] | None) -> None:
    """Bring cells and simplified copies up to date after records `ids` changed (None: all), in the same transaction.

    Works for added, moved, regraded, deleted and restored records alike, and may be called twice. Townships that
    change have moved records of every layer from one to another, so all cells are counted anew.
    """
    _renew(connection, layer, ids)
    if layer.name == "townships" and (ids is None or ids):
        aggregated = connection.execute("SELECT layer FROM riskmap.tile_layer").fetchall()
        for (name,) in aggregated:
            if name in layers.ALL:
                _renew(connection, layers.ALL[name], None)


def _renew(connection: psycopg.Connection, layer: Layer, ids: Sequence[int] | None) -> None:
    if layer.name in generalised.LAYERS:
        generalised.refresh(connection, layer, ids)
        prepared.refresh(connection, layer)
        return
    if ids is not None and not ids:
        return
    connection.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", (CELL_LOCK, layer.name))
    if ids is None or len(ids) > MANY:
        pyramid.count(connection, layer)
        return
    plan = connection.execute(
        "SELECT split_from, raw_from FROM riskmap.tile_layer WHERE layer = %s", (layer.name,)
    ).fetchone()
    if not recount(connection, layer, ids, *plan) if plan else _overfull(connection, layer):
        pyramid.count(connection, layer)


def _overfull(connection: psycopg.Connection, layer: Layer) -> bool:
    """Whether a layer without cells has grown beyond one tile."""
    statement = SQL(
        "SELECT count(*) FROM (SELECT FROM {} WHERE deleted_at IS NULL AND geom3857 IS NOT NULL"
        " LIMIT %(most)s) AS first_ones"
    ).format(layer_table(layer))
    row = connection.execute(statement, {"most": pyramid.FULLEST_TILE + 1}).fetchone()
    return row is not None and row[0] > pyramid.FULLEST_TILE
