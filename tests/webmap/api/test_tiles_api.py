"""Tiles over HTTP: ETag, version, cache, tile set metadata; and nothing from the cache that Flask would refuse."""

from __future__ import annotations

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient

import layers
from geodata.risk.grading import regrade
from geodata.store import records
from geodata.tiles import mvt
from webmap.api import tiles

TILE = "/api/tiles/WebMercatorQuad/11/787/1651"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Counts the tiles that the database makes."""
    calls: list[int] = []
    real = mvt.map_tile

    def counted(*args: object) -> mvt.Tile:
        calls.append(1)
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(mvt, "map_tile", counted)
    return calls


def version(client: FlaskClient) -> int:
    return int(client.get("/api/summary").json["version"])


def change(url: str) -> None:
    mines = layers.ALL["mines"]
    with psycopg.connect(url) as connection:
        done = records.write(connection, mines, [{"code": "M-1", "name": "改名煤矿"}], "测试")
        regrade(connection, mines, done.ids)


def test_an_unchanged_tile_is_304(client: FlaskClient) -> None:
    first = client.get(TILE)
    assert first.status_code == 200 and first.mimetype == "application/vnd.mapbox-vector-tile" and first.data
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = client.get(TILE, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and not again.data


def test_a_tile_is_made_once_for_a_version(client: FlaskClient, made: list[int]) -> None:
    n = version(client)
    answers = [client.get(f"{TILE}{query}") for query in ("", "", f"?v={n}", f"?v={n}")]
    assert len(made) == 1 and len({answer.data for answer in answers}) == 1
    assert answers[-1].headers["Cache-Control"].endswith("immutable")


def test_a_change_shows_at_once(writing_client: FlaskClient, writable: str) -> None:
    client = writing_client
    n = version(client)
    before = client.get(f"{TILE}?v={n}")
    change(writable)
    after = client.get(TILE)
    assert "改名煤矿".encode() in after.data and "改名煤矿".encode() not in before.data
    assert client.get(TILE, headers={"If-None-Match": before.headers["ETag"]}).status_code == 200
    assert version(client) > n


def test_a_version_that_is_not_the_present_one_is_not_kept_by_browsers(client: FlaskClient) -> None:
    n = version(client)
    for asked in (n + 1, 10**17, n - 1):
        answer = client.get(f"{TILE}?v={asked}")
        assert answer.status_code == 200 and answer.headers["Cache-Control"] == "private, no-cache"
    assert client.get(f"{TILE}?v=abc").headers["Cache-Control"] == "private, no-cache"


def test_the_cache_answers_only_under_a_host_that_flask_has_accepted(client: FlaskClient) -> None:
    address = f"{TILE}?v={version(client)}"
    assert client.get(address).status_code == 200
    assert client.get(address).status_code == 200
    assert client.get(address, headers={"Host": "evil.example"}).status_code == 403
    assert client.get(address, headers={"Origin": "http://evil.example"}).status_code == 403


def test_the_township_filter_has_its_own_tile(client: FlaskClient) -> None:
    n = version(client)
    address = "/api/collections/mines/tiles/WebMercatorQuad/8/98/206"
    both = client.get(f"{address}?v={n}").data
    one = client.get(f"{address}?v={n}&township=610881002").data
    assert b"610881001" in both and b"610881001" not in one and b"610881002" in one


def test_an_empty_tile_is_no_bytes(client: FlaskClient) -> None:
    answer = client.get("/api/tiles/WebMercatorQuad/12/0/0")
    assert answer.status_code == 200 and answer.data == b""


@pytest.mark.parametrize("place", ["3/8/0", "3/0/8", "23/0/0", "3/-1/0", "a/b/c"])
def test_outside_of_the_pyramid_is_404(client: FlaskClient, place: str) -> None:
    answer = client.get(f"/api/tiles/WebMercatorQuad/{place}")
    assert answer.status_code == 404 and answer.mimetype == "application/problem+json"


def test_unknown_parameters_and_formats_are_refused(client: FlaskClient) -> None:
    assert client.get(f"{TILE}?bogus=1").status_code == 400
    assert client.get(TILE, headers={"Accept": "image/png"}).status_code == 406


def test_tile_sets_lead_to_the_tiles(client: FlaskClient) -> None:
    for path in ("/api/tiles", "/api/collections/mines/tiles"):
        listed = client.get(path).json["tilesets"][0]
        href = next(link["href"] for link in listed["links"] if link["rel"] == "self")
        described = client.get(href).json
        template = next(link["href"] for link in described["links"] if link["rel"] == "item")
        address = template.replace("{tileMatrix}", "8").replace("{tileRow}", "98").replace("{tileCol}", "206")
        assert client.get(address).data
        scheme = next(link["href"] for link in listed["links"] if link["rel"].endswith("tiling-scheme"))
        assert len(client.get(scheme).json["tileMatrices"]) == mvt.DEEPEST_ZOOM + 1


def test_the_cache_forgets_what_was_used_longest_ago(app: Flask) -> None:
    cache = type(app.extensions[tiles.CACHE])(room=10_000)
    for x in range(20):
        cache.put(1, f"/{x}", b"x" * 500, "localhost")
    assert cache.get(1, "/19") is not None and cache.get(1, "/0") is None and cache.get(2, "/19") is None
    cache.put(1, "/big", b"x" * 20_000, "localhost")
    assert cache.get(1, "/big") is None


def test_a_versioned_tile_is_made_before_flask_and_the_same(client: FlaskClient, app: Flask) -> None:
    n = version(client)
    plain = client.get("/api/tiles/WebMercatorQuad/4/6/12")
    for path in ("/api/tiles/WebMercatorQuad/8/98/206", "/api/collections/mines/tiles/WebMercatorQuad/8/98/206"):
        direct = client.get(f"{path}?v={n}")
        app.extensions[tiles.CACHE].resize(10**6)
        assert direct.data and direct.data == client.get(path).data
        assert direct.headers["ETag"] == plain.headers["ETag"]
    for wrong in ("/api/collections/none/tiles/WebMercatorQuad/8/98/206", "/api/tiles/WebMercatorQuad/3/8/0"):
        refused = client.get(f"{wrong}?v={n}")
        assert refused.status_code == 404 and refused.mimetype == "application/problem+json"
