"""等别 of a tailings dam as the card shows it: computed from capacity and height, beside what the ledger says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from layers._tailings_tables import CAPACITY_EDGES, HEIGHT_EDGES, dam_grade, grade_of
from layers.tailings_dams import GRADES
from webmap.language import say as _
from webmap.language import titled


@dataclass(frozen=True)
class DamClass:
    """The class as a word, how it came about, and whether it is known."""

    title: str
    note: str
    known: bool


def dam_class(values: Mapping[str, Any]) -> DamClass:
    """The class by `capacity_10k_m3` (10⁴ m³) and `height_m`; where one is unknown, the ledger's own, named as such.

    Source: GB 50863-2013 Table 3.3.1; the higher of the two where they are one apart, else the higher less one.
    """
    capacity, height, ledger = (values.get(name) for name in ("capacity_10k_m3", "height_m", "grade_recorded"))
    if capacity is None or height is None:
        if ledger is None:
            return DamClass(_("未知"), _("库容或坝高未知"), False)
        return DamClass(_title(int(ledger)), _("台账所记；库容或坝高未知"), True)
    number = dam_grade(Decimal(capacity), Decimal(height))
    assert number is not None  # both figures are known
    note = _how(grade_of(Decimal(capacity), CAPACITY_EDGES), grade_of(Decimal(height), HEIGHT_EDGES))
    if ledger is not None and int(ledger) != number:
        note += _("；台账记%(title)s", title=_title(int(ledger)))
    return DamClass(_title(number), note, True)


def _how(capacity: int, height: int) -> str:
    words = {"capacity": _short(capacity), "height": _short(height)}
    if capacity == height:
        return _("库容、坝高均%(height)s", **words)
    if abs(capacity - height) == 1:
        return _("库容%(capacity)s 坝高%(height)s，取高", **words)
    return _("库容%(capacity)s 坝高%(height)s，取高降一", **words)


def _short(number: int) -> str:
    choice = GRADES[number - 1]
    return titled(choice.title.removesuffix("等"), choice.code)


def _title(number: int) -> str:
    choice = GRADES[number - 1]
    return titled(choice.title, choice.title_en)
