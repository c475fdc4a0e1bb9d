"""A grade: level and reasons, withdrawn and stale values, escalations, history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import psycopg
import pytest

import layers
from geodata.risk.grading import regrade
from geodata.store.records import mark_deleted
from tests.geodata.risk.conftest import NOON, Bench

Benches = Callable[[str], Bench]


@pytest.mark.parametrize("name", [name for name, layer in layers.ALL.items() if layer.risk])
def test_no_known_factor_is_unknown_and_never_blue(bench: Benches, name: str) -> None:
    at = bench(name)
    site = at.put()
    assert at.level(site) is None
    assert {reason["state"] for reason in at.reasons(site).values()} == {"unknown"}
    assert all(reason["value"] is None and reason["number"] is None for reason in at.reasons(site).values())


@pytest.mark.parametrize(
    ("depth", "level", "threshold"),
    [("14.99", 4, "＜ 15 cm"), ("15", 3, "≥ 15 cm"), ("26.9", 3, "≥ 15 cm"), ("27", 2, "≥ 27 cm"),
     ("39.999", 2, "≥ 27 cm"), ("40", 1, "≥ 40 cm"), ("0", 4, "＜ 15 cm")],
)  # fmt: skip
def test_road_depth_on_its_edges(bench: Benches, depth: str, level: int, threshold: str) -> None:
    at = bench("flood_roads")
    site = at.put(depth_now_cm=Decimal(depth), depth_now_at=NOON)
    reason = at.reasons(site)["depth_now"]
    assert (at.level(site), reason["level"], reason["state"]) == (level, level, "known")
    assert reason["threshold"].replace("\u2009", " ") == threshold
    assert reason["value"] == f"{Decimal(depth).normalize():f}\u2009cm"
    assert reason["as_of"] == "2026-07-01 12:00" and reason["editable"] is True


def test_depth_now_comes_before_history(bench: Benches) -> None:
    at = bench("flood_roads")
    site = at.put(depth_now_cm=5, depth_now_at=NOON, depth_max_3y_cm=60)
    assert at.level(site) == 4 and "depth_history" not in at.reasons(site)


def test_without_depth_now_history_counts_and_is_marked(bench: Benches) -> None:
    at = bench("flood_roads")
    site = at.put(depth_max_3y_cm=30)
    assert at.level(site) == 2
    assert at.reasons(site)["depth_history"]["note"] == "历史"
    assert at.reasons(site)["depth_now"]["state"] == "unknown"


def test_a_depth_without_any_time_is_not_of_now(bench: Benches) -> None:
    """A ledger's 积水深度 without a time keeps its level, and does not silence the greatest depth of three years."""
    at = bench("flood_roads")
    site = at.put(depth_now_cm=5, depth_max_3y_cm=60)
    reason = at.reasons(site)["depth_now"]
    assert (at.level(site), reason["state"], reason["level"]) == (1, "stale", 4)
    assert "没有测量时间" in reason["note"]
    since = at.put("B", depth_now_cm=5, depth_now_cm_since=NOON.date(), depth_max_3y_cm=60)
    assert at.level(since) == 4 and at.reasons(since)["depth_now"]["state"] == "known"


def test_a_stale_value_keeps_its_level_and_history_is_heard_too(bench: Benches) -> None:
    at = bench("flood_roads")
    site = at.put(depth_now_cm=45, depth_now_at=NOON, depth_max_3y_cm=20)
    at.now = NOON + timedelta(days=1)
    at.regrade()
    assert at.reasons(site)["depth_now"]["state"] == "known"  # one day exactly is not more than a day
    at.now = NOON + timedelta(days=1, seconds=1)
    at.regrade()
    reason = at.reasons(site)["depth_now"]
    assert (at.level(site), reason["state"], reason["level"]) == (1, "stale", 1)
    assert reason["as_of"] == "2026-07-01 12:00"
    assert at.reasons(site)["depth_history"]["level"] == 3


def test_a_withdrawn_value_keeps_its_level_until_a_new_one_comes(bench: Benches) -> None:
    at = bench("flood_roads")
    site = at.put(depth_now_cm=45, depth_now_at=NOON)
    at.put(depth_now_cm=None, depth_now_at=None)
    reason = at.reasons(site)["depth_now"]
    assert (at.level(site), reason["state"], reason["level"]) == (1, "withdrawn", 1)
    assert (reason["value"], reason["as_of"]) == ("45\u2009cm", "2026-07-01 12:00")
    at.regrade()  # and again, so that it does not wear off
    assert (at.level(site), at.reasons(site)["depth_now"]) == (1, reason)
    at.put(depth_now_cm=3, depth_now_at=NOON + timedelta(hours=2))
    assert at.level(site) == 4 and at.reasons(site)["depth_now"]["state"] == "known"


def test_coal_and_noncoal_letters_run_differently(bench: Benches) -> None:
    at = bench("mines")
    seen = {
        (kind, letter): at.level(at.put(f"{kind}{letter}", kind=kind, safety_class=letter))
        for kind in ("coal", "noncoal") for letter in "ABCD"
    }  # fmt: skip
    assert [seen["coal", letter] for letter in "ABCD"] == [4, 3, 2, None]
    assert [seen["noncoal", letter] for letter in "ABCD"] == [4, 3, 2, 1]


def test_a_stopped_coal_mine_is_known_to_be_stopped_and_has_no_colour(bench: Benches) -> None:
    at = bench("mines")
    reason = at.reasons(at.put(kind="coal", safety_class="D"))["coal_class"]
    assert (reason["state"], reason["level"], reason["value"]) == ("known", None, "D类")


def test_a_class_without_its_scheme_cannot_be_judged(bench: Benches) -> None:
    at = bench("mines")
    site = at.put(safety_class="D")
    assert at.level(site) is None
    assert "矿山类别" in at.reasons(site)["noncoal_class"]["note"]
    at.put("A2", kind="noncoal", safety_class="D")
    two = at.put("A2", kind=None)
    assert at.level(two) == 1 and at.reasons(two)["noncoal_class"]["state"] == "withdrawn"


def test_coal_disaster_types(bench: Benches) -> None:
    at = bench("mines")
    assert at.level(at.put("1", kind="coal", gas_type="outburst")) == 2
    assert at.level(at.put("2", kind="coal", gas_type="low", water_type="complex")) == 3
    assert at.level(at.put("3", kind="coal", gas_type="low", water_type="medium", rock_burst=False)) == 4
    assert at.level(at.put("4", kind="coal", rock_burst=True)) == 2
    assert "gas" not in at.reasons(at.put("5", kind="noncoal", gas_type="outburst"))


def test_open_major_hazard_is_red_and_none_open_says_nothing(bench: Benches) -> None:
    at = bench("mines")
    assert at.level(at.put("1", kind="coal", safety_class="A", major_hazards_open=2)) == 1
    none_open = at.put("2", kind="coal", major_hazards_open=0)
    reason = at.reasons(none_open)["major_hazard"]
    assert at.level(none_open) is None
    assert (reason["state"], reason["level"], reason["value"]) == ("known", None, "0\u2009项")


def test_a_month_without_report_is_red_from_the_day_after(bench: Benches) -> None:
    at = bench("other_sites")
    assert at.level(at.put("1", hazard_report_due=date(2026, 6, 30))) == 1
    assert at.level(at.put("2", hazard_report_due=date(2026, 7, 1))) is None
    assert "hazard_report_overdue" not in at.reasons(at.put("3"))
    site = at.put("1", hazard_report_due=None)  # the date alone taken away does not mend it
    assert at.level(site) == 1
    at.put("1", major_hazards_open=0)  # nothing is listed any more: settled
    assert at.level(site) is None and "hazard_report_overdue" not in at.reasons(site)


def test_an_overdue_report_stays_red_while_its_date_stands(bench: Benches) -> None:
    at = bench("other_sites")
    assert at.level(at.put(hazard_report_due=date(2026, 6, 30), major_hazards_open=0)) == 1


def test_expired_permit_raises_by_one_at_most_to_orange(bench: Benches) -> None:
    at = bench("mines")
    gone = date(2026, 6, 30)
    levels = [
        at.level(at.put(letter, kind="noncoal", safety_class=letter, permit_expires=gone)) for letter in "ABCD"
    ]
    assert levels == [3, 2, 2, 1]
    last_day = at.put("L", kind="noncoal", safety_class="A", permit_expires=date(2026, 7, 1))
    assert at.level(last_day) == 4
    alone = at.put("N", kind="noncoal", permit_expires=gone)
    assert at.level(alone) is None and at.reasons(alone)["permit_expired"]["number"] == 1


def test_a_withdrawn_escalation_still_holds(bench: Benches) -> None:
    at = bench("mines")
    site = at.put(kind="noncoal", safety_class="B", permit_expires=date(2026, 6, 30))
    at.put(permit_expires=None)
    reason = at.reasons(site)["permit_expired"]
    assert (at.level(site), reason["state"], reason["level"], reason["value"]) == (2, "withdrawn", 2, "2026-06-30")
    at.put(permit_expires=date(2029, 6, 30))
    assert at.level(site) == 3


@pytest.mark.parametrize(
    ("state", "hours", "raised"),
    [("offline", 24, False), ("offline", 25, True), ("offline", None, True), ("online", 25, True), ("online", 1, False),
     ("none", None, False), (None, None, None)],
)  # fmt: skip
def test_monitoring_offline_for_more_than_a_day(
    bench: Benches, state: str | None, hours: int | None, raised: bool | None
) -> None:
    at = bench("mines")
    seen = None if hours is None else NOON - timedelta(hours=hours)
    site = at.put(kind="noncoal", safety_class="B", monitoring=state, monitoring_seen=seen)
    assert at.level(site) == (2 if raised else 3)
    assert at.reasons(site)["monitoring_offline"]["state"] == ("unknown" if raised is None else "known")


def test_ls_and_lec_come_before_the_bureaus_class(bench: Benches) -> None:
    at = bench("enterprises")
    assert [at.level(at.put(f"L{n}", ls_score=n)) for n in (8, 9, 12, 15, 16, 20, 25)] == [4, 3, 3, 2, 2, 1, 1]
    lec = [Decimal(x) for x in ("69.9", "70", "159", "160", "319", "320")]
    assert [at.level(at.put(f"D{n}", lec_score=n)) for n in lec] == [4, 3, 3, 2, 2, 1]
    assert at.level(at.put("B", bureau_class="1")) == 1
    both = at.put("both", ls_score=6, bureau_class="1")
    assert at.level(both) == 4 and "bureau_class" not in at.reasons(both)


def test_reasons_stand_worst_first_and_unknown_last(bench: Benches, connection: psycopg.Connection) -> None:
    at = bench("mines")
    site = at.put(kind="coal", safety_class="B", gas_type="outburst", permit_expires=date(2030, 1, 1))
    row = connection.execute("SELECT factors, known, total FROM riskmap.grade WHERE site_id = %s", (site,)).fetchone()
    assert row
    states = [(reason["level"], reason["state"]) for reason in row[0]]
    assert states == sorted(states, key=lambda one: (one[1] == "unknown", one[0] is None, one[0] or 0))
    assert states[0] == (2, "known") and states[-1] == (None, "unknown")
    assert (row[1], row[2]) == (sum(state == "known" for _, state in states), len(states))


def test_history_holds_real_changes_only(bench: Benches, connection: psycopg.Connection) -> None:
    at = bench("flood_roads")
    site = at.put(depth_now_cm=5, depth_now_at=NOON)
    at.regrade()
    assert at.regrade().changed == 0
    at.put(depth_now_cm=50, depth_now_at=NOON)
    rows = connection.execute(
        "SELECT actor, before ->> 'level', after ->> 'level' FROM riskmap.history WHERE action = 'grade'"
    ).fetchall()
    assert rows == [("示例值班员", "4", "1")]
    grade = connection.execute("SELECT previous_level, level_since FROM riskmap.grade WHERE site_id = %s", (site,))
    assert grade.fetchone() == (4, NOON)


def test_level_since_stays_while_only_reasons_change(bench: Benches, connection: psycopg.Connection) -> None:
    at = bench("flood_roads")
    at.put(depth_now_cm=50, depth_now_at=NOON)
    at.now = NOON + timedelta(hours=3)
    at.put(depth_now_cm=60, depth_now_at=at.now)
    row = connection.execute("SELECT level_since, graded_at, previous_level FROM riskmap.grade").fetchone()
    assert row == (NOON, at.now, None)


def test_deleted_records_are_not_graded(bench: Benches, connection: psycopg.Connection) -> None:
    at = bench("mines")
    site = at.put(kind="coal")
    mark_deleted(connection, layers.ALL["mines"], [site], "示例值班员")
    assert at.regrade().sites == 0


def test_map_version_rises_only_with_a_change(bench: Benches, connection: psycopg.Connection) -> None:
    at = bench("mines")
    at.put(kind="noncoal", safety_class="D")

    def version() -> int:
        row = connection.execute("SELECT n FROM riskmap.version WHERE name = 'map'").fetchone()
        assert row
        return int(row[0])

    before = version()
    regrade(connection, "mines", None, NOON)
    assert version() == before
    at.put(safety_class="C")
    assert version() > before
