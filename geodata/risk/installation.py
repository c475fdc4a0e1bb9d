"""重大危险源 in Python: exact S and R of one unit by GB 18218-2018, for single questions and as a yardstick."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from layers._gb18218 import (
    ALPHA_EDGES,
    ALPHAS,
    CATEGORIES,
    LEVEL_EDGES,
    PRACTICAL_BETA,
    TABLE_1,
    TABLE_3,
    WEIGHT,
    Named,
    folded,
    weight,
)


@dataclass(frozen=True, slots=True)
class Substance:
    """A substance as a unit's ledger gives it; q in t, None where it is not known."""

    name: str
    q_t: Decimal | None
    cas: str | None = None
    categories: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the tables say of a substance: weight 3 ÷ Q and β (None: not found), its row of Table 1, other rows."""

    weight: Decimal | None
    beta: Decimal | None
    row: int | None = None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """Sums of a unit over its known substances: S and β-weighted sum (R = α × it), and what is missing.

    `s_whole`: every q and Q is known, so S is exact; a missing β then matters only where S ≥ 1.
    """

    s: Fraction
    weighted: Fraction
    missing: tuple[str, ...] = ()
    s_whole: bool = True

    @property
    def is_installation(self) -> bool:
        """S ≥ 1, 构成重大危险源; with something missing, S is a lower bound."""
        return self.s >= 1

    def r(self, people: int) -> Fraction:
        """R for so many residents within 500 m outside the plant's boundary."""
        return Fraction(alpha(people)) * self.weighted


def meaning(substance: Substance, betas: Mapping[int, Decimal] = PRACTICAL_BETA) -> Meaning:
    """Look a substance up: Table 1 by CAS and name, else Table 2 by the categories, the smallest Q of several."""
    symbols = [category for category in CATEGORIES if category.symbol in substance.categories]
    category_beta = max((c.beta for c in symbols), default=None)
    rows = _rows(substance)
    if rows:
        row = min(rows, key=lambda one: (one.critical_t, one.number))
        beta = TABLE_3.get(row.number) or category_beta or betas.get(row.number)
        return Meaning(weight(row.critical_t), beta, row.number, len(rows) > 1)
    if symbols:
        return Meaning(max(weight(c.critical_t) for c in symbols), category_beta)
    return Meaning(None, None)


def unit(substances: Iterable[Substance], betas: Mapping[int, Decimal] = PRACTICAL_BETA) -> Unit:
    """S and weighted sum of a unit over 3 ÷ Q; substances without Q, q or β are named in `missing`."""
    s3 = weighted3 = Fraction(0)
    missing, s_whole = [], True
    for substance in substances:
        found = meaning(substance, betas)
        if found.weight is None or substance.q_t is None:
            missing.append(substance.name)
            s_whole = False
            continue
        s3 += Fraction(substance.q_t) * Fraction(found.weight)
        if found.beta is None:
            missing.append(substance.name)
        else:
            weighted3 += Fraction(found.beta) * Fraction(substance.q_t) * Fraction(found.weight)
    return Unit(s3 / Fraction(WEIGHT), weighted3 / Fraction(WEIGHT), tuple(missing), s_whole)


def alpha(people: int) -> Decimal:
    """α of Table 5."""
    return ALPHAS[bisect_right(ALPHA_EDGES, people)]


def installation_level(r: Fraction | Decimal) -> int:
    """级别 1 to 4 of Table 6."""
    return 4 - bisect_right(LEVEL_EDGES, r)


def _rows(substance: Substance) -> list[Named]:
    """Rows of Table 1 that the substance may be: those that CAS and name both mean, else all that one of them means."""
    name = folded(substance.name)
    by_cas = [row for row in TABLE_1 if substance.cas and substance.cas in row.cas]
    by_name = [row for row in TABLE_1 if name in {folded(one) for one in row.names()}]
    both = [row for row in by_cas if row in by_name]
    return both or [*by_cas, *by_name]
