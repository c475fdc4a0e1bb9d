"""Tailings dams in the database: the three pairs kept apart, 等别, monitoring with carry, 头顶库."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import layers
from geodata.store.records import write
from layers._tailings_tables import WARNINGS, dam_warning
from tests.geodata.risk.conftest import Bench

Benches = Callable[[str], Bench]
#: 三等: V = 120×10⁴ m³ (四), H = 72 m (三); upstream needs 0.7 m and 70 m.
THIRD = {"capacity_10k_m3": 120, "height_m": 72, "method": "upstream"}


def pair(freeboard: str | None, beach: str | None) -> dict[str, Any]:
    return {"freeboard_flood_m": None if freeboard is None else Decimal(freeboard),
            "beach_flood_m": None if beach is None else Decimal(beach)}  # fmt: skip


@pytest.mark.parametrize(
    ("freeboard", "beach", "level", "title"),
    [("0.70", "70", 4, "both_met"), ("0.69", "70", 3, "one_failed"), ("0.70", "69.9", 3, "one_failed"),
     ("0.52", "60", 2, "neither_met")],
)  # fmt: skip
def test_pair_at_the_design_flood_level(
    bench: Benches, freeboard: str, beach: str, level: int, title: str
) -> None:
    at = bench("tailings_dams")
    site = at.put(**THIRD, **pair(freeboard, beach))
    found = at.reasons(site)["design_flood_pair"]
    assert (at.level(site), found["level"]) == (level, level)
    assert found["value"].replace("\u2009", " ") == f"超高 {freeboard} m；干滩 {beach} m"
    assert found["threshold"].replace("\u2009", " ") == "超高 ≥ 0.7 m；干滩 ≥ 70 m"
    assert found["note"] == "等别 三等" and "已废止" in found["source"]


def test_one_figure_alone(bench: Benches) -> None:
    """One met and one unknown is unknown; one failed and one unknown is at least 病库."""
    at = bench("tailings_dams")
    met = at.put("A", **THIRD, **pair("0.9", None))
    assert at.level(met) is None and at.reasons(met)["design_flood_pair"]["state"] == "unknown"
    failed = at.put("B", **THIRD, **pair("0.5", None))
    assert at.level(failed) == 3
    assert at.reasons(failed)["design_flood_pair"]["value"].startswith("至少 超高 0.5")


def test_the_dams_own_design_values_prevail(bench: Benches) -> None:
    at = bench("tailings_dams")
    own = {"freeboard_design_m": Decimal("1.0"), "beach_design_m": Decimal(49)}
    site = at.put(**THIRD, **own, **pair("0.9", "49"))
    assert at.level(site) == 3
    threshold = at.reasons(site)["design_flood_pair"]["threshold"].replace("\u2009", " ")
    assert threshold == "超高 ≥ 1.0 m（本库设计）；干滩 ≥ 49 m（本库设计）"


def test_downstream_dams_need_less_beach_and_dry_stacks_have_no_table(bench: Benches) -> None:
    at = bench("tailings_dams")
    assert at.level(at.put("D", **{**THIRD, "method": "centreline"}, **pair("0.7", "50"))) == 4
    assert at.level(at.put("S", **{**THIRD, "method": "dry_stack"}, **pair("0.7", "50"))) is None


def test_ledger_that_disagrees_is_named(bench: Benches) -> None:
    at = bench("tailings_dams")
    site = at.put(**THIRD, grade_recorded="4")
    note = at.reasons(site)["design_flood_pair"]["note"]
    assert note == "等别 三等；台账记 四等，与计算不一致"
    alone = at.put("B", grade_recorded="4")
    assert "四等（台账" in at.reasons(alone)["design_flood_pair"]["note"]


@pytest.mark.parametrize(
    ("today", "control", "level"),
    [("0.52", "0.70", 2), ("0.70", "0.70", 4), ("0.699999999", "0.7", 2), ("0.35", "0.70", 2), ("0.3499", "0.70", 1),
     ("-0.1", "0.7", 1), ("0.1", "0.3", 1), ("0.15", "0.3", 2), ("0.3", "0.3", 4)],
)  # fmt: skip
def test_today_against_control(bench: Benches, today: str, control: str, level: int) -> None:
    at = bench("tailings_dams")
    site = at.put(freeboard_today_m=Decimal(today), freeboard_control_m=Decimal(control))
    assert at.level(site) == level
    assert at.reasons(site)["freeboard_today"]["value"] == f"{today}\u2009m"


def test_today_is_compared_with_nothing_but_the_control_value(bench: Benches) -> None:
    at = bench("tailings_dams")
    site = at.put(**THIRD, freeboard_today_m=Decimal("0.1"), beach_today_m=5, freeboard_design_m=1, beach_design_m=70)
    assert at.level(site) is None
    zero = at.put("Z", freeboard_today_m=1, freeboard_control_m=0)
    assert at.reasons(zero)["freeboard_today"]["state"] == "unknown"
    broken = at.put("N", freeboard_today_m=Decimal("NaN"), freeboard_control_m=1, beach_today_m=1,
                    beach_control_m=Decimal("Infinity"))  # fmt: skip
    assert at.level(broken) is None


def test_threshold_words_of_a_ratio(bench: Benches) -> None:
    at = bench("tailings_dams")
    words = [
        at.reasons(at.put(code, beach_today_m=Decimal(today), beach_control_m=70))["beach_today"]["threshold"]
        for code, today in (("A", "20"), ("B", "60"), ("C", "70"))
    ]
    assert [word.replace("\u2009", " ") for word in words] == ["＜ 0.5 × 70 m", "＜ 70 m", "≥ 70 m"]


def test_classes_of_the_ledger(bench: Benches) -> None:
    at = bench("tailings_dams")
    degrees = ("normal", "diseased", "dangerous", "critical")
    assert [at.level(at.put(d, safety_degree=d)) for d in degrees] == [4, 3, 2, 1]
    assert [at.level(at.put(c, safety_class=c)) for c in "ABCD"] == [4, 3, 2, 1]
    assert at.level(at.put("W", safety_class="A", safety_degree="dangerous")) == 2


def test_head_dam_raises_to_red_and_is_said(bench: Benches) -> None:
    at = bench("tailings_dams")
    site = at.put(safety_class="C", head_dam=True)
    assert (at.level(site), at.reasons(site)["head_dam"]["level"]) == (1, 1)
    assert at.reasons(site)["head_dam"]["threshold"] == "上调一级，最高红"
    assert at.level(at.put("B", safety_class="B", head_dam=True)) == 2
    assert at.level(at.put("D", safety_class="D", head_dam=True)) == 1
    alone = at.put("N", head_dam=True)
    assert at.level(alone) is None and at.reasons(alone)["head_dam"]["value"] == "是"


def points(**items: str) -> list[dict[str, Any]]:
    letters = {"b": "blue", "y": "yellow", "o": "orange", "r": "red", "n": "normal", "?": None}
    return [
        {"point": f"{item}{place}", "item": item, "warning": letters[letter]}
        for item, text in items.items()
        for place, letter in enumerate(text)
    ]


@pytest.mark.parametrize(
    ("items", "level"),
    [({"A": "bbbb", "B": "y", "C": "y"}, 2), ({"A": "bbb", "B": "y", "C": "y"}, 3), ({"D": "o", "E": "o"}, 1),
     ({"A": "nnn"}, None), ({"A": "??"}, None), ({"A": "n?"}, None), ({"A": "n", "B": "?"}, None),
     ({"A": "b", "B": "n"}, 4), ({"A": "oo"}, 1), ({"A": "o?"}, 2)],
)  # fmt: skip
def test_monitoring_vectors(bench: Benches, items: dict[str, str], level: int | None) -> None:
    at = bench("tailings_dams")
    site = at.put(monitoring_points=points(**items))
    assert at.level(site) == level
    state = at.reasons(site)["monitoring_warning"]["state"]
    assert state == ("unknown" if level is None and "?" in "".join(items.values()) else "known")


def test_a_monitoring_point_that_falls_silent_lowers_nothing(bench: Benches) -> None:
    """One point red, the others in order: losing sight of the red one keeps the dam red until it is read again."""
    at = bench("tailings_dams")
    site = at.put(monitoring_points=points(A="r", B="nn"))
    at.put(monitoring_points=points(A="?", B="nn"))
    found = at.reasons(site)["monitoring_warning"]
    assert (at.level(site), found["state"], found["value"]) == (1, "withdrawn", "A 红色")
    assert found["note"] == "1 个测点无预警状态"
    at.put(monitoring_points=points(A="?", B="yn"))
    assert at.level(site) == 1
    at.put(monitoring_points=points(A="n", B="yn"))
    assert at.level(site) == 3


warnings = st.sampled_from(["normal", *WARNINGS])
dams = st.dictionaries(st.sampled_from("ABCDEF"), st.lists(warnings, min_size=1, max_size=9), min_size=1)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(dams, min_size=10, max_size=10))
def test_sql_and_python_carry_alike(bench: Benches, sites: list[dict[str, list[str]]]) -> None:
    at = bench("tailings_dams")
    at.connection.execute("DELETE FROM riskmap.grade")
    rows = [
        {"code": f"H{place}", "monitoring_points": [
            {"point": f"{item}{n}", "item": item, "warning": warning}
            for item, held in items.items() for n, warning in enumerate(held)]}
        for place, items in enumerate(sites)
    ]  # fmt: skip
    write(at.connection, layers.ALL["tailings_dams"], rows, "示例值班员")
    at.regrade()
    told = dict(at.connection.execute("SELECT code, level FROM layer.tailings_dams").fetchall())
    levels = {"red": 1, "orange": 2, "yellow": 3, "blue": 4, None: None}
    assert [told[f"H{place}"] for place in range(len(sites))] == [levels[dam_warning(items)] for items in sites]
