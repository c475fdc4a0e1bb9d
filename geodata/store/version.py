"""The version of the map: raised in the same transaction as any change that the map shows."""

from __future__ import annotations

import psycopg


def raise_map(connection: psycopg.Connection) -> int:
    """Raise the map's version and answer the new number; ETags, `?v=` and caches follow it."""
    row = connection.execute(
        "UPDATE riskmap.version SET n = n + 1, at = clock_timestamp() WHERE name = 'map' RETURNING n"
    ).fetchone()
    assert row is not None  # migration 0002 puts the row there
    return int(row[0])


def map_version(connection: psycopg.Connection) -> int:
    """The map's version now."""
    row = connection.execute("SELECT n FROM riskmap.version WHERE name = 'map'").fetchone()
    assert row is not None  # migration 0002 puts the row there
    return int(row[0])
