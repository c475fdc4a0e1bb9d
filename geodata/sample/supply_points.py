"""12 supply points; together 38,000 bags, 80 wet suits, 80 radios, 2 pumps, 2 light sets and 8,000 other pieces.

Item codes have the form of GB/T 38565-2020 (seven digits, first the class: 1 living, 2 equipment, 3 engineering
materials). The digits after the class are the sample's own and name nothing in the standard's list.
"""

from __future__ import annotations

from typing import Any

from geodata.sample.calendar import Calendar
from geodata.sample.county import County, Row
from geodata.sample.people import extension, person, responsible

#: Name, township index, level.
POINTS = (
    ("县应急物资储备库", 0, "county"), ("县防汛物资仓库", 0, "county"), ("城关镇物资储备点", 0, "township"),
    ("青溪镇物资储备点", 1, "township"), ("石桥镇物资储备点", 2, "township"), ("白岭乡物资储备点", 3, "township"),
    ("云台乡物资储备点", 4, "township"), ("清水河堤防物料点", 0, "county"), ("青溪矿山救援物资点", 1, "enterprise"),
    ("石桥水文站物资点", 2, "county"), ("南岭村级物资点", 1, "village"), ("东沟村级物资点", 2, "village"),
)  # fmt: skip
#: Item, code, unit, pieces at each of the twelve points, years that it keeps (None: does not expire).
ITEMS: tuple[tuple[str, str, str, tuple[int, ...], float | None], ...] = (
    ("编织袋、沙袋", "3019901", "个", (9_000, 8_000, 2_500, 3_000, 3_000, 2_500, 2_000, 4_500, 500, 1_500, 800, 700),
     3),
    ("水域救援湿式防护装备", "2019901", "套", (36, 20, 0, 6, 6, 4, 4, 0, 0, 4, 0, 0), 5),
    ("对讲机", "2029901", "台", (24, 10, 6, 8, 8, 6, 6, 2, 6, 4, 0, 0), None),
    ("柴油机水泵", "2039901", "台", (1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), None),
    ("移动照明灯组", "2049901", "台", (1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), None),
    ("棉被", "1019901", "床", (900, 0, 200, 260, 240, 180, 180, 0, 0, 0, 60, 60), 8),
    ("救生衣", "2019902", "件", (500, 620, 120, 180, 180, 120, 100, 160, 20, 80, 20, 20), 5),
    ("铁锹", "3029901", "把", (400, 560, 150, 200, 200, 150, 140, 420, 60, 100, 60, 60), None),
    ("应急手电", "2049902", "只", (420, 180, 100, 120, 120, 90, 90, 40, 80, 20, 30, 30), 3),
)  # fmt: skip


def rows(county: County, calendar: Calendar) -> list[Row]:
    """The supply points' rows; some items are past their date, one point was never counted."""
    seats = [next(village for village in county.villages if village.township == number) for number in range(5)]
    found = []
    for number, (name, township, level) in enumerate(POINTS):
        at = county.near(seats[township].at, number + 7, 330.0 + 45.0 * number)
        if level == "village":
            at = county.near(county.villages[20 + 30 * (number - 10)].at, number, 120.0)
        facts = {
            "state": "ready", "depot_level": level,
            "owner": "示例县应急管理局" if level == "county" else f"示例县{name[:3]}",
            "area_m2": 1_200 if number == 0 else 60 + 35 * number,
            "value_yuan": None if number == 11 else 18_000 + 41_000 * ((11 - number) % 5),
            "keeper": person("保管员", number), "phone": extension(400 + number), "items": _items(number, calendar),
            "persons": [responsible("管理责任人", "应急管理局保管员", number)],
        }  # fmt: skip
        found.append(county.site(name, at, facts))
    return found


def _items(number: int, calendar: Calendar) -> list[dict[str, Any]]:
    found = []
    for place, (item, code, unit, pieces, years) in enumerate(ITEMS):
        if pieces[number]:
            left = None if years is None else int(365 * years - 97 * ((number * 3 + place) % 12))
            found.append({"item": item, "item_code": code, "quantity": pieces[number], "unit": unit,
                          "expires": calendar.day(left),
                          "counted": None if number == 11 else calendar.day(-20 - 9 * number)})  # fmt: skip
    return found
