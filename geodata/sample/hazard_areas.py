"""Hazard areas of the survey: flash floods along streams, low ground at the seat, slides and debris flows on slopes."""

from __future__ import annotations

import numpy as np
import shapely
import shapely.ops

from geodata.sample import plane
from geodata.sample.calendar import Calendar
from geodata.sample.county import SOURCE, County, Row
from geodata.sample.people import responsible
from geodata.sample.places import Village
from geodata.sample.plane import CELL

#: How many of each kind.
FLOODS, LOW_GROUND, SLIDES, DEBRIS = 14, 4, 11, 5


def rows(county: County, calendar: Calendar) -> list[Row]:
    """The areas' rows, flash floods first."""
    shapes = [*_floods(county), *_low_ground(county), *_slides(county), *_debris(county)]
    return [_row(number, *each, county, calendar) for number, each in enumerate(shapes)]


def _row(number: int, hazard: str, shape: shapely.Polygon, village: Village, county: County, calendar: Calendar) -> Row:
    people = None if village.population is None else max(6, village.population * (4 + number % 9) // 60)
    title = {"flash_flood": "山洪易发区", "waterlogging": "低洼易涝区", "landslide": "滑坡隐患点",
             "debris_flow": "泥石流沟"}[hazard]
    return {
        "name": f"{village.name}{title}", "sample": True, "source": SOURCE, "geom": _degrees(shape),
        "address": county.address(np.array(shape.representative_point().coords[0])), "hazard": hazard,
        "susceptibility": ("medium", "high", "low", "medium")[number % 4],
        "survey": "自然灾害综合风险普查（示例）", "survey_year": 2020 + number % 3,
        "people": people, "households": None if people is None else max(2, people * 2 // 7),
        "trigger_mm": 35 + 5 * (number % 6) if hazard != "waterlogging" else 50, "trigger_hours": (1, 3, 6)[number % 3],
        "return_period_a": 5 + 5 * (number % 4) if hazard in ("flash_flood", "waterlogging") else None,
        "persons": [responsible("包保责任人", "乡镇干部", number), responsible("监测员", "村委会监测员", number)],
    }  # fmt: skip


def _degrees(shape: shapely.Polygon) -> shapely.Polygon:
    return shapely.transform(shape, lambda xy: np.round(plane.to_degrees(xy), 6))


def _floods(county: County) -> list[tuple[str, shapely.Polygon, Village]]:
    """A band along the stream beside every village that lies close to one, as far as there are."""
    lines = [shapely.LineString(stream.line) for stream in county.streams if stream.kind != "river"]
    tree = shapely.STRtree(lines)
    found: list[tuple[str, shapely.Polygon, Village]] = []
    for village in county.villages[::2] + county.villages[1::2]:
        point = shapely.Point(village.at)
        stream = lines[tree.nearest(point)]
        where = stream.project(point)
        if stream.distance(point) < 420.0 and stream.length > 1_500.0 and len(found) < FLOODS:
            reach = max(0.0, where - 900.0), min(stream.length, where + 500.0)
            band = shapely.ops.substring(stream, *reach).buffer(130.0)
            near = point.buffer(150.0)
            way = shapely.LineString([point, stream.interpolate(where)]).buffer(90.0)
            shape = shapely.unary_union([band, near, way])
            found.append(("flash_flood", _one(shape.buffer(60.0).buffer(-60.0).intersection(county.outline)), village))
    return found


def _low_ground(county: County) -> list[tuple[str, shapely.Polygon, Village]]:
    """Patches between the seat's streets and the river."""
    river = shapely.LineString(county.land.courses[0])
    seat = county.townships[0].seat
    found = []
    for number in range(LOW_GROUND):
        where = river.project(shapely.Point(seat)) + (number - 1.5) * 900.0
        at = np.array(river.interpolate(where).coords[0])
        middle = at + (seat - at) / max(np.hypot(*(seat - at)), 1.0) * 330.0
        found.append(("waterlogging", _blob(middle, 230.0 + 30 * number, 130.0, 0.9, number),
                      county.nearest_village(middle)))
    return found


def _slides(county: County) -> list[tuple[str, shapely.Polygon, Village]]:
    """Ellipses on the steep ground nearest to villages, long axis down the slope."""
    south_slope, east_slope = (np.asarray(part) for part in np.gradient(county.land.heights, CELL))
    ground = county.ground
    steep = ground.slopes()
    found = []
    for number in range(SLIDES):
        village = county.villages[(number * 7 + 3) % len(county.villages)]
        away = np.hypot(*(ground.points - village.at).T)
        best = int(np.argmax(np.where((away > 220) & (away < 1_100), steep, 0.0)))
        row, column = divmod(int(ground.cells[best]), plane.COLUMNS)
        down = float(np.arctan2(south_slope[row, column], -east_slope[row, column]))
        found.append(("landslide", _blob(ground.points[best], 190.0 + 25 * (number % 4), 95.0, down, number), village))
    return found


def _debris(county: County) -> list[tuple[str, shapely.Polygon, Village]]:
    """Gullies that end near a village, from their head to a fan at their mouth."""
    gullies = [stream for stream in county.streams if stream.kind == "gully" and stream.area < 3.5]
    found: list[tuple[str, shapely.Polygon, Village]] = []
    for stream in gullies:
        mouth = stream.line[-1]
        village = county.nearest_village(mouth)
        line = shapely.LineString(stream.line)
        near = np.hypot(*(village.at - mouth)) < 900.0 and line.length > 900.0
        if near and len(found) < DEBRIS and county.outline.contains(line):
            shape = shapely.unary_union([line.buffer(70.0), shapely.Point(mouth).buffer(190.0)])
            found.append(("debris_flow", _one(shape.buffer(50.0).buffer(-50.0)), village))
    return found


def _blob(middle: np.ndarray, long: float, short: float, heading: float, number: int) -> shapely.Polygon:
    """An uneven ellipse."""
    angle = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    wobble = 1 + 0.12 * np.sin(3 * angle + number) + 0.07 * np.sin(5 * angle + 2 * number)
    along, across = long * np.cos(angle) * wobble, short * np.sin(angle) * wobble
    cos, sin = np.cos(heading), np.sin(heading)
    return shapely.Polygon(np.stack([middle[0] + along * cos - across * sin, middle[1] + along * sin + across * cos],
                                    axis=1))


def _one(shape: shapely.Geometry) -> shapely.Polygon:
    """The largest polygon of a shape, with fewer corners."""
    largest = max(shapely.get_parts(shape), key=lambda part: float(part.area))
    simple = largest.simplify(4.0)
    assert isinstance(simple, shapely.Polygon)
    return simple
