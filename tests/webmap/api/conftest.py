"""The application over one test's database, a test client, and a real server for real clients."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from psycopg import conninfo
from psycopg.sql import SQL, Identifier
from shapely.geometry import LineString, Point, box

import layers
from bench import servers
from config import Settings
from geodata.risk.grading import regrade
from geodata.store import database, records
from geodata.store.database import Pool
from webmap import create_app

HERE = Point(110.3, 38.3)


@pytest.fixture(scope="session")
def filled(server_url: str, template_name: str) -> Iterator[str]:
    """A filled database that all tests read and none writes."""
    name = f"riskmap_test_api_{uuid.uuid4().hex[:8]}"
    with database.connect(server_url, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template_name)))
    url = conninfo.make_conninfo(server_url, dbname=name)
    try:
        _fill(url)
        yield url
    finally:
        with database.connect(server_url, autocommit=True) as connection:
            connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


@pytest.fixture
def writable(database_url: str) -> str:
    """The same content in a database of the test's own."""
    _fill(database_url)
    return database_url


def _fill(url: str) -> None:
    """Two townships, three mines (one without position), a road, and two shelters beside the antimeridian."""
    with psycopg.connect(url) as connection:
        _write(connection, "townships", {"code": "610881001", "name": "甲镇", "geom": box(110, 38, 110.5, 38.5)},
               {"code": "610881002", "name": "乙镇", "geom": box(110.5, 38, 111, 38.5)})  # fmt: skip
        person = {"role": "主要负责人", "person": "示例负责人", "phone": "13800000000"}
        _write(connection, "mines",
               {"code": "M-1", "name": "大沟煤矿", "geom": HERE, "permit_expires": date(2020, 1, 31),
                "persons": [person]},
               {"code": "M-2", "name": "小沟煤矿", "geom": Point(110.7, 38.2), "major_hazards_open": 1},
               {"code": "M-3", "name": "无坐标矿"})  # fmt: skip
        _write(connection, "flood_roads",
               {"code": "F-1", "name": "过水路面", "geom": LineString([(110.3, 38.3), (110.31, 38.31)])})  # fmt: skip
        _write(connection, "shelters", {"code": "S-1", "name": "日界线避难所", "geom": Point(179.9, 10)},
               {"code": "S-2", "name": "另一侧避难所", "geom": Point(-179.9, 10)})  # fmt: skip


def _write(connection: psycopg.Connection, name: str, *rows: dict[str, Any]) -> None:
    regrade(connection, layers.ALL[name], records.write(connection, layers.ALL[name], rows, "测试").ids)


@pytest.fixture(scope="session")
def pool(filled: str) -> Iterator[Pool]:
    pool = Pool(filled, 4)
    yield pool
    pool.close()


@pytest.fixture
def app(pool: Pool) -> Flask:
    return create_app(Settings(), pool)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def writing_client(writable: str) -> Iterator[FlaskClient]:
    """A client of an application whose database the test changes (fixture `writable`)."""
    pool = Pool(writable, 4)
    yield create_app(Settings(), pool).test_client()
    pool.close()


@pytest.fixture(scope="session")
def server(filled: str) -> Iterator[str]:
    """Address of the API over HTTP, in a process of its own: GDAL holds the interpreter while it waits."""
    with servers.ours(filled, cached=True) as port:
        yield f"http://127.0.0.1:{port}/api"
