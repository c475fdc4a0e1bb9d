"""Landing page and conformance: where everything is, and which classes of the standards are met."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from webmap.api.asking import check_parameters
from webmap.api.links import JSON, OGC, OPENAPI, link

blueprint = Blueprint("landing", __name__, url_prefix="/api")

#: OGC 17-069r4 (Features Part 1), OGC 20-057 (Tiles Part 1), OGC 19-072 (Common Part 1): what the tests show.
CONFORMANCE = (
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tilesets-list",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/dataset-tilesets",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/geodata-tilesets",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt",
)


@blueprint.get("")
@blueprint.get("/")
def landing() -> Response:
    """The landing page: a title and links."""
    check_parameters()
    return jsonify({
        "title": "应急一张图",
        "description": "县（市、区）安全风险一张图：企业、设施、风险等级及其理由。",
        "links": [
            link("self", ""),
            link("service-desc", "/openapi", OPENAPI, "OpenAPI 3.0"),
            link("conformance", "/conformance"),
            link("data", "/collections", JSON, "图层"),
            link(OGC + "tilesets-vector", "/tiles", JSON, "矢量瓦片（全图）"),
            link(OGC + "tiling-schemes", "/tileMatrixSets", JSON, "瓦片划分"),
        ],
    })  # fmt: skip


@blueprint.get("/conformance")
def conformance() -> Response:
    """The conformance classes that are met."""
    check_parameters()
    return jsonify({"conformsTo": list(CONFORMANCE)})
