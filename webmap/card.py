"""What the card of a record shows, put together from its declaration, its values and its grade."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from geodata.features.biography import Biography
from layers._vocabulary import Field, Kind, Layer, Part
from webmap import legend, wording
from webmap.dam_class import dam_class
from webmap.language import say as _
from webmap.language import titled
from webmap.reasons import Reason, reasons

Values = Mapping[str, Any]
#: Facts that stand on the card at first: three rows of three.
FIRST = 9


@dataclass(frozen=True)
class Fact:
    """A label over a value, with a note under it; `wide` takes a row of its own."""

    label: str
    value: str
    note: str
    known: bool
    wide: bool = False


@dataclass(frozen=True)
class PartTable:
    """A Part of the record: its columns and rows, each row with the tables of its own Parts."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], tuple[PartTable, ...]], ...]
    note: str

    @property
    def wide(self) -> bool:
        """Too wide for a table on a card: shown as a list of named values."""
        return len(self.columns) > 4 or any(below for _cells, below in self.rows)


@dataclass(frozen=True)
class Card:
    """Everything that templates/card.html needs."""

    layer: legend.Entry
    values: Values
    level: legend.Level
    verdict: str
    facts: tuple[Fact, ...]
    more: tuple[Fact, ...]
    telling: tuple[Reason, ...]
    silent: tuple[Reason, ...]
    unknown: tuple[Reason, ...]
    known: int
    total: int
    edition: str
    graded_at: str
    parts: tuple[PartTable, ...]
    biography: Biography
    changes: tuple[tuple[str, legend.Level, legend.Level, str], ...]


def build(layer: Layer, feature: str, biography: Biography) -> Card:
    """The card of a GeoJSON feature (text) of `layer`."""
    values = json.loads(feature, parse_float=Decimal)["properties"]
    grade = values.get("grade") or {}
    public = [one for one in layer.fields if not one.personal and one.kind is not Kind.BOUNDARY]
    placed = sorted((one for one in public if one.card), key=lambda one: one.card)
    rest = [one for one in public if not one.card and values.get(one.name) is not None]
    shown = [*computed(layer, values), *facts(placed, values)]
    said = tuple(reasons(layer, grade.get("factors") or []))
    return Card(
        layer=legend.entry(layer), values=values, level=legend.level(values.get("level")),
        verdict=verdict(layer, values, grade, biography), facts=tuple(shown[:FIRST]),
        more=(*shown[FIRST:], *facts(rest, values)), telling=tuple(one for one in said if one.level.number),
        silent=tuple(one for one in said if one.silent),
        unknown=tuple(one for one in said if not one.silent and not one.level.number),
        known=grade.get("known", 0), total=grade.get("total", 0), edition=grade.get("edition", ""),
        graded_at=wording.moment(grade.get("graded_at")),
        parts=tuple(part_table(part, values.get(part.name) or []) for part in layer.parts), biography=biography,
        changes=tuple((wording.moment(one["at"]), legend.level(one["before"]), legend.level(one["after"]), one["actor"])
                      for one in biography.changes),
    )  # fmt: skip


def verdict(layer: Layer, values: Values, grade: Values, biography: Biography) -> str:
    """Since when the level holds and what it was before: 由橙升红 · 2026-07-13 09:10."""
    if layer.risk is None or not grade:
        return ""
    now, before = values.get("level"), biography.previous_level
    since = wording.short_moment(grade.get("level_since"))
    if before is None or before == now or not biography.changes:
        return _("自 %(since)s", since=since)
    words = {"before": legend.level(before).chip, "after": legend.level(now).chip, "since": since}
    if now is not None and now < before:
        return _("由%(before)s升%(after)s · %(since)s", **words)
    return _("由%(before)s变为%(after)s · %(since)s", **words)


def computed(layer: Layer, values: Values) -> list[Fact]:
    """Facts that follow from the record and are no risk level: the 等别 of a tailings dam, which no ledger decides;
    whether a shelter can be used, a reservoir's level against its flood limit.
    """
    if layer.name != "tailings_dams":
        told = values.get("standing") or ()
        return [Fact(titled(one["title"], one["title_en"]), one["value"], one["note"], one["known"]) for one in told]
    found = dam_class(values)
    return [Fact(_("等别"), found.title, found.note, found.known)]


def facts(fields: Iterable[Field], values: Values) -> Iterable[Fact]:
    """Fields as facts; a dated one says since when."""
    for field in fields:
        given = values.get(field.name)
        since = values.get(f"{field.name}_since") if field.dated else None
        note = _("%(since)s 起", since=since) if since and given is not None else ""
        yield Fact(titled(field.title, field.title_en), wording.value(field, given), note, given is not None)


def part_table(part: Part, rows: Iterable[Values]) -> PartTable:
    """A Part's rows as a table; personal fields are left out while everybody may look, and the table says so."""
    fields = [one for one in part.fields if not one.personal]
    hidden = [titled(one.title, one.title_en) for one in part.fields if one.personal]
    return PartTable(
        title=titled(part.title, part.title_en), columns=tuple(titled(one.title, one.title_en) for one in fields),
        rows=tuple((tuple(wording.value(one, row.get(one.name)) for one in fields),
                    tuple(part_table(inner, row.get(inner.name) or []) for inner in part.parts)) for row in rows),
        note=_("%(fields)s登录后可见", fields="、".join(hidden)) if hidden else "",
    )  # fmt: skip
