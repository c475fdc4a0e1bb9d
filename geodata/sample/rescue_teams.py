"""87 rescue teams in three tiers: one of 18 people, eight of 122 in all, one of 4 to 7 people in each village."""

from __future__ import annotations

from typing import Any

from geodata.sample.calendar import Calendar
from geodata.sample.county import County, Row
from geodata.sample.people import extension, person, responsible

#: Name, village index of the base's township (its seat), people, skill.
SEMI = (
    ("青溪镇半专业队", 1, 16, "semi"), ("城关镇半专业队", 0, 15, "semi"), ("石桥镇半专业队", 2, 16, "semi"),
    ("白岭乡半专业队", 3, 14, "semi"), ("云台乡半专业队", 4, 13, "semi"), ("县防汛抢险队", 0, 20, "flood"),
    ("青溪矿山救护队", 1, 15, "mine"), ("县森林草原扑火队", 2, 13, "forest"),
)  # fmt: skip
KIT = (("救生衣", "件", 12), ("抛绳器", "套", 2), ("强光手电", "只", 10), ("担架", "副", 2), ("手抬泵", "台", 1))


def rows(county: County, calendar: Calendar) -> list[Row]:
    """The teams' rows, county team first; nine are out, a few have not reported for days."""
    seats = [next(village for village in county.villages if village.township == number) for number in range(5)]
    found = [county.site("县综合救援队", county.near(seats[0].at, 2, 420.0), _facts(0, calendar) | {
        "tier": "county", "skill": "general", "people": 18, "vehicles": 4, "base": "县应急救援中心", "kit": _kit(18),
        "more_skills": "抗洪抢险、山岳搜救", "owner": "示例县应急管理局"})]  # fmt: skip
    for number, (name, township, people, skill) in enumerate(SEMI, 1):
        found.append(county.site(name, county.near(seats[township].at, number + 4, 260.0 + 60 * number), _facts(number,
                                                                                                           calendar) | {
            "tier": "semi", "skill": skill, "people": people, "vehicles": 1 + number % 3, "base": seats[township].name,
            "kit": _kit(people), "owner": "示例县应急管理局",
            "agreement_expires": calendar.day(-9 if skill == "mine" else 400)}))  # fmt: skip
    for number, village in enumerate(county.villages, 1 + len(SEMI)):
        people = 4 + (number * 5) % 4 if number % 11 else 5
        found.append(county.site(f"{village.name}应急队", county.near(village.at, number, 90.0), _facts(number,
                                                                                                     calendar) | {
            "tier": "village", "skill": "village", "people": people, "vehicles": None if number % 4 else 1,
            "base": f"{village.name}村委会", "kit": _kit(4), "owner": f"{village.name}村委会"}))  # fmt: skip
    return found


def _facts(number: int, calendar: Calendar) -> Row:
    state = "out" if number % 10 == 3 else "resting" if number % 23 == 6 else "ready"
    return {
        "state": state, "state_since": calendar.day(0 if state == "out" else -20 - number),
        "state_at": calendar.hour(-96.0 if number % 29 == 12 else -0.4 - 0.1 * (number % 9)),
        "leader": person("队长", number), "phone": extension(100 + number),
        "persons": [responsible("队伍负责人", "应急队队长", number)],
    }  # fmt: skip


def _kit(people: int) -> list[dict[str, Any]]:
    return [{"item": item, "unit": unit, "quantity": max(1, most * people // 18)} for item, unit, most in KIT]
