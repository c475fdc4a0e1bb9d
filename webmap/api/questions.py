"""What the map asks: what lies here, where is it, and how does the county stand."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify, request

from geodata.errors import BadRequest
from geodata.features import at as places
from geodata.features import search as searching
from geodata.features import summary as counting
from geodata.store.version import map_version
from webmap.api.asking import check_parameters, number, whole
from webmap.database import connection
from webmap.version_cache import remembered

blueprint = Blueprint("questions", __name__, url_prefix="/api")


@blueprint.get("/at")
def at() -> Response:
    """Every layer's features within `tolerance_m` of a place, the worst first, with every reason."""
    check_parameters("lon", "lat", "tolerance_m")
    with connection() as lent:
        found = places.at(lent, number("lon"), number("lat"), number("tolerance_m", 0.0))
    return jsonify({"features": found})


@blueprint.get("/search")
def search() -> Response:
    """Records by code, name or pinyin initials."""
    check_parameters("q", "limit")
    text = request.args.get("q", "").strip()
    if not text or len(text) > 100:
        raise BadRequest("没有写要找什么" if not text else "太长了", "q", "请写编码、名称或拼音首字母，不超过 100 字")
    with connection() as lent:
        found = searching.search(lent, text, whole("limit", 20, 1, 100))
    return jsonify({"results": found})


@blueprint.get("/summary")
def summary() -> Response:
    """Counts by layer and level, the townships' overlay, data times and the map's version; counted once a version."""
    check_parameters("township", "v")
    township = request.args.get("township")
    with connection() as lent:
        version = map_version(lent)
        found = remembered(
            current_app, version, ("summary", township), lambda: counting.summary(lent, township)
        )
    answer = jsonify(found)
    answer.set_etag(str(version))
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer.make_conditional(request)  # type: ignore[return-value]
