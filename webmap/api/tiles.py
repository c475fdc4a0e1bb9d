"""Vector tiles of the map and of one layer, with ETag and the process's cache."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

from flask import Blueprint, Response, current_app, request

import layers
from geodata.store.database import Connection, Pool
from geodata.store.version import map_version
from geodata.tiles import mvt
from webmap.api.asking import check_parameters, layer_named
from webmap.database import pool_of, reading
from webmap.tile_cache import MEDIA_TYPE, TileCache, headers

blueprint = Blueprint("tiles", __name__, url_prefix="/api")

CACHE = "riskmap.tile_cache"
_PLACE = "WebMercatorQuad/<int:z>/<int:row>/<int:col>"
_PATH = re.compile(
    r"/api/(?:collections/(?P<name>[a-z0-9_]+)/)?tiles/WebMercatorQuad/(?P<z>\d{1,2})/(?P<row>\d{1,7})/(?P<col>\d{1,7})\Z",
    re.ASCII,
)
#: What may be asked for; the Accept headers of tile clients are wide.
_FORMATS = (MEDIA_TYPE, "application/x-protobuf", "application/octet-stream")


@blueprint.get(f"/tiles/{_PLACE}")
def map_tile(z: int, row: int, col: int) -> Response:
    """All layers of the map in one tile; `township` leaves only one township's records."""
    township = _township()
    return _answer(lambda lent: mvt.map_tile(lent, z, col, row, township))


@blueprint.get(f"/collections/<name>/tiles/{_PLACE}")
def layer_tile(name: str, z: int, row: int, col: int) -> Response:
    """One layer in a tile."""
    layer, township = layer_named(name), _township()
    return _answer(lambda lent: mvt.layer_tile(lent, layer, z, col, row, township))


def maker(pool: Pool) -> Callable[[str], mvt.Tile | None]:
    """A function from a tile's path to the tile, for the fast path; None for a path that is not a tile's."""

    def make(path: str) -> mvt.Tile | None:
        found = _PATH.match(path)
        if found is None or (found["name"] and found["name"] not in layers.ALL):
            return None
        z, row, col = int(found["z"]), int(found["row"]), int(found["col"])
        with reading(pool) as lent:
            if found["name"]:
                return mvt.layer_tile(lent, layers.ALL[found["name"]], z, col, row)
            return mvt.map_tile(lent, z, col, row)

    return make


def _township() -> str | None:
    check_parameters("v", "township", formats=_FORMATS)
    return request.args.get("township")


def _answer(make: Callable[[Connection], mvt.Tile]) -> Response:
    """The tile from the cache or made now. `?v=` names the version that the page knows; it may be out of date."""
    cache = cast(TileCache, current_app.extensions[CACHE])
    key, asked = _key(), request.args.get("v")
    with reading(pool_of(current_app)) as lent:
        # A tile that was never made need not be looked for; a tile that is made tells its version itself.
        version = map_version(lent) if cache.has_seen(key) else 0
        kept = cache.get(version, key)
        if kept is not None:
            tile = kept[1]
        else:
            made = make(lent)
            tile, version = bytes(made), made.version
            cache.put(version, key, tile, request.host)
    answer = Response(tile, headers=headers(version, tile, immutable=asked == str(version)))
    return cast(Response, answer.make_conditional(request))


def _key() -> str:
    township = request.args.get("township")
    return request.path if township is None else f"{request.path}?township={township}"
