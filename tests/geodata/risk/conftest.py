"""A bench for grades: put a record, regrade it, read level and reasons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

import layers
from geodata.risk.grading import Regraded, regrade
from geodata.store.records import write

NOON = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)


@dataclass
class Bench:
    """Writes and grades single records of one layer in a fresh database."""

    connection: psycopg.Connection
    layer: str
    now: datetime = NOON

    def put(self, code: str = "A1", **fields: Any) -> int:
        write(self.connection, layers.ALL[self.layer], [{"code": code, "name": "示例", **fields}], "示例值班员")
        row = self.connection.execute(
            SQL("SELECT id FROM layer.{} WHERE code = %s").format(Identifier(self.layer)), (code,)
        ).fetchone()
        assert row
        self.regrade([row[0]])
        return int(row[0])

    def regrade(self, ids: list[int] | None = None) -> Regraded:
        return regrade(self.connection, self.layer, ids, self.now)

    def reasons(self, site: int) -> dict[str, dict[str, Any]]:
        row = self.connection.execute(
            "SELECT factors FROM riskmap.grade WHERE layer = %s AND site_id = %s", (self.layer, site)
        ).fetchone()
        assert row
        return {factor["factor"]: factor for factor in row[0]}

    def level(self, site: int) -> int | None:
        """The level; the layer's table and the grade must agree on it."""
        row = self.connection.execute(
            SQL("SELECT t.level, g.level FROM layer.{} AS t JOIN riskmap.grade AS g ON g.site_id = t.id"
                " WHERE g.layer = %s AND t.id = %s").format(Identifier(self.layer)), (self.layer, site)
        ).fetchone()  # fmt: skip
        assert row and row[0] == row[1]
        level: int | None = row[0]
        return level


@pytest.fixture
def bench(connection: psycopg.Connection) -> Callable[[str], Bench]:
    return lambda layer: Bench(connection, layer)
