"""Reasons on the card: values beside thresholds, short sources, English where the declaration has it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

import layers
from geodata.risk.wording import class_words, source_words
from layers._risk import Classes, Column, Factor
from webmap import language, reasons, terms

DAMS = layers.ALL["tailings_dams"]
RULES = {rule.name: rule for rule in DAMS.risk.rules()} if DAMS.risk else {}


@pytest.fixture
def english() -> Iterator[Flask]:
    app = Flask("webmap")
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    language.install(app)
    with app.test_request_context("/?lang=en"):
        yield app


@pytest.fixture
def chinese() -> Iterator[Flask]:
    app = Flask("webmap")
    language.install(app)
    with app.test_request_context("/"):
        yield app


def test_a_pair_stands_in_two_lines(chinese: Flask) -> None:
    value = "超高 0.52\u2009m；干滩 58\u2009m"
    threshold = "超高 ≥ 0.70\u2009m（本库设计）；干滩 ≥ 70\u2009m"
    found = list(reasons.lines(DAMS, RULES["design_flood_pair"], value, threshold))
    assert found == [
        reasons.Line("超高", "0.52\u2009m", "≥ 0.70\u2009m", "本库设计"),
        reasons.Line("干滩", "58\u2009m", "≥ 70\u2009m", ""),
    ]


@pytest.mark.parametrize(
    ("value", "threshold"), [("1.31\u2009m", "≥ 1.2\u2009m"), ("A；B", "C"), ("A 1；B 2", "C 1；B 2")]
)
def test_what_is_no_pair_stays_one_line(chinese: Flask, value: str, threshold: str) -> None:
    assert list(reasons.lines(DAMS, None, value, threshold)) == [reasons.Line("", value, threshold, "")]


def test_unknown_is_a_word(chinese: Flask) -> None:
    assert list(reasons.lines(DAMS, None, "", ""))[0].value == "未知"


@pytest.mark.parametrize(
    ("text", "short", "withdrawn"),
    [
        ("AQ 2006-2005 第8章 危/险/病/正常库；GB 39496-2020 已删〔原文已废止，仅作沿用〕", "AQ 2006-2005 第8章", True),
        ("矿安〔2023〕1号 A 低、B 一般", "矿安〔2023〕1号", False),
        ("GB 18218-2018 4.2、4.3，表1–表6；一级红", "GB 18218-2018 4.2、4.3，表1–表6", False),
        ("风险分级规则表 2026-11 版：证照过期上调一级", "风险分级规则表 2026-11 版", False),
        ("GB 39496-2020 5.5.4", "GB 39496-2020 5.5.4", False),
        ("", "", False),
    ],
)
def test_a_source_begins_with_standard_and_clause(text: str, short: str, withdrawn: bool) -> None:
    found = reasons.cited(text)
    assert (found.short, found.withdrawn) == (short, withdrawn)


def test_no_declared_source_loses_a_word() -> None:
    for layer in layers.ALL.values():
        for rule in layer.risk.rules() if layer.risk else ():
            text = source_words(rule.source).removesuffix(reasons.WITHDRAWN)
            found = reasons.cited(source_words(rule.source))
            assert len(found.short) <= reasons.LONG, found
            for part in (found.short, found.sentence):
                assert part in text
            assert len(found.short) + len(found.sentence) >= len(text) - 2, text


@pytest.mark.parametrize(
    ("rule", "text", "said"),
    [
        ("safety_degree", "险库", "dangerous"),
        ("safety_degree", "险库 为橙", "dangerous: 2"),
        ("major_hazard", "1\u2009项", "1"),
        ("major_hazard", "有即红", "any: 1"),
        ("head_dam", "上调一级，最高红", "up one level, at most 1"),
        ("monitoring_warning", "正常 不判色", "normal: no level"),
        ("freeboard_today", "＜ 1.2\u2009m", "＜ 1.2\u2009m"),
        ("monitoring_warning", "坝体位移 黄色", "坝体位移 黄色"),
    ],
)
def test_english_says_classes_units_and_levels_and_never_mixes(english: Flask, rule: str, text: str, said: str) -> None:
    shown = terms.shown(DAMS, RULES[rule], text)
    assert shown == said
    assert terms.is_chinese(shown) == (said == text and bool(terms.CHINESE.search(text)))


def test_every_class_threshold_of_a_field_has_its_english(english: Flask) -> None:
    for layer in layers.ALL.values():
        for rule in layer.risk.factors if layer.risk else ():
            if isinstance(rule, Factor) and isinstance(rule.test, Classes) and isinstance(rule.fact, Column):
                titles = {one.code: one.title for one in layer.field(rule.fact.name).choices}
                for text in class_words(rule.test, titles):
                    assert not terms.CHINESE.search(terms.shown(layer, rule, text)), text
