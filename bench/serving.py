"""Our application as `serve` runs it, over a given database: `python -m bench.serving URL PORT cached|uncached`."""

from __future__ import annotations

import sys
from functools import partial

from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from bench.servers import WORKERS
from config import Settings
from geodata.store.database import Pool
from webmap import create_app
from webmap.api import tiles


def application(url: str, cached: bool) -> Flask:
    """One worker's application; uncached, every tile is made by the database."""
    app = create_app(Settings(), Pool(url, 2 * WORKERS))
    if not cached:
        app.extensions[tiles.CACHE].resize(0)
    return app


if __name__ == "__main__":
    url, port, cached = sys.argv[1:]
    server = Server(
        "bench.serving:application", address="127.0.0.1", port=int(port), interface=Interfaces.WSGI, workers=WORKERS,
        blocking_threads=2 * WORKERS, log_level=LogLevels.warning, workers_kill_timeout=5,
    )  # fmt: skip
    server.serve(target_loader=partial(application, url, cached == "cached"), wrap_loader=False)
