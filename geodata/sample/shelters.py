"""24 shelters of 示例县: schools, squares, village halls; some reach into a hazard area, one is full, one unusable."""

from __future__ import annotations

from geodata.sample.calendar import Calendar
from geodata.sample.county import County, Row
from geodata.sample.people import extension, person, responsible

#: Township index → what its shelters are, the first at its seat.
PLAN = (
    ("县体育场", "县第一中学", "示例广场", "城东小学", "职教中心", "文化馆", "南关小学"),
    ("青溪中学", "青溪镇广场", "小学操场", "村委会", "村文化广场"),
    ("石桥中学", "石桥镇广场", "小学操场", "村委会", "村文化广场"),
    ("白岭中学", "小学操场", "村委会", "村文化广场"),
    ("云台中学", "村委会", "小学操场"),
)
#: Effective area (m²) a person by class (short-term 2 m², emergency 1.5 m² and so on, rounded design figures).
PER_PERSON = {"emergency": 1.0, "short": 2.0, "medium": 3.0, "long": 4.5}


def rows(county: County, calendar: Calendar) -> list[Row]:
    """The shelters' rows."""
    found: list[Row] = []
    for number, names in enumerate(PLAN):
        homes = [village for village in county.villages if village.township == number]
        for place, title in enumerate(names):
            serial = len(found)
            kind = ("medium" if serial == 0 else "short") if place < 2 else "emergency"
            home = homes[0] if place < 2 or number == 0 else homes[2 * place % len(homes)]
            local = title if place < 2 or number == 0 else home.name + title
            outdoor = any(word in title for word in ("广场", "操场", "体育场"))
            area = 900.0 + 730.0 * ((serial * 5) % 11) + (14_000.0 if kind == "medium" else 0.0)
            state = {5: "unusable", 9: "opened", 17: "full"}.get(serial, "ready")
            capacity = None if serial == 20 else int(area * 0.6 / PER_PERSON[kind])
            facts = {
                "state": state, "state_since": calendar.day(0 if state in ("opened", "full") else -300),
                "shelter_class": kind,
                "shelter_level": "county" if number == 0 and place < 3 else "township" if place < 2 else "village",
                "space": "outdoor" if outdoor else "indoor", "indoor": not outdoor, "outdoor": outdoor,
                "area_m2": round(area), "effective_area_m2": round(area * 0.6), "capacity": capacity,
                "occupied": {9: 36, 17: capacity}.get(serial, 0), "hazards": "地震,洪水" if outdoor else "洪水,泥石流",
                "serves": home.name, "vulnerable": not outdoor, "upgrade": ("done", "ongoing", "none")[serial % 3],
                "opened_at": calendar.hour(-3.4) if state in ("opened", "full") else None,
                "contact": person("管理员", serial), "phone": extension(300 + serial),
                "persons": [responsible("管理责任人", "场所主任", serial)],
            }  # fmt: skip
            at = county.near(home.at, serial + 1, 180.0 + (250.0 * place if number == 0 else 40.0))
            found.append(county.site(f"{local}避难点" if kind == "emergency" else f"{local}避难场所", at, facts))
    return found
