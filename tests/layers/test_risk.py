"""The language of risk rules checks itself."""

from __future__ import annotations

from decimal import Decimal

import pytest

from layers._risk import (
    BLUE,
    ORANGE,
    RED,
    YELLOW,
    Bands,
    Classes,
    Column,
    Escalation,
    Factor,
    Present,
    Risk,
    Source,
)

BANDS = Bands((Decimal(15), Decimal(27), Decimal(40)), (BLUE, YELLOW, ORANGE, RED))
SOURCE = Source("示例", "design")


def test_an_edge_belongs_to_the_level_that_it_opens() -> None:
    values = ("14.9", "15", "26.9", "27", "39.9", "40")
    assert [BANDS.level(Decimal(value)) for value in values] == [4, 3, 3, 2, 2, 1]
    assert BANDS.level(Decimal("Infinity")) == 1 and BANDS.level(Decimal("-Infinity")) == 4
    assert BANDS.level(Decimal("NaN")) == 1  # above every number, as in PostgreSQL


def test_bands_refuse_what_cannot_be() -> None:
    with pytest.raises(ValueError, match="rise"):
        Bands((Decimal(2), Decimal(1)), (BLUE, YELLOW, RED))
    with pytest.raises(ValueError, match="rise"):
        Bands((Decimal(1), Decimal(1)), (BLUE, YELLOW, RED))
    with pytest.raises(ValueError, match="one more"):
        Bands((Decimal(1),), (BLUE,))
    with pytest.raises(ValueError, match="1 to 4"):
        Bands((Decimal(1),), (BLUE, 5))


def test_a_class_that_is_not_listed_has_no_level() -> None:
    assert Classes((("A", BLUE),)).level("E") is None
    assert Present(RED).level(0) is None and Present(RED).level(3) == RED


def test_escalations_stop_at_their_limit_and_never_lower() -> None:
    orange = Escalation("x", "x", "x", Column("a"), SOURCE, at_most=ORANGE)
    red = Escalation("y", "y", "y", Column("a"), SOURCE)
    assert [orange.raised(level) for level in (1, 2, 3, 4)] == [1, 2, 2, 3]
    assert [red.raised(level) for level in (1, 2, 3, 4)] == [1, 1, 2, 3]
    Risk((), (orange, red))
    with pytest.raises(ValueError, match="lower limit first"):
        Risk((), (red, orange))


def test_a_factor_comes_after_earlier_ones_only() -> None:
    first = Factor("first", "x", "x", Column("a"), BANDS, SOURCE)
    second = Factor("second", "x", "x", Column("b"), BANDS, SOURCE, after=("first",))
    assert set(Risk((first, second)).columns()) == {"a", "b"}
    with pytest.raises(ValueError, match="stand before"):
        Risk((second, first))
    with pytest.raises(ValueError, match="one name"):
        Risk((first, first))
