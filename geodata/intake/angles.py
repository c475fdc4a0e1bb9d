"""One longitude or latitude in any of its usual spellings."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from geodata.errors import Refused

Axis = Literal["lon", "lat"]

#: Every spelling of a mark is brought to one: ° ' ".
_MARKS = str.maketrans({
    "º": "°", "˚": "°", "度": "°", "′": "'", "’": "'", "‘": "'", "´": "'", "`": "'", "分": "'", "＇": "'",
    "″": '"', "”": '"', "“": '"', "秒": '"', "＂": '"', "〃": '"', "−": "-", "–": "-", "。": ".",
})  # fmt: skip
_SIDES: dict[str, tuple[Axis, int]] = {
    "东经": ("lon", 1), "西经": ("lon", -1), "北纬": ("lat", 1), "南纬": ("lat", -1),
    "東經": ("lon", 1), "西經": ("lon", -1), "北緯": ("lat", 1), "南緯": ("lat", -1),
    "e": ("lon", 1), "w": ("lon", -1), "n": ("lat", 1), "s": ("lat", -1),
    "东": ("lon", 1), "西": ("lon", -1), "北": ("lat", 1), "南": ("lat", -1),
}  # fmt: skip
_SIDE = "|".join(_SIDES)
#: Words for the axis; plain() has already made ° of 度.
_WORDS: dict[str, Axis] = {"经°": "lon", "纬°": "lat", "經°": "lon", "緯°": "lat",
                           "longitude": "lon", "latitude": "lat", "lon": "lon", "lng": "lon", "lat": "lat"}  # fmt: skip
_PLAIN = r"(?P<d>[+-]?\d+(?:\.\d+)?)"
_SHAPES = tuple(re.compile(shape) for shape in (
    rf"{_PLAIN}\s*°?",
    r"(?P<d>[+-]?\d{1,3})\s*°\s*(?P<m>\d{1,2}(?:\.\d+)?)\s*'?",
    r"(?P<d>[+-]?\d{1,3})\s*°\s*(?P<m>\d{1,2})\s*'\s*(?P<s>\d{1,2}(?:\.\d+)?)\s*(?:\"|'')?",
    r"(?P<d>[+-]?\d{1,3})\s*:\s*(?P<m>\d{1,2})\s*:\s*(?P<s>\d{1,2}(?:\.\d+)?)",
    r"(?P<d>[+-]?\d{1,3})\s+(?P<m>\d{1,2})\s+(?P<s>\d{1,2}(?:\.\d+)?)",
    r"(?P<d>\d{1,3})-(?P<m>\d{1,2})-(?P<s>\d{1,2}(?:\.\d+)?)",
))  # fmt: skip
_DOTTED = re.compile(r"([+-]?\d{1,3})\.(\d{1,2})\.(\d{1,2}(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Angle:
    """A number of degrees (or metres, where it is too large), and the axis where the text itself names it."""

    value: float
    axis: Axis | None = None


def plain(text: str) -> str:
    """NFKC, one spelling of each mark, lower case."""
    # NFKC would turn the acute accent and the double prime into something else: marks first.
    return unicodedata.normalize("NFKC", text.translate(_MARKS)).translate(_MARKS).strip().lower()


def read(value: object) -> Angle:
    """Read a number or a text such as 106°09′36″E, 东经106度9分36秒, 106:09:36, N33.33. Raises Refused."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if not math.isfinite(value):
            raise Refused(f"坐标 {value} 不是数")
        return Angle(float(value))
    original = str(value)
    text, axis, sign = _without_side(plain(original))
    for shape in _SHAPES:
        if match := shape.fullmatch(text):
            return Angle(_value(match, sign, original), axis)
    if dotted := _DOTTED.fullmatch(text):
        # 106.1.2 may as well be a decimal with a point too many.
        meant = f"{dotted[1]}°{dotted[2]}′{dotted[3]}″"
        raise Refused(f"坐标“{original}”有几个点，读不懂", mend=f"是度分秒就写成 {meant}，是小数就只留一个点")
    raise Refused(f"坐标“{original}”读不懂", mend="写成十进制度（106.16）或度分秒（106°09′36″）")


def _without_side(text: str) -> tuple[str, Axis | None, int | None]:
    """Take the words for the axis and the side of the world off a text."""
    axis: Axis | None = None
    sign: int | None = None
    for word, its in _WORDS.items():
        if text.startswith(word):
            axis, text = its, text.removeprefix(word).lstrip(" :=")
            break
    for pattern in (rf"(?P<side>{_SIDE})[\s:]*(?P<rest>.*)", rf"(?P<rest>.*?)\s*(?P<side>{_SIDE})"):
        if match := re.fullmatch(pattern, text):
            named, sign = _SIDES[match["side"]]
            if axis is not None and axis != named:
                raise Refused(f"坐标“{text}”自相矛盾：又是经度又是纬度")
            return match["rest"].strip(), named, sign
    return text, axis, sign


def _value(match: re.Match[str], sign: int | None, original: str) -> float:
    parts = match.groupdict()
    degrees, minutes, seconds = float(parts["d"]), float(parts.get("m") or 0), float(parts.get("s") or 0)
    if minutes >= 60 or seconds >= 60:
        raise Refused(f"坐标“{original}”的分或秒达到 60", mend="分和秒都小于 60；度是小数时不再写分秒")
    negative = parts["d"].startswith("-")
    if negative and sign is not None:
        raise Refused(f"坐标“{original}”既有负号又写明方位", mend="只留一个")
    size = abs(degrees) + minutes / 60 + seconds / 3600
    return size * (sign if sign is not None else -1 if negative else 1)
