"""Collections: one a layer, with its extent, its links, its queryable properties and its schema."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, jsonify

import layers
from geodata.features import items
from geodata.store.version import map_version
from layers._vocabulary import Layer
from webmap.api import schemas
from webmap.api.asking import check_parameters, layer_named
from webmap.api.links import CRS84, GEOJSON, JSON, OGC, SCHEMA, address, link
from webmap.database import connection
from webmap.version_cache import remembered

blueprint = Blueprint("collections", __name__, url_prefix="/api/collections")


@blueprint.get("")
def collections() -> Response:
    """Every layer."""
    check_parameters()
    extents = _extents()
    return jsonify({
        "links": [link("self", "/collections")],
        "collections": [_collection(layer, extents.get(layer.name)) for layer in layers.ALL.values()],
    })  # fmt: skip


@blueprint.get("/<name>")
def collection(name: str) -> Response:
    """One layer."""
    layer = layer_named(name)
    check_parameters()
    return jsonify(_collection(layer, _extents().get(name)))


@blueprint.get("/<name>/queryables")
def queryables(name: str) -> Response:
    """The properties by which the layer's items can be filtered, as JSON Schema."""
    layer = layer_named(name)
    check_parameters(formats=(SCHEMA, *_JSON))
    return _schema(schemas.queryables(layer, address(f"/collections/{name}/queryables")))


@blueprint.get("/<name>/schema")
def schema(name: str) -> Response:
    """What the properties of the layer's items are, as JSON Schema."""
    layer = layer_named(name)
    check_parameters(formats=(SCHEMA, *_JSON))
    return _schema(schemas.feature(layer, address(f"/collections/{name}/schema")))


_JSON = (JSON, GEOJSON)


def _schema(document: dict[str, Any]) -> Response:
    answer = jsonify(document)
    answer.mimetype = SCHEMA
    return answer


def _extents() -> dict[str, tuple[float, float, float, float]]:
    """West, south, east, north of every layer that has records; counted once for a version of the map."""
    with connection() as lent:
        return remembered(
            current_app, map_version(lent), "extents", lambda: items.extents(lent, tuple(layers.ALL.values()))
        )


def _collection(layer: Layer, extent: tuple[float, float, float, float] | None) -> dict[str, Any]:
    path = f"/collections/{layer.name}"
    described: dict[str, Any] = {
        "id": layer.name,
        "title": layer.title,
        "description": f"{layer.title}（{layer.title_en}）",
        "itemType": "feature",
        "crs": [CRS84],
        "links": [
            link("self", path),
            link("items", f"{path}/items", GEOJSON, layer.title),
            link(OGC + "queryables", f"{path}/queryables", SCHEMA),
            link("describedby", f"{path}/schema", SCHEMA),
            link(OGC + "tilesets-vector", f"{path}/tiles", JSON),
        ],
    }
    if extent:
        described["extent"] = {"spatial": {"bbox": [list(extent)], "crs": CRS84}}
    return described
