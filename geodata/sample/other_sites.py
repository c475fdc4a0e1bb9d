"""Sites of other sectors: gas, workshops, new energy, fireworks, brick kilns, fodder, crowded places and the like."""

from __future__ import annotations

from geodata.sample.calendar import Calendar
from geodata.sample.county import County, Row
from geodata.sample.people import responsible

#: Sector, what it is called, how many, hazards, LS scores and classes in turn (None: nobody has judged it).
PLAN = (
    ("gas", "液化气换瓶站", 5, "燃气泄漏", (9, 12, 8, 15, None), "4"),
    ("industry", "木器厂", 4, "粉尘涉爆", (12, 16, 9, 6), None), ("metallurgy", "铸造车间", 2, "金属冶炼,有限空间",
                                                           (16, 15), None),
    ("brick", "砖厂", 3, "机械伤害,有限空间", (9, 8, 12), None), ("new_energy", "光伏电站", 4, "电气火灾",
                                                        (6, 6, 4, None), "3"),
    ("energy_storage", "储能电站", 1, "锂电池热失控", (16,), None), ("fireworks", "烟花爆竹零售点", 4, "爆炸",
                                                           (10, 12, 12, 9), None),
    ("forage_yard", "饲草料交易点", 3, "火灾", (8, 6, None), "4"), ("cold_storage", "果蔬冷库", 3, "液氨制冷",
                                                            (12, 15, 10), None),
    ("crowded_place", "商场", 3, "火灾,踩踏", (10, 9, 12), None), ("tourism", "景区", 2, "山洪,落石", (12, None), "2"),
    ("alcohol_fuel", "醇基燃料站", 2, "火灾", (15, 12), None), ("education", "中心小学", 5, "火灾", (4, 4, 6, 3, 4),
                                                         None),
    ("health", "卫生院", 5, "供氧,火灾", (4, 6, 4, 5, 4), None), ("fishery", "休闲垂钓园", 2, "溺水", (6, None), None),
    ("e_bike", "电动自行车集中充电点", 2, "火灾", (9, 8), None),
)  # fmt: skip


def rows(county: County, calendar: Calendar) -> list[Row]:
    """The sites' rows; one was written down with a position beyond the county's edge."""
    found: list[Row] = []
    for sector, title, count, hazards, scores, given in PLAN:
        for number in range(count):
            serial = len(found)
            village = county.villages[(serial * 11 + 5) % len(county.villages)]
            if sector in ("education", "health"):
                village = next(v for v in county.villages if v.township == number)
            score = scores[number]
            facts = {
                "sector": sector, "state": "stopped" if serial % 23 == 11 else "operating", "hazard_tags": hazards,
                "ls_score": score, "bureau_class": given if score is None else None,
                "scored_on": calendar.day(-30 - 9 * serial) if score or given else None,
                "permit_expires": calendar.day(-15 if serial % 13 == 6 else 200 + serial), "workers": 3 + serial % 20,
                "standardisation": ("3", "none")[serial % 2], "persons": [responsible("安全负责人", "单位主任",
                                                                                      serial)],
            }  # fmt: skip
            found.append(county.site(f"{village.name}{title}", county.near(village.at, serial + 3,
                                                                      190.0 + 25 * (serial % 6)), facts))
    beyond = county.site(found[7]["name"], county.streams[1].line[40], {})
    found[7] |= {"geom": beyond["geom"], "address": "示例县云台乡"}
    return found
