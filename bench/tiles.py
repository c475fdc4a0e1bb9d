"""Tiles of a million sites: ours beside TiPg over the same tables, and ours cached beside nginx with the same files.

Rounds alternate and medians are compared, so that whatever else the machine does meets both sides. TiPg is taken as it
comes, at most 10,000 features a tile, which spares it most of the work at low zooms; its buffer is ours.
"""

from __future__ import annotations

import statistics
import tempfile
import urllib.request
from collections.abc import Callable
from pathlib import Path

import mapbox_vector_tile

from bench import counties, load, servers, tile_list
from bench.result import Result
from bench.tile_list import Tile
from geodata.errors import Refused
from geodata.store import database
from geodata.tiles import mvt, plan
from geodata.tiles.statement import BUFFER, EXTENT, NAMES_FROM

Report = Callable[[str], None]
MANY = 1_000
ROUNDS = 5
SECONDS = 4
#: The largest layer: more than half of all sites.
LAYER = "wells"
EQUAL_GOAL, LIST_GOAL, CACHED_GOAL = 2.0, 5.0, 0.25
LARGEST = 500_000


def run(url: str, report: Report, many: int = MANY) -> list[Result]:
    """Measure on the server of `url`, in a database of its own; the first run loads it. Raises Refused."""
    servers.refuse_without_peers()
    own = counties.ready(url, many, report)
    with database.connect(own) as connection:
        everywhere = tile_list.of_records(connection, LAYER)
        raw_from = next((raw for name, _, raw in plan.read(connection).rows if name == LAYER), 0)
        raw = tile_list.of_records(connection, LAYER, range(raw_from, 15))
        version = mvt.map_tile(connection, 0, 0, 0).version
    with servers.ours(own, cached=False) as mine, servers.tipg(own, BUFFER) as theirs:
        refuse_unequal(mine, theirs, raw[:10], version)
        report("内容相同的瓦片")
        equal = _alternate((mine, [our_path(t, version) for t in raw]), (theirs, [their_path(t) for t in raw]))
        report(f"{len(everywhere)} 片瓦片，不用缓存")
        both = [our_path(t, version) for t in everywhere], [their_path(t) for t in everywhere]
        listed = _alternate((mine, both[0]), (theirs, both[1]))
        report("全图的瓦片")
        for _ in range(3):
            # The first passes plan the statements on every connection.
            whole = load.once(mine, [map_path(t, version) for t in everywhere])
    report("缓存的瓦片")
    cached = _cached(own, [map_path(t, version) for t in everywhere])
    return [
        _gate("tiles of equal content", *equal, "TiPg", EQUAL_GOAL),
        _gate("200 tiles uncached", *listed, "TiPg", LIST_GOAL),
        _gate("200 tiles cached", *cached, "nginx", CACHED_GOAL),
        *figures(whole),
    ]


def our_path(tile: Tile, version: int) -> str:
    """One layer's tile, ours: the path ends in z / row / column, and names the version as the page does."""
    z, x, y = tile
    return f"/api/collections/{LAYER}/tiles/WebMercatorQuad/{z}/{y}/{x}?v={version}"


def map_path(tile: Tile, version: int) -> str:
    """The map's tile, all layers in one."""
    z, x, y = tile
    return f"/api/tiles/WebMercatorQuad/{z}/{y}/{x}?v={version}"


def their_path(tile: Tile) -> str:
    """The same layer's tile of TiPg (z / x / y), with the same properties, from the stored Mercator column."""
    z, x, y = tile
    properties = "id,level,township_code,state" + (",name" if z >= NAMES_FROM else "")
    return (
        f"/collections/layer.{LAYER}/tiles/WebMercatorQuad/{z}/{x}/{y}?geom-column=geom3857&properties={properties}"
    )


def refuse_unequal(mine: int, theirs: int, tiles: list[Tile], version: int) -> None:
    """Raise Refused unless both sides answer the same records: a ratio of different things says nothing."""
    for tile in tiles:
        left, right = _ids(mine, our_path(tile, version)), _ids(theirs, their_path(tile))
        if left != right:
            raise Refused(f"两边的瓦片内容不同：{len(left)} 和 {len(right)} 条", f"{tile}")


def figures(whole: load.Run) -> list[Result]:
    """Milliseconds and bytes of the map's own tiles, uncached, over the list."""
    ordered = sorted(whole.times)
    p99 = ordered[min(len(ordered) - 1, round(0.99 * len(ordered)))]
    largest, n = max(whole.sizes), len(ordered)
    return [
        Result("map tile p50", "ms", statistics.median(ordered), n=n),
        Result("map tile p99", "ms", p99, n=n),
        Result("map tile largest", "bytes", largest, LARGEST, "aim", largest / LARGEST, n=n),
    ]


def _ids(port: int, path: str) -> set[int]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
        data = answer.read()
    layers = mapbox_vector_tile.decode(data).values() if data else ()
    # Ours also holds the neighbours' records as far as their symbols reach in; TiPg leaves those out.
    return {
        feature["properties"]["id"]
        for layer in layers
        for feature in layer["features"]
        if all(0 < side < EXTENT for side in feature["geometry"]["coordinates"])
    }


def _alternate(mine: tuple[int, list[str]], theirs: tuple[int, list[str]]) -> tuple[list[float], list[float]]:
    """Rates of both sides, round by round in turn; a first pass warms them and is not counted."""
    rates: tuple[list[float], list[float]] = ([], [])
    for turn in range(ROUNDS + 1):
        for kept, (port, paths) in zip(rates, (mine, theirs), strict=True):
            rate = load.once(port, paths).rate
            if turn:
                kept.append(rate)
    return rates


def _cached(url: str, paths: list[str]) -> tuple[list[float], list[float]]:
    """Rates of our cache and of nginx with the same bytes as files."""
    rates: tuple[list[float], list[float]] = ([], [])
    with tempfile.TemporaryDirectory() as name, servers.ours(url, cached=True) as mine:
        folder = Path(name)
        files = {}
        for path in paths:
            with urllib.request.urlopen(f"http://127.0.0.1:{mine}{path}", timeout=60) as answer:
                files[path.partition("?")[0]] = answer.read()
        with servers.nginx(files, folder) as theirs:
            for turn in range(ROUNDS + 1):
                for kept, port, asked in zip(rates, (mine, theirs), (paths, list(files)), strict=True):
                    rate = load.for_seconds(port, asked, SECONDS, folder)
                    if turn:
                        kept.append(rate)
    return rates


def _gate(name: str, ours: list[float], peer: list[float], peer_name: str, goal: float) -> Result:
    left, right = statistics.median(ours), statistics.median(peer)
    ratio = left / right
    return Result(name, "requests/s", left, right, peer_name, ratio, f"≥ {goal:g}", ratio >= goal, len(ours))
