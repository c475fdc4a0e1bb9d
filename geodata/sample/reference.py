"""Rows of the reference layers: townships, villages, roads and waters."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import shapely

from geodata.sample import plane
from geodata.sample.calendar import Calendar
from geodata.sample.county import SOURCE, County, Row, degrees
from geodata.sample.people import person, responsible
from geodata.sample.waterworks import impoundments

MADE = {"sample": True, "source": SOURCE}
SPEED = {"provincial": 60.0, "county": 50.0, "township": 40.0, "village": 30.0}
WIDTH = {"provincial": 9.0, "county": 7.0, "township": 6.0, "village": 4.0}


def _area(shape: shapely.Polygon) -> shapely.Polygon:
    return shapely.transform(shape, lambda xy: np.round(plane.to_degrees(xy), 6))


def townships(county: County, calendar: Calendar) -> list[Row]:
    """The five townships; neighbours share every point of their border."""
    found = []
    for number, township in enumerate(county.townships):
        people = sum(v.population or 0 for v in county.villages if v.township == number)
        found.append(MADE | {
            "code": township.code, "name": township.name, "geom": _area(township.area), "name_zh": township.name,
            "township_kind": "town" if township.name.endswith("镇") else "township", "population": people,
            "population_year": 2020, "area_km2": f"{township.area.area / 1e6:.2f}",
            "persons": [responsible("安全生产责任人", "乡镇长", number)],
        })  # fmt: skip
    return found


def villages(county: County, calendar: Calendar) -> list[Row]:
    """The 78 villages; three have not been counted."""
    return [MADE | {
        "code": village.code, "statistical_code": village.code, "name": village.name,
        "geom": shapely.Point(np.round(plane.to_degrees(village.at), 6)),
        "address": f"示例县{county.townships[village.township].name}{village.name}",
        "village_kind": "village", "population": village.population, "households": village.households,
        "population_year": None if village.population is None else 2020,
        "settlement_radius_m": 160.0 + 20 * (number % 5),
        "persons": [responsible("村级责任人", "村主任", number)],
    } for number, village in enumerate(county.villages)]  # fmt: skip


def roads(county: County, calendar: Calendar) -> list[Row]:
    """Every piece of road with the codes of its two end points, so that a graph can be built from it."""
    found = []
    for number, road in enumerate(county.roads, 1):
        street = (road.ref or "").startswith(("东西街", "南北街"))
        found.append(MADE | {
            "code": f"ROAD-{number:04d}", "name": road.ref if street else f"{road.name}{'桥' if road.bridge else ''}",
            "geom": degrees(road.line), "class": road.road_class, "ref": None if street else road.ref,
            "oneway": "no", "speed_kmh": SPEED[road.road_class], "bridge": road.bridge, "tunnel": False,
            "layer": int(road.bridge), "access": "yes", "width_m": WIDTH[road.road_class],
            "max_weight_t": 20.0 if road.bridge and road.road_class == "village" else None,
            "lanes": 2 if road.road_class != "village" else 1,
            "surface": "沥青" if road.road_class != "village" else "水泥",
            "source_way": str(number), "source_from": _node(road.line[0]), "source_to": _node(road.line[-1]),
        })  # fmt: skip
    return found


def _node(at: np.ndarray) -> str:
    return f"{at[0]:.1f},{at[1]:.1f}"


def water(county: County, calendar: Calendar) -> list[Row]:
    """Rivers, branches, gullies, and the lakes of the reservoirs as closed lines with their surface."""
    found: list[Row] = []
    for number, stream in enumerate(county.streams):
        if shapely.LineString(stream.line).length < 300.0:
            continue
        found.append(MADE | {
            "code": f"WATER-{len(found) + 1:04d}", "name": stream.name or "无名沟", "geom": degrees(stream.line),
            "kind": stream.kind, "chief": person("河长", number) if stream.kind != "gully" else None, "area": None,
        })  # fmt: skip
    for dam in impoundments(county):
        lake = _area(dam.lake)
        found.append(MADE | {
            "code": f"WATER-{len(found) + 1:04d}", "name": dam.name, "geom": shapely.LineString(lake.exterior.coords),
            "kind": "lake", "chief": None, "area": lake,
        })  # fmt: skip
    return found


def lengths_km(county: County) -> dict[str, float]:
    """Kilometres of road by class, for the report of loading."""
    total: dict[str, float] = {}
    for road in county.roads:
        piece = sum(float(np.hypot(*(b - a))) for a, b in pairwise(road.line))
        total[road.road_class] = total.get(road.road_class, 0.0) + piece / 1000.0
    return total
