"""The editable table: overrides, what may not be changed, previews."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import psycopg
import pytest

import layers
from geodata.errors import Refused
from geodata.risk import preview, rules
from layers._risk import Bands
from tests.geodata.risk.conftest import NOON, Bench

Benches = Callable[[str], Bench]
ROADS, MINES, CHEMICALS = layers.ALL["flood_roads"], layers.ALL["mines"], layers.ALL["chemical_sites"]
PAPER = "县交警大队〔2026〕3号"


def test_an_override_is_previewed_saved_and_used(bench: Benches, connection: psycopg.Connection) -> None:
    at = bench("flood_roads")
    dry = at.put("A", depth_now_cm=25, depth_now_at=NOON)
    at.put("B", depth_now_cm=50, depth_now_at=NOON)
    trial = rules.parse(ROADS, "depth_now", "15,25,40", PAPER)
    assert preview.moved(connection, ROADS, trial, NOON) == [preview.Moved("A", "示例", 3, 2)]
    assert preview.edges(connection, ROADS, trial)[1:3] == [
        preview.Edge(Decimal(25), 3, 2), preview.Edge(Decimal(27), 2, 2)
    ]  # fmt: skip
    assert at.level(dry) == 3  # a preview writes nothing
    number = rules.save(connection, ROADS, trial, "示例值班员")
    at.regrade()
    reason = at.reasons(dry)["depth_now"]
    assert (at.level(dry), reason["threshold"], reason["source"]) == (2, "≥ 25\u2009cm", PAPER)
    edition = connection.execute("SELECT edition FROM riskmap.grade WHERE site_id = %s", (dry,)).fetchone()
    assert edition == (f"2026-11＋规则表 {number}",)
    history = connection.execute("SELECT part, actor, after FROM riskmap.history WHERE action = 'rule'").fetchall()
    assert history == [("depth_now", "示例值班员", {"test": {"edges": ["15", "25", "40"]}, "source": PAPER})]


def test_a_withdrawn_factor_keeps_level_threshold_and_source_of_its_day(
    bench: Benches, connection: psycopg.Connection
) -> None:
    """A new threshold judges new values; what was withdrawn before it is shown as it was judged."""
    at = bench("flood_roads")
    site = at.put(depth_now_cm=30, depth_now_at=NOON)
    at.put(depth_now_cm=None, depth_now_at=None)
    before = at.reasons(site)["depth_now"]
    rules.save(connection, ROADS, rules.parse(ROADS, "depth_now", "15,35,40", PAPER), "示例值班员")
    at.regrade()
    assert at.level(site) == 2 and at.reasons(site)["depth_now"] == before
    at.put(depth_now_cm=30, depth_now_at=NOON)
    assert (at.level(site), at.reasons(site)["depth_now"]["source"]) == (3, PAPER)


def test_a_grade_names_the_edition_that_it_was_made_by(bench: Benches, connection: psycopg.Connection) -> None:
    """Also where the new rule changes neither level nor reasons; that is no change and not in the history."""
    at = bench("mines")
    at.put(kind="noncoal", safety_class="B")
    number = rules.save(connection, MINES, rules.parse(MINES, "coal_class", "C=1", PAPER), "示例值班员")
    assert at.regrade().changed == 0
    assert connection.execute("SELECT edition FROM riskmap.grade").fetchone() == (f"2026-11＋规则表 {number}",)
    assert connection.execute("SELECT count(*) FROM riskmap.history WHERE action = 'grade'").fetchone() == (0,)


def test_the_newest_row_wins_and_none_is_lost(bench: Benches, connection: psycopg.Connection) -> None:
    for text in ("10,20,30", "11,21,31"):
        rules.save(connection, ROADS, rules.parse(ROADS, "depth_now", text, PAPER), "示例值班员")
    factor = rules.in_force(connection, ROADS).risk.factors[0]
    assert isinstance(factor.test, Bands)
    assert factor.test.edges == (Decimal(11), Decimal(21), Decimal(31))
    assert connection.execute("SELECT count(*) FROM riskmap.rule").fetchone() == (2,)


def test_classes_can_be_moved_one_by_one(bench: Benches, connection: psycopg.Connection) -> None:
    at = bench("mines")
    site = at.put(kind="noncoal", safety_class="B")
    rules.save(connection, MINES, rules.parse(MINES, "noncoal_class", "B=2", PAPER), "示例值班员")
    at.regrade()
    assert at.level(site) == 2 and at.level(at.put("C", kind="noncoal", safety_class="C")) == 2


def test_an_escalation_can_be_changed_as_its_card_says(bench: Benches, connection: psycopg.Connection) -> None:
    at = bench("tailings_dams")
    site = at.put(safety_class="A", permit_expires=date(2026, 6, 1), head_dam=True)
    assert at.level(site) == 2
    dams = layers.ALL["tailings_dams"]
    trial = rules.parse(dams, "permit_expired", "2,1", PAPER)
    assert preview.moved(connection, dams, trial, NOON) == [preview.Moved("A1", "示例", 2, 1)]
    rules.save(connection, dams, trial, "示例值班员")
    at.regrade()
    raised = at.reasons(site)["permit_expired"]
    assert (at.level(site), raised["level"], raised["threshold"]) == (1, 2, "上调两级，最高红")
    assert raised["source"] == PAPER
    rules.save(connection, dams, rules.parse(dams, "head_dam", "1,3", PAPER), "示例值班员")  # its order changes too
    at.regrade()
    assert (at.level(site), at.reasons(site)["head_dam"]["level"]) == (1, 3)


def test_practical_beta_is_editable(bench: Benches, connection: psycopg.Connection) -> None:
    at = bench("chemical_sites")
    held: Any = [{"unit": "罐区", "substances": [{"substance": "汽油", "q_t": 2000}]}]
    site = at.put(recorded_people_outside=1, units=held)
    assert at.reasons(site)["major_hazard_source"]["number"] == 10
    rules.save(connection, CHEMICALS, rules.parse(CHEMICALS, "beta.66", "1.5", PAPER), "示例值班员")
    at.regrade()
    assert at.reasons(site)["major_hazard_source"]["number"] == 15


@pytest.mark.parametrize(
    ("layer", "factor", "text", "source", "said"),
    [
        (CHEMICALS, "major_hazard_source", "10,50,90", PAPER, "GB 18218-2018"),
        (ROADS, "depth_now", "15,27", PAPER, "要 3 个门槛"),
        (ROADS, "depth_now", "27,15,40", PAPER, "从小到大"),
        (ROADS, "depth_now", "15,15,40", PAPER, "从小到大"),
        (ROADS, "depth_now", "15,x,40", PAPER, "不是数"),
        (ROADS, "depth_now", "15,27,NaN", PAPER, "不是有限数"),
        (ROADS, "depth_now", "15,27,41", " ", "依据"),
        (ROADS, "depth", "15,27,41", PAPER, "depth_now"),
        (MINES, "noncoal_class", "E=1", PAPER, "A、B、C、D"),
        (MINES, "noncoal_class", "A=5", PAPER, "1（红）"),
        (MINES, "permit_expired", "1", PAPER, "上调几级"),
        (MINES, "permit_expired", "0,2", PAPER, "上调几级"),
        (MINES, "permit_expired", "1,4", PAPER, "上调几级"),
        (CHEMICALS, "beta.12", "4", PAPER, "不是可改的 β"),
        (CHEMICALS, "beta.66", "0", PAPER, "大于 0"),
    ],
)
def test_what_is_refused(layer: Any, factor: str, text: str, source: str, said: str) -> None:
    with pytest.raises(Refused) as refusal:
        rules.parse(layer, factor, text, source)
    assert said in str(refusal.value)
