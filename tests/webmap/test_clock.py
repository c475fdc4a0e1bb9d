"""The server's clock goes on whatever one look comes to."""

from __future__ import annotations

import psycopg
import pytest

from geodata.store.database import Pool
from webmap import clock


def test_a_look_that_fails_is_logged_and_the_next_one_renews(
    database_url: str, connection: psycopg.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    pool = Pool(database_url, 1)
    try:
        connection.execute("ALTER TABLE riskmap.setting RENAME TO away")
        connection.commit()
        clock.look_and_tell(pool)
        assert "grades were not renewed" in caplog.text
        connection.execute("ALTER TABLE riskmap.away RENAME TO setting")
        connection.commit()
        assert clock.look(pool) == 0
        assert clock.look(pool) is None
    finally:
        pool.close()
