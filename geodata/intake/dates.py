"""Dates as people write them: 2023年6月5日, 2023/6/5, 20230605, Excel's serial numbers."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta, tzinfo

from geodata.errors import Refused

#: Day 0 of Excel's calendar: serial 60 is its invented 29 February 1900, so serials count from here above that.
_EXCEL = datetime(1899, 12, 30)
_FIRST, _LAST = date(1900, 1, 1), date(2200, 12, 31)
_DAY = re.compile(r"(\d{4})\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})\s*(?:日|号)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_PARTIAL = re.compile(r"(?:19|20|21)\d{2}\s*(?:年|(?:年|[-/.])\s*(\d{1,2})\s*月?)?")
_CLOCK = re.compile(
    r"(?:t|\s)*(\d{1,2})(?:时|:|点)(\d{1,2})?(?:分|:)?(\d{1,2})?(?:\.\d+)?\s*秒?\s*(z|[+-]\d{2}:?\d{2})?"
)
_MEND = "写成 2023-06-05 的样子；不知道就留空"


def read_date(cell: object) -> date:
    """The day that a cell names. Raises Refused for what is no day, or lies outside 1900–2200."""
    if isinstance(cell, datetime):
        return _plausible(cell.date(), cell)
    if isinstance(cell, date):
        return _plausible(cell, cell)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _plausible(_of_number(cell).date(), cell)
    return _plausible(_day(str(cell))[0], cell)


def read_time(cell: object, zone: tzinfo) -> datetime:
    """The moment that a cell names; without a zone of its own it is in `zone`. Raises Refused."""
    if isinstance(cell, datetime):
        moment = cell
    elif isinstance(cell, date):
        moment = datetime.combine(cell, time())
    elif isinstance(cell, (int, float)) and not isinstance(cell, bool):
        moment = _of_number(cell)
    else:
        moment = _moment(str(cell))
    _plausible(moment.date(), cell)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)


def _of_number(value: int | float) -> datetime:
    """An Excel serial (20,000–80,000 is 1954–2119) or a number such as 20230605."""
    if 20_000 <= value <= 80_000:
        return _EXCEL + timedelta(days=float(value))
    if value == int(value) and 19_000_101 <= value <= 22_001_231:
        return datetime.combine(_day(str(int(value)))[0], time())
    raise _no_day(f"{value:g}")


def _day(text: str) -> tuple[date, str]:
    """(day, what stands behind it) of a text."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    match = _DAY.match(plain) or _COMPACT.fullmatch(plain)
    if match is None and re.fullmatch(r"\d{5}(\.\d+)?", plain):
        return _of_number(float(plain)).date(), ""
    if match is None:
        raise _no_day(text)
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError as error:
        raise Refused(f"没有“{text[:40]}”这一天", mend=_MEND) from error
    rest = plain[match.end() :].strip()
    if rest and not _CLOCK.fullmatch(rest):
        raise Refused(f"“{text[:40]}”不是一个完整的日期", mend=_MEND)
    return day, rest


def _no_day(text: str) -> Refused:
    """The refusal of a text that names no day, or only a year or month."""
    partial = _PARTIAL.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if partial is None:
        return Refused(f"“{text[:40]}”不是一个完整的日期", mend=_MEND)
    has, lacks = ("年月，没有日", "日") if partial[1] else ("年份，没有月日", "月日")
    return Refused(f"“{text[:40]}”只有{has}", mend=f"补上{lacks}，{_MEND}")


def _moment(text: str) -> datetime:
    try:
        # Our own export and most programs: to the microsecond, with its zone.
        return datetime.fromisoformat(text.strip())
    except ValueError:
        pass
    day, rest = _day(text)
    if not rest:
        return datetime.combine(day, time())
    clock = _CLOCK.fullmatch(rest)
    assert clock is not None  # _day has checked it
    hour, minute, second = (int(part or 0) for part in clock.groups()[:3])
    try:
        moment = datetime.combine(day, time(hour, minute, second))
    except ValueError as error:
        raise Refused(f"没有“{text[:40]}”这个时刻", mend="写成 2023-06-05 14:30 的样子") from error
    return datetime.fromisoformat(f"{moment.isoformat()}{_offset(clock[4])}") if clock[4] else moment


def _offset(text: str) -> str:
    return "+00:00" if text == "z" else text if ":" in text else f"{text[:3]}:{text[3:]}"


def _plausible(day: date, cell: object) -> date:
    if not _FIRST <= day <= _LAST:
        raise Refused(f"“{cell}”不在 1900—2200 年之间", mend="核对年份；不知道就留空")
    return day
