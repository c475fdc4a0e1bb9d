"""The sample county, loaded once for this folder: each test reads it in a transaction that is rolled back."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import conninfo
from psycopg.sql import SQL, Identifier

from geodata import sample
from geodata.store import database


def nothing(_sentence: str) -> None:
    """Loading tells somebody what it does; nobody listens here."""


@pytest.fixture(scope="session")
def sample_url(server_url: str, template_name: str) -> Iterator[str]:
    """Address of a database that holds the sample county."""
    name = f"riskmap_sample_{uuid.uuid4().hex[:8]}"
    with database.connect(server_url, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template_name)))
    url = conninfo.make_conninfo(server_url, dbname=name)
    with database.connect(url) as connection:
        sample.load(connection, nothing)
    yield url
    with database.connect(server_url, autocommit=True) as connection:
        connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


@pytest.fixture
def loaded(sample_url: str) -> Iterator[psycopg.Connection]:
    """A connection to the sample county; what a test changes is rolled back."""
    opened = database.connect(sample_url)
    try:
        yield opened
    finally:
        opened.rollback()
        opened.close()
