"""Evidently invented people, offices and enterprise codes: nobody in the sample can be mistaken for somebody."""

from __future__ import annotations

from typing import Any

from geodata.sample.townships import COUNTY_CODE

STEMS = "甲乙丙丁戊己庚辛壬癸"
#: GB 32100-2015 Table 1: the characters of a 统一社会信用代码, each worth its place.
_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def person(role: str, number: int) -> str:
    """示例 + role + a letter of the ten stems: 示例值班员甲, … 示例值班员甲2 …"""
    again = number // len(STEMS)
    return f"示例{role}{STEMS[number % len(STEMS)]}{again + 1 if again else ''}"


def extension(number: int) -> str:
    """An internal extension: no subscriber anywhere has it."""
    return f"内线 {8001 + number % 1000}"


def responsible(role: str, office: str, number: int) -> dict[str, Any]:
    """A row of the Part persons."""
    return {"role": role, "person": person(office[-2:], number), "office": f"示例县{office}",
            "phone": extension(number)}


def credit_code(serial: int) -> str:
    """A well-formed 统一社会信用代码 of the invented county: 17 characters and the check character (GB 32100-2015)."""
    body = f"91{COUNTY_CODE}MA9{serial:06d}"
    total = sum(_CHARACTERS.index(character) * pow(3, place, 31) for place, character in enumerate(body))
    return body + _CHARACTERS[(31 - total % 31) % 31]
