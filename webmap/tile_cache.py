"""Tiles that were made before, kept in the process: an answer from here costs neither the database nor routing.

The version of the map is part of the key, so nothing is ever out of date. The fast path stands in front of Flask and
answers only what Flask itself has answered before under the same Host, so that Flask's checks hold for it too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any, TypeAlias

from cachetools import LRUCache

from geodata.errors import Refused
from geodata.tiles.mvt import Tile

MEDIA_TYPE = "application/vnd.mapbox-vector-tile"
#: Bytes of tiles that one process keeps.
ROOM = 128 * 1024 * 1024
#: Keys of tiles, of whatever version, that one process remembers.
SEEN = 50_000

_VERSIONED = re.compile(r"v=(\d{1,18})\Z")
_TILE_PATH = re.compile(r"/api/(?:collections/[a-z0-9_]+/)?tiles/")

Headers: TypeAlias = list[tuple[str, str]]
StartResponse: TypeAlias = Callable[..., Any]
Application: TypeAlias = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]


class TileCache:
    """Least recently used tiles leave first. The key is (version of the map, path and filter)."""

    def __init__(self, room: int = ROOM) -> None:
        self._tiles: LRUCache[tuple[int, str], tuple[Headers, bytes]] = LRUCache(room, getsizeof=_size)
        self._seen: LRUCache[str, bool] = LRUCache(SEEN)
        self._lock = Lock()
        #: Host headers under which Flask has answered a tile.
        self.hosts: set[str] = set()

    def get(self, version: int, key: str) -> tuple[Headers, bytes] | None:
        """Headers and bytes of a tile, or None."""
        with self._lock:
            return self._tiles.get((version, key))

    def has_seen(self, key: str) -> bool:
        """Whether a tile of this key was kept, of whatever version; it may have left since."""
        with self._lock:
            return key in self._seen

    def put(self, version: int, key: str, tile: bytes, host: str) -> None:
        """Keep a tile that Flask answers now, asked for under `host`."""
        kept = (headers(version, tile, immutable=True), tile)
        with self._lock:
            if _size(kept) <= self._tiles.maxsize:
                self._tiles[version, key] = kept
                self._seen[key] = True
            if len(self.hosts) < 16:
                self.hosts.add(host)

    def resize(self, room: int) -> None:
        """Keep up to `room` bytes from now on, and nothing of what was kept."""
        with self._lock:
            self._tiles = LRUCache(room, getsizeof=_size)
            self._seen.clear()


def headers(version: int, tile: bytes, *, immutable: bool) -> Headers:
    """Headers of a tile; what was asked for by `?v=` never changes."""
    keep = "private, max-age=31536000, immutable" if immutable else "private, no-cache"
    return [
        ("Content-Type", MEDIA_TYPE), ("Content-Length", str(len(tile))), ("ETag", f'"{version}"'),
        ("Cache-Control", keep), ("X-Content-Type-Options", "nosniff"),
    ]  # fmt: skip


class FastPath:
    """WSGI: answers `…/tiles/…?v=N` from the cache or makes the tile, and hands everything else to the application."""

    def __init__(self, application: Application, cache: TileCache, make: Callable[[str], Tile | None]) -> None:
        self._application = application
        self._cache = cache
        self._make = make

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """One request. Anything unusual about it (another method, Origin, a condition) is Flask's to judge."""
        asked = _VERSIONED.match(environ.get("QUERY_STRING", ""))
        if (
            asked
            and environ["REQUEST_METHOD"] == "GET"
            and _TILE_PATH.match(environ["PATH_INFO"])
            and environ.get("HTTP_HOST") in self._cache.hosts
            and "HTTP_ORIGIN" not in environ
            and "HTTP_IF_NONE_MATCH" not in environ
        ):
            answer = self._answer(environ["PATH_INFO"], int(asked[1]), environ["HTTP_HOST"])
            if answer is not None:
                start_response("200 OK", answer[0])
                return [answer[1]]
        return self._application(environ, start_response)

    def _answer(self, path: str, version: int, host: str) -> tuple[Headers, bytes] | None:
        """The tile that is kept, or made if it never was; None where Flask has to look closer or to refuse."""
        kept = self._cache.get(version, path)
        if kept is not None or self._cache.has_seen(path):
            # Seen but not kept: the page's version is old, or the map's is new; Flask asks which.
            return kept
        try:
            tile = self._make(path)
        except Refused:
            return None
        if tile is None:
            return None
        self._cache.put(tile.version, path, bytes(tile), host)
        return headers(tile.version, tile, immutable=tile.version == version), bytes(tile)


def _size(kept: tuple[Headers, bytes]) -> int:
    return len(kept[1]) + 1_000
