"""Table pages: every number of the map opens the rows that it counts, and every map fact is also in a table."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

import layers
from geodata.features import items
from geodata.features.counts import counts
from geodata.features.question import Question
from geodata.features.townships import township_names
from geodata.store import settings
from layers._vocabulary import Kind, Layer
from webmap import language, legend, risk_map, wording
from webmap.card import facts
from webmap.database import connection
from webmap.language import say as _

blueprint = Blueprint("rows", __name__)
A_PAGE = 100
#: No table has so many pages; a larger number would not be one that the database can count to.
FURTHEST = 10**9
LEVELS = ("1", "2", "3", "4", "unknown")


@dataclass(frozen=True)
class Row:
    """A record as a line of a table; `place` is (lon, lat) of a point, for the link to the map."""

    id: int
    level: legend.Level
    code: str
    name: str
    township: str
    cells: tuple[tuple[str, bool], ...]
    place: tuple[float, float] | None
    confirmed: bool


@dataclass(frozen=True)
class Table:
    """Some rows of a layer, and how many there are in all."""

    layer: legend.Entry
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    matched: int


@blueprint.get("/rows")
def overview() -> ResponseReturnValue:
    """Counts of every layer by level; with ?level= also the first rows of each graded layer."""
    level, township, _candidates = _asked()
    with connection() as lent:
        names = township_names(lent)
        found = counts(lent, township)
        shown = [layer for layer in layers.ALL.values() if layer.risk and level]
        tables = [_table(lent, layer, _filters(layer, level, township), names, 0) for layer in shown]
        heading = _heading(lent)
    lines = [(legend.entry(layers.ALL[one["name"]]), one) for one in found]
    return render_template("rows.html", lines=lines, tables=[one for one in tables if one.matched], layer=None,
                           **heading, **_choices(level, township, names))  # fmt: skip


@blueprint.get("/rows/<name>")
def of_layer(name: str) -> ResponseReturnValue:
    """The records of one layer, a hundred a page, by ?level=, ?township=, or ?candidates=1 (those to be confirmed)."""
    layer = layers.ALL.get(name)
    if layer is None:
        abort(404)
    level, township, candidates = _asked()
    page = min(max(1, request.args.get("page", 1, type=int)), FURTHEST)
    with connection() as lent:
        names = township_names(lent)
        table = _table(lent, layer, _filters(layer, level, township, candidates), names, (page - 1) * A_PAGE)
        heading = _heading(lent)
    pages = -(-table.matched // A_PAGE)
    return render_template("rows.html", lines=[], tables=[table], layer=table.layer, number=page, pages=pages,
                           candidates=candidates, **heading, **_choices(level, township, names))  # fmt: skip


def _asked() -> tuple[str, str | None, bool]:
    level = request.args.get("level", "")
    if level and level not in LEVELS:
        abort(400, _("等级只有 1、2、3、4 和 unknown"))
    return level, request.args.get("township") or None, request.args.get("candidates") == "1"


def _filters(layer: Layer, level: str, township: str | None, candidates: bool = False) -> dict[str, str]:
    """What the rows are filtered by. A level counts confirmed records only, so its rows are confirmed ones."""
    filters = {"level": level, "confirmed": "true"} if level and layer.risk else {}
    if candidates:
        filters["confirmed"] = "false"
    if township:
        filters["code" if layer.name == "townships" else "township_code"] = township
    return filters


def _table(lent: Any, layer: Layer, filters: dict[str, str], names: dict[str, str], offset: int) -> Table:
    found = items.page(lent, layer, Question(filters=filters), A_PAGE, offset)
    fields = [one for one in layer.fields if one.card and not one.personal and one.kind is not Kind.BOUNDARY]
    fields.sort(key=lambda one: one.card)
    columns = tuple(language.titled(one.title, one.title_en) for one in fields)
    rows = []
    for text in found.features:
        feature = json.loads(text, parse_float=Decimal)
        values, geometry = feature["properties"], feature["geometry"] or {}
        place = tuple(geometry["coordinates"]) if geometry.get("type") == "Point" else None
        rows.append(Row(
            feature["id"], legend.level(values["level"]), values["code"], values["name"],
            names.get(values["township_code"] or "", _("未知")),
            tuple((one.value, one.known) for one in facts(fields, values)),
            (place[0], place[1]) if place else None, values["confirmed"],
        ))  # fmt: skip
    return Table(legend.entry(layer), columns, tuple(rows), found.matched)


def _heading(lent: Any) -> dict[str, Any]:
    return {"county": settings.get(lent, "county") or _("本县"), "sample": settings.get(lent, "data") == "sample"}


def _choices(level: str, township: str | None, names: dict[str, str]) -> dict[str, Any]:
    return {
        "levels": legend.levels(), "level": level, "township": township or "", "townships": names,
        "english": language.english(), "theme": risk_map.theme(), "moment": wording.moment,
        "sheets": risk_map.stylesheets("tokens", "layout", "card", "rows"),
    }  # fmt: skip
