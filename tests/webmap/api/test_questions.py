"""What lies here, where is it, how does the county stand."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from flask.testing import FlaskClient

import layers
from geodata.store import records


def found(client: FlaskClient, query: str) -> list[dict[str, Any]]:
    answer = client.get(f"/api/at?{query}")
    assert answer.status_code == 200
    features = answer.json["features"]
    assert isinstance(features, list)
    return features


def test_at_answers_every_layer_with_reasons(client: FlaskClient) -> None:
    features = found(client, "lon=110.3&lat=38.3&tolerance_m=20")
    assert {f["layer"] for f in features} == {"mines", "flood_roads", "townships"}
    mine = next(f for f in features if f["layer"] == "mines")
    assert mine["name"] == "大沟煤矿" and mine["distance_m"] == 0
    assert {"factor", "value", "level", "threshold", "source", "state"} <= mine["reasons"][0].keys()


def test_at_measures_true_metres(client: FlaskClient) -> None:
    # 0.001° of longitude at 38.3 N is 87.5 m.
    near = found(client, "lon=110.301&lat=38.3&tolerance_m=88")
    assert [f["distance_m"] for f in near if f["layer"] == "mines"] == [pytest.approx(87.5, abs=0.2)]
    assert "mines" not in {f["layer"] for f in found(client, "lon=110.301&lat=38.3&tolerance_m=87")}


def test_the_worst_comes_first(client: FlaskClient) -> None:
    levels = [f["level"] for f in found(client, "lon=110.5&lat=38.25&tolerance_m=30000")]
    known = [level for level in levels if level]
    assert known == sorted(known) and levels[: len(known)] == known and known[0] == 1


@pytest.mark.parametrize(
    "query",
    ["lon=110", "lon=x&lat=1", "lon=181&lat=0", "lon=0&lat=89", "lon=0&lat=0&tolerance_m=-1",
     "lon=nan&lat=0", "lon=0&lat=0&tolerance_m=1e9", "lon=0&lat=0&radius=3"],
)  # fmt: skip
def test_a_place_that_cannot_be_meant_is_400(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/api/at?{query}")
    assert answer.status_code == 400 and answer.mimetype == "application/problem+json"


@pytest.mark.parametrize(
    ("text", "codes"),
    [("M-2", ["M-2"]), ("M-", ["M-1", "M-2", "M-3"]), ("大沟", ["M-1"]), ("沟煤矿", ["M-1", "M-2"]), ("dgmk", ["M-1"]),
     ("DGMK", ["M-1"]), ("甲镇", ["610881001"]), ("没有的名字", []), ("100%", []), ("_", []), ("\\", [])],
)  # fmt: skip
def test_search_by_code_name_and_initials(client: FlaskClient, text: str, codes: list[str]) -> None:
    answer = client.get("/api/search", query_string={"q": text})
    assert [r["code"] for r in answer.json["results"]] == codes


def test_search_tells_where_it_is_or_that_nobody_knows(client: FlaskClient) -> None:
    results = client.get("/api/search", query_string={"q": "M-1"}).json["results"]
    assert (results[0]["lon"], results[0]["lat"]) == (110.3, 38.3)
    nowhere = client.get("/api/search", query_string={"q": "M-3"}).json["results"][0]
    assert nowhere["lon"] is None and nowhere["lat"] is None


def test_search_keeps_to_its_limit(client: FlaskClient) -> None:
    assert len(client.get("/api/search", query_string={"q": "矿", "limit": 2}).json["results"]) == 2
    assert client.get("/api/search").status_code == 400
    assert client.get("/api/search", query_string={"q": "x" * 101}).status_code == 400


def test_summary_counts_by_layer_and_level(client: FlaskClient) -> None:
    summary = client.get("/api/summary").json
    mines = next(layer for layer in summary["layers"] if layer["name"] == "mines")
    assert [layer["name"] for layer in summary["layers"]] == list(layers.ALL)
    assert (mines["total"], mines["confirmed"], mines["without_position"]) == (3, 3, 1)
    assert mines["levels"] == {"1": 1, "2": 0, "3": 0, "4": 0, "unknown": 2}
    assert mines["graded"] is True and mines["shape"] == "diamond"
    assert summary["bounds"] == [110, 38, 111, 38.5]
    worst = {t["code"]: t["worst"] for t in summary["townships"]}
    assert worst == {"610881001": None, "610881002": 1}


def test_summary_of_one_township(client: FlaskClient) -> None:
    summary = client.get("/api/summary?township=610881002").json
    totals = {layer["name"]: layer["total"] for layer in summary["layers"]}
    assert (totals["mines"], totals["townships"], totals["flood_roads"]) == (1, 1, 0)
    assert [t["code"] for t in summary["townships"]] == ["610881002"]


def test_summary_of_a_township_that_is_not_there_is_404(client: FlaskClient) -> None:
    answer = client.get("/api/summary?township=1")
    assert answer.status_code == 404 and answer.mimetype == "application/problem+json"


def test_summary_is_counted_anew_after_a_change_and_304_without_one(writing_client: FlaskClient, writable: str) -> None:
    client = writing_client
    first = client.get("/api/summary")
    assert client.get("/api/summary", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    with psycopg.connect(writable) as connection:
        records.write(connection, layers.ALL["mines"], [{"code": "M-4", "name": "新矿"}], "测试")
    second = client.get("/api/summary", headers={"If-None-Match": first.headers["ETag"]})
    assert second.status_code == 200 and second.json["layers"][0]["total"] == 4
