"""What the database knows of itself: the county's name, and whether its data are empty, sample or real."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from geodata.errors import Refused


def get(connection: psycopg.Connection, name: str) -> Any:
    """The setting `name`, or None."""
    row = connection.execute("SELECT value FROM riskmap.setting WHERE name = %s", (name,)).fetchone()
    return row[0] if row else None


def put(connection: psycopg.Connection, name: str, value: Any) -> None:
    """Set `name` to a JSON value."""
    connection.execute(
        "INSERT INTO riskmap.setting VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, Jsonb(value)),
    )


def begin_real(connection: psycopg.Connection) -> None:
    """Mark the data as real. Raises Refused while the sample is loaded: the two never mix."""
    if get(connection, "data") == "sample":
        raise Refused(
            "库里还是示例数据，真实数据不与示例混放", mend="先运行 ./riskmap sample --remove，再导入真实数据"
        )
    put(connection, "data", "real")
