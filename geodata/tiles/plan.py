"""How every layer is drawn at every zoom: read once from `riskmap.tile_layer` and checked with every tile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import psycopg

#: A number that changes when the plan does; every tile statement answers it beside the tile.
DIGEST = "(SELECT coalesce(sum(hashtext(p::text)), 0) FROM riskmap.tile_layer AS p)"

Drawn = Literal["records", "cells", "merged cells"]


@dataclass(frozen=True)
class Plan:
    """For each aggregated layer: cells by township from zoom `split_from`, records from `raw_from`."""

    digest: int
    rows: tuple[tuple[str, int, int], ...]

    def drawn(self, layer: str, z: int) -> Drawn:
        """How `layer` is drawn at zoom `z`; the same for all of its tiles at that zoom."""
        for name, split_from, raw_from in self.rows:
            if name == layer and z < raw_from:
                return "cells" if z >= split_from else "merged cells"
        return "records"


EMPTY = Plan(0, ())
#: The last plan seen of each database (host, port, name); a wrong one is noticed by its digest and read anew.
_LAST: dict[tuple[bytes, bytes, bytes], Plan] = {}


def last(connection: psycopg.Connection) -> Plan:
    """The plan that this database had when it was last asked; it may be out of date."""
    return _LAST.get(_database(connection), EMPTY)


def read(connection: psycopg.Connection) -> Plan:
    """The plan as the database has it now."""
    rows = connection.execute("SELECT layer, split_from, raw_from FROM riskmap.tile_layer ORDER BY layer").fetchall()
    digest = connection.execute("SELECT " + DIGEST).fetchone()
    assert digest is not None  # a SELECT without FROM has one row
    plan = Plan(int(digest[0]), tuple((str(layer), int(split), int(raw)) for layer, split, raw in rows))
    _LAST[_database(connection)] = plan
    return plan


def _database(connection: psycopg.Connection) -> tuple[bytes, bytes, bytes]:
    # Asked of libpq: `connection.info.dsn` takes longer than many a tile.
    return connection.pgconn.host, connection.pgconn.port, connection.pgconn.db
