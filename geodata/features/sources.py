"""Whose data the map shows: the attributions that stand with the records."""

from __future__ import annotations

from functools import lru_cache

import psycopg
from psycopg.sql import SQL, Composed

import layers
from geodata.store.tables import layer_table

_OF_LAYER = SQL("SELECT r.source FROM {table} AS r WHERE r.deleted_at IS NULL AND r.source <> '' GROUP BY r.source")


def sources(connection: psycopg.Connection) -> list[str]:
    """Every attribution that some record carries, once; those with a ©, which must be shown, come first."""
    found = {row[0] for row in connection.execute(_statement())}
    return sorted(found, key=lambda text: ("©" not in text, text))


@lru_cache(maxsize=1)
def _statement() -> Composed:
    return SQL(" UNION ").join(_OF_LAYER.format(table=layer_table(layer)) for layer in layers.ALL.values())
