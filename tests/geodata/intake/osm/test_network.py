"""Roads: which ways are drivable, their class, their direction, their limits, and how they meet."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely

from geodata.intake.osm import network
from geodata.intake.osm.reading import Extract
from geodata.intake.osm.region import Region, whole_extract
from tests.geodata.intake.osm.sketch import Sketch


def crossing(folder: Path) -> Extract:
    """Two roads that share node 2, a footpath, a yard drawn as highway, and a road far away."""
    sketch = Sketch()
    for number, lon in ((1, 110.0), (2, 110.01), (3, 110.02)):
        sketch.node(number, lon, 38.0)
    sketch.node(4, 110.01, 38.01)
    sketch.node(5, 120.0, 30.0)
    sketch.node(6, 120.1, 30.0)
    sketch.way(10, [1, 2, 3], highway="secondary", ref="X301", name="河口路", maxspeed="60", bridge="yes", layer="1",
               lanes="2", surface="asphalt", maxweight="20", maxheight="4.5", access="yes", motor_vehicle="private")
    sketch.way(11, [2, 4], highway="track")
    sketch.way(12, [1, 4], highway="footway")
    sketch.way(13, [1, 2, 4, 1], highway="service", area="yes")
    sketch.way(14, [5, 6], highway="residential")
    return Extract(sketch.write(folder))


def test_a_road_keeps_what_its_tags_state(tmp_path: Path) -> None:
    road = next(row for row in network.roads(crossing(tmp_path), whole_extract(), network.Length()) if row["ref"])
    assert road | {"geom": None} == {
        "code": "OSM-W10", "name": "河口路", "geom": None, "class": "county", "ref": "X301", "oneway": "no",
        "speed_kmh": 60, "bridge": True, "tunnel": False, "layer": 1, "access": "private", "max_height_m": 4.5,
        "max_weight_t": 20, "width_m": None, "lanes": 2, "surface": "asphalt", "ford": False,
        "source_kind": "secondary", "source_way": "10", "source_from": "1", "source_to": "3", "source_nodes": "1 2 3",
        "source": "© OpenStreetMap contributors, ODbL 1.0 (way/10 v2)",
    }  # fmt: skip
    assert list(road["geom"].coords) == [(110.0, 38.0), (110.01, 38.0), (110.02, 38.0)]


def test_what_is_not_said_is_unknown(tmp_path: Path) -> None:
    rows = network.roads(crossing(tmp_path), whole_extract(), network.Length())
    track = next(row for row in rows if row["code"] == "OSM-W11")
    unsaid = ("speed_kmh", "access", "max_height_m", "max_weight_t", "lanes", "surface", "layer", "ref")
    assert [track[name] for name in unsaid] == [None] * 8


def test_two_roads_meet_where_they_share_a_node(tmp_path: Path) -> None:
    rows = {row["code"]: row for row in network.roads(crossing(tmp_path), whole_extract(), network.Length())}
    shared = set(rows["OSM-W10"]["source_nodes"].split()) & set(rows["OSM-W11"]["source_nodes"].split())
    assert shared == {"2"}


def test_only_drivable_ways_in_the_region_come_and_are_measured(tmp_path: Path) -> None:
    length = network.Length()
    half = Region(shapely.box(110.0, 37.9, 110.01, 38.1))
    codes = [row["code"] for row in network.roads(crossing(tmp_path), half, length)]
    assert codes == ["OSM-W10", "OSM-W11"]
    assert length.ways == {10, 11}
    # Half of way 10 (0.01° of longitude at 38° N, 877.9 m), and way 11 on the edge (0.01° of latitude, 1110.0 m).
    assert length.metres == pytest.approx(877.9 + 1110.0, abs=0.5)


@pytest.mark.parametrize(
    ("tags", "kept"),
    [
        ({"highway": "service", "access": "no"}, True),
        ({"highway": "track"}, True),
        ({"highway": "motorway_link"}, True),
        ({"highway": "footway"}, False),
        ({"highway": "pedestrian"}, False),
        ({"highway": "construction"}, False),
        ({"highway": "proposed"}, False),
        ({"highway": "service", "area": "yes"}, False),
    ],
)
def test_drivable(tags: dict[str, str], kept: bool) -> None:
    assert network.drivable(tags) is kept


@pytest.mark.parametrize(
    ("tags", "road_class"),
    [
        ({"highway": "tertiary", "ref": "G338"}, "national"),
        ({"highway": "secondary", "ref": "S204;X301"}, "provincial"),
        ({"highway": "unclassified", "ref": "Y012"}, "township"),
        ({"highway": "residential", "ref": "c033"}, "village"),
        ({"highway": "motorway"}, "national"),
        ({"highway": "trunk_link"}, "national"),
        ({"highway": "primary", "ref": "13"}, "provincial"),
        ({"highway": "secondary_link"}, "county"),
        ({"highway": "tertiary"}, "township"),
        ({"highway": "track"}, "village"),
        ({"highway": "primary", "ref": "GH"}, "provincial"),
    ],
)
def test_class_by_number_and_else_by_rank(tags: dict[str, str], road_class: str) -> None:
    assert network.road_class(tags) == road_class


@pytest.mark.parametrize(
    ("tags", "oneway"),
    [
        ({}, "no"), ({"oneway": "yes"}, "yes"), ({"oneway": "1"}, "yes"), ({"oneway": "true"}, "yes"),
        ({"oneway": "-1"}, "reverse"), ({"oneway": "reverse"}, "reverse"), ({"oneway": "no"}, "no"),
        ({"junction": "roundabout"}, "yes"), ({"junction": "circular"}, "yes"),
        ({"junction": "roundabout", "oneway": "-1"}, "reverse"), ({"highway": "motorway"}, "yes"),
        ({"highway": "motorway", "oneway": "no"}, "no"), ({"highway": "motorway_link"}, "no"),
        ({"oneway": "reversible"}, None),
    ],
)  # fmt: skip
def test_oneway(tags: dict[str, str], oneway: str | None) -> None:
    assert network.oneway(tags) == oneway


@pytest.mark.parametrize(
    ("tags", "access"),
    [
        ({}, None), ({"access": "no"}, "no"), ({"access": "no", "motor_vehicle": "yes"}, "yes"),
        ({"motor_vehicle": "forestry"}, "private"), ({"motorcar": "delivery"}, "destination"),
        ({"access": "no @ (Mar 15-Sep 15)"}, None), ({"access": "unknown"}, None),
    ],
)  # fmt: skip
def test_access_by_the_finest_tag(tags: dict[str, str], access: str | None) -> None:
    assert network.access(tags) == access
