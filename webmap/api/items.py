"""Items: pages of a layer's records as GeoJSON, and one record with every reason of its grade."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlencode

from flask import Blueprint, Response, json, request

from geodata.errors import NotFound
from geodata.features import items
from geodata.features.question import Question, queryables
from webmap.api.asking import box, check_parameters, interval, layer_named, whole
from webmap.api.links import GEOJSON, address, link
from webmap.database import connection

blueprint = Blueprint("items", __name__, url_prefix="/api/collections/<name>/items")

LIMIT, MOST = 100, 10_000
#: Names that mean something to every collection; a field of such a name cannot be filtered by.
RESERVED = ("bbox", "datetime", "limit", "offset")


@blueprint.get("")
def page(name: str) -> Response:
    """One page: bbox, datetime, limit, offset, and a filter for each queryable property."""
    layer = layer_named(name)
    fields = [field for field in queryables(layer) if field not in RESERVED]
    check_parameters(*RESERVED, others=fields)
    limit, offset = whole("limit", LIMIT, 1, MOST), whole("offset", 0, 0, 10**12)
    filters = {field: request.args[field] for field in fields if field in request.args}
    question = Question(box(), interval(), filters)
    with connection() as lent:
        found = items.page(lent, layer, question, limit, offset)
    path = f"/collections/{name}/items"
    links = [
        {"href": _here(path, offset), "rel": "self", "type": GEOJSON},
        link("collection", f"/collections/{name}"),
    ]  # fmt: skip
    if offset + len(found.features) < found.matched and found.features:
        links.append({"href": _here(path, offset + limit), "rel": "next", "type": GEOJSON})
    if offset > 0:
        links.append({"href": _here(path, max(offset - limit, 0)), "rel": "prev", "type": GEOJSON})
    head = json.dumps({
        "type": "FeatureCollection", "numberMatched": found.matched, "numberReturned": len(found.features),
        "timeStamp": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"), "links": links,
    })  # fmt: skip
    # The features are text already: they are put in as they are.
    return Response(f'{head[:-1]}, "features": [{",".join(found.features)}]}}', mimetype=GEOJSON)


@blueprint.get("/<site_id>")
def one(name: str, site_id: str) -> Response:
    """One feature, with links to itself and its collection."""
    layer = layer_named(name)
    check_parameters()
    if not site_id.isascii() or not site_id.isdigit() or len(site_id) > 18:
        raise NotFound(f"图层 {layer.title} 没有记录 {site_id}", mend="记录号是整数")
    with connection() as lent:
        feature = items.one(lent, layer, int(site_id))
    path = f"/collections/{name}"
    links = json.dumps([link("self", f"{path}/items/{site_id}", GEOJSON), link("collection", path)])
    return Response(f'{feature[:-1]}, "links": {links}}}', mimetype=GEOJSON)


def _here(path: str, offset: int) -> str:
    query = {name: value for name, value in request.args.items() if name != "offset"}
    if offset:
        query["offset"] = str(offset)
    return address(path) + (f"?{urlencode(query)}" if query else "")
