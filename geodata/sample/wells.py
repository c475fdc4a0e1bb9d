"""Over 700 drainage wells along the streets of the county seat, one about every 40 m."""

from __future__ import annotations

import numpy as np
import shapely

from geodata.sample import plane
from geodata.sample.calendar import Calendar
from geodata.sample.county import SOURCE, County, Row
from geodata.sample.siting import beside

WELLS = 720
#: Streets within this distance of the seat's middle (m) have drains.
TOWN_RADIUS = 2_600.0


def rows(county: County, calendar: Calendar) -> list[Row]:
    """The wells' rows: most clear, some silted, blocked or broken, two without a position."""
    seat = shapely.Point(county.townships[0].seat)
    lines = [road.line for road in county.roads
             if not road.bridge and shapely.LineString(road.line).distance(seat) < TOWN_RADIUS
             and (road.ref or "").startswith(("东西街", "南北街", "S9"))]  # fmt: skip
    lines = [line for line in lines if shapely.Point(line.mean(axis=0)).distance(seat) < TOWN_RADIUS]
    lengths = np.array([np.hypot(*np.diff(line, axis=0).T).sum() for line in lines])
    apart = lengths.sum() / WELLS
    places = []
    for line, length in zip(lines, lengths, strict=True):
        for number in range(max(1, round(length / apart))):
            places.append(beside(line, (number + 0.5) / max(1, round(length / apart)), 6.0 if number % 2 else -6.0))
    points = shapely.points(np.round(plane.to_degrees(np.array(places)), 6))
    return [_row(number, point, calendar) for number, point in enumerate(points)]


def _row(number: int, point: shapely.Point, calendar: Calendar) -> Row:
    state = {7: "silted", 31: "blocked", 58: "damaged"}.get(number % 67, "clear")
    kind = ("rain", "sewage", "rain", "combined", "pipe")[number % 5]
    return {
        "name": f"{'雨污合管'[number % 4]}{number + 1:03d}号井", "sample": True, "source": SOURCE,
        "geom": None if number in (133, 420) else point, "address": "示例县城关镇街道", "state": state,
        "well_kind": kind,
        "inspected": None if number % 41 == 17 else calendar.day(-3 - number % 90),
        "cleared": calendar.day(-10 - number % 120) if state == "clear" else None,
        "depth_m": 1.6 + 0.1 * (number % 17), "diameter_mm": (300, 400, 500, 600, 800)[number % 5],
        "owner": "示例县市政管理所",
    }  # fmt: skip
