"""Units that stand in a heading or behind a number, and the factor from one to the other."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

#: Unit → (what it measures, how many of the first of its kind it is). Spellings are NFKC, lower case, no spaces.
_UNITS: dict[str, tuple[str, Decimal]] = {}
for _kind, _members in {
    "length": {"m 米 metre meter metres meters metros": "1",
               "km 千米 公里": "1000", "cm 厘米 公分": "0.01", "mm 毫米": "0.001"},
    "area": {"m2 m^2 平方米 ㎡ 平米": "1", "km2 平方公里 平方千米": "1000000", "亩": "666.6666666667",
             "公顷 ha hm2": "10000",
             "万m2 万平方米 万平米": "10000"},
    "volume": {"m3 m^3 立方米 方 立方": "1", "万m3 10^4m3 104m3 万立方米 万方 万立方": "10000",
               "亿m3 亿立方米": "100000000", "l 升": "0.001"},
    "mass": {"t 吨": "1", "kg 千克 公斤": "0.001", "g 克": "0.000001", "万t 万吨": "10000", "kt 千吨": "1000",
             "mt 百万吨": "1000000"},
    "rate": {"t/a 吨/年": "1", "万t/a 万吨/年 万t/年 10kt/a": "10000", "mt/a mtpa 百万吨/年": "1000000"},
    "speed": {"km/h 公里/小时 千米/小时": "1", "m/s 米/秒": "3.6"},
    "count": {"人 名 个 座 支 家 处 辆 台 套 顶 项 户 件 张 条 口 艘 只 副 把 间": "1", "万人": "10000",
              "千人": "1000"},
    "share": {"% 百分比": "1", "‰": "0.1"},
    "money": {"元": "1", "万元": "10000", "亿元": "100000000"},
    "time": {"h 小时": "1", "min 分钟": "0.0166666666667", "天 日 d": "24"},
}.items():  # fmt: skip
    for _names, _factor in _members.items():
        for _name in _names.split():
            _UNITS[_name] = (_kind, Decimal(_factor))


def plain(unit: str) -> str:
    """One spelling of a unit: 10⁴ m³, 万 m³ and 万m3 alike."""
    text = unicodedata.normalize("NFKC", unit.replace("⁴", "^4")).lower()
    return re.sub(r"[\s·×]+", "", text)


def known(unit: str) -> bool:
    """True for a unit of the table."""
    return plain(unit) in _UNITS


def factor(unit: str, wanted: str) -> Decimal | None:
    """What a number in `unit` is multiplied by to be in `wanted`; None where the two do not measure the same."""
    have, want = plain(unit), plain(wanted)
    if have == want or not have:
        return Decimal(1)
    if have not in _UNITS or want not in _UNITS or _UNITS[have][0] != _UNITS[want][0]:
        # A counted thing (项, 人, 个) may be called otherwise in the file.
        return None
    return _UNITS[have][1] / _UNITS[want][1]
