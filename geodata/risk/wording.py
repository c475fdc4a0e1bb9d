"""The words of a reason: thresholds as they are shown on the card, sources with their standing."""

from __future__ import annotations

from decimal import Decimal

from layers._risk import LEVEL_TITLES, Bands, Classes, Escalation, Factor, Present, Source

#: Between a value and its unit.
THIN_SPACE = "\u2009"

#: Beside a reading that must be fresh and has no time.
UNDATED = "没有测量时间，不当作现状"


def with_unit(text: str, unit: str) -> str:
    """`0.52` and `m` with a thin space between them."""
    return f"{text}{THIN_SPACE}{unit}" if unit else text


def plain(value: Decimal) -> str:
    """A number without an exponent and without idle zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def band_words(bands: Bands, unit: str = "") -> list[str]:
    """The threshold of each band: the edge that opened it where more is worse, that closed it where less is worse."""
    edges = [with_unit(plain(edge), unit) for edge in bands.edges]
    if not edges:
        return [""]
    first, last = bands.levels[0], bands.levels[-1]
    if first is not None and last is not None and first < last:
        return [*(f"＜ {edge}" for edge in edges), f"≥ {edges[-1]}"]
    return [f"＜ {edges[0]}", *(f"≥ {edge}" for edge in edges)]


def ratio_words(bands: Bands) -> list[str]:
    """What stands before the required value in each band: `＜ 0.5 × ` … `＜ `, and `≥ ` where it is in order."""
    factors = ["" if edge == 1 else f"{plain(edge)} × " for edge in bands.edges]
    return [*(f"＜ {factor}" for factor in factors), f"≥ {factors[-1]}"]


def class_words(classes: Classes, titles: dict[str, str]) -> list[str]:
    """What each class means: `C类 为橙`; a class that says nothing of the level says so."""
    return [
        f"{titles.get(code, code)} 为{LEVEL_TITLES[level][0]}" if level else f"{titles.get(code, code)} 不判色"
        for code, level in classes.levels
    ]


def present_words(test: Present) -> str:
    """The threshold of a count or flag."""
    return f"有即{LEVEL_TITLES[test.level_if_any][0]}"


def escalation_words(escalation: Escalation) -> str:
    """What an escalation does: 上调一级，最高橙."""
    steps = {1: "一级", 2: "两级", 3: "三级"}[escalation.by]
    return f"上调{steps}，最高{LEVEL_TITLES[escalation.at_most][0]}"


def source_words(source: Source) -> str:
    """The source as it is shown: a withdrawn text says so."""
    return f"{source.text}〔原文已废止，仅作沿用〕" if source.withdrawn else source.text


def unknown_condition(rule: Factor | Escalation, titles: dict[str, str]) -> str:
    """Why a rule with a condition cannot be applied: the field of the condition is not known."""
    return f"“{titles[rule.when.name]}”未知，不能判" if rule.when else ""
