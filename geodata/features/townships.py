"""The townships by name: what filters and tables say instead of a code."""

from __future__ import annotations

import psycopg

_NAMES = "SELECT code, name FROM layer.townships WHERE deleted_at IS NULL ORDER BY code"


def township_names(connection: psycopg.Connection) -> dict[str, str]:
    """Name of each township by its code, in the order of the codes."""
    return dict(connection.execute(_NAMES).fetchall())
