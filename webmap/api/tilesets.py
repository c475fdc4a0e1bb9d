"""Tile sets and their metadata (OGC API – Tiles), and the one tile matrix set: WebMercatorQuad."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify

import layers
from geodata.errors import NotFound
from geodata.tiles.mvt import DEEPEST_ZOOM
from layers._vocabulary import Geometry, Layer
from webmap.api.asking import check_parameters, layer_named
from webmap.api.links import JSON, MVT, OGC, address, link

blueprint = Blueprint("tilesets", __name__, url_prefix="/api")

QUAD = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"
MERCATOR = "http://www.opengis.net/def/crs/EPSG/0/3857"
HALF_WORLD = 20037508.342789244
#: Scale denominator of zoom 0: 256 pixels of 0.28 mm over the world (OGC 17-083r4, Annex D.1).
WHOLE_WORLD = 559082264.0287178
_DIMENSION = {Geometry.POINT: 0, Geometry.LINE: 1, Geometry.POLYGON: 2}


@blueprint.get("/tiles")
def map_tilesets() -> Response:
    """The tile sets of the whole map: one."""
    check_parameters()
    return jsonify({"links": [link("self", "/tiles")], "tilesets": [_listed("/tiles", "应急一张图")]})


@blueprint.get("/tiles/WebMercatorQuad")
def map_tileset() -> Response:
    """The tile set of the whole map."""
    check_parameters()
    return jsonify(_tileset("/tiles", "应急一张图", tuple(layers.ALL.values())))


@blueprint.get("/collections/<name>/tiles")
def layer_tilesets(name: str) -> Response:
    """The tile sets of one layer: one."""
    layer = layer_named(name)
    check_parameters()
    path = f"/collections/{name}/tiles"
    return jsonify({"links": [link("self", path)], "tilesets": [_listed(path, layer.title)]})


@blueprint.get("/collections/<name>/tiles/WebMercatorQuad")
def layer_tileset(name: str) -> Response:
    """The tile set of one layer."""
    layer = layer_named(name)
    check_parameters()
    return jsonify(_tileset(f"/collections/{name}/tiles", layer.title, (layer,)))


@blueprint.get("/tileMatrixSets")
def matrix_sets() -> Response:
    """The tile matrix sets that we cut tiles by."""
    check_parameters()
    return jsonify({
        "tileMatrixSets": [{
            "id": "WebMercatorQuad", "title": "WebMercatorQuad", "uri": QUAD,
            "links": [link("self", "/tileMatrixSets/WebMercatorQuad")],
        }],
    })  # fmt: skip


@blueprint.get("/tileMatrixSets/<name>")
def matrix_set(name: str) -> Response:
    """The definition of WebMercatorQuad (OGC 17-083r4)."""
    if name != "WebMercatorQuad":
        raise NotFound(f"没有瓦片划分 {name}", mend="只有 WebMercatorQuad")
    check_parameters()
    return jsonify({
        "id": name, "uri": QUAD, "crs": MERCATOR, "orderedAxes": ["X", "Y"],
        "wellKnownScaleSet": "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
        "tileMatrices": [_matrix(z) for z in range(DEEPEST_ZOOM + 1)],
    })  # fmt: skip


def _matrix(z: int) -> dict[str, Any]:
    return {
        "id": str(z), "scaleDenominator": WHOLE_WORLD / 2**z, "cellSize": 2 * HALF_WORLD / 256 / 2**z,
        "cornerOfOrigin": "topLeft", "pointOfOrigin": [-HALF_WORLD, HALF_WORLD], "tileWidth": 256, "tileHeight": 256,
        "matrixWidth": 2**z, "matrixHeight": 2**z,
    }  # fmt: skip


def _listed(path: str, title: str) -> dict[str, Any]:
    return {
        "title": title, "dataType": "vector", "crs": MERCATOR, "tileMatrixSetURI": QUAD,
        "links": [
            link("self", f"{path}/WebMercatorQuad", JSON),
            link(OGC + "tiling-scheme", "/tileMatrixSets/WebMercatorQuad"),
        ],
    }  # fmt: skip


def _tileset(path: str, title: str, shown: tuple[Layer, ...]) -> dict[str, Any]:
    template = address(f"{path}/WebMercatorQuad/") + "{tileMatrix}/{tileRow}/{tileCol}"
    described = _listed(path, title)
    described["links"].append({"href": template, "rel": "item", "type": MVT, "templated": True})
    described["layers"] = [
        {"id": layer.name, "title": layer.title, "dataType": "vector", "geometryDimension": _DIMENSION[layer.geometry]}
        for layer in shown
    ]
    return described
