"""The API for other programs: OGC API – Features and Tiles, and the questions that the map asks."""

from __future__ import annotations

from flask import Flask

from webmap.api import collections, definition, items, landing, problems, questions, tiles, tilesets
from webmap.database import pool_of
from webmap.tile_cache import FastPath, TileCache


def install(app: Flask) -> None:
    """Add the API to the application: its addresses, its problem answers, and the tile cache in front."""
    problems.install(app)
    for module in (landing, definition, collections, items, tiles, tilesets, questions):
        app.register_blueprint(module.blueprint)
    cache = TileCache()
    app.extensions[tiles.CACHE] = cache
    app.wsgi_app = FastPath(app.wsgi_app, cache, tiles.maker(pool_of(app)))  # type: ignore[method-assign]
