"""One cell becomes one value of a Field: numbers, dates, yes and no, choices; or a sentence says why not."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from geodata.errors import Refused
from geodata.intake import dates, units
from geodata.intake.checks import CHECKS
from layers._vocabulary import Field, Kind

Value = str | int | float | Decimal | bool | date | datetime | None
SHANGHAI = timezone(timedelta(hours=8))

#: What stands in a cell whose value nobody knows. Never zero, never "no".
_BLANKS = frozenset(
    "- -- --- / // \\ ? ?? x xx xxx xxxx n/a na #n/a nan null nil tbd unknown ... …… *"
    " 未知 不详 不明 待定 待查 待核实 待补 暂无 缺 无数据".split()
) | {""}
_NUMBER = re.compile(r"(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d+)?)\s*(?P<unit>[^\d\s].*)?")
_DASHES = str.maketrans("—–−―－", "-----")
_TRUE = frozenset(("是", "有", "y", "yes", "true", "t", "1", "√", "✓", "✔", "对", "sim", "已"))
_FALSE = frozenset(("否", "无", "没有", "n", "no", "false", "f", "0", "×", "x", "✗", "不是", "未", "não"))
_ENDLESS = frozenset(("长期", "长期有效", "永久", "永久有效", "无固定期限", "无期限"))
#: No text of a record is longer: a longer one is a mistake in the file (a shifted quote) or an attack.
LONGEST_TEXT = 20_000


def plain(text: str) -> str:
    """NFKC, dashes of all kinds as one, no outer blanks, lower case: the form in which texts are compared."""
    if text.isascii():  # most cells are
        return text.strip().lower()
    text = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return text.strip().strip("\u200b\ufeff").lower()


def is_blank(cell: object) -> bool:
    """True where a cell says nothing: empty, NaN, -, /, XX, 未知 and the like."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return True
    return isinstance(cell, str) and plain(cell) in _BLANKS


def read(field: Field, cell: object, unit: str = "", spelt: Mapping[str, str] | None = None) -> Value:
    """The value of `cell` as `field` keeps it; None where it is blank.

    `unit` is what the number is in where the heading or the mapping says so; `spelt` replaces texts first
    (--map-value). Raises Refused with what is wrong and how to mend it.
    """
    if spelt and isinstance(cell, (str, int, float)) and plain(as_text(cell)) in spelt:
        cell = spelt[plain(as_text(cell))]
    if field.kind is Kind.CHOICE:
        return _choice(field, cell)
    if field.kind is Kind.FLAG:
        return _flag(field, cell)
    if is_blank(cell):
        return None
    match field.kind:
        case Kind.INTEGER | Kind.DECIMAL | Kind.REAL:
            return _checked_number(field, _in_range(field, _number(field, cell, unit)))
        case Kind.DATE:
            return _day(field, cell)
        case Kind.TIME:
            return dates.read_time(cell, SHANGHAI)
        case _:
            return _checked_text(field, as_text(cell))


def as_text(cell: object) -> str:
    """A cell as text: 3.0 of a spreadsheet is 3, a date is its day."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime) and (cell.hour, cell.minute, cell.second) == (0, 0, 0):
        return cell.date().isoformat()
    return str(cell).strip()


def _day(field: Field, cell: object) -> date:
    text = plain(as_text(cell))
    if text in _ENDLESS:
        # What no end means is the user's word: the program invents no date.
        mend = f"不会到期的可加 --map-value {field.name}:{text}=2199-12-31；不知道就留空"
        raise Refused(f"“{text}”不是日期", mend=mend)
    return dates.read_date(cell)


def _checked_text(field: Field, text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise Refused(f"有 {len(text)} 个字，太长", mend=f"一格最多 {LONGEST_TEXT} 个字；多半是引号没有配对")
    text = "".join(character for character in text if character >= " " or character in "\n\t")
    return CHECKS[field.check](unicodedata.normalize("NFKC", text)) if field.check else text


def number(cell: object) -> tuple[Decimal, str]:
    """(number, unit behind it) of a cell: 27,700,000.00, １２.５, 35.5米. Raises Refused."""
    if isinstance(cell, bool):
        raise Refused(f"“{cell}”不是数")
    if isinstance(cell, (int, float, Decimal)):
        if not math.isfinite(cell):
            raise Refused(f"“{cell}”不是数")
        return Decimal(str(cell)), ""
    match = _NUMBER.fullmatch(plain(str(cell)).replace("，", ","))
    if match is None:
        raise Refused(f"“{str(cell)[:40]}”不是一个数", mend=_instead(plain(str(cell))))
    try:
        return Decimal(match["number"].replace(",", "")), match["unit"] or ""
    except InvalidOperation as error:
        raise Refused(f"“{str(cell)[:40]}”不是一个数") from error


def _instead(text: str) -> str:
    """What to write where no number can be read."""
    if text in _FALSE:
        return "没有就写 0，不知道就留空"
    found = re.findall(r"\d+(?:\.\d+)?", text)
    return f"只写一个数（能确认就写 {found[0]}）；不知道就留空" if len(found) == 1 else "只写一个数；不知道就留空"


def _no_unit(cell: object, stated: str, wanted: str) -> Refused:
    """The refusal of what stands behind a number."""
    text = str(cell)[:40]
    if units.known(stated):
        return Refused(
            f"“{text}”的单位“{stated}”换算不到“{wanted or '无单位'}”", mend=f"换成{wanted or '没有单位的数'}"
        )
    found = next((text[place:] for place in range(len(text)) if plain(text[place:]) == plain(stated)), stated)
    digit = "；字母 O 多半是数字 0" if "o" in stated.lower() else ""
    return Refused(f"“{text}”里有不认识的“{found}”", mend=f"只写数{f'（单位是{wanted}）' if wanted else ''}{digit}")


def _number(field: Field, cell: object, unit: str) -> int | float | Decimal:
    value, behind = number(cell)
    stated = behind or unit
    if stated:
        times = units.factor(stated, field.unit)
        if times is None:
            raise _no_unit(cell, stated, field.unit)
        value *= times
    if field.kind is Kind.INTEGER:
        if value != value.to_integral_value():
            raise Refused(f"“{cell}”应是整数")
        return int(value)
    if field.kind is Kind.REAL:
        return float(value)
    return value.normalize() if stated and value.as_tuple().exponent != 0 else value


def _in_range(field: Field, value: int | float | Decimal) -> int | float | Decimal:
    for limit, outside, word in ((field.least, field.least is not None and value < field.least, "小于"),
                                 (field.most, field.most is not None and value > field.most, "大于")):  # fmt: skip
        if outside and limit is not None:
            raise Refused(f"{value:f}{field.unit} {word}合理值 {limit:g}{field.unit}".replace("  ", " "),
                          mend="核对数值和单位；不知道就留空")  # fmt: skip
    return value


def _checked_number(field: Field, value: int | float | Decimal) -> int | float | Decimal:
    if field.check:
        CHECKS[field.check](f"{Decimal(value):f}")
    return value


def _flag(field: Field, cell: object) -> bool | None:
    if isinstance(cell, bool):
        return cell
    text = plain(as_text(cell)) if cell is not None else ""
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    if is_blank(cell):
        return None
    raise Refused(f"“{str(cell)[:40]}”不是“是”或“否”", mend="写 是 或 否；不知道就留空")


def _choice(field: Field, cell: object) -> str | None:
    text = _squeezed(as_text(cell)) if cell is not None else ""
    for choice in field.choices:
        if text and any(text == _spelling(each) for each in choice.spellings()):
            return choice.code
    if is_blank(cell):
        return None
    known = "、".join(f"{choice.title}" for choice in field.choices)
    raise Refused(
        f"“{str(cell)[:40]}”不在“{field.title}”的选项里",
        mend=f"可以写：{known}；或加 --map-value {field.name}:{as_text(cell)[:40]}=…",
    )


@lru_cache(maxsize=4096)
def _spelling(text: str) -> str:
    """A declared spelling as it is compared; every row of a file asks for the same ones."""
    return _squeezed(text)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", plain(text))
