"""The register of enterprises: the ones behind mines, dams and chemical sites, and others of ten sectors in all."""

from __future__ import annotations

from geodata.sample import chemical_sites, mines, tailings_dams
from geodata.sample.calendar import Calendar
from geodata.sample.county import County, Row
from geodata.sample.people import STEMS, credit_code, person, responsible

#: Sector, what its enterprises are called, how many, department in charge.
SECTORS = (
    ("industry", "机械制造", 9, "应急管理局"), ("metallurgy", "铸造", 4, "应急管理局"),
    ("brick", "新型墙材", 5, "应急管理局"),
    ("gas", "燃气", 3, "住房和城乡建设局"), ("construction", "建筑工程", 7, "住房和城乡建设局"),
    ("transport", "运输", 6, "交通运输局"), ("new_energy", "新能源", 5, "能源局"),
    ("crowded_place", "商贸", 8, "消防救援大队"),
)  # fmt: skip
LEC = ("45", "84", "126", "180", "63", "240", "70", "42", None, "90")
LS = (6, 9, 12, 15, 8, 4, None, 10, 16, 5)


def rows(county: County, calendar: Calendar) -> list[Row]:
    """Every enterprise: a few have neither score nor class, one has no position, one lies outside the county."""
    found = []
    for number, row in enumerate(_behind_sites(county)):
        found.append(row | _register(number, calendar))
    serial = 0
    for sector, trade, count, department in SECTORS:
        for number in range(count):
            village = county.villages[(serial * 7 + number * 3) % len(county.villages)]
            at = county.near(village.at, serial, 260.0 + 20 * (serial % 9))
            state = "stopped" if serial % 17 == 9 else "operating"
            facts = {"sector": sector, "state": state, "department": department,
                     "lec_score": LEC[serial % 10] if serial % 2 else None,
                     "ls_score": None if serial % 2 else LS[serial % 10],
                     "enterprise_code": credit_code(301 + serial),
                     "permit_expires": calendar.day(-20 if serial % 19 == 4 else 300),
                     "scored_on": calendar.day(-60 - serial)}  # fmt: skip
            name = f"示例{village.name[:2]}{trade}有限公司"
            found.append(county.site(name, at, facts | _register(serial + 60, calendar)))
            serial += 1
    found[-1] |= {"geom": None, "address": "示例县，住所未填"}
    found[-2] |= {"position_source": "BD-09", "position_original": "BD-09 坐标，已换算"}
    return _distinct(found)


def _behind_sites(county: County) -> list[Row]:
    """The companies that run mines (their own code), dams and chemical sites; their offices stand at the seat."""
    names = [(f"{name}业有限公司", 1 + number) for number, (name, *_) in enumerate((*mines.COAL, *mines.OTHERS))]
    names += [(f"{dam[0][:-3]}选矿有限公司", 101 + number) for number, dam in enumerate(tailings_dams.DAMS)]
    names += [(f"{site[0]}有限公司", 201 + number) for number, site in enumerate(chemical_sites.SITES)]
    kinds = (("mining", len(mines.COAL) + len(mines.OTHERS) + len(tailings_dams.DAMS)),
             ("chemicals", len(chemical_sites.SITES)))  # fmt: skip
    sectors = [sector for sector, count in kinds for _ in range(count)]
    seat = county.townships[0].seat
    return [
        county.site(f"示例{name}", county.near(seat, serial, 150.0 + 14 * (number % 40)),
                    {"sector": sector, "enterprise_code": credit_code(serial), "state": "operating",
                     "bureau_class": ("4", "3", None, "3", "2")[number % 5]})
        for number, ((name, serial), sector) in enumerate(zip(names, sectors, strict=True))
    ]  # fmt: skip


def _register(number: int, calendar: Calendar) -> Row:
    return {
        "legal_person": person("法人", number), "scale": ("小型", "微型", "中型")[number % 3],
        "workers": 8 + 13 * (number % 12),
        "registered": calendar.day(-1_900 - 83 * number), "standardisation": ("3", "2", "none", "3")[number % 4],
        "persons": [responsible("主要负责人", "企业经理", number)],
    }  # fmt: skip


def _distinct(found: list[Row]) -> list[Row]:
    """Names that stand twice get a letter of the ten stems."""
    seen: dict[str, int] = {}
    for row in found:
        times = seen[row["name"]] = seen.get(row["name"], 0) + 1
        if times > 1:
            row["name"] = row["name"].replace("有限公司", f"{STEMS[times - 1]}厂")
    return found
