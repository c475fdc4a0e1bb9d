"""Two cells, or one cell with both, become x and y: always (longitude, latitude) or (easting, northing).

What can be read in one way only is read in that way, and a note says so where the headings say otherwise. What
can be read in two ways is read as the headings say; a cell without headings is then refused, never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from geodata.errors import Refused
from geodata.intake import angles
from geodata.intake.angles import Angle, Axis

#: In China: eastings without prefix, with prefix, and northings of the Gauss–Krüger zones, in metres.
_EASTING, _PREFIXED, _NORTHING = (100_000, 1_000_000), (13_000_000, 46_000_000), (1_500_000, 6_200_000)
_SEPARATOR = re.compile(r"\s*[,;、/|\t\n]\s*")


@dataclass(frozen=True, slots=True)
class Pair:
    """A position as written: x, y in degrees or, where `projected`, in metres.

    `note` says what was read otherwise than it stood.
    """

    x: float
    y: float
    projected: bool = False
    note: str = ""


def read_two(x_cell: object, y_cell: object) -> Pair:
    """Read the cells of the columns for longitude/easting and latitude/northing, in this order. Raises Refused."""
    return _paired(angles.read(x_cell), angles.read(y_cell), f"{x_cell}、{y_cell}")


def read_one(cell: object, order: Axis | None = None) -> Pair:
    """Read one cell with both. `order` is what stands first, where the heading says it. Raises Refused."""
    text = angles.plain(str(cell)).strip("()[]")
    first, second = (angles.read(piece) for piece in _pieces(text, str(cell)))
    if first.axis is not None or second.axis is not None:
        lon_first = first.axis == "lon" or second.axis == "lat"
        return _paired(first, second, str(cell)) if lon_first else _paired(second, first, str(cell))
    big = [abs(angle.value) > 90 for angle in (first, second)]
    if big == [False, False]:
        if order is None:
            raise Refused(f"“{cell}”里哪个是经度、哪个是纬度看不出来", mend="写明方位（如 33.33N, 16.16E），或分两列")
        return _paired(first, second, str(cell)) if order == "lon" else _paired(second, first, str(cell))
    if big == [False, True]:
        return _paired(second, first, str(cell))
    return _paired(first, second, str(cell))


def _pieces(text: str, original: str) -> list[str]:
    pieces = [piece for piece in _SEPARATOR.split(text) if piece]
    if len(pieces) == 1:
        # 东经106°9′36″北纬33°19′48″, E106.16N33.33, 106°9'36"E 33°19'48"N
        for pattern in (
            r"((?:东经|西经|北纬|南纬|東經|北緯|[ewns]).*?)\s*((?:东经|西经|北纬|南纬|東經|北緯|[ewns])\s*\d.*)",
            r"(\S.*?[ewns])\s*([\d-].*[ewns])",
            r"(\S+)\s+(\S+)",
        ):
            if match := re.fullmatch(pattern, text):
                pieces = [match[1], match[2]]
                break
    if len(pieces) != 2:
        raise Refused(f"“{original}”不是一对坐标", mend="写成“106.16, 33.33”，或分成经度、纬度两列")
    return pieces


def _paired(x: Angle, y: Angle, original: str) -> Pair:
    """x and y by the headings; changed about where only the other reading is possible."""
    if x.axis is not None and x.axis == y.axis:
        raise Refused(f"坐标“{original}”两个都写成了同一种", mend="一个是经度（E），一个是纬度（N）")
    if x.axis == "lat" or y.axis == "lon":
        return _checked(Pair(y.value, x.value, note="经度、纬度两列的内容对调了，已按写明的方位读"), original)
    if _metres(x.value, y.value):
        return Pair(x.value, y.value, projected=True)
    if _metres(y.value, x.value):
        return Pair(y.value, x.value, projected=True, note="横坐标、纵坐标两列的内容对调了，已按数值大小读")
    if abs(x.value) <= 90 < abs(y.value) <= 180 and x.axis is None and y.axis is None:
        return Pair(y.value, x.value, note="经度、纬度两列的内容对调了：纬度不可能大于 90°，已调回")
    return _checked(Pair(x.value, y.value), original)


def _metres(x: float, y: float) -> bool:
    """True where x can only be an easting and y a northing of China's Gauss–Krüger zones."""
    easting = _EASTING[0] <= x < _EASTING[1] or _PREFIXED[0] <= x < _PREFIXED[1]
    return easting and _NORTHING[0] <= y < _NORTHING[1]


def _checked(pair: Pair, original: str) -> Pair:
    """Refuse degrees beyond the globe, and propose what may have been meant."""
    if abs(pair.x) <= 180 and abs(pair.y) <= 90:
        return pair
    if abs(pair.x) > 10_000 and abs(pair.y) > 10_000:
        return Pair(pair.x, pair.y, projected=True, note=pair.note)
    wrong = [f"经度 {pair.x:g}"] if abs(pair.x) > 180 else []
    wrong += [f"纬度 {pair.y:g}"] if abs(pair.y) > 90 else []
    hints = [f"{name} {' 或 '.join(f'{guess:g}' for guess in guesses)}"
             for name, value, most in (("经度", pair.x, 180), ("纬度", pair.y, 90))
             if abs(value) > most and (guesses := _with_point(value, most))]  # fmt: skip
    lost = f"可能丢了小数点（{'，'.join(hints)}）：核对后改正" if hints else "核对后改正；是平面坐标时横、纵坐标都要有"
    raise Refused(f"{'、'.join(wrong)} 不在地球上（原文 {original}）", mend=lost)


def _with_point(value: float, most: float) -> list[float]:
    """A whole number that lost its decimal point: where the point may go back in (-45132 → -45.132, -4.5132)."""
    if value != int(value) or abs(value) < 1000:
        return []
    digits = str(abs(int(value)))
    guesses = [float(f"{digits[:length]}.{digits[length:]}") for length in (3, 2, 1)]
    return [guess if value > 0 else -guess for guess in guesses if guess <= most]
