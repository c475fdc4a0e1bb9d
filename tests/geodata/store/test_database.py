"""The database: migrations once, roles as the design says, the actor, the pool."""

from __future__ import annotations

import psycopg
import pytest

from geodata.errors import Unavailable
from geodata.store import database


def test_migrating_again_applies_nothing(database_url: str) -> None:
    assert database.pending_migrations(database_url) == []
    assert database.migrate(database_url) == []


def test_every_migration_is_numbered_without_gaps() -> None:
    numbers = sorted(int(path.name[:4]) for path in database.MIGRATIONS.glob("*.sql"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_roles_have_exactly_the_rights_of_the_design(connection: psycopg.Connection) -> None:
    rows = connection.execute(
        "SELECT rolname, rolsuper, rolbypassrls, rolcanlogin FROM pg_roles WHERE rolname IN"
        " ('riskmap_owner', 'riskmap_serving', 'riskmap_area')"
    ).fetchall()
    assert {row[0]: row[1:] for row in rows} == {
        "riskmap_owner": (False, False, False),
        "riskmap_serving": (False, True, False),
        "riskmap_area": (False, False, False),
    }


def test_the_serving_role_reads_and_writes_tables_of_the_owner_but_makes_none(connection: psycopg.Connection) -> None:
    connection.execute("SET ROLE riskmap_owner")
    connection.execute("CREATE TABLE layer.trial (id bigint GENERATED ALWAYS AS IDENTITY, name text)")
    connection.execute("SET ROLE riskmap_serving")
    connection.execute("INSERT INTO layer.trial (name) VALUES ('一号')")
    assert connection.execute("SELECT name FROM layer.trial").fetchall() == [("一号",)]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("CREATE TABLE layer.other ()")


def test_every_table_belongs_to_the_owner_role(connection: psycopg.Connection) -> None:
    strangers = connection.execute(
        "SELECT schemaname, tablename, tableowner FROM pg_tables"
        " WHERE schemaname IN ('riskmap', 'layer', 'part') AND tableowner <> 'riskmap_owner'"
    ).fetchall()
    assert strangers == []


def test_the_actor_lasts_for_its_transaction_only(connection: psycopg.Connection) -> None:
    database.acting_as(connection, "示例值班员")
    assert connection.execute("SELECT current_setting('riskmap.actor')").fetchone() == ("示例值班员",)
    connection.commit()
    assert connection.execute("SELECT current_setting('riskmap.actor', true)").fetchone() in [("",), (None,)]


def test_the_pool_commits_a_block_that_ends_and_rolls_back_one_that_raises(database_url: str) -> None:
    pool = database.Pool(database_url, size=2)
    try:
        with pool.connection() as lent:
            lent.execute("CREATE TABLE public.kept (id int)")
        with pytest.raises(ZeroDivisionError), pool.connection() as lent:
            lent.execute("CREATE TABLE public.lost (id int)")
            raise ZeroDivisionError
        with pool.connection() as lent:
            found = lent.execute("SELECT to_regclass('public.kept') IS NOT NULL, to_regclass('public.lost')").fetchone()
        assert found == (True, None)
    finally:
        pool.close()


def test_a_server_that_does_not_answer_is_a_sentence_without_the_password() -> None:
    with pytest.raises(Unavailable) as refusal:
        database.connect("postgresql://someone:hidden@127.0.0.1:1/riskmap")
    assert "数据库没有应答" in str(refusal.value)
    assert "hidden" not in str(refusal.value)
