"""等别, required freeboard and beach, carry of warnings."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers._tailings_tables import carried, dam_grade, dam_warning, least_beach, least_freeboard


@pytest.mark.parametrize(
    ("capacity", "height", "grade"),
    [("120", "72", 3), ("60", "72", 4), ("50000", "200", 1), ("49999.99", "199.9", 2), ("10000", "100", 2),
     ("9999", "99", 3), ("100", "30", 4), ("99.99", "29.99", 5), ("50000", "10", 2), ("1000", "60", 3), ("5", "200", 2),
     ("100", "59.9", 4)],
)  # fmt: skip
def test_grade_by_the_combination_rule(capacity: str, height: str, grade: int) -> None:
    assert dam_grade(Decimal(capacity), Decimal(height)) == grade


def test_grade_needs_both() -> None:
    assert dam_grade(None, Decimal(30)) is None and dam_grade(Decimal(30), None) is None


volumes, heights = st.decimals(0, 10**6, places=2), st.decimals(0, 400, places=2)


@given(volumes, heights, volumes, heights)
def test_a_larger_dam_never_gets_a_lower_grade(v1: Decimal, h1: Decimal, v2: Decimal, h2: Decimal) -> None:
    smaller, larger = dam_grade(min(v1, v2), min(h1, h2)), dam_grade(max(v1, v2), max(h1, h2))
    assert smaller is not None and larger is not None
    assert 1 <= larger <= smaller <= 5


def test_least_freeboard_and_beach() -> None:
    assert [least_freeboard(g) for g in range(1, 6)] == [Decimal(x) for x in ("1.5", "1.0", "0.7", "0.5", "0.4")]
    assert [least_beach(g, "upstream") for g in range(1, 6)] == [150, 100, 70, 50, 40]
    assert [least_beach(g, "downstream") for g in range(1, 6)] == [100, 70, 50, 35, 25]
    assert least_beach(3, "centreline") == 50
    assert least_beach(3, "dry_stack") is None and least_beach(3, None) is None and least_freeboard(None) is None


def test_carry_of_the_standard() -> None:
    blue, yellow, orange = ["blue"], ["yellow"], ["orange"]
    assert dam_warning({"A": blue * 4, "B": yellow, "C": yellow}) == "orange"
    assert dam_warning({"A": blue * 3, "B": yellow, "C": yellow}) == "yellow"
    assert dam_warning({"D": orange, "E": orange}) == "red"
    assert dam_warning({"A": ["normal"] * 9}) is None and dam_warning({}) is None


@given(st.dictionaries(st.sampled_from(["blue", "yellow", "orange", "red"]), st.integers(0, 40)))
def test_more_warnings_never_lower_the_outcome(counts: dict[str, int]) -> None:
    order = [None, "blue", "yellow", "orange", "red"]
    before = order.index(carried(counts))
    for warning in ("blue", "yellow", "orange", "red"):
        assert order.index(carried({**counts, warning: counts.get(warning, 0) + 1})) >= before
