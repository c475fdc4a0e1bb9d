"""GB 18218 in the database: vectors to the digit, look-up, α by record and by estimate, lower bounds."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, box

import layers
from geodata.risk import installation
from geodata.risk.grading import regrade
from geodata.store.records import write
from layers._gb18218 import CATEGORIES, TABLE_1
from tests.geodata.risk.conftest import NOON, Bench

Benches = Callable[[str], Bench]


def held(name: str, q: str | None, cas: str | None = None, category: str | None = None, more: str | None = None) -> Any:
    return {"substance": name, "q_t": None if q is None else Decimal(q), "cas": cas, "category": category,
            "more_categories": more}  # fmt: skip


def unit(*substances: Any, name: str = "1#单元") -> Any:
    return {"unit": name, "substances": list(substances)}


def reason(at: Bench, site: int) -> dict[str, Any]:
    return at.reasons(site)["major_hazard_source"]


@pytest.mark.parametrize(
    ("substances", "people", "r", "level", "title"),
    [
        ((held("液氨", "30"),), 12, "6", 4, "四级"),
        ((held("液氨", "30"),), 150, "12", 3, "三级"),
        ((held("液氯", "20"), held("汽油", "150")), 60, "25.125", 3, "三级"),
        ((held("LPG", "60"),), 0, "0.9", 4, "四级"),
    ],
)  # fmt: skip
def test_published_vectors(bench: Benches, substances: Any, people: int, r: str, level: int, title: str) -> None:
    at = bench("chemical_sites")
    site = at.put(recorded_people_outside=people, units=[unit(*substances)])
    found = reason(at, site)
    assert at.level(site) == level
    assert Decimal(str(found["number"])) == Decimal(r)
    assert found["value"] == f"R {r}，{title}"
    assert f"{people} 人，核定" in found["note"] and found["source"].startswith("GB 18218-2018")


def test_exam_item_by_categories(bench: Benches) -> None:
    """q = 2, 2, 1; Q = 5, 1, 5; β = 5, 20, 4; 102 residents: R = 2·(2 + 40 + 0.8) = 85.6, 二级."""
    at = bench("chemical_sites")
    gases = (held("硫化氢", "2"), held("磷化氢", "2"), held("某剧毒气体", "1", category="J1"))
    site = at.put(recorded_people_outside=102, units=[unit(*gases)])
    assert (at.level(site), reason(at, site)["value"], reason(at, site)["number"]) == (2, "R 85.6，二级", 85.6)
    assert reason(at, site)["threshold"] == "≥ 50"


def test_below_one_is_no_installation_and_blue_without_any_population(bench: Benches) -> None:
    at = bench("chemical_sites")
    site = at.put(units=[unit(held("液化石油气", "40"))])
    assert (at.level(site), reason(at, site)["value"]) == (4, "S 0.8，不构成")


def test_sums_of_exactly_one(bench: Benches) -> None:
    """0.7 + 0.2 + 0.1 is 1, also where Q is 0.3 and 0.75 and S itself has no finite decimal."""
    at = bench("chemical_sites")
    tenths = at.put("T", recorded_people_outside=0,
                    units=[unit(held("氨", "7"), held("环氧乙烷", "2"), held("溴甲烷", "1"))])  # fmt: skip
    assert reason(at, tenths)["value"].startswith("R ")
    thirds = (held("光气", "0.1"), held("异氰酸甲酯", "0.25"), held("氯", "1.6666666666666666"))
    short = at.put("S", recorded_people_outside=0, units=[unit(*thirds)])
    assert reason(at, short)["value"].endswith("不构成")
    whole = (held("光气", "0.1"), held("异氰酸甲酯", "0.25"), held("氨", "2"), held("氯", "0.6666666666666667"))
    assert reason(at, at.put("W", recorded_people_outside=0, units=[unit(*whole)]))["value"].startswith("R ")
    exact = (held("光气", "0.1"), held("异氰酸甲酯", "0.25"), held("光气(二)", "0.1", cas="75-44-5"))
    assert reason(at, at.put("E", recorded_people_outside=0, units=[unit(*exact)]))["value"].startswith("R ")


@pytest.mark.parametrize(
    ("ammonia", "level"), [("49.999999999999999999", 4), ("50", 3), ("249.99", 3), ("250", 2), ("499.99", 2),
                           ("500", 1)]
)
def test_r_on_its_edges(bench: Benches, ammonia: str, level: int) -> None:
    """氨: Q 10, β 2, α 1.0: R = q ÷ 5."""
    at = bench("chemical_sites")
    assert at.level(at.put(recorded_people_outside=1, units=[unit(held("氨", ammonia))])) == level


@pytest.mark.parametrize(("people", "r"), [(0, 10), (1, 20), (29, 20), (30, 24), (49, 24), (50, 30), (99, 30),
                                           (100, 40)])
def test_alpha_on_its_edges(bench: Benches, people: int, r: int) -> None:
    at = bench("chemical_sites")
    found = reason(at, at.put(recorded_people_outside=people, units=[unit(held("氨", "100"))]))
    assert found["number"] == r


def test_without_population_the_level_is_unknown_and_the_range_is_said(bench: Benches) -> None:
    at = bench("chemical_sites")
    site = at.put(units=[unit(held("液氯", "20"), held("汽油", "150"))], geom=Point(106, 33))
    found = reason(at, site)
    assert (at.level(site), found["state"]) == (None, "unknown")
    assert "R 在 8.375（α 0.5）与 33.5（α 2.0）之间" in found["note"]


def test_the_worst_unit_decides(bench: Benches) -> None:
    at = bench("chemical_sites")
    units = [unit(held("氨", "20"), name="甲"), unit(held("氯", "500"), name="乙")]
    site = at.put(recorded_people_outside=5, units=units)
    assert (at.level(site), reason(at, site)["value"]) == (1, "R 400，一级")
    assert reason(at, site)["note"].startswith("乙 S = 100")


def test_a_missing_quantity_gives_a_lower_bound_that_is_never_blue(bench: Benches) -> None:
    at = bench("chemical_sites")
    small = at.put("A", recorded_people_outside=5, units=[unit(held("氨", "1"), held("氯", None))])
    assert (at.level(small), reason(at, small)["state"]) == (None, "unknown")
    assert reason(at, small)["note"] == "1#单元 S ≥ 0.1；未知：1#单元：氯 数量未知"
    assert (reason(at, small)["threshold"], reason(at, small)["value"]) == (None, None)
    big = at.put("B", recorded_people_outside=5, units=[unit(held("氨", "300"), held("不明物", "3"))])
    assert (at.level(big), reason(at, big)["value"]) == (2, "至少 R 60，二级")
    assert "不明物 查不到临界量" in reason(at, big)["note"]
    nothing = at.put("C", recorded_people_outside=5, units=[unit()])
    assert at.level(nothing) is None and "没有物质" in reason(at, nothing)["note"]


def test_a_bound_below_the_former_level_keeps_the_former_level(bench: Benches) -> None:
    at = bench("chemical_sites")
    site = at.put(recorded_people_outside=5, units=[unit(held("氨", "300"), held("氯", "100"))])
    assert at.level(site) == 1
    at.put(units=[unit(held("氨", "300"), held("氯", None))])
    found = reason(at, site)
    assert (at.level(site), found["state"], found["value"]) == (1, "withdrawn", "R 140，一级")


def test_of_several_rows_with_one_cas_the_name_decides_else_the_smallest_q(bench: Benches) -> None:
    at = bench("chemical_sites")
    wet = at.put("A", units=[unit(held("硝化纤维素（含水≥25%）", "5", cas="9004-70-0"))])
    assert reason(at, wet)["value"] == "S 0.1，不构成"
    vague = at.put("B", recorded_people_outside=5, units=[unit(held("硝化棉", "5", cas="9004-70-0"))])
    assert reason(at, vague)["value"].startswith("R ")
    assert "取最小临界量（第 37 项）" in reason(at, vague)["note"]


def test_name_and_cas_that_contradict_each_other_take_the_smallest_q(bench: Benches) -> None:
    """汽油 (Q 200) written with the CAS of 氯 (Q 5): either may be the slip; the card says it, the worse counts."""
    at = bench("chemical_sites")
    for code, cas, name in (("A", "7782-50-5", "汽油"), ("B", "86290-81-5", "液氯")):
        site = at.put(code, recorded_people_outside=5, units=[unit(held(name, "5", cas=cas))])
        assert reason(at, site)["value"] == "R 4，四级"
        assert "对应表1的 2 项，取最小临界量（第 12 项）" in reason(at, site)["note"]
    row = installation.meaning(installation.Substance("汽油", Decimal(5), "7782-50-5"))
    assert (row.row, row.doubtful) == (12, True)


def test_several_categories_take_the_smallest_q(bench: Benches) -> None:
    at = bench("chemical_sites")
    site = at.put(recorded_people_outside=5, units=[unit(held("某液体", "100", category="W5.4", more="J5，W5.3"))])
    assert reason(at, site)["value"] == "S 0.2，不构成"


def test_estimate_from_villages(bench: Benches, connection: psycopg.Connection) -> None:
    at = bench("chemical_sites")
    place = {"units": [unit(held("氨", "100"))], "geom": Point(106.0, 33.0)}
    near, far = Point(106.0065, 33.0), Point(106.0080, 33.0)  # about 607 m and 747 m east
    people = [{"code": "V1", "name": "近村", "population": 40, "geom": near},
              {"code": "V2", "name": "远村", "population": 900, "geom": far}]  # fmt: skip
    write(connection, layers.ALL["villages"], people, "示例值班员")
    site = at.put(**place)
    found = reason(at, site)
    assert found["number"] == 24 and "40 人，估算，按点位代厂界" in found["note"]
    write(connection, layers.ALL["villages"], [{"code": "V2", "settlement_radius_m": 300.0}], "示例值班员")
    regrade(connection, "villages", None, NOON)
    assert reason(at, site)["number"] == 40 and "940 人" in reason(at, site)["note"]
    at.put(recorded_people_outside=0)
    assert reason(at, site)["number"] == 10 and "核定" in reason(at, site)["note"]


def test_estimate_by_share_of_the_village_outside_the_plants_boundary(
    bench: Benches, connection: psycopg.Connection
) -> None:
    """The village is a strip of 2 km that touches the plant: a quarter of it lies within 500 m of the boundary."""
    at = bench("chemical_sites")
    metre = 1 / 111_320  # degrees of longitude on the equator
    plant = box(10 - 1000 * metre, -0.001, 10, 0.001)
    village = {"code": "V", "name": "村", "population": 400, "geom": Point(10.009, 0),
               "boundary": box(10, -0.001, 10 + 2000 * metre, 0.001)}  # fmt: skip
    write(connection, layers.ALL["villages"], [village], "示例值班员")
    site = at.put(units=[unit(held("氨", "100"))], geom=Point(9.9955, 0), boundary=plant)
    assert "100 人，估算）" in reason(at, site)["note"] or "101 人，估算）" in reason(at, site)["note"]


def test_a_village_near_with_unknown_population_makes_a_bound(bench: Benches, connection: psycopg.Connection) -> None:
    at = bench("chemical_sites")
    people = [{"code": "V1", "name": "甲", "population": 40, "geom": Point(106.001, 33)},
              {"code": "V2", "name": "乙", "population": None, "geom": Point(106.002, 33)}]  # fmt: skip
    write(connection, layers.ALL["villages"], people, "示例值班员")
    site = at.put(units=[unit(held("氨", "100"))], geom=Point(106, 33))
    assert reason(at, site)["value"] == "至少 R 24，三级"
    assert "人口未知" in reason(at, site)["note"]


def test_diagnosis_beside_r_and_the_worse_counts(bench: Benches) -> None:
    at = bench("chemical_sites")
    scores = [at.level(at.put(str(n), diagnosis_score=n)) for n in (59, 60, 74, 75, 89, 90)]
    assert scores == [1, 2, 2, 3, 3, 4]
    both = at.put("both", diagnosis_score=95, recorded_people_outside=150, units=[unit(held("液氨", "30"))])
    assert at.level(both) == 3 and at.reasons(both)["diagnosis"]["level"] == 4


def test_without_beta_a_unit_below_one_is_still_no_installation(bench: Benches) -> None:
    at = bench("chemical_sites")
    site = at.put(units=[unit(held("甲醛(含量>90%)", "4.9"))])
    assert (at.level(site), reason(at, site)["state"], reason(at, site)["value"]) == (4, "known", "S 0.98，不构成")


names = st.sampled_from([name for row in TABLE_1 for name in row.names()])
quantities = st.decimals(min_value=0, max_value=2000, places=4) | st.none()
symbols = st.sampled_from([None, *(category.symbol for category in CATEGORIES)])
substances = st.lists(st.tuples(names | st.just("不在表中"), quantities, symbols), max_size=4, unique_by=lambda s: s[0])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(substances, st.integers(0, 150)), min_size=8, max_size=8))
def test_sql_and_python_agree_on_every_unit(bench: Benches, sites: list[tuple[list[Any], int]]) -> None:
    at = bench("chemical_sites")
    rows = [
        {"code": f"H{place}", "recorded_people_outside": people,
         "units": [unit(*(held(name, None if q is None else str(q), category=symbol) for name, q,
                          symbol in held_here))]}
        for place, (held_here, people) in enumerate(sites)
    ]  # fmt: skip
    at.connection.execute("DELETE FROM riskmap.grade")  # what was there before is another test
    write(at.connection, layers.ALL["chemical_sites"], rows, "示例值班员")
    at.regrade()
    told = dict(at.connection.execute(
        "SELECT t.code, g.factors FROM layer.chemical_sites AS t JOIN riskmap.grade AS g ON g.site_id = t.id"
    ).fetchall())  # fmt: skip
    for place, (held_here, people) in enumerate(sites):
        sums = installation.unit(
            installation.Substance(name, q, None, (symbol,) if symbol else ()) for name, q, symbol in held_here
        )
        found = next(f for f in told[f"H{place}"] if f["factor"] == "major_hazard_source")
        if held_here and (not sums.missing or sums.s_whole and not sums.is_installation):
            level = installation.installation_level(sums.r(people)) if sums.is_installation else 4
            assert (found["state"], found["level"]) == ("known", level)
        else:
            assert found["level"] != 4
