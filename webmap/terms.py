"""English for what a grade keeps as Chinese text: class names by the declaration, units, levels and a few fixed words.

What has no English stays Chinese as a whole, so that no sentence mixes the two; the page then marks it as Chinese.
"""

from __future__ import annotations

import re

from layers._risk import LEVEL_TITLES, Classes, Column, Escalation, Factor
from layers._vocabulary import Kind, Layer
from webmap.language import english

THIN_SPACE = "\u2009"
UNITS = {
    "项": "", "人": "people", "分": "points", "年": "years", "户": "households", "辆": "vehicles", "元": "CNY",
    "年一遇": "year flood", "万 m³": "× 10⁴ m³", "万 t/a": "× 10⁴ t/a",
}  # fmt: skip
WORDS = {
    "超高": "Freeboard", "干滩": "Beach", "本库设计": "own design", "未知": "unknown", "是": "yes", "否": "no",
    "现状": "now", "历史": "on record", "均满足": "both met", "一项不满足": "one not met", "均不满足": "neither met",
    "正常": "normal", "各测点正常": "all points normal", "不构成": "below the threshold", "一级": "class 1",
    "等别 一等": "dam class 1", "等别 二等": "dam class 2", "等别 三等": "dam class 3", "等别 四等": "dam class 4",
    "等别 五等": "dam class 5", "等别未知（库容或坝高未知）": "dam class unknown (capacity or height unknown)",
    "二级": "class 2", "三级": "class 3", "四级": "class 4", "红色预警": "red warning", "橙色预警": "orange warning",
    "黄色预警": "yellow warning", "蓝色预警": "blue warning",
}  # fmt: skip
CHINESE = re.compile(r"[\u3007\u3400-\u9fff]")
_LEVELS = {colour: number for number, (colour, _title, _en) in LEVEL_TITLES.items()}
_STEPS = {"一级": "one level", "两级": "two levels", "三级": "three levels"}
_AMOUNT = re.compile(rf"(?P<sign>[≥＜]?\s*)(?P<number>−?-?[\d.]+){THIN_SPACE}(?P<unit>\S+.*)\Z")
_GIVES = re.compile(r"(?P<name>.+) (?:为(?P<colour>[红橙黄蓝])|不判色)\Z")
_ANY = re.compile(r"有即(?P<colour>[红橙黄蓝])\Z")
_SILENT = re.compile(r"(?P<n>\d+) 个测点无预警状态\Z")
_RAISES = re.compile(r"上调(?P<steps>..)，最高(?P<colour>[红橙黄蓝])\Z")


def unit(name: str) -> str:
    """A unit in the language of the screen."""
    return UNITS.get(name, name) if english() else name


def shown(layer: Layer, rule: Factor | Escalation | None, text: str) -> str:
    """A value, threshold or note of a grade in the language of the screen; Chinese where it has no English."""
    if not english() or not CHINESE.search(text):
        return text
    parts = re.split(r"[，；]", text)
    said = [_part(layer, rule, part) for part in parts] if not _RAISES.match(text) else [_part(layer, rule, text)]
    return text if any(CHINESE.search(one) for one in said) else ", ".join(said)


def is_chinese(text: str) -> bool:
    """Whether a text has to be marked as Chinese on an English page."""
    return english() and bool(CHINESE.search(text))


def _part(layer: Layer, rule: Factor | Escalation | None, text: str) -> str:
    names = WORDS | class_names(layer, rule)
    if text in names:
        return names[text]
    if found := _AMOUNT.match(text):
        return f"{found['sign']}{found['number']}{THIN_SPACE}{unit(found['unit'])}".rstrip()
    if found := _GIVES.match(text):
        name = names.get(found["name"], found["name"])
        return f"{name}: {_LEVELS[found['colour']]}" if found["colour"] else f"{name}: no level"
    if found := _ANY.match(text):
        return f"any: {_LEVELS[found['colour']]}"
    if found := _SILENT.match(text):
        return f"{found['n']} points without a warning state"
    if found := _RAISES.match(text):
        return f"up {_STEPS.get(found['steps'], found['steps'])}, at most {_LEVELS[found['colour']]}"
    return text


def class_names(layer: Layer, rule: Factor | Escalation | None) -> dict[str, str]:
    """Chinese title → English title of the classes that a rule may name: those of the field that it reads."""
    if rule is None:
        return {}
    if isinstance(rule.fact, Column):
        field = layer.field(rule.fact.name)
        if field.kind is Kind.CHOICE:
            return {choice.title: choice.title_en for choice in field.choices}
    if isinstance(rule, Factor) and isinstance(rule.test, Classes):
        return {title: WORDS.get(title, title) for title in rule.test.titles}
    return {}
