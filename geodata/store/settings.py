"""What the database knows of itself: the county's name, and whether its data are empty, sample or real."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from geodata.errors import Refused
from geodata.store import version


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


def name_county(connection: psycopg.Connection, name: str) -> None:
    """Set the county's name, which the page's top bar shows."""
    if name and name != get(connection, "county"):
        put(connection, "county", name)
        version.raise_map(connection)


def county_unnamed(connection: psycopg.Connection) -> list[str]:
    """A sentence that asks for the county's name, where it has none."""
    asked = "地图顶栏还没有县名：再导入一次，加 --county 某某县"
    return [] if get(connection, "county") else [asked]


def begin_real(connection: psycopg.Connection) -> None:
    """Mark the data as real. Raises Refused while the sample is loaded: the two never mix."""
    if get(connection, "data") == "sample":
        raise Refused(
            "库里还是示例数据，真实数据不与示例混放", mend="先运行 ./riskmap sample --remove，再导入真实数据"
        )
    put(connection, "data", "real")
