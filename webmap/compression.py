"""Answers are sent compressed. Tiles are left as they are: they are small, and the fast path keeps their bytes."""

from __future__ import annotations

from flask import Flask, Response
from flask_compress import Compress

MEDIA_TYPES = [
    "text/html", "text/css", "text/javascript", "application/javascript", "application/json", "application/geo+json",
    "application/schema+json", "application/vnd.oai.openapi+json",
]  # fmt: skip
#: More saves little and costs much: the page with the counts of a thousand counties takes some milliseconds.
BROTLI_LEVEL = 4


def install(app: Flask) -> None:
    """Compress what browsers and programs ask for, where they accept it."""
    app.config["COMPRESS_MIMETYPES"] = MEDIA_TYPES
    app.config["COMPRESS_ALGORITHM"] = ["br", "gzip"]
    app.config["COMPRESS_BR_LEVEL"] = BROTLI_LEVEL
    Compress(app)
    # Registered later, so it runs before: the compressor would keep the file of a static answer open.
    app.after_request(_read_file)


def _read_file(response: Response) -> Response:
    """Read a script or style that is sent from its file, so that the file is closed with the answer."""
    if response.direct_passthrough and response.mimetype in MEDIA_TYPES:
        response.direct_passthrough = False
        response.make_sequence()
    return response
