"""Speed, height and weight limits as OpenStreetMap writes them: a number, perhaps a unit, perhaps a word.

What a sign does not say stays None: "none", "default", "signals" and a country's implicit limit ("CN:urban") are not
numbers that anybody has read from a sign. Units: OpenStreetMap wiki, Map features/Units.
"""

from __future__ import annotations

import re

_NUMBER = re.compile(r"(\d+(?:[.,]\d+)?)\s*([a-z/]*)\Z")
_FEET = re.compile(r"(\d+(?:\.\d+)?)\s*(?:'|ft|feet)\s*(?:(\d+(?:\.\d+)?)\s*(?:\"|''|in)?)?\Z")
_SPEED = {"": 1.0, "km/h": 1.0, "kmh": 1.0, "kph": 1.0, "mph": 1.609344, "knots": 1.852}
_LENGTH = {"": 1.0, "m": 1.0, "meter": 1.0, "metre": 1.0, "cm": 0.01, "mm": 0.001}
_WEIGHT = {"": 1.0, "t": 1.0, "kg": 0.001, "st": 0.90718474, "lt": 1.0160469088, "lb": 0.00045359237,
           "lbs": 0.00045359237, "cwt": 0.0508023454}  # fmt: skip


def speed_kmh(text: str | None) -> float | None:
    """km/h; the lowest where several are written ("50;30"), since which lane has which is not known here."""
    speeds = [_measure(part, _SPEED) for part in re.split(r"[;|]", text or "")]
    known = [speed for speed in speeds if speed]
    return min(known) if known and len(known) == len(speeds) else None


def height_m(text: str | None) -> float | None:
    """Metres; feet and inches are read as such (12'6")."""
    feet = _FEET.match((text or "").strip().lower())
    if feet:
        return round(float(feet[1]) * 0.3048 + float(feet[2] or 0) * 0.0254, 3) or None
    return _measure(text, _LENGTH)


def weight_t(text: str | None) -> float | None:
    """Tonnes; `st` is the American short ton."""
    return _measure(text, _WEIGHT)


def _measure(text: str | None, units: dict[str, float]) -> float | None:
    """The number in the base unit; None for words, unknown units, and 0, which no sign means."""
    match = _NUMBER.match((text or "").strip().lower())
    if match is None or match[2] not in units:
        return None
    value = round(float(match[1].replace(",", ".")) * units[match[2]], 3)
    return value if value > 0 else None
