"""The SQL statement and the Python judge read one declaration and must never disagree."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import layers
from geodata.risk import judging
from geodata.risk.judging import Fact, Reason
from geodata.store.records import write
from layers._risk import Bands, Column, Computed, Overdue, Ratio
from tests.geodata.risk.conftest import NOON, Bench

Benches = Callable[[str], Bench]
QUIET = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
odd = st.sampled_from([Decimal("NaN"), Decimal("Infinity"), Decimal("-Infinity"), Decimal(0), Decimal("-0")])
finite = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**6), max_value=10**6, places=6)
#: Less than any difference that a file can hold.
HAIR = Decimal("1e-18")
rising = st.lists(finite, min_size=1, max_size=4, unique=True).map(sorted)


@QUIET
@given(rising, st.lists(finite | odd, min_size=1, max_size=12))
def test_width_bucket_and_bisect_right_agree_to_the_last_edge(
    connection: psycopg.Connection, edges: list[Decimal], values: list[Decimal]
) -> None:
    bands = Bands(tuple(edges), tuple((n % 4) + 1 for n in range(len(edges) + 1)))
    probes = [*values, *edges, *(edge + step for edge in edges for step in (HAIR, -HAIR))]
    rows = connection.execute(
        "SELECT (%s::smallint[])[width_bucket(v, %s::numeric[]) + 1]"
        " FROM unnest(%s::numeric[]) WITH ORDINALITY AS p (v, n) ORDER BY n",
        (list(bands.levels), edges, probes),
    ).fetchall()
    assert [row[0] for row in rows] == [bands.level(probe) for probe in probes]


depths = st.none() | st.sampled_from(["0", "14.9", "15", "26.99", "27", "39.9", "40", "300"]).map(Decimal)
roads = st.fixed_dictionaries({
    "depth_now_cm": depths,
    "depth_now_at": st.sampled_from([NOON, NOON - timedelta(hours=24), NOON - timedelta(hours=25)]),
    "depth_max_3y_cm": depths,
    "major_hazards_open": st.none() | st.integers(0, 2),
})  # fmt: skip
dams = st.fixed_dictionaries({
    "safety_class": st.sampled_from([None, "A", "B", "C", "D"]),
    "freeboard_today_m": st.none() | st.sampled_from(["0.35", "0.349", "0.699", "0.7", "9"]).map(Decimal),
    "freeboard_control_m": st.none() | st.sampled_from(["0.7", "0"]).map(Decimal),
    "major_hazards_open": st.none() | st.integers(0, 2),
    "permit_expires": st.sampled_from([None, NOON.date(), NOON.date() - timedelta(days=1)]),
    "head_dam": st.sampled_from([None, True, False]),
})  # fmt: skip


def facts_of(layer: str, row: dict[str, Any]) -> dict[str, Fact]:
    """The facts of one record as Python sees them; what the record does not give is unknown."""
    found: dict[str, Fact] = {}
    risk = layers.ALL[layer].risk
    assert risk
    for rule in risk.rules():
        fact = rule.fact
        if rule.when and not rule.when.values:
            continue  # no listed hazard in these records
        if isinstance(fact, Column):
            old = fact.stale_after_days is not None and NOON - row[fact.as_of] > timedelta(fact.stale_after_days)
            found[rule.name] = Fact(row.get(fact.name), stale=old)
        elif isinstance(fact, Ratio):
            found[rule.name] = Fact(judging.ratio(row.get(fact.actual), row.get(fact.required)))
        elif isinstance(fact, Overdue):
            day = row.get(fact.name)
            found[rule.name] = Fact(None if day is None else day < NOON.date())
        else:
            assert isinstance(fact, Computed)
            found[rule.name] = Fact(None)
    return found


def compare(at: Bench, rounds: list[list[dict[str, Any]]]) -> None:
    """Write and grade the rounds one after the other; SQL must say at each what Python says, given what was before."""
    risk = layers.ALL[at.layer].risk
    assert risk
    at.connection.execute("DELETE FROM riskmap.grade")
    before: list[dict[str, Reason]] = [{} for _ in rounds[0]]
    for rows in rounds:
        coded = [{"code": f"H{place}", **row} for place, row in enumerate(rows)]
        write(at.connection, layers.ALL[at.layer], coded, "示例值班员")
        at.regrade()
        for place, row in enumerate(rows):
            (site,) = at.connection.execute(
                "SELECT g.site_id FROM riskmap.grade AS g WHERE g.layer = %s ORDER BY g.site_id OFFSET %s LIMIT 1",
                (at.layer, place),
            ).fetchone() or (0,)
            told = judging.reasons(risk, facts_of(at.layer, row), before[place])
            said = at.reasons(site)
            assert {n: r["state"] for n, r in said.items()} == {n: r.state for n, r in told.items()}
            factors = {factor.name for factor in risk.factors}
            assert {n: r["level"] for n, r in said.items() if n in factors} == {
                n: r.level for n, r in told.items() if n in factors
            }
            assert at.level(site) == judging.site_level(risk, told)
            before[place] = {**before[place], **told}
            before[place] = {name: reason for name, reason in before[place].items() if name in told}


@QUIET
@given(st.lists(st.lists(roads, min_size=5, max_size=5), min_size=2, max_size=3))
def test_roads_through_time(bench: Benches, rounds: list[list[dict[str, Any]]]) -> None:
    compare(bench("flood_roads"), rounds)


@QUIET
@given(st.lists(st.lists(dams, min_size=5, max_size=5), min_size=2, max_size=3))
def test_dams_through_time(bench: Benches, rounds: list[list[dict[str, Any]]]) -> None:
    compare(bench("tailings_dams"), rounds)


levels = st.sampled_from([1, 2, 3, 4])


@given(st.lists(levels, min_size=1), st.integers(0, 5))
def test_the_level_is_the_worst_known_whatever_is_unknown_beside_it(known: list[int], unknown: int) -> None:
    mixed: list[int | None] = [*known, *[None] * unknown]
    assert judging.worst(mixed) == judging.worst(mixed[::-1]) == min(known)
    assert judging.worst([None] * unknown) is None


@given(roads, roads)
def test_losing_sight_never_lowers_a_level(first: dict[str, Any], lost: dict[str, Any]) -> None:
    """Taking any values away from a record never makes it look better than before."""
    risk = layers.ALL["flood_roads"].risk
    assert risk
    told = judging.reasons(risk, facts_of("flood_roads", first))
    kept = {name: None if lost[name] is None and name != "depth_now_at" else value for name, value in first.items()}
    after = judging.reasons(risk, facts_of("flood_roads", kept), told)
    before_level, after_level = judging.site_level(risk, told), judging.site_level(risk, after)
    if before_level is not None:
        assert after_level is not None and after_level <= before_level


def test_ratio_is_exact_and_unknown_where_it_has_no_meaning() -> None:
    assert judging.ratio(Decimal("0.3"), Decimal("0.3")) == 1
    for actual, required in ((None, Decimal(1)), (Decimal(1), None), (Decimal(1), Decimal(0)),
                             (Decimal(1), Decimal(-1)),
                             (Decimal("NaN"), Decimal(1)), (Decimal(1), Decimal("Infinity"))):  # fmt: skip
        assert judging.ratio(actual, required) is None


@pytest.mark.parametrize(("value", "state"), [("E", "unknown"), ("A", "known"), (None, "unknown")])
def test_a_class_that_is_not_listed_is_unknown(value: str | None, state: str) -> None:
    risk = layers.ALL["tailings_dams"].risk
    assert risk
    assert judging.judge(risk.factors[0], Fact(value)).state == state
