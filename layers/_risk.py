"""The language in which a layer's risk rule is declared: facts, tests, factors, escalations.

Levels: 1 红 重大, 2 橙 较大, 3 黄 一般, 4 蓝 低; unknown is None. A site's level is the worst (smallest) of its
known factors; a factor without data is unknown, is listed, and never lowers the level; with no known factor the
site is unknown. Thresholds are one rising tuple and a value on an edge belongs to the level that it opens, which
is what `bisect_right` and SQL's `width_bucket` both do.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

RED, ORANGE, YELLOW, BLUE = 1, 2, 3, 4
LEVELS = (RED, ORANGE, YELLOW, BLUE)
LEVEL_TITLES = {1: ("红", "重大", "major"), 2: ("橙", "较大", "considerable"), 3: ("黄", "一般", "moderate"),
                4: ("蓝", "低", "low")}  # fmt: skip

Confidence = Literal["verified", "high", "medium", "low", "design"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a threshold comes from. medium, low and design rules are editable (`riskmap.rule`)."""

    text: str
    confidence: Confidence = "verified"
    withdrawn: bool = False

    @property
    def editable(self) -> bool:
        """True where the standard's text is not certain enough to be fixed in code."""
        return self.confidence in ("medium", "low", "design")


@dataclass(frozen=True, slots=True)
class Column:
    """The fact is a field's own value. `stale_after_days` counts from `as_of` (another field, date or time).

    A value that may go stale and has no time at all is stale: nothing says that it is of today.
    """

    name: str
    as_of: str = ""
    stale_after_days: int | None = None

    def columns(self) -> tuple[str, ...]:
        """Fields that this fact reads."""
        return (self.name, *((self.as_of,) if self.as_of else ()))


@dataclass(frozen=True, slots=True)
class Ratio:
    """The fact is actual ÷ required (less is worse); unknown where either is missing or required is not above 0."""

    actual: str
    required: str
    as_of: str = ""

    def columns(self) -> tuple[str, ...]:
        """Fields that this fact reads."""
        return (self.actual, self.required, *((self.as_of,) if self.as_of else ()))


@dataclass(frozen=True, slots=True)
class Overdue:
    """True where the date in `name` lies before today (in Asia/Shanghai); unknown where it is missing.

    `settled_by` names a count: a date that is taken away while the count is known to be 0 is settled, not withdrawn.
    """

    name: str
    settled_by: str = ""

    def columns(self) -> tuple[str, ...]:
        """Fields that this fact reads."""
        return (self.name, *((self.settled_by,) if self.settled_by else ()))


@dataclass(frozen=True, slots=True)
class Computed:
    """A fact that needs more than the record: its SQL stands in geodata.risk under `name`.

    `scale`: the SQL gives the number times this (GB 18218 sums over 3 ÷ Q to stay exact); edges are scaled alike.
    """

    name: str
    scale: int = 1

    def columns(self) -> tuple[str, ...]:
        """Computed facts read what their SQL reads; nothing is declared here."""
        return ()


Fact = Column | Ratio | Overdue | Computed


@dataclass(frozen=True, slots=True)
class Bands:
    """Numeric test. `edges` rise; `levels` has one more entry. bisect_right: an edge belongs to the level it opens."""

    edges: tuple[Decimal, ...]
    levels: tuple[int | None, ...]

    def __post_init__(self) -> None:
        """Refuse edges that do not rise and a count of levels that does not fit."""
        if list(self.edges) != sorted(set(self.edges)):
            raise ValueError(f"edges must rise: {self.edges}")
        if len(self.levels) != len(self.edges) + 1:
            raise ValueError("levels: one more than edges")
        if any(level not in (*LEVELS, None) for level in self.levels):
            raise ValueError(f"levels are 1 to 4 or None: {self.levels}")

    def level(self, value: Decimal | float) -> int | None:
        """Level of `value`; NaN is above every number, as in PostgreSQL."""
        if value != value:
            return self.levels[-1]
        return self.levels[bisect_right(self.edges, value)]


@dataclass(frozen=True, slots=True)
class Classes:
    """Test by class: stored code → level. A code that is not listed has no level (unknown, never low).

    `titles` are the shown names of the classes of a computed fact; a field's choices bring their own.
    """

    levels: tuple[tuple[str, int | None], ...]
    titles: tuple[str, ...] = ()

    def level(self, value: str) -> int | None:
        """Level of the class `value`."""
        return dict(self.levels).get(value)


@dataclass(frozen=True, slots=True)
class Present:
    """Test of a count or flag: above zero (or true) is `level`; zero or false is `otherwise` (None: says nothing)."""

    level_if_any: int
    otherwise: int | None = None

    def level(self, value: int | bool) -> int | None:
        """Level of a count or flag."""
        return self.level_if_any if value else self.otherwise


Test = Bands | Classes | Present


@dataclass(frozen=True, slots=True)
class When:
    """A factor applies only where the record's field `name` has one of `values` (no values: where it is known at all).

    Where the field is not known, the factor is unknown too (with no values: not a factor of that site).
    """

    name: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Factor:
    """One reason for a level: a fact, a test, and where the threshold comes from.

    `unit` follows the value after a thin space, `decimals` is how it is shown; `remark` stands beside the value
    on the card ("本库设计值"). A factor whose `when` does not hold is not a factor of that site at all.
    `after` names factors that take precedence: this one counts only where none of them has a fresh value.
    """

    name: str
    title: str
    title_en: str
    fact: Fact
    test: Test
    source: Source
    unit: str = ""
    decimals: int = 0
    when: When | None = None
    after: tuple[str, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Escalation:
    """A fact that raises the level by `by`, never above `at_most` (1 = 红, 2 = 橙), and never lowers it."""

    name: str
    title: str
    title_en: str
    fact: Fact
    source: Source
    by: int = 1
    at_most: int = RED
    when: When | None = None

    def raised(self, level: int) -> int:
        """`level` one step up within the limit; a level already beyond the limit stays."""
        return level if level <= self.at_most else max(level - self.by, self.at_most)


@dataclass(frozen=True, slots=True)
class Risk:
    """A layer's rule: the worst of `factors`, then `escalations` in their order, under a named edition.

    Escalations with the lower limit stand first, so that 黄 with an expired permit (at most 橙) and 头顶库 (at most 红)
    becomes 红 and the order of the file does not decide.
    """

    factors: tuple[Factor, ...]
    escalations: tuple[Escalation, ...] = ()
    edition: str = "2026-11"

    def __post_init__(self) -> None:
        """Refuse two factors of one name."""
        names = [rule.name for rule in self.rules()]
        if len(names) != len(set(names)):
            raise ValueError(f"two factors of one name: {names}")
        limits = [e.at_most for e in self.escalations]
        if limits != sorted(limits, reverse=True):
            raise ValueError("escalations: those with the lower limit first")
        for place, factor in enumerate(self.factors):
            if not set(factor.after) <= {f.name for f in self.factors[:place]}:
                raise ValueError(f"factor {factor.name!r}: those that it comes after stand before it")

    def rules(self) -> tuple[Factor | Escalation, ...]:
        """Factors and escalations, in the order in which they are declared."""
        return (*self.factors, *self.escalations)

    def columns(self) -> Iterator[str]:
        """Every field that the rule reads, `when` conditions included."""
        for rule in self.rules():
            yield from rule.fact.columns()
            if rule.when:
                yield rule.when.name
