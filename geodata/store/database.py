"""Connections to the database, its migrations, and who acts."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, Thread
from urllib.parse import urlencode

import psycopg
import yoyo
from psycopg import conninfo
from psycopg.sql import SQL, Identifier
from psycopg_pool import ConnectionPool

from geodata.errors import Unavailable

#: The type of a connection, by a name for the web to use: webmap itself never imports psycopg.
Connection = psycopg.Connection

MIGRATIONS = Path(__file__).parent / "migrations"
#: Any number, the same in every process: held while one process migrates, so that two starts at once are in order.
MIGRATION_LOCK = 5_2_0_2026


def connect(url: str, *, autocommit: bool = False) -> psycopg.Connection:
    """Open one connection. Raises Unavailable with a sentence when the server does not answer."""
    try:
        return psycopg.connect(
            url, autocommit=autocommit, application_name="riskmap", connect_timeout=10, client_encoding="UTF8"
        )
    except psycopg.OperationalError as error:
        raise _no_answer(url, error) from error
    except psycopg.ProgrammingError as error:
        raise Unavailable(f"数据库地址写得不对：{error}", "RISKMAP_DATABASE_URL") from error


class Pool:
    """A few open connections that requests share; each use is one transaction.

    A server that is lost is not waited for: one quick try a use tells whether it is back, and then the connections are
    made anew. (psycopg_pool itself would let each request wait, and try again after longer and longer pauses.)
    """

    def __init__(self, url: str, size: int = 4, role: str | None = None) -> None:
        """At most `size` connections; with `role` they have that role's rights, and RESET ROLE leads back to it."""
        self._url = url
        self._size = size
        options = conninfo.conninfo_to_dict(url).get("options") or ""
        self._given = {
            "application_name": "riskmap", "client_encoding": "UTF8",
            "options": f"{options} -c role={role}" if role else options,
        }  # fmt: skip
        self._making = Lock()
        self._pool: ConnectionPool | None = self._open()

    @contextmanager
    def connection(self) -> Iterator[psycopg.Connection]:
        """Lend a connection: committed when the block ends, rolled back when it raises.

        Raises Unavailable where the server does not answer, also when it is lost inside the block.
        """
        pool = self._pool or self._again()
        try:
            lent = pool.connection()
            connection = lent.__enter__()
        except psycopg.OperationalError as error:  # PoolTimeout and PoolClosed are such errors too
            self._lose(pool)
            raise _no_answer(self._url, error) from error
        # From here on the pool's own context manager decides: commit, rollback, give back.
        try:
            try:
                yield connection
            except BaseException as error:
                lent.__exit__(type(error), error, error.__traceback__)
                raise
            lent.__exit__(None, None, None)
        except psycopg.Error as error:
            if connection.closed:
                self._lose(pool)
                raise _no_answer(self._url, error) from error
            raise

    @contextmanager
    def snapshot(self) -> Iterator[psycopg.Connection]:
        """Lend a connection that only reads and sees one moment, so that no answer is half old and half new."""
        with self.connection() as lent:
            lent.isolation_level, lent.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
            try:
                yield lent
            finally:
                if not lent.closed:
                    lent.rollback()
                    lent.isolation_level = lent.read_only = None

    def close(self) -> None:
        """Close every connection."""
        if self._pool is not None:
            self._pool.close()

    def _open(self) -> ConnectionPool:
        pool = ConnectionPool(self._url, min_size=1, max_size=self._size, timeout=10, open=False, kwargs=self._given)
        pool.open()
        return pool

    def _lose(self, lost: ConnectionPool) -> None:
        with self._making:
            if self._pool is lost:
                self._pool = None
        # Its threads may be in the middle of a try to connect; nobody waits for them.
        Thread(target=lost.close, daemon=True).start()

    def _again(self) -> ConnectionPool:
        """The connections made anew, if the server answers."""
        # A server that does not even refuse is waited for by one request, not by all.
        if not self._making.acquire(timeout=1):
            raise _no_answer(self._url, TimeoutError())
        try:
            if self._pool is None:
                connect(self._url).close()
                self._pool = self._open()
            return self._pool
        finally:
            self._making.release()


def exists(url: str) -> bool:
    """Whether the database that `url` names is there."""
    name = conninfo.conninfo_to_dict(url).get("dbname")
    with connect(conninfo.make_conninfo(url, dbname="postgres"), autocommit=True) as connection:
        return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone() is not None


def ensure_database(url: str) -> bool:
    """Make the database that `url` names where it is missing; True when it was made."""
    if exists(url):
        return False
    name = conninfo.conninfo_to_dict(url).get("dbname")
    with connect(conninfo.make_conninfo(url, dbname="postgres"), autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(Identifier(str(name))))
    return True


def migrate(url: str, report: Callable[[str], None] = lambda _sentence: None) -> list[str]:
    """Apply the numbered migrations that this database lacks; answers their names. One process at a time."""
    # yoyo's own lock is a table row and outlives a killed process; an advisory lock ends with its connection.
    with connect(url, autocommit=True) as guard:
        guard.execute("SELECT pg_advisory_lock(%s)", (MIGRATION_LOCK,))
        backend = _backend(url)
        try:
            pending = backend.to_apply(yoyo.read_migrations(str(MIGRATIONS)))
            for migration in pending:
                report(f"迁移 {migration.id}")
            backend.apply_migrations(pending)
        except psycopg.errors.InsufficientPrivilege as error:
            raise Unavailable(
                f"数据库用户的权限不够：{error.diag.message_primary}", "RISKMAP_DATABASE_URL",
                "请数据库管理员执行一次：CREATE ROLE riskmap_serving NOLOGIN BYPASSRLS；安装扩展 "
                "postgis、btree_gist、pg_trgm；授予本用户 CREATEROLE。或改用一个管理员用户",
            ) from error  # fmt: skip
        except psycopg.Error as error:
            raise Unavailable(
                f"数据表升级失败：{error.diag.message_primary or error}",
                str(conninfo.conninfo_to_dict(url).get("dbname")),
                "这一步已撤回，数据没有改动。可用原来的版本照旧启动，或用 RISKMAP_HOME 另建一个库后重新导入",
            ) from error  # fmt: skip
        finally:
            backend.connection.close()
    return [migration.id for migration in pending]


def pending_migrations(url: str) -> list[str]:
    """Names of the migrations that are not applied yet."""
    backend = _backend(url)
    try:
        return [migration.id for migration in backend.to_apply(yoyo.read_migrations(str(MIGRATIONS)))]
    finally:
        backend.connection.close()


def _backend(url: str) -> yoyo.backends.DatabaseBackend:
    """yoyo's connection. It knows psycopg 3 only by this scheme, and takes a socket folder only as a parameter.

    yoyo looks for its tables in the first schema of the search path, which therefore must not hang on the user's name.
    """
    logging.getLogger("yoyo").setLevel(logging.WARNING)
    parts = conninfo.conninfo_to_dict(url)
    parts["options"] = f"{parts.get('options', '')} -c client_min_messages=warning -c search_path=public"
    parts["client_encoding"] = "UTF8"
    return yoyo.get_backend("postgresql+psycopg:///?" + urlencode(parts))


def acting_as(connection: psycopg.Connection, who: str) -> None:
    """Say who acts in this transaction; the history triggers read it from `riskmap.actor`."""
    connection.execute("SELECT set_config('riskmap.actor', %s, true)", (who,))


def versions(connection: psycopg.Connection) -> tuple[str, str]:
    """PostgreSQL's and PostGIS's version numbers."""
    row = connection.execute(
        "SELECT current_setting('server_version'),"
        " (SELECT default_version FROM pg_available_extensions WHERE name = 'postgis')"
    ).fetchone()
    assert row is not None  # a SELECT without FROM has one row
    return str(row[0]), str(row[1] or "")


def _no_answer(url: str, error: Exception) -> Unavailable:
    parts = conninfo.conninfo_to_dict(url)
    where = f"{parts.get('host', 'localhost')}/{parts.get('dbname', '')}"
    # libpq says what happened in a line, and what it may mean in lines that begin with a tab.
    told = [line for line in str(error).splitlines() if line.strip() and not line.startswith("\t")]
    reason = told[-1].strip() if told else type(error).__name__
    return Unavailable(f"数据库没有应答：{reason}", where, "请看服务器是否在运行、地址与用户是否正确")
