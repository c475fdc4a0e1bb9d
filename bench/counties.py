"""Databases to measure on: N sample counties side by side, made once and kept beside the user's own database."""

from __future__ import annotations

from collections.abc import Callable

from psycopg import conninfo

import layers
from geodata.sample import scale
from geodata.store import database, settings, tables

Report = Callable[[str], None]
MARK = "bench_counties"


def ready(url: str, counties: int, report: Report) -> str:
    """Address of a database on the same server with `counties` sample counties (1,000 are about 10⁶ sites)."""
    own = conninfo.make_conninfo(url, dbname=f"riskmap_bench_{counties}")
    database.ensure_database(own)
    database.migrate(own)
    with database.connect(own) as connection:
        tables.reconcile(connection, layers.ALL)
        if settings.get(connection, MARK) != counties:
            scale.load(connection, counties, report)
            settings.put(connection, MARK, counties)
    with database.connect(own, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return own
