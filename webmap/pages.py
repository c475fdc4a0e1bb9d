"""The map page and the card of a record."""

from __future__ import annotations

from flask import Blueprint, current_app, make_response, render_template
from flask.typing import ResponseReturnValue

import layers
from geodata.errors import NotFound
from geodata.features import items
from geodata.features.biography import biography
from geodata.features.summary import summary
from geodata.store.version import map_version
from geodata.tiles import height
from webmap import card, csp, language, risk_map, terms, wording
from webmap.database import connection
from webmap.elements import NONCE
from webmap.language import say as _
from webmap.version_cache import remembered

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def map_page() -> ResponseReturnValue:
    """The map. Never kept by the browser: it holds the counts and the version of this moment."""
    with connection() as lent:
        version, relief = map_version(lent), height.newest(lent)
        known = remembered(current_app, version, ("summary", None), lambda: summary(lent))
    name = ("page", language.english(), risk_map.theme(), relief)
    page = remembered(current_app, version, name, lambda: risk_map.render(known, relief))
    answer = make_response(page.replace(NONCE, f'nonce="{csp.nonce()}"'))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/card/<name>/<int:site_id>")
def card_fragment(name: str, site_id: int) -> ResponseReturnValue:
    """The card of one record as an HTML fragment; 404 with a sentence where there is no such record."""
    layer = layers.ALL.get(name)
    if layer is None or site_id >= 1 << 63:
        return _("没有这个图层。"), 404
    try:
        with connection() as lent:
            feature = items.one(lent, layer, site_id)
            told = biography(lent, layer, site_id)
    except NotFound:
        return _("这个对象已不存在，可能已被删除或合并。"), 404
    made = card.build(layer, feature, told)
    updated = wording.moment(made.values.get("updated_at"))
    return render_template("card.html", card=made, updated=updated, is_chinese=terms.is_chinese)
