"""Judging single values in Python by the same declaration that the SQL statement reads.

The preview of a rule shows with it what becomes of the edges, and the tests hold the statement against it:
`width_bucket` and `bisect_right` agree to the last edge, and a site's level is the worst of its known factors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from layers._risk import Bands, Classes, Escalation, Factor, Present, Risk

State = Literal["known", "unknown", "withdrawn", "stale"]
Value = Decimal | Fraction | int | str | bool


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a site: its value (None: unknown), whether it is stale, whether it is a lower bound only."""

    value: Value | None
    stale: bool = False
    bound: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """What a fact says: state and level (None: says nothing of the level), and for an escalation whether it holds."""

    state: State
    level: int | None = None
    holds: bool = False


def ratio(actual: Decimal | None, required: Decimal | None) -> Fraction | None:
    """Actual ÷ required, exact; None where either is unknown or not finite, or required is not above 0."""
    if actual is None or required is None or not actual.is_finite() or not required.is_finite() or required <= 0:
        return None
    return Fraction(actual) / Fraction(required)


def knows(factor: Factor, value: Value | None) -> bool:
    """Whether the factor's test knows the value: a class that is not listed, and NaN, are unknown."""
    if value is None or (isinstance(value, Decimal) and value.is_nan()):
        return False
    return not isinstance(factor.test, Classes) or value in dict(factor.test.levels)


def level_of(factor: Factor, value: Value) -> int | None:
    """Level of a value that the factor's test knows."""
    test = factor.test
    if isinstance(test, Bands):
        return test.level(value)  # type: ignore[arg-type]
    if isinstance(test, Classes):
        return test.level(str(value))
    assert isinstance(test, Present)  # the union has no other member
    return test.level(int(value))


def judge(factor: Factor, fact: Fact, former: Reason | None = None) -> Reason:
    """What one fact says of the level, given what the factor said before."""
    last = former.level if former else None
    level = level_of(factor, fact.value) if knows(factor, fact.value) and fact.value is not None else None
    usable = knows(factor, fact.value) and not (fact.bound and (level is None or level == 4))
    if usable and not (fact.bound and last is not None and level is not None and last < level):
        return Reason("stale" if fact.stale else "known", level)
    return Reason("withdrawn", last) if last is not None else Reason("unknown")


def judge_escalation(fact: Fact, former: Reason | None = None) -> Reason:
    """Whether an escalation holds; one that held keeps holding while its fact is withdrawn."""
    if fact.value is not None:
        return Reason("stale" if fact.stale else "known", holds=bool(fact.value))
    return Reason("withdrawn", holds=True) if former and former.holds else Reason("unknown")


def reasons(
    risk: Risk, found: Mapping[str, Fact], former: Mapping[str, Reason] | None = None
) -> dict[str, Reason]:
    """The reasons of a site by factor. `found` has the facts of the rules that apply to it."""
    before = former or {}
    told: dict[str, Reason] = {}
    for rule in risk.rules():
        if rule.name not in found:
            continue
        if isinstance(rule, Escalation):
            told[rule.name] = judge_escalation(found[rule.name], before.get(rule.name))
        else:
            told[rule.name] = judge(rule, found[rule.name], before.get(rule.name))
    fresh = {name for name, reason in told.items() if reason.state == "known"}
    later = {factor.name: factor.after for factor in risk.factors}
    return {name: reason for name, reason in told.items() if not fresh & set(later.get(name, ()))}


def worst(levels: Sequence[int | None]) -> int | None:
    """The worst of the known levels; None where none is known."""
    return min((level for level in levels if level is not None), default=None)


def site_level(risk: Risk, told: Mapping[str, Reason]) -> int | None:
    """Level of a site from its reasons: the worst factor, then the escalations that hold, in their order."""
    level = worst([told[factor.name].level for factor in risk.factors if factor.name in told])
    for escalation in risk.escalations:
        if level is not None and escalation.name in told and told[escalation.name].holds:
            level = escalation.raised(level)
    return level
