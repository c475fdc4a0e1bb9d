"""The reasons of a grade as the card shows them: value beside threshold, and the short name of the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from layers._risk import Escalation, Factor
from layers._vocabulary import Layer
from webmap import legend, terms, wording
from webmap.language import say as _
from webmap.language import titled

WITHDRAWN = "〔原文已废止，仅作沿用〕"
_REMARK = re.compile(r"（(?P<remark>[^（）]*)）\Z")
#: A number of a standard or document, and what clause of it: `AQ 2006-2005 第8章`, `应急〔2020〕15号（头顶库）`.
_CITED = re.compile(
    r"(?:[A-Z]{2,4}(?:/[TZ])? ?[\d.]+-\d{4}|[^\s（]*?〔\d{4}〕\d+号(?:（[^）]*）)?)"
    r"(?:[ ，、](?:第?[\d.]+[章条节]?|表\d[\d.–、表]*))*"
)
_STANDARD = re.compile(r"[A-Z]{2,4}(?:/[TZ])? ?\d[\d.]*(?:-\d{4})?")
#: A source of more letters than this does not fit on one line of the card.
LONG = 30


@dataclass(frozen=True)
class Line:
    """One value beside its threshold; `label` where a factor has several, `remark` says whose threshold it is."""

    label: str
    value: str
    threshold: str
    remark: str = ""


@dataclass(frozen=True)
class Cited:
    """A source: its standard and clause, and the sentence that explains it, which may be empty."""

    short: str
    sentence: str
    withdrawn: bool


@dataclass(frozen=True)
class Reason:
    """One factor of the grade: level, name, its lines, notes, source."""

    level: legend.Level
    name: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    source: Cited
    editable: bool
    state: str

    @property
    def silent(self) -> bool:
        """Known, but it says nothing of the level: not the hatch, which means unknown and nothing else."""
        return self.state != "unknown" and not self.level.number


def reasons(layer: Layer, factors: Iterable[Mapping[str, Any]]) -> Iterable[Reason]:
    """The factors of a grade in the order of the grade: the worst first, unknown last."""
    declared: dict[str, Factor | Escalation] = {one.name: one for one in layer.risk.rules()} if layer.risk else {}
    for given in factors:
        rule = declared.get(given["factor"])
        name = titled(rule.title, rule.title_en) if rule else str(given["factor"])
        state = str(given.get("state", "known"))
        notes = [terms.shown(layer, rule, str(given["note"]))] if given.get("note") else []
        if state == "stale" and given.get("as_of"):
            notes.append(_("数据已过期，停在 %(at)s", at=wording.moment(given.get("as_of"))))
        elif state == "withdrawn":
            notes.append(_("数据已撤回，沿用 %(at)s 的等级", at=wording.moment(given.get("as_of"))))
        value = given.get("value")
        unknown = value is None or state == "unknown"
        yield Reason(
            legend.level(given.get("level")), name,
            tuple(lines(layer, rule, "" if unknown else str(value), str(given.get("threshold") or ""))),
            tuple(notes), cited(str(given.get("source") or "")), bool(given.get("editable")), state,
        )  # fmt: skip


def lines(layer: Layer, rule: Factor | Escalation | None, value: str, threshold: str) -> Iterable[Line]:
    """`超高 0.52 m；干滩 58 m` against `超高 ≥ 0.70 m；干滩 ≥ 70 m` as a line each; else one line."""
    values, thresholds = value.split("；"), threshold.split("；")
    pairs = list(zip(values, thresholds, strict=False))
    labelled = [_labelled(one, other) for one, other in pairs]
    if len(values) < 2 or len(values) != len(thresholds) or None in labelled:
        labelled = [("", value, threshold)]
    for found in labelled:
        if found is None:
            continue
        label, one, other = found
        remark = _REMARK.search(other)
        bare = other[: remark.start()] if remark else other
        yield Line(
            terms.shown(layer, rule, label), terms.shown(layer, rule, one) if one else _("未知"),
            terms.shown(layer, rule, bare), terms.shown(layer, rule, remark["remark"]) if remark else "",
        )  # fmt: skip


def _labelled(value: str, threshold: str) -> tuple[str, str, str] | None:
    """(label, value, threshold) where both begin with the same word, else None."""
    label, _space, one = value.partition(" ")
    same, _space, other = threshold.partition(" ")
    return (label, one, other) if one and other and label == same else None


def cited(text: str) -> Cited:
    """A source's text parted into what is cited and what explains it; nothing is lost."""
    withdrawn = text.endswith(WITHDRAWN)
    bare = text.removesuffix(WITHDRAWN)
    found = _CITED.match(bare)
    if found and found.end() > 0:
        return Cited(found[0], bare[found.end() :].lstrip(" ；，：、"), withdrawn)
    short, mark, sentence = bare.partition("：")
    if mark and len(short) >= 6:
        return Cited(short, sentence, withdrawn)
    inside = _STANDARD.search(bare) if len(bare) > LONG else None
    return Cited(inside[0], bare, withdrawn) if inside else Cited(bare, "", withdrawn)
