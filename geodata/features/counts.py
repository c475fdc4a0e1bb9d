"""Counts by layer and level, unknown apart, and of records whose position is not known."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import psycopg
from psycopg.sql import SQL, Composed, Literal

import layers
from geodata.store.tables import layer_table

_ONE_LAYER = SQL("""
SELECT {layer}, r.level, count(*), count(*) FILTER (WHERE r.confirmed), count(*) FILTER (WHERE r.geom IS NULL)
  FROM {table} AS r WHERE r.deleted_at IS NULL{township} GROUP BY r.level
""")


def counts(connection: psycopg.Connection, township: str | None = None) -> list[dict[str, Any]]:
    """A row a layer: name, total, confirmed, without_position, levels ("1" … "4", "unknown"); one township or all.

    Candidates that nobody has confirmed are in `total` and in no level: levels add up to `confirmed`, as the overlay
    by township counts too.
    """
    found: dict[str, dict[str, Any]] = {
        name: {
            "name": name, "total": 0, "confirmed": 0, "without_position": 0,
            "levels": {"1": 0, "2": 0, "3": 0, "4": 0, "unknown": 0},
        }
        for name in layers.ALL
    }  # fmt: skip
    statement = _statement(tuple(layers.ALL), township is not None)
    for name, level, total, confirmed, nowhere in connection.execute(statement, {"township": township}):
        layer = found[name]
        layer["levels"]["unknown" if level is None else str(level)] = confirmed
        layer["total"] += total
        layer["confirmed"] += confirmed
        layer["without_position"] += nowhere
    return list(found.values())


@lru_cache(maxsize=16)
def _statement(names: tuple[str, ...], one_township: bool) -> Composed:
    pieces = []
    for name in names:
        # A township is itself in its code; everything else knows it by position.
        column = SQL("code") if name == "townships" else SQL("township_code")
        township = SQL(" AND r.{} = %(township)s").format(column) if one_township else SQL("")
        pieces.append(_ONE_LAYER.format(layer=Literal(name), table=layer_table(layers.ALL[name]), township=township))
    return SQL(" UNION ALL ").join(pieces)
