"""The OpenAPI 3.0 document, built from the layers: each collection has its own filters in it."""

from __future__ import annotations

from typing import Any

from apispec import APISpec
from flask import Blueprint, Response, current_app, json

import layers
from geodata.features.question import queryables
from layers._vocabulary import Kind, Layer
from webmap.api import schemas
from webmap.api.asking import check_parameters
from webmap.api.items import LIMIT, MOST, RESERVED
from webmap.api.links import GEOJSON, JSON, MVT, OPENAPI, SCHEMA, address

blueprint = Blueprint("definition", __name__, url_prefix="/api")

_PROBLEM = "application/problem+json"


@blueprint.get("/openapi")
def openapi() -> Response:
    """The document that describes every address of the API."""
    check_parameters(formats=(OPENAPI, OPENAPI.partition(";")[0], JSON))
    return Response(json.dumps(document()), content_type=OPENAPI)


def document() -> dict[str, Any]:
    """The OpenAPI document as a mapping."""
    spec = APISpec(
        title="应急一张图 API", version=str(current_app.config.get("VERSION", "1")), openapi_version="3.0.3",
        info={"description": "OGC API – Features、OGC API – Tiles，以及地图所用的查询。"},
        servers=[{"url": address()}],
    )  # fmt: skip
    for path, summary, media_type, parameters in _fixed():
        spec.path(path=path, operations={"get": _operation(summary, media_type, parameters)})
    for layer in layers.ALL.values():
        _describe(spec, layer)
    return spec.to_dict()


def _fixed() -> list[tuple[str, str, str, list[dict[str, Any]]]]:
    """Addresses that are not of one collection: path, summary, media type, parameters."""
    number: dict[str, Any] = {"type": "number"}
    text: dict[str, Any] = {"type": "string"}
    return [
        ("/", "入口", JSON, []),
        ("/conformance", "符合的标准条目", JSON, []),
        ("/openapi", "本文件", OPENAPI, []),
        ("/collections", "全部图层", JSON, []),
        ("/tiles", "全图的瓦片集", JSON, []),
        ("/tiles/WebMercatorQuad", "全图的瓦片集 WebMercatorQuad", JSON, []),
        ("/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}", "全图的矢量瓦片", MVT, _tile_parameters()),
        ("/tileMatrixSets", "瓦片划分", JSON, []),
        ("/tileMatrixSets/WebMercatorQuad", "WebMercatorQuad", JSON, []),
        ("/at", "某处有什么", JSON, [
            _query("lon", number | {"minimum": -180, "maximum": 180}, "经度", required=True),
            _query("lat", number | {"minimum": -85, "maximum": 85}, "纬度", required=True),
            _query("tolerance_m", {"type": "number", "minimum": 0, "maximum": 50000, "default": 0}, "容差，米"),
        ]),
        ("/search", "按编码、名称、拼音首字母查找", JSON, [
            _query("q", text | {"minLength": 1, "maxLength": 100}, "要找的文字", required=True),
            _query("limit", {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}, "最多几条"),
        ]),
        ("/summary", "全县概况", JSON, [_query("township", text, "只数一个乡镇")]),
    ]  # fmt: skip


def _describe(spec: APISpec, layer: Layer) -> None:
    path = f"/collections/{layer.name}"
    about: list[tuple[str, str, str, list[dict[str, Any]]]] = [
        (path, layer.title, JSON, []),
        (f"{path}/queryables", f"{layer.title}：可查询的字段", SCHEMA, []),
        (f"{path}/schema", f"{layer.title}：字段", SCHEMA, []),
        (f"{path}/items", f"{layer.title}：记录", GEOJSON, _item_parameters(layer)),
        (f"{path}/items/{{featureId}}", f"{layer.title}：一条记录及其分级理由", GEOJSON, [
            {"name": "featureId", "in": "path", "required": True, "schema": {"type": "integer"}},
        ]),
        (f"{path}/tiles", f"{layer.title}：瓦片集", JSON, []),
        (f"{path}/tiles/WebMercatorQuad", f"{layer.title}：瓦片集 WebMercatorQuad", JSON, []),
        (f"{path}/tiles/WebMercatorQuad/{{tileMatrix}}/{{tileRow}}/{{tileCol}}", f"{layer.title}：矢量瓦片", MVT,
         _tile_parameters()),
    ]  # fmt: skip
    for where, summary, media_type, parameters in about:
        spec.path(path=where, operations={"get": _operation(summary, media_type, parameters, tag=layer.name)})


def _operation(summary: str, media_type: str, parameters: list[dict[str, Any]], tag: str = "") -> dict[str, Any]:
    schema = {"type": "string", "format": "binary"} if media_type == MVT else {"type": "object"}
    problem = {"description": "问题说明（RFC 9457）", "content": {_PROBLEM: {"schema": {"type": "object"}}}}
    operation: dict[str, Any] = {
        "summary": summary,
        "parameters": parameters,
        "responses": {
            "200": {"description": summary, "content": {media_type.partition(";")[0]: {"schema": schema}}},
            "400": problem, "404": problem, "406": problem, "500": problem, "503": problem,
        },
    }  # fmt: skip
    return operation | ({"tags": [tag]} if tag else {})


def _item_parameters(layer: Layer) -> list[dict[str, Any]]:
    side = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6}
    parameters = [
        _query("bbox", side, "西,南,东,北（度，CRS84）；西大于东表示跨越 180° 经线", style="form", explode=False),
        _query("datetime", {"type": "string", "minLength": 1},
               "时刻、日期或区间 a/b、a/..、../b；有日期值的记录按其有效期，其余按更新时间",
               style="form", explode=False),
        _query("limit", {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT}, "每页几条",
               style="form", explode=False),
        _query("offset", {"type": "integer", "minimum": 0, "default": 0}, "跳过几条"),
    ]  # fmt: skip
    described = schemas.queryables(layer, "")["properties"]
    for name, kind in queryables(layer).items():
        if name not in RESERVED:
            # `level=unknown` is a value too, so the level is described as text here.
            schema = {"type": "string"} if name == "level" else schemas.kind_schema(Kind(kind))
            parameters.append(_query(name, schema, str(described[name]["title"])))
    return parameters


def _query(
    name: str, schema: dict[str, Any], description: str, *, required: bool = False, **how: Any
) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": required, "description": description, "schema": schema} | how


def _tile_parameters() -> list[dict[str, Any]]:
    whole = {"type": "integer", "minimum": 0}
    places = [
        {"name": name, "in": "path", "required": True, "schema": whole} for name in ("tileMatrix", "tileRow", "tileCol")
    ]
    return [
        *places,
        _query("township", {"type": "string"}, "只要一个乡镇的记录"),
        _query("v", {"type": "string"}, "所知的版本号，用于缓存"),
    ]
