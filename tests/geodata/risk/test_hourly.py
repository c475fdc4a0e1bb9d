"""Time alone changes grades, and the hourly renewal sees it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import psycopg

import layers
from geodata import change
from geodata.risk import hourly

NOON = datetime(2026, 3, 1, 4, tzinfo=UTC)


def level(connection: psycopg.Connection) -> int | None:
    """Level of the one mine."""
    row = connection.execute("SELECT level FROM layer.mines").fetchone()
    assert row is not None
    return row[0]


def test_a_permit_that_expires_overnight_raises_the_level(connection: psycopg.Connection) -> None:
    """A class-B mine is yellow; the day after its permit's last day it is orange, without anybody's hand."""
    mine = {"code": "K", "name": "示例矿", "kind": "coal", "safety_class": "B", "permit_expires": date(2026, 3, 1)}
    change.apply(connection, layers.ALL["mines"], [mine], "示例值班员")
    hourly.renew(connection, NOON)
    assert level(connection) == 3
    assert hourly.renew(connection, NOON + timedelta(days=1)) == 1
    assert level(connection) == 2


def test_it_waits_an_hour(connection: psycopg.Connection) -> None:
    """Within the hour nothing is due; after it, or when the clock was set back by as much, it is."""
    assert hourly.renew(connection, NOON) == 0
    assert hourly.renew(connection, NOON + timedelta(minutes=59)) is None
    assert hourly.due(connection, NOON + timedelta(hours=1))
    assert hourly.due(connection, NOON - timedelta(hours=1))


def test_another_process_at_it_is_left_alone(connection: psycopg.Connection, database_url: str) -> None:
    """Of two workers that look at the same moment one renews."""
    hourly.renew(connection, NOON)
    with psycopg.connect(database_url) as other:
        assert hourly.renew(other, NOON) is None
