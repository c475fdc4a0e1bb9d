"""What a person reads where a page cannot be shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from psycopg import conninfo
from psycopg.sql import SQL, Identifier

from config import Settings
from geodata.store import database
from webmap import create_app


@pytest.fixture
def client(database_url: str) -> Iterator[FlaskClient]:
    pool = database.Pool(database_url, 2)
    yield create_app(Settings(), pool).test_client()
    pool.close()


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [("/nothing", 404, "没有这个页面"), ("/rows/nothing", 404, "没有这个页面"),
     ("/rows?level=9", 400, "等级只有 1、2、3、4 和 unknown"), ("/nothing?lang=en", 404, "There is no such page")],
)  # fmt: skip
def test_a_page_that_cannot_be_shown_says_so_in_the_readers_language(
    client: FlaskClient, path: str, status: int, said: str
) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (status, "text/html")
    assert said in answer.text and "Content-Security-Policy" in answer.headers
    assert "URL was not found" not in answer.text


def test_while_the_database_is_away_pages_say_so_and_programs_are_told(
    client: FlaskClient, database_url: str, server_url: str
) -> None:
    assert client.get("/readyz").status_code == 200
    name = str(conninfo.conninfo_to_dict(database_url)["dbname"])
    with database.connect(server_url, autocommit=True) as other:
        other.execute(SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(Identifier(name)))
        other.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", (name,))
        for path in ("/", "/rows", "/rows/mines"):
            page = client.get(path)
            assert (page.status_code, page.mimetype) == (503, "text/html")
            assert "数据暂时读不到" in page.text and 'http-equiv="refresh"' in page.text
        tile = "/api/tiles/WebMercatorQuad/4/6/12?v=1"
        for path in ("/api/summary", "/api/collections/mines/items", tile):
            answer = client.get(path)
            assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
        assert client.get("/readyz").status_code == 503
        assert client.get("/healthz").status_code == 200
        other.execute(SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(Identifier(name)))
    for path in ("/", "/api/summary", "/readyz", tile):
        assert client.get(path).status_code == 200
