"""Links of the answers: absolute, under the Host that was asked (which protection has checked)."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import request

JSON = "application/json"
GEOJSON = "application/geo+json"
SCHEMA = "application/schema+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
MVT = "application/vnd.mapbox-vector-tile"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
#: Relation types that OGC defines.
OGC = "http://www.opengis.net/def/rel/ogc/1.0/"


def address(path: str = "", **query: str) -> str:
    """Absolute address of a path below /api."""
    text = request.host_url.rstrip("/") + "/api" + path
    return f"{text}?{urlencode(query)}" if query else text


def link(rel: str, path: str, media_type: str = JSON, title: str = "") -> dict[str, str]:
    """One link object."""
    found = {"href": address(path), "rel": rel, "type": media_type}
    return found | {"title": title} if title else found
