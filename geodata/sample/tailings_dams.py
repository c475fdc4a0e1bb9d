"""16 tailings dams of 示例县: capacity, height, the three pairs of freeboard and beach, monitoring, who lives below."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from geodata.sample.calendar import Calendar
from geodata.sample.county import County, Row
from geodata.sample.people import credit_code, responsible
from layers._tailings_tables import dam_grade

#: Name, capacity (10⁴ m³), height (m), class, 安全度, freeboard and beach today (m), what else is special.
#: The other pairs follow from the dam's 等别 (PAIRS) unless `more` has its own `flood` pair.
DAMS: tuple[tuple[str, str | None, str | None, str | None, str | None, str | None, str | None, dict[str, Any]], ...] = (
    ("大沟尾矿库", "120", "72.0", "B", "dangerous", "1.31", "96",
     {"flood": ("0.52", "58"), "people_below": 126, "below_note": "34 户，沿沟 1 km 以内", "major_hazards_open": 1,
      "hazard_report_due": 12, "assessed": -1_136, "point": "offline", "permit_expires": 420}),
    ("东沟尾矿库", "86", "48.0", "C", "diseased", "1.22", "92",
     {"people_below": 41, "below_note": "11 户", "grade": "5"}),
    ("杏树沟尾矿库", "64", "41.5", "B", "dangerous", "1.25", "95", {}),
    ("石门沟尾矿库", "38", "29.0", "B", "normal", "1.40", "104", {"people_below": 18, "below_note": "5 户"}),
    ("柳林尾矿库", "210", "63.0", "A", "normal", "0.96", "94", {}),
    ("红崖尾矿库", "52", "33.0", "B", "diseased", "1.30", "91", {"flood": ("0.41", "46")}),
    ("榆树河尾矿库", "45", "36.0", "B", "normal", "1.35", "101", {}),
    ("磨坊沟尾矿库", "29", "24.0", "A", "diseased", "1.33", "97", {}),
    ("黑水沟尾矿库", "18", "21.0", "A", "normal", "1.50", "112", {"flood": ("0.52", "36")}),
    ("安家河尾矿库", "33", "27.5", "A", "normal", "1.28", "93", {"permit_expires": -38}),
    ("后川尾矿库", "75", "44.0", "A", "normal", "1.44", "99", {"warning": "yellow"}),
    ("阳坡尾矿库", "22", "19.5", "A", "normal", "1.29", "94", {"monitoring": "offline", "seen": -71}),
    ("桦林尾矿库", "41", "28.0", "A", "normal", "1.62", "118", {}),
    ("梨园沟尾矿库", "16", "18.0", "A", "normal", "1.37", "103", {"state": "closed"}),
    ("云台尾矿库", "27", "25.5", "A", "normal", "1.55", "108", {}),
    ("旧塬尾矿库", None, None, None, None, None, None, {"state": "stopped", "monitoring": None,
                                                   "permit_expires": None}),
)  # fmt: skip
#: By 等别: freeboard and beach (m) by design, as operating control values, and at the design flood level.
PAIRS = {
    3: (("0.70", "70"), ("1.20", "90"), ("0.86", "78")),
    4: (("0.50", "50"), ("0.90", "65"), ("0.66", "58")),
    5: (("0.40", "40"), ("0.70", "55"), ("0.52", "47")),
}
#: A dry stack has no beach.
METHODS = ("upstream", "upstream", "upstream", "dry_stack", "upstream", "upstream", "one_step", "upstream")


def rows(county: County, calendar: Calendar) -> list[Row]:
    """The dams' rows. The last one's facts are unknown; of the first one a monitoring point has fallen silent."""
    return [county.site(dam[0], county.dam_places[number], _facts(number, dam, calendar)) for number,
            dam in enumerate(DAMS)]


def _facts(number: int, dam: tuple[Any, ...], calendar: Calendar) -> Row:
    _, capacity, height, safety_class, degree, _, _, more = dam
    known = capacity is not None
    return {
        "state": more.get("state", "operating"), "state_since": calendar.day(-900 - 37 * number),
        "capacity_10k_m3": capacity, "height_m": height,
        "safety_class": safety_class, "safety_class_since": calendar.day(-210 - 11 * number) if safety_class else None,
        "safety_degree": degree, **_pairs(number, dam, calendar),
        "head_dam": "people_below" in more if known else None, "people_below": more.get("people_below",
                                                                                        0 if known else None),
        "below_note": more.get("below_note"), "treatment": ("ongoing", "done", "none")[number % 3] if known else None,
        "policy": f"一库一策〔示例〕{number + 1} 号", "assessed": calendar.day(more.get("assessed",
                                                                               -240 - 31 * number)),
        "permit_expires": calendar.day(more.get("permit_expires", 190 + 43 * number)),
        "major_hazards_open": more.get("major_hazards_open", 0 if known else None),
        "hazard_report_due": calendar.day(more.get("hazard_report_due")),
        "monitoring": more.get("monitoring", "online"),
        "monitoring_seen": calendar.hour(more.get("seen", -0.3)) if more.get("monitoring", "online") else None,
        "enterprise_code": credit_code(101 + number),
        "monitoring_points": _points(number, calendar, more) if known else [],
        "persons": [responsible("包保责任人", "县长", number), responsible("企业负责人", "矿山公司矿长", number),
                    responsible("巡查责任人", "乡镇干部", number)],
    }  # fmt: skip


def _pairs(number: int, dam: tuple[Any, ...], calendar: Calendar) -> Row:
    """Method, grade in the ledger, and the pairs of freeboard and beach; a dam of which nothing is known has none."""
    _, capacity, height, _, _, freeboard, beach, more = dam
    whens = ("today", "design", "control", "flood")
    pairs: Row = dict.fromkeys(f"{what}_{when}_m" for when in whens for what in ("freeboard", "beach"))
    grade = dam_grade(*(None if figure is None else Decimal(figure) for figure in (capacity, height)))
    if grade is None:
        return {"method": None, "grade_recorded": None, "pair_measured_at": None, **pairs}
    method = METHODS[number % 8]
    design, control, flood = PAIRS[grade]
    found = {"today": (freeboard, beach), "design": design, "control": control, "flood": more.get("flood", flood)}
    for when, pair in found.items():
        pairs[f"freeboard_{when}_m"] = pair[0]
        pairs[f"beach_{when}_m"] = None if method == "dry_stack" else pair[1]
    return {"method": method, "grade_recorded": more.get("grade", str(grade)),
            "pair_measured_at": calendar.hour(-5.5), **pairs}  # fmt: skip


def _points(number: int, calendar: Calendar, more: dict[str, Any]) -> list[Row]:
    """Seven monitoring points; where `more` says so one of them warns, or the 浸润线 has not been read for days."""
    found = []
    items = (("库水位", "m"), ("干滩", "m"), ("浸润线", "m"), ("浸润线", "m"), ("坝体位移", "mm"), ("坝体位移", "mm"),
             ("降雨", "mm"))
    for place, (item, unit) in enumerate(items):
        silent = more.get("point") == "offline" and item == "浸润线"
        warns = more.get("warning") if place == 4 else None
        found.append({
            "point": f"JC{number + 1:02d}-{place + 1}", "item": item, "unit": unit,
            "warning": None if silent else warns or "normal",
            "reading": None if silent else ("1248.6", "96", "5.2", "5.9", "11.5" if warns else "2.1", "1.4",
                                            "0")[place],
            "read_at": calendar.hour(-80 if silent else -0.3),
        })  # fmt: skip
    return found
