"""A grade: level, reasons, withdrawn and stale values, escalations, history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

import layers
from geodata.risk.grading import regrade
from geodata.store.records import mark_deleted, write

NOW = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)


def put(connection: psycopg.Connection, layer: str, **row: Any) -> int:
    row.setdefault("code", "A1")
    row.setdefault("name", "示例")
    write(connection, layers.ALL[layer], [row], "示例值班员")
    found = connection.execute(f'SELECT id FROM layer."{layer}" WHERE code = %s', (row["code"],)).fetchone()  # noqa: S608
    assert found
    regrade(connection, layer, [found[0]], NOW)
    return int(found[0])


def grade(connection: psycopg.Connection, layer: str, site: int) -> tuple[int | None, dict[str, dict[str, Any]]]:
    row = connection.execute(
        "SELECT level, factors FROM riskmap.grade WHERE layer = %s AND site_id = %s", (layer, site)
    ).fetchone()
    assert row
    shown = connection.execute(f'SELECT level FROM layer."{layer}" WHERE id = %s', (site,)).fetchone()  # noqa: S608
    assert shown and shown[0] == row[0]
    return row[0], {factor["factor"]: factor for factor in row[1]}


def test_smoke_every_layer(connection: psycopg.Connection) -> None:
    for name, layer in layers.ALL.items():
        if layer.risk:
            site = put(connection, name)
            level, factors = grade(connection, name, site)
            assert level is None
            assert {factor["state"] for factor in factors.values()} == {"unknown"}
