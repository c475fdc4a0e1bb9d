"""The pool when its server goes away and comes back, and what a reader sees while somebody writes."""

from __future__ import annotations

import time
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import conninfo
from psycopg.sql import SQL, Identifier

from geodata.errors import Unavailable
from geodata.store import database
from geodata.store.database import Pool


@pytest.fixture
def pool(database_url: str) -> Iterator[Pool]:
    pool = Pool(database_url, 2)
    yield pool
    pool.close()


def opened(server_url: str, database_url: str, allowed: bool) -> None:
    """Let nobody into the test's database, those inside included; or let everybody in again."""
    name = str(conninfo.conninfo_to_dict(database_url)["dbname"])
    with database.connect(server_url, autocommit=True) as other:
        statement = SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}").format(Identifier(name), SQL(str(allowed)))
        other.execute(statement)
        if not allowed:
            other.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", (name,))


def ask(pool: Pool) -> object:
    with pool.connection() as lent:
        row = lent.execute("SELECT 1").fetchone()
        return row[0] if row else None


def test_a_server_that_was_lost_is_told_at_once_and_used_as_soon_as_it_is_back(
    pool: Pool, server_url: str, database_url: str
) -> None:
    assert ask(pool) == 1
    opened(server_url, database_url, False)
    began = time.monotonic()
    for _ in range(5):
        with pytest.raises(Unavailable, match="数据库没有应答"):
            ask(pool)
    waited = time.monotonic() - began
    opened(server_url, database_url, True)
    began = time.monotonic()
    assert ask(pool) == 1
    # The library's own pool would wait ten seconds a question, and up to minutes until it tries again.
    assert waited < 10 and time.monotonic() - began < 5


def test_a_connection_that_breaks_under_a_question_is_unavailable_and_the_next_one_works(
    pool: Pool, server_url: str
) -> None:
    with pytest.raises(Unavailable), pool.connection() as lent:
        lent.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    assert ask(pool) == 1


def test_a_snapshot_sees_one_moment(pool: Pool, database_url: str) -> None:
    count = "SELECT n FROM riskmap.version WHERE name = 'map'"
    with pool.snapshot() as lent:
        before = lent.execute(count).fetchone()
        with psycopg.connect(database_url) as writer:
            writer.execute("UPDATE riskmap.version SET n = n + 1 WHERE name = 'map'")
        assert lent.execute(count).fetchone() == before
    with pool.snapshot() as lent:
        assert lent.execute(count).fetchone() != before


def test_a_snapshot_cannot_write_and_leaves_the_connection_as_it_was(pool: Pool) -> None:
    raised = "UPDATE riskmap.version SET n = n + 1 WHERE name = 'map'"
    for _ in range(3):
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction), pool.snapshot() as lent:
            lent.execute(raised)
        with pool.connection() as lent:
            assert lent.execute(raised).rowcount == 1
