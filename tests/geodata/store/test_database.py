"""The database: migrations once, roles as the design says, the actor, the pool."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import psycopg.conninfo
import pytest
from psycopg.sql import SQL, Identifier

from geodata.errors import Unavailable
from geodata.store import database, version


def test_migrating_again_applies_nothing(database_url: str) -> None:
    assert database.pending_migrations(database_url) == []
    assert database.migrate(database_url) == []


def test_migrations_are_numbered_without_gaps() -> None:
    names = sorted(path.name for path in database.MIGRATIONS.iterdir())
    assert [name for name in names if not re.fullmatch(r"\d{4}_[a-z_]+\.sql", name)] == []
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))


def test_a_migration_that_fails_is_a_sentence_and_changes_nothing(database_url: str) -> None:
    with database.connect(database_url) as connection:
        connection.execute("DELETE FROM public._yoyo_migration WHERE migration_id = '0002_fixed_tables'")
    with pytest.raises(Unavailable, match="数据表升级失败.*already exists"):
        database.migrate(database_url)


def test_two_databases_do_not_count_the_maps_version_alike(server_url: str, connection: psycopg.Connection) -> None:
    """A browser keeps tiles by version; those of another database under the same address are not this one's."""
    url = psycopg.conninfo.make_conninfo(server_url, dbname=f"riskmap_test_{uuid.uuid4().hex[:12]}")
    database.ensure_database(url)
    try:
        database.migrate(url)
        with database.connect(url) as other:
            assert version.map_version(other) != version.map_version(connection)
    finally:
        with database.connect(server_url, autocommit=True) as server:
            name = str(psycopg.conninfo.conninfo_to_dict(url)["dbname"])
            server.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


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


def test_a_pool_with_a_role_has_its_rights_and_no_more(database_url: str) -> None:
    pool = database.Pool(database_url, size=1, role="riskmap_serving")
    try:
        with pool.connection() as lent:
            lent.execute("RESET ROLE")
            row = lent.execute("SELECT current_user, count(*) FROM layer.mines").fetchone()
        assert row == ("riskmap_serving", 0)
        with pytest.raises(psycopg.errors.InsufficientPrivilege), pool.connection() as lent:
            lent.execute("DROP TABLE layer.mines")
    finally:
        pool.close()


def test_a_server_that_does_not_answer_is_a_sentence_without_the_password() -> None:
    with pytest.raises(Unavailable) as refusal:
        database.connect("postgresql://someone:hidden@127.0.0.1:1/riskmap")
    assert "数据库没有应答" in str(refusal.value)
    assert "hidden" not in str(refusal.value)


def limited(connection: psycopg.Connection, url: str, name: str) -> str:
    """Address of the same database for a role that owns it but may make neither roles nor extensions."""
    connection.execute(SQL("CREATE ROLE {} NOLOGIN").format(Identifier(name)))
    connection.execute(
        SQL("ALTER DATABASE {} OWNER TO {}").format(Identifier(connection.info.dbname), Identifier(name))
    )
    connection.execute(SQL("GRANT USAGE, CREATE ON SCHEMA public TO {}").format(Identifier(name)))
    connection.commit()
    return psycopg.conninfo.make_conninfo(url, options=f"-c role={name}")


@pytest.fixture
def bare_url(server_url: str) -> Iterator[str]:
    """Address of a database without anything in it."""
    url = psycopg.conninfo.make_conninfo(server_url, dbname=f"riskmap_bare_{uuid.uuid4().hex[:12]}")
    database.ensure_database(url)
    yield url
    name = Identifier(str(psycopg.conninfo.conninfo_to_dict(url)["dbname"]))
    with database.connect(server_url, autocommit=True) as connection:
        connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def test_a_user_without_the_rights_is_told_what_the_administrator_must_do_and_nothing_is_half_done(
    bare_url: str, template_name: str
) -> None:
    name = f"limited_{uuid.uuid4().hex[:8]}"
    with database.connect(bare_url) as connection:
        url = limited(connection, bare_url, name)
    with pytest.raises(Unavailable) as refusal:
        database.migrate(url)
    assert "BYPASSRLS" in refusal.value.mend
    assert "postgis" in refusal.value.mend
    assert "0001_roles" in database.pending_migrations(bare_url)
    with database.connect(bare_url) as connection:
        assert connection.execute("SELECT to_regnamespace('layer')").fetchone() == (None,)
        connection.execute(SQL("REASSIGN OWNED BY {} TO CURRENT_USER").format(Identifier(name)))
        connection.execute(SQL("DROP OWNED BY {}").format(Identifier(name)))
        connection.execute(SQL("DROP ROLE {}").format(Identifier(name)))


def test_a_user_for_whom_the_administrator_has_prepared_everything_migrates(bare_url: str, template_name: str) -> None:
    name = f"prepared_{uuid.uuid4().hex[:8]}"
    with database.connect(bare_url) as connection:
        url = limited(connection, bare_url, name)
        roles = SQL("GRANT riskmap_owner, riskmap_serving, riskmap_area TO {}").format(Identifier(name))
        connection.execute(roles)  # template_name has made the roles
        for extension in ("postgis", "btree_gist", "pg_trgm"):
            connection.execute(SQL("CREATE EXTENSION {}").format(Identifier(extension)))
    assert "0001_roles" in database.migrate(url)
    with database.connect(bare_url) as connection:
        connection.execute(SQL("REASSIGN OWNED BY {} TO CURRENT_USER").format(Identifier(name)))
        connection.execute(SQL("DROP OWNED BY {}").format(Identifier(name)))
        connection.execute(SQL("DROP ROLE {}").format(Identifier(name)))


def test_two_processes_that_migrate_at_once_are_in_order(bare_url: str) -> None:
    with ThreadPoolExecutor(3) as three:
        applied = list(three.map(lambda _: database.migrate(bare_url), range(3)))
    assert sorted(map(len, applied))[:2] == [0, 0]
    assert database.pending_migrations(bare_url) == []
