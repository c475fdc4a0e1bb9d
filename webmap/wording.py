"""How values are written on the screen: unit after a thin space, decimals as they were given, unknown as a word."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from layers._sectors import SECTORS
from layers._vocabulary import Field, Kind
from webmap.language import say as _
from webmap.language import titled
from webmap.terms import THIN_SPACE, unit

HERE = ZoneInfo("Asia/Shanghai")


def moment(text: str | None) -> str:
    """An ISO time as 2026-07-14 14:32 in Asia/Shanghai; a date stays a date; nothing is 未知."""
    if not text:
        return _("未知")
    if len(text) == 10:
        return text
    try:
        return datetime.fromisoformat(text).astimezone(HERE).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return text


def short_moment(text: str | None) -> str:
    """A time of this year as 07-14 14:32, any other in full."""
    full = moment(text)
    return full.removeprefix(datetime.now(UTC).astimezone(HERE).strftime("%Y-"))


def value(field: Field, given: Any) -> str:
    """A field's value as it is shown; what is not known is said to be unknown, never 0 and never empty."""
    if given is None or given == "":
        return _("未知")
    if field.kind is Kind.CHOICE:
        choice = field.choice(str(given))
        return titled(choice.title, choice.title_en) if choice else str(given)
    if field.kind is Kind.FLAG:
        return _("是") if given else _("否")
    if field.kind is Kind.TIME:
        return moment(str(given))
    if field.kind in (Kind.INTEGER, Kind.DECIMAL, Kind.REAL):
        return with_unit(f"{given:f}" if isinstance(given, Decimal) else str(given), field.unit)
    if field.check == "sector":
        sector = next((one for one in SECTORS if one.code == given), None)
        return titled(sector.title, sector.title_en) if sector else str(given)
    return str(given)


def with_unit(text: str, name: str) -> str:
    """`72.0` and `m` with a thin space between them."""
    return f"{text}{THIN_SPACE}{unit(name)}".rstrip() if name else text
