"""19 chemical sites of 示例县 with their units and substances; S and R of GB 18218 follow from the quantities."""

from __future__ import annotations

from typing import Any

from geodata.sample.calendar import Calendar
from geodata.sample.county import County, Row
from geodata.sample.people import credit_code, responsible

#: Substance → CAS, category of GB 18218-2018 Table 2 by which β is taken where Table 3 has none.
SUBSTANCES: dict[str, tuple[str, str | None]] = {
    "液化石油气": ("68476-85-7", "W2"), "汽油": ("86290-81-5", "W5.3"), "甲烷": ("74-82-8", "W2"),
    "氨": ("7664-41-7", None),
    "氯": ("7782-50-5", None), "甲醇": ("67-56-1", "W5.3"), "氢": ("1333-74-0", "W2"), "乙炔": ("74-86-2", "W2"),
    "氧": ("7782-44-7", None), "柴油": ("68334-30-5", "W5.4"),
}  # fmt: skip

#: A unit: its name, kind, and (substance, quantity in t or None).
Unit = tuple[str, str, tuple[tuple[str, str | None], ...]]
#: Name, km wished for, chain stage, people outside, units, what else.
SITES: tuple[tuple[str, tuple[float, float], str, int | None, tuple[Unit, ...], dict[str, Any]], ...] = (
    ("河口储运站", (4.0, 0.1), "storage", 126,
     (("液化气储罐区", "storage", (("液化石油气", "1500"), ("汽油", "4000"))),
      ("装卸区", "storage", (("汽油", "120"),))), {}),
    ("清水化肥厂", (6.5, -2.0), "production", 140,
     (("合成氨装置", "production", (("氨", "18"), ("氢", "1.2"))), ("液氨球罐区", "storage", (("氨", "140"),))), {}),
    ("城东LNG储配站", (1.8, 3.6), "storage", 210, (("储罐区", "storage", (("甲烷", "1100"),)),), {}),
    ("示例县石油库", (8.7, -2.9), "storage", 12,
     (("储罐区", "storage", (("汽油", "9000"), ("甲醇", "4000"), ("柴油", "6000"))),), {}),
    ("云台精细化工厂", (4.5, 5.0), "production", 33,
     (("一车间", "production", (("甲醇", "35"), ("氢", "0.6"))), ("原料罐区", "storage", (("甲醇", "420"),))),
     {"score": "68"}),
    ("石桥甲醇转运站", (12.8, -6.4), "storage", 55, (("储罐区", "storage", (("甲醇", "4600"),)),),
     {"permit_expires": -12}),
    ("食品冷链液氨站", (-2.7, 2.9), "use", 38, (("制冷机房", "production", (("氨", "60"),)),), {}),
    ("城西液化气充装站", (-4.2, 4.0), "trade", 104, (("储罐区", "storage", (("液化石油气", "180"),)),), {}),
    ("青溪甲醇燃料站", (-11.0, 6.9), "storage", 61, (("储罐区", "storage", (("甲醇", "4000"),)),), {}),
    ("白岭液化气站", (-1.6, -8.7), "trade", 45, (("储罐区", "storage", (("液化石油气", "300"),)),), {}),
    ("青溪气体充装站", (-7.4, 5.6), "production", 27,
     (("乙炔库", "storage", (("乙炔", "0.4"),)), ("氧气站", "storage", (("氧", "30"),))), {"score": "82"}),
    ("县自来水厂加氯间", (-1.5, 0.8), "use", 0, (("氯库", "storage", (("氯", "2"),)),), {"score": "87.5"}),
    ("石桥农药分装厂", (15.0, -7.2), "use", 20, (("原料库", "storage", (("甲醇", "60"),)),), {"permit_expires": -45}),
    ("城关加油站", (0.9, 1.5), "trade", 85, (("埋地罐区", "storage", (("汽油", "62"), ("柴油", "55"))),), {}),
    ("青溪加油站", (-9.7, 7.0), "trade", 40, (("埋地罐区", "storage", (("汽油", "44"), ("柴油", "48"))),), {}),
    ("石桥加油站", (11.7, -4.7), "trade", 30, (("埋地罐区", "storage", (("汽油", "51"), ("柴油", "60"))),), {}),
    ("白岭加油站", (-5.2, -7.8), "trade", 16, (("埋地罐区", "storage", (("汽油", "30"), ("柴油", "36"))),), {}),
    ("云台加油站", (7.5, 3.7), "trade", 9, (("埋地罐区", "storage", (("汽油", "30"), ("柴油", "36"))),), {}),
    ("安家河溶剂库", (16.2, -2.2), "storage", None, (("溶剂库", "storage", (("甲醇", None),)),),
     {"state": "stopped", "major_hazards_open": None, "monitoring": None, "permit_expires": None}),
)  # fmt: skip


def rows(county: County, calendar: Calendar) -> list[Row]:
    """The chemical sites' rows, each beside a road; of the last one nobody knows how much is there."""
    lines = [road.line for road in county.roads if road.road_class in ("provincial", "county")]
    score = county.ground.roadsides(lines)
    places = county.ground.choose(score, [site[1] for site in SITES], 520.0, seed=19, reach=1_300.0)
    found = [county.site(site[0], place, _facts(number, site, calendar))
             for number, (site, place) in enumerate(zip(SITES, places, strict=True))]  # fmt: skip
    found[9]["address"] = "示例县石桥镇白岭液化气站"
    return found


def _facts(number: int, site: tuple[Any, ...], calendar: Calendar) -> Row:
    _, _, stage, people, units, more = site
    monitoring = more.get("monitoring", "online")
    return {
        "chain_stage": stage, "state": more.get("state", "operating"),
        "state_since": calendar.day(-1_100 - 47 * number),
        "recorded_people_outside": people, "people_counted_at": calendar.day(-150) if people is not None else None,
        "diagnosis_score": more.get("score"), "diagnosed": calendar.day(-95 - number) if "score" in more else None,
        "workers": 6 + 9 * (number % 7), "permit_expires": calendar.day(more.get("permit_expires", 230 + 39 * number)),
        "standardisation": ("2", "3", "3", "none")[number % 4], "major_hazards_open": more.get("major_hazards_open", 0),
        "monitoring": monitoring, "monitoring_seen": calendar.hour(-0.1) if monitoring else None,
        "enterprise_code": credit_code(201 + number), "units": [_unit(unit, number, calendar) for unit in units],
        "persons": [responsible("主要负责人", "企业经理", number), responsible("技术负责人", "企业总工", number),
                    responsible("操作负责人", "企业班长", number)],
    }  # fmt: skip


def _unit(unit: Unit, number: int, calendar: Calendar) -> dict[str, Any]:
    name, kind, substances = unit
    return {
        "unit": name, "unit_kind": kind, "assessed": calendar.day(-300 - 13 * number),
        "substances": [
            {"substance": substance, "cas": SUBSTANCES[substance][0], "category": SUBSTANCES[substance][1],
             "q_t": quantity, "basis": "design" if quantity else None}
            for substance, quantity in substances
        ],
    }  # fmt: skip
