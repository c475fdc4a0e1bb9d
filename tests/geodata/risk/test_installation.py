"""S and R in Python: the vectors, exact sums, the look-up."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.risk.installation import Substance, alpha, installation_level, meaning, unit


def of(*pairs: tuple[str, str]) -> list[Substance]:
    return [Substance(name, Decimal(q)) for name, q in pairs]


def test_published_vectors() -> None:
    exam = unit([*of(("硫化氢", "2"), ("磷化氢", "2")), Substance("某气体", Decimal(1), categories=("J1",))])
    assert exam.r(102) == Fraction("85.6") and installation_level(exam.r(102)) == 2
    ammonia = unit(of(("液氨", "30")))
    assert (ammonia.s, ammonia.r(12), ammonia.r(150)) == (3, 6, 12)
    mixed = unit(of(("液氯", "20"), ("汽油", "150")))
    assert (mixed.s, mixed.r(60)) == (Fraction("4.75"), Fraction("25.125"))
    gas = unit(of(("LPG", "60")))
    assert (gas.s, gas.r(0)) == (Fraction("1.2"), Fraction("0.9"))
    assert not unit(of(("LPG", "40"))).is_installation


def test_seven_two_and_one_tenth_are_one() -> None:
    assert unit(of(("氨", "7"), ("环氧乙烷", "2"), ("溴甲烷", "1"))).s == 1
    assert unit(of(("光气", "0.1"), ("异氰酸甲酯", "0.5"))).s == 1


def test_levels_and_alpha_on_their_edges() -> None:
    assert [installation_level(Fraction(r)) for r in ("9.99", "10", "49.99", "50", "99.99", "100")] == [4, 3, 3, 2, 2,
                                                                                                        1]
    assert [alpha(n) for n in (0, 1, 29, 30, 49, 50, 99, 100)] == [
        Decimal(x) for x in ("0.5", "1.0", "1.0", "1.2", "1.2", "1.5", "1.5", "2.0")
    ]


@pytest.mark.parametrize(
    ("name", "cas", "row", "doubtful"),
    [("硝化棉", "9004-70-0", 37, True), ("硝化纤维素（含水 ≥ 25％）", "9004-70-0", 41, False),
     ("天然气", None, 49, False),
     ("丙烷", "74-98-6", 52, False), ("硝酸铵", None, 43, True), ("甲醇", None, 65, False), ("水", None, None, False),
     ("一氧化碳", "630-08-0", 13, False)],
)  # fmt: skip
def test_look_up(name: str, cas: str | None, row: int | None, doubtful: bool) -> None:
    found = meaning(Substance(name, Decimal(1), cas))
    assert (found.row, found.doubtful) == (row, doubtful)


def test_category_before_practical_beta_and_table_3_before_both() -> None:
    assert meaning(Substance("乙醇", Decimal(1))).beta == 1
    assert meaning(Substance("乙醇", Decimal(1), categories=("W5.1",))).beta == Decimal("1.5")
    assert meaning(Substance("氯", Decimal(1), categories=("W1.1",))).beta == 4
    assert meaning(Substance("溴", Decimal(1))).beta is None


@given(st.lists(st.decimals(0, 1000, places=3), min_size=1, max_size=6))
def test_s_is_exact_whatever_the_order(quantities: list[Decimal]) -> None:
    there = unit([Substance("光气", q) for q in quantities])
    back = unit([Substance("光气", q) for q in reversed(quantities)])
    assert there.s == back.s == Fraction(sum(quantities)) / Fraction("0.3")
