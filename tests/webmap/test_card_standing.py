"""The card of a shelter and of a reservoir says how they stand, with the reasons."""

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
    records.write(connection, layers.ALL["shelters"],
                  [{"code": "S", "name": "示例广场", "state": "ready", "capacity": 300}], "测试")  # fmt: skip
    records.write(connection, layers.ALL["reservoirs"],
                  [{"code": "R", "name": "示例水库", "level_now_m": 101, "limit_level_m": 100}], "测试")  # fmt: skip
    connection.commit()
    pool = database.Pool(database_url, 2)
    yield create_app(Settings(), pool).test_client()
    pool.close()


@pytest.mark.parametrize(
    ("layer", "name", "words"),
    [("shelters", "示例广场", ("可用情况", "就绪，可容 300 人", "位置未知")),
     ("reservoirs", "示例水库", ("水位与汛限", "超汛限 1 m", "水位没有测量时间"))],
)  # fmt: skip
def test_the_card_tells_it(client: FlaskClient, layer: str, name: str, words: tuple[str, ...]) -> None:
    (found,) = client.get("/api/search", query_string={"q": name}).get_json()["results"]
    html = client.get(f"/card/{layer}/{found['id']}").get_data(as_text=True)
    assert all(word in html.replace("\u2009", " ") for word in words)
    answer = client.get(f"/api/collections/{layer}/items/{found['id']}").get_json()
    assert answer["properties"]["standing"][0]["title"] == words[0]
