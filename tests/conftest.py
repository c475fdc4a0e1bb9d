"""What tests need of a database: one PostGIS for the session, one migrated template, one clone of it per test."""

from __future__ import annotations

import importlib
import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from psycopg import conninfo
from psycopg.sql import SQL, Identifier

from config import Settings
from geodata.store import cluster, database


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """Address of the server: RISKMAP_DATABASE_URL's, or a private cluster of this session that may forget."""
    given = Settings.from_environ(os.environ).database_url
    if given is not None:
        yield given
        return
    with TemporaryDirectory(prefix="riskmap-test-", dir=_memory(), ignore_cleanup_errors=True) as home:
        # As root the cluster runs under another account, which must be able to pass through.
        Path(home).chmod(0o711)
        with cluster.attached(Path(home), durable=False) as location:
            yield location.url_of("postgres")


@pytest.fixture(scope="session")
def template_name(server_url: str) -> Iterator[str]:
    """Name of a database with every migration and every layer's table in it; nobody is connected to it."""
    name = f"riskmap_template_{uuid.uuid4().hex[:8]}"
    url = conninfo.make_conninfo(server_url, dbname=name)
    database.ensure_database(url)
    try:
        database.migrate(url)
        _reconcile(url)
        yield name
    finally:
        _drop(server_url, name)


@pytest.fixture
def database_url(server_url: str, template_name: str) -> Iterator[str]:
    """Address of a fresh database of one test, with all tables and no rows."""
    name = f"riskmap_test_{uuid.uuid4().hex[:12]}"
    with database.connect(server_url, autocommit=True) as connection:
        # Copying the template's files takes a tenth of the time that writing them to the log takes.
        statement = SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
        connection.execute(statement.format(Identifier(name), Identifier(template_name)))
    try:
        yield conninfo.make_conninfo(server_url, dbname=name)
    finally:
        _drop(server_url, name)


@pytest.fixture
def connection(database_url: str) -> Iterator[psycopg.Connection]:
    """An open connection to `database_url`; what is not committed is rolled back."""
    opened = database.connect(database_url)
    try:
        yield opened
    finally:
        opened.rollback()
        opened.close()


def _memory() -> str | None:
    """A folder in memory with room for the tests' cluster, where the machine has one: hundreds of databases go by."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2 * 1024**3
    return str(memory) if roomy else None


def _reconcile(url: str) -> None:
    tables = importlib.import_module("geodata.store.tables")
    layers = importlib.import_module("layers")
    with database.connect(url) as opened:
        tables.reconcile(opened, layers.ALL)


def _drop(server_url: str, name: str) -> None:
    with database.connect(server_url, autocommit=True) as connection:
        connection.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))
