"""Dikes along the 清水河 where people live behind them, cut into sections with a chief (堤长) each."""

from __future__ import annotations

import numpy as np
import shapely
import shapely.ops

from geodata.sample.calendar import Calendar
from geodata.sample.county import SOURCE, County, Row, degrees
from geodata.sample.people import extension, person, responsible

#: Name, km where it begins and ends (nearest points of the river), side (1 left bank, -1 right), grade, return period.
DIKES: tuple[tuple[str, tuple[float, float], tuple[float, float], int, str, int], ...] = (
    ("清水河县城左堤", (-4.2, 3.2), (2.4, -0.2), 1, "4", 20), ("清水河县城右堤", (-2.6, 2.2), (2.0, 0.0), -1, "4", 20),
    ("清水河青溪左堤", (-13.2, 8.8), (-9.2, 6.4), 1, "5", 10), ("清水河石桥右堤", (9.6, -3.0), (14.2, -5.3), -1, "5",
                                                         10),
    ("清水河石桥左堤", (12.6, -4.0), (16.4, -7.2), 1, "5", 10),
)  # fmt: skip
CONDITIONS = ("good", "good", "weak", "good", "repairing", "good", "good", "damaged", "good")


def rows(county: County, calendar: Calendar) -> list[Row]:
    """The dikes' rows with sections of about 600 m."""
    river = shapely.LineString(county.land.courses[0])
    found: list[Row] = []
    for number, (name, start, end, side, grade, years) in enumerate(DIKES):
        ends = [river.project(shapely.Point(np.array(place) * 1000.0)) for place in (start, end)]
        line = shapely.ops.substring(river, *ends).simplify(15.0).offset_curve(side * 130.0, join_style="round")
        longest = max(shapely.get_parts(line), key=lambda piece: float(piece.length))
        smooth = shapely.LineString(np.array(longest.coords))
        count = max(2, round(smooth.length / 600.0))
        sections = [
            {"section": f"{number + 1}-{place + 1:02d}", "from_m": round(smooth.length * place / count),
             "to_m": round(smooth.length * (place + 1) / count), "chief": person("堤长", number * 12 + place),
             "office": "示例县乡镇干部", "phone": extension(500 + number * 12 + place),
             "condition": CONDITIONS[(number * 4 + place) % 9],
             "patrolled": calendar.day(-(number * 4 + place) % 6 - 1)}
            for place in range(count)
        ]  # fmt: skip
        conditions = [section["condition"] for section in sections]
        found.append({
            "name": name, "sample": True, "source": SOURCE, "geom": degrees(np.array(smooth.coords)),
            "address": county.address(np.array(smooth.interpolate(0.5, normalized=True).coords[0])),
            "state": next((c for c in ("damaged", "repairing", "weak") if c in conditions), "good"),
            "dike_grade": grade, "return_period_a": years, "length_m": round(smooth.length),
            "crest_level_m": round(float(county.land.height_at(np.array(smooth.coords[:1]))[0]) + 4.5, 1),
            "chief": person("总堤长", number), "water_body": "清水河", "sections": sections,
            "persons": [responsible("总堤长", "副县长", number)],
        })  # fmt: skip
    return found
