"""50 flood-prone sections of the county's own roads, where they come close to water, with two signs each."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import shapely
import shapely.ops

from geodata.sample import county as counties
from geodata.sample import plane
from geodata.sample.calendar import Calendar
from geodata.sample.county import SOURCE, County, Row
from geodata.sample.people import person, responsible
from geodata.sample.plane import Floats
from geodata.sample.road_network import Road

SECTIONS, SIGNS = 50, 100
#: Sections keep this far apart at first (m); where the room is short, less.
APART = 2_300.0
#: (depth now or None, greatest depth of three years or None, state), cm; dealt out along the sections.
#: Depths stand on both sides of 15, 27 and 40 cm and on each edge itself.
DEPTHS: tuple[tuple[str | None, str | None, str | None], ...] = (
    *((now, most, "closed") for now, most in (("52", "61"), ("44", "48"), ("40", "47"), ("38", "55"), ("33", "36"),
                                              ("29", "31"))),
    ("27", "34", "closed"), (None, "35", "open"), (None, "28", "open"), (None, "39.5", "caution"), (None, "27", "open"),
    ("31", "38", "caution"),
    *((now, most, "caution") for now, most in (("26.5", "42"), ("22", "30"), ("18", "25"), ("15", "21"), ("30", "33"),
                                               ("19", "29"))),
    *((None, most, "caution") for most in ("26", "21", "18")), ("17", "23", "caution"),
    *((None, most, "open") for most in ("15", "16.5", "19", "20", "22", "23", "24", "25")),
    *(("0", most, "open") for most in ("12", "22", "31", "9", "14", "18")),
    *((None, most, "open") for most in ("14.5", "6", "8", "9", "10", "11", "12", "13", "14", "5")), ("4", "13", "open"),
    *((None, None, state) for state in (None, None, None)),
)  # fmt: skip
#: Signs that are not in order: (section, end) → condition.
CONDITION = {(7, "end"): "damaged", (31, "end"): "damaged", (22, "end"): "missing"}


def _candidates(county: County) -> list[tuple[float, Road, float]]:
    """(liability, road, metres along it): points of roads inside the county that lie near water or cross it."""
    waters = shapely.STRtree([shapely.LineString(stream.line) for stream in county.streams])
    inside = county.outline.buffer(-400.0)
    found = []
    for road in county.roads:
        line = shapely.LineString(road.line)
        if road.bridge or line.length < 420.0:
            continue
        for along in np.arange(210.0, line.length - 200.0, 90.0):
            point = line.interpolate(along)
            if inside.contains(point):
                away = float(shapely.distance(point, waters.geometries[waters.nearest(point)]))
                lesser = {"provincial": 90.0, "county": 40.0}.get(road.road_class, 0.0)
                found.append((away + lesser, road, float(along)))
    return sorted(found, key=lambda candidate: (round(candidate[0], 3), candidate[1].ref or "", candidate[2]))


def _chosen(county: County) -> list[tuple[Road, float]]:
    """The 50 most liable points, spread over the county."""
    candidates = _candidates(county)
    at = np.array([shapely.LineString(road.line).interpolate(along).coords[0] for _, road, along in candidates])
    apart = APART
    while True:
        taken: list[int] = []
        for index in range(len(candidates)):
            if candidates[index][0] > 260.0:
                break
            if not taken or np.hypot(*(at[taken] - at[index]).T).min() > apart:
                taken.append(index)
                if len(taken) == SECTIONS:
                    return [candidates[index][1:] for index in taken]
        apart *= 0.9


def rows(county: County, calendar: Calendar) -> list[Row]:
    """The sections' rows, numbered from west to east."""
    places = _chosen(county)
    order = np.random.default_rng(50).permutation(SECTIONS)
    pieces = [(road, along, DEPTHS[order[number]]) for number, (road, along) in enumerate(places)]
    pieces.sort(key=lambda piece: float(shapely.LineString(piece[0].line).interpolate(piece[1]).x))
    hazard = next(number for number, piece in enumerate(pieces) if piece[2][1] == "36")
    return [_row(number, road, along, depth, county, calendar) | ({"major_hazards_open": 1,
                                                                   "hazard_report_due": calendar.day(9)}
                                                                 if number == hazard else {})
            for number, (road, along, depth) in enumerate(pieces)]  # fmt: skip


def _row(
    number: int, road: Road, along: float, depth: tuple[str | None, str | None, str | None], county: County,
    calendar: Calendar,
) -> Row:  # fmt: skip
    now, most, state = depth
    line = shapely.LineString(road.line)
    half = (150.0, 190.0, 170.0, 200.0)[number % 4]
    piece = np.array(shapely.ops.substring(line, max(along - half, 0.0), min(along + half, line.length)).coords)
    middle = piece[len(piece) // 2]
    village = county.nearest_village(middle)
    ford = road.road_class in ("village", "township") and number % 2 == 0
    return {
        "name": f"{village.name}{'过水路面' if ford else '易积水段'}", "sample": True, "source": SOURCE,
        "geom": counties.degrees(piece), "address": county.address(middle),
        "section_kind": "ford" if ford else "underpass" if number % 11 == 5 else "low", "state": state,
        "state_since": calendar.day(0 if state in ("closed", "caution") else -33) if state else None,
        "state_reporter": person("路段巡查员", number) if state else None,
        "depth_now_cm": now, "depth_now_at": calendar.hour(-0.5 - 0.2 * (number % 7)) if now else None,
        "depth_max_3y_cm": most, "depth_max_on": calendar.day(-40 - 17 * number) if most else None,
        "road_name": road.name, "stake": f"K{number % 23 + 1}+{int(along) % 1000:03d}",
        "cause": ("沟水漫路", "路面低洼", "排水不畅", "桥涵过流不足")[number % 4],
        "treated": ("已设标志，待改造", "涵管已清淤", None)[number % 3],
        "detour": None if number % 3 else "经县道绕行", "signs": _signs(number, piece, calendar),
        "persons": [responsible("路段责任人", "交通运输局路长", number)],
    }  # fmt: skip


def _signs(number: int, piece: Floats, calendar: Calendar) -> list[dict[str, Any]]:
    """A sign at each end, facing the traffic that comes towards the water."""
    found = []
    for end, here, inward in (("start", piece[0], piece[1] - piece[0]), ("end", piece[-1], piece[-2] - piece[-1])):
        lon, lat = plane.to_degrees(here)
        found.append({
            "sign": f"BZ{number + 1:02d}-{1 if end == 'start' else 2}", "end": end,
            "sign_kind": "gauge" if (number + (end == "end")) % 3 == 0 else "warning",
            "lon": round(float(lon), 6), "lat": round(float(lat), 6),
            "facing_deg": round(math.degrees(math.atan2(-inward[0], -inward[1])) % 360.0, 1),
            "condition": CONDITION.get((number, end), "good"),
            "checked": calendar.day(-6 - number % 20),
        })  # fmt: skip
    return found
