"""Six reservoirs with their levels: one above its flood limit level, one whose level nobody has read."""

from __future__ import annotations

from geodata.sample.calendar import Calendar
from geodata.sample.county import County, Row
from geodata.sample.people import person, responsible
from geodata.sample.waterworks import impoundments

#: Size, capacity (10⁴ m³), dam height (m), level against the limit level (m, None: not read), class, state.
FACTS: tuple[tuple[str, str, float, float | None, str | None, str], ...] = (
    ("medium", "1260", 41.0, -1.8, "1", "normal"), ("small1", "430", 33.0, 0.6, "2", "normal"),
    ("small1", "185", 27.0, -0.4, "3", "limited"), ("small2", "74", 21.0, 0.0, "2", "normal"),
    ("small2", "38", 17.0, None, None, "normal"), ("pond", "9", 9.0, -1.1, "3", "reinforcing"),
)  # fmt: skip


def rows(county: County, calendar: Calendar) -> list[Row]:
    """The reservoirs' rows, each with its three responsible persons."""
    found = []
    for number, (water, facts) in enumerate(zip(impoundments(county), FACTS, strict=True)):
        size, capacity, height, over, dam_class, state = facts
        limit = water.bed_m + 0.72 * height
        names = [person(role, number) for role in ("行政责任人", "技术责任人", "巡查责任人")]
        found.append(county.site(water.name, water.at, {
            "size": size, "state": state, "capacity_10k_m3": capacity, "dam_height_m": f"{height:.1f}",
            "dam_class": dam_class,
            "level_now_m": None if over is None else f"{limit + over:.2f}",
            "level_now_at": None if over is None else calendar.hour(-0.6),
            "limit_level_m": f"{limit:.2f}", "normal_level_m": f"{limit + 0.9:.2f}",
            "design_flood_level_m": f"{limit + 2.4:.2f}", "check_flood_level_m": f"{limit + 3.6:.2f}",
            "crest_level_m": f"{water.bed_m + height:.2f}", "administrator": names[0], "technical_person": names[1],
            "patrol_person": names[2], "people_below": 140 + 265 * ((number * 5) % 6), "owner": "示例县水务局",
            "persons": [responsible(role, office, number) for role, office in
                        (("行政责任人", "副县长"), ("技术责任人", "水务局工程师"), ("巡查责任人", "水库管理员"))],
        }))  # fmt: skip
    return found
