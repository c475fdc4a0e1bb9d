"""Requests that nobody sends by accident: each gets a sentence of ours, none of them a crash or a foreign address."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from flask.testing import FlaskClient

import layers
from config import Settings
from geodata.store import database, records
from webmap import create_app


@pytest.fixture
def client(database_url: str, connection: psycopg.Connection) -> Iterator[FlaskClient]:
    records.write(connection, layers.ALL["mines"], [{"code": "M-1", "name": "大沟煤矿"}], "测试")
    connection.commit()
    pool = database.Pool(database_url, 2)
    yield create_app(Settings(), pool).test_client()
    pool.close()


@pytest.mark.parametrize(
    "path",
    ["/api/collections/mines/items?code=%00", "/api/collections/mines/items?%00=1", "/api/summary?township=%00",
     "/api/search?q=%00", "/api/tiles/WebMercatorQuad/4/6/12?township=a%00", "/rows?township=%00",
     "/rows/mines?township=%00"],
)  # fmt: skip
def test_a_nul_which_no_database_text_can_hold_is_refused(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400 and "空字符" in answer.get_data(as_text=True)


@pytest.mark.parametrize("page", ["99999999999999999999999", "-1", "0", "x", ""])
def test_a_page_that_is_not_there_has_no_rows(client: FlaskClient, page: str) -> None:
    assert client.get(f"/rows/mines?page={page}").status_code == 200


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1:80@evil.example", 'localhost:x"y', "127.0.0.1:8000/evil", "localhost:8000#a", "[::1]evil", "[::1",
     "localhost:8000?x", "localhost:123456", "127.0.0.1:80:90"],
)  # fmt: skip
def test_a_host_that_is_no_name_and_port_is_refused(client: FlaskClient, host: str) -> None:
    assert client.get("/api", headers={"Host": host}).status_code == 403


@pytest.mark.parametrize("origin", ["http://[", "http://localhost@evil.example", "http://evil.example/localhost", ""])
def test_an_origin_that_cannot_be_read_is_another_site(client: FlaskClient, origin: str) -> None:
    assert client.get("/api", headers={"Host": "localhost", "Origin": origin}).status_code == 403


@pytest.mark.parametrize(
    ("path", "status"),
    [("/collections/mines/items?f=mvt", 400), ("/collections/mines/items?f=geojson", 200), ("?f=json", 200),
     ("/tiles/WebMercatorQuad/4/6/12?f=json", 400), ("/tiles/WebMercatorQuad/4/6/12?f=mvt", 200)],
)  # fmt: skip
def test_a_format_is_one_that_the_address_has(client: FlaskClient, path: str, status: int) -> None:
    assert client.get(f"/api{path}").status_code == status


def test_what_says_nothing_of_its_age_is_asked_for_again(client: FlaskClient) -> None:
    for path in ("/rows", "/card/mines/1", "/api/collections/mines/items", "/api/at?lon=1&lat=1", "/api/openapi"):
        assert "no-cache" in client.get(path).headers["Cache-Control"], path
    assert client.get("/").headers["Cache-Control"] == "no-store"


def test_large_documents_are_compressed_and_nothing_is_not(client: FlaskClient) -> None:
    for path in ("/api/openapi", "/api/collections/mines/schema"):
        assert client.get(path, headers={"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"
    empty = client.get("/tiles/relief/4/0/0.png", headers={"Accept-Encoding": "gzip"})
    assert (empty.status_code, "Content-Encoding" in empty.headers) == (204, False)
