"""Answers are sent compressed. Tiles are left as they are: they are small, and the fast path keeps their bytes."""

from __future__ import annotations

from flask import Flask
from flask_compress import Compress

MEDIA_TYPES = [
    "text/html", "text/css", "text/javascript", "application/javascript", "application/json", "application/geo+json",
]  # fmt: skip
#: More saves little and costs much: the page with the counts of a thousand counties takes some milliseconds.
BROTLI_LEVEL = 4


def install(app: Flask) -> None:
    """Compress what browsers and programs ask for, where they accept it."""
    app.config["COMPRESS_MIMETYPES"] = MEDIA_TYPES
    app.config["COMPRESS_ALGORITHM"] = ["br", "gzip"]
    app.config["COMPRESS_BR_LEVEL"] = BROTLI_LEVEL
    Compress(app)
