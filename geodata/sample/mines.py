"""27 mines of 示例县: 11 coal mines and 16 others, with facts of every kind that the rule reads."""

from __future__ import annotations

from typing import Any

from geodata.sample.calendar import Calendar
from geodata.sample.county import County, Row
from geodata.sample.people import credit_code, responsible

#: Name, class, gas, water, what else is special about it. The first three stand where the first wishes are.
COAL: tuple[tuple[str, str | None, str | None, str | None, dict[str, Any]], ...] = (
    ("南岭矿", "B", "high", "medium", {"major_hazards_open": 1, "hazard_report_due": 12}),
    ("北沟矿", "C", "outburst", "complex", {"major_hazards_open": 1, "hazard_report_due": -3}),
    ("西山矿", "B", "high", "simple", {"major_hazards_open": 2, "hazard_report_due": 19}),
    ("桃园煤矿", "C", "high", "medium", {}),
    ("石门煤矿", "B", "low", "medium", {"permit_expires": -26}),
    ("柳林煤矿", "B", "high", "simple", {"rock_burst": True}),
    ("后川煤矿", "B", "high", "simple", {}),
    ("槐安煤矿", "A", "low", "complex", {}),
    ("麻池煤矿", "A", "low", "simple", {}),
    ("暖泉煤矿", "A", "low", "medium", {"state": "construction"}),
    ("旧塬煤矿", "D", None, None, {"state": "stopped", "monitoring": "none", "permit_expires": None,
                                "major_hazards_open": None}),
)  # fmt: skip
#: Name, mineral, class, what else.
OTHERS: tuple[tuple[str, str, str | None, dict[str, Any]], ...] = (
    ("红崖铅锌矿", "铅锌", "C", {}),
    ("黄土坡石灰岩矿", "石灰岩", "B", {"monitoring": "offline", "seen": -52}),
    ("杏树沟采石场", "建筑石料", "B", {}),
    ("大梁金矿", "金", "B", {"method": "underground"}),
    ("榆树河砂石矿", "建筑用砂", "B", {}),
    ("桦林铁矿", "铁", "B", {"method": "underground"}),
    ("石桥石英岩矿", "石英岩", "B", {"state": "stopped"}),
    ("阳坡采石场", "建筑石料", "A", {"permit_expires": -74}),
    ("云台大理石矿", "大理石", "A", {}),
    ("黑水沟页岩矿", "页岩", "A", {}),
    ("青溪石灰岩矿", "石灰岩", "A", {}),
    ("白岭白云岩矿", "白云岩", "A", {}),
    ("磨坊沟萤石矿", "萤石", "A", {"method": "underground"}),
    ("城关砖瓦用粘土矿", "粘土", "A", {}),
    ("东河采石场", "建筑石料", "A", {"state": "construction"}),
    ("新坪重晶石矿", "重晶石", None, {"state": "construction_stopped", "major_hazards_open": None,
                                 "permit_expires": None, "monitoring": None}),
)  # fmt: skip


def rows(county: County, calendar: Calendar) -> list[Row]:
    """The mines' rows; one coal mine's position is not known, one address disagrees with its position."""
    found = []
    for number, (name, safety_class, gas, water, more) in enumerate(COAL):
        facts = _facts(number, calendar, more) | {
            "kind": "coal", "mineral": "烟煤", "safety_class": safety_class, "gas_type": gas, "water_type": water,
            "rock_burst": more.get("rock_burst", False if gas else None), "method": "underground",
            "capacity_10kt": (60, 90, 45, 120, 30, 90, 60, 45, 150, 120, None)[number],
            "depth_m": 180.0 + 37 * number, "spontaneous": ("prone", "not", "easy")[number % 3],
            "workers": 160 + 41 * number, "resident_watch": f"驻矿安监员 {number + 1} 组",
        }  # fmt: skip
        found.append(county.site(name, county.mine_places[number], facts))
    for number, (name, mineral, safety_class, more) in enumerate(OTHERS, len(COAL)):
        facts = _facts(number, calendar, more) | {
            "kind": "noncoal", "mineral": mineral, "safety_class": safety_class,
            "method": more.get("method", "open_pit"), "capacity_10kt": (5, 30, 10, 3, 50, 20, 15, 8)[number % 8],
            "slope_height_m": None if more.get("method") == "underground" else 24.0 + 6 * (number % 9),
            "workers": 12 + 7 * (number % 11),
        }  # fmt: skip
        found.append(county.site(name, county.mine_places[number], facts))
    found[19] |= {"position_source": "GCJ-02", "position_original": "GCJ-02 坐标，已换算"}
    found[20]["address"] = "示例县白岭乡杨家沟"
    found[25] |= {"geom": None, "address": "示例县城关镇，位置待核"}
    return found


def _facts(number: int, calendar: Calendar, more: dict[str, Any]) -> Row:
    """What coal mines and others have alike; days in `more` become dates."""
    hazards = more.get("major_hazards_open", 0)
    state = more.get("state", "production")
    return {
        "state": state, "state_since": calendar.day(-400 - 53 * number),
        "permit_expires": calendar.day(more.get("permit_expires", 140 + 61 * number)),
        "major_hazards_open": hazards, "hazard_report_due": calendar.day(more.get("hazard_report_due")),
        "monitoring": more.get("monitoring", "online" if state == "production" else "none"),
        "monitoring_seen": calendar.hour(more.get("seen", -0.2)) if state == "production" else None,
        "standardisation": ("2", "3", "1", "2", "3", "none")[number % 6],
        "opened": calendar.day(-5_200 - 211 * number), "enterprise_code": credit_code(1 + number),
        "policy": f"一矿一策〔示例〕{number + 1} 号",
        "persons": [responsible("包保责任人", "副县长", number), responsible("监管责任人", "应急管理局局长", number)],
    }  # fmt: skip
