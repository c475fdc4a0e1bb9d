"""尾矿库 tables: 等别 by capacity and height, least freeboard and beach, the carry of monitoring warnings.

Sources: GB 50863-2013 Table 3.3.1 and GB 39496-2020 4.5 (等别), GB 50863-2013 Tables 4.2.1 and 4.2.2,
GB 39496-2020 5.5.4 (warnings).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from decimal import Decimal

#: Lower bounds of 四, 三, 二, 一等: full capacity in 10⁴ m³, dam height in m. An edge belongs to the higher grade.
CAPACITY_EDGES = (Decimal(100), Decimal(1000), Decimal(10000), Decimal(50000))
HEIGHT_EDGES = (Decimal(30), Decimal(60), Decimal(100), Decimal(200))

GRADE_TITLES = ("一等", "二等", "三等", "四等", "五等")

#: GB 50863-2013 Table 4.2.1 by dam class 1–5, metres: least freeboard (every method), least beach (upstream).
LEAST_FREEBOARD = (Decimal("1.5"), Decimal("1.0"), Decimal("0.7"), Decimal("0.5"), Decimal("0.4"))
LEAST_BEACH_UPSTREAM = (Decimal(150), Decimal(100), Decimal(70), Decimal(50), Decimal(40))
#: Table 4.2.2, downstream and centreline methods.
LEAST_BEACH_DOWNSTREAM = (Decimal(100), Decimal(70), Decimal(50), Decimal(35), Decimal(25))

#: Methods whose beach Table 4.2.1 and Table 4.2.2 fix; for the others only the dam's own design value holds.
BEACH_BY_METHOD: Mapping[str, tuple[Decimal, ...]] = {
    "upstream": LEAST_BEACH_UPSTREAM,
    "centreline": LEAST_BEACH_DOWNSTREAM,
    "downstream": LEAST_BEACH_DOWNSTREAM,
}

#: Today's value ÷ control value: below 0.5 red, below 1.0 orange, exactly 1.0 is in order [design].
CONTROL_EDGES = (Decimal("0.5"), Decimal("1.0"))

#: GB 39496-2020 5.5.4: so many of one warning make one of the next.
CARRY = (("blue", 4, "yellow"), ("yellow", 3, "orange"), ("orange", 2, "red"))
WARNINGS = ("blue", "yellow", "orange", "red")


def grade_of(value: Decimal, edges: tuple[Decimal, ...]) -> int:
    """Grade 1 (一等) to 5 (五等) of one figure by its lower bounds."""
    return 5 - bisect_right(edges, value)


def dam_grade(capacity_10k_m3: Decimal | None, height_m: Decimal | None) -> int | None:
    """等别 1–5 by the combination rule; None where capacity or height is unknown.

    One grade apart: the higher. More than one apart: the higher lowered by one.
    """
    if capacity_10k_m3 is None or height_m is None:
        return None
    by_capacity = grade_of(capacity_10k_m3, CAPACITY_EDGES)
    by_height = grade_of(height_m, HEIGHT_EDGES)
    higher = min(by_capacity, by_height)
    return higher if abs(by_capacity - by_height) <= 1 else higher + 1


def least_freeboard(grade: int | None) -> Decimal | None:
    """最小安全超高 in m for dam class 1–5 (GB 50863-2013 Table 4.2.1)."""
    return None if grade is None else LEAST_FREEBOARD[grade - 1]


def least_beach(grade: int | None, method: str | None) -> Decimal | None:
    """最小干滩长度 in m; None where the method has no table (一次性筑坝, 干堆) or is unknown."""
    table = BEACH_BY_METHOD.get(method or "")
    return None if grade is None or table is None else table[grade - 1]


def carried(counts: Mapping[str, int]) -> str | None:
    """Highest warning reached when `counts` of each warning are carried upwards; None where there is none."""
    totals = {warning: counts.get(warning, 0) for warning in WARNINGS}
    for lower, enough, higher in CARRY:
        totals[higher] += totals[lower] // enough
    return next((warning for warning in reversed(WARNINGS) if totals[warning]), None)


def dam_warning(points: Mapping[str, Iterable[str]]) -> str | None:
    """Warning of a dam from its points' warnings by item: points → item, then items → dam, each stage with carry.

    Points that are `normal` count nothing. A single point or item of a warning gives at least that warning [design].
    """
    items = [carried(_counted(warnings)) for warnings in points.values()]
    return carried(_counted(item for item in items if item))


def _counted(warnings: Iterable[str]) -> dict[str, int]:
    counts = dict.fromkeys(WARNINGS, 0)
    for warning in warnings:
        if warning in counts:
            counts[warning] += 1
    return counts
