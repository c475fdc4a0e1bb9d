"""The land of the sample county: water runs downhill, rivers lie in valleys, townships leave no gap, roads join."""

from __future__ import annotations

import hashlib
from collections import Counter

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.sample import county as counties
from geodata.sample import curves, drainage, plane, terrain
from geodata.sample.county import County


@pytest.fixture(scope="module")
def made() -> County:
    return counties.build()


def test_the_same_land_every_time(made: County) -> None:
    again = terrain.build()
    assert hashlib.sha256(again.fine.tobytes()).digest() == hashlib.sha256(made.land.fine.tobytes()).digest()


def test_every_cell_drains_to_an_outlet_through_all_of_its_tree(made: County) -> None:
    receivers = made.land.receivers
    outlets = np.flatnonzero(receivers == np.arange(receivers.size))
    drained = made.land.area[outlets].sum()
    assert drained == pytest.approx(receivers.size * plane.CELL**2 / 1e6)
    assert (made.land.area[receivers] >= made.land.area).all()


def test_sums_along_a_tree_agree_with_walking_it() -> None:
    receivers = np.array([0, 0, 1, 1, 3, 5, 5])
    amount = np.array([1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0])
    assert drainage.upstream_sum(receivers, amount).tolist() == [31.0, 30.0, 4.0, 24.0, 16.0, 96.0, 64.0]
    assert drainage.downstream_sum(receivers, amount).tolist() == [0.0, 2.0, 6.0, 10.0, 26.0, 0.0, 64.0]
    assert drainage.outlet_of(receivers).tolist() == [0, 0, 0, 0, 0, 5, 5]


def test_streams_lie_lower_than_the_land_beside_them(made: County) -> None:
    """Across 1 km the stream is the lowest of three points nearly everywhere inside the county."""
    lower = total = 0
    for stream in made.streams:
        if stream.kind == "gully" or len(stream.line) < 8:
            continue
        for place in range(3, len(stream.line) - 3, 4):
            here = stream.line[place]
            if not made.outline.contains(shapely.Point(here)):
                continue
            heading = stream.line[place + 1] - stream.line[place - 1]
            aside = np.array([-heading[1], heading[0]]) / np.hypot(*heading) * 900.0
            low, left, right = made.land.height_at(np.array([here, here + aside, here - aside]))
            total += 1
            lower += low < min(left, right) + 3.0
    assert total > 300
    assert lower / total > 0.93


def test_townships_cover_the_county_without_gap_or_overlap(made: County) -> None:
    areas = [township.area for township in made.townships]
    assert sum(area.area for area in areas) == pytest.approx(made.outline.area, rel=1e-9)
    assert made.outline.is_valid
    assert not made.outline.interiors
    west, south, east, north = made.outline.bounds
    assert 34_000 < east - west < 44_000
    assert 25_000 < north - south < 34_000


def test_78_villages_stand_in_their_townships(made: County) -> None:
    assert Counter(village.township for village in made.villages) == {0: 18, 1: 17, 2: 16, 3: 14, 4: 13}
    for village in made.villages:
        assert made.townships[village.township].area.contains(shapely.Point(village.at))
    assert len({village.name for village in made.villages}) == 78
    assert len({village.code for village in made.villages}) == 78


def test_every_village_hangs_on_one_network_of_roads(made: County) -> None:
    """Pieces meet in exactly equal points; from the first village every other one is reached."""
    around: dict[tuple[float, ...], set[tuple[float, ...]]] = {}
    for road in made.roads:
        ends = tuple(road.line[0]), tuple(road.line[-1])
        around.setdefault(ends[0], set()).add(ends[1])
        around.setdefault(ends[1], set()).add(ends[0])
    reached, waiting = set(), [next(iter(around))]
    while waiting:
        here = waiting.pop()
        if here not in reached:
            reached.add(here)
            waiting.extend(around[here] - reached)
    assert len(reached) == len(around)
    nodes = np.array(list(around))
    ends = shapely.MultiLineString([road.line for road in made.roads])
    for village in made.villages:
        assert min(np.hypot(*(nodes - village.at).T).min(), ends.distance(shapely.Point(village.at))) < 250.0


def test_main_roads_cross_rivers_on_bridges(made: County) -> None:
    rivers = [shapely.LineString(s.line) for s in made.streams if s.kind in ("river", "branch") and s.area > 14.0]
    wet = [road for road in made.roads if road.road_class in ("provincial", "county") and not road.bridge
           and any(shapely.LineString(road.line).crosses(river) for river in rivers)]  # fmt: skip
    crossings = [road for road in made.roads if road.bridge]
    assert len(crossings) > 40
    assert len(wet) <= 3  # a crossing within a bridge's length of a junction stays part of the junction


@given(st.lists(st.tuples(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4)), min_size=2, max_size=12))
def test_cutting_corners_keeps_the_ends_and_stays_inside_the_hull(points: list[tuple[float, float]]) -> None:
    line = np.array(points)
    cut = curves.chaikin(line, 2)
    assert (cut[0] == line[0]).all()
    assert (cut[-1] == line[-1]).all()
    hull = shapely.MultiPoint(points).convex_hull.buffer(1e-6)
    assert hull.covers(shapely.MultiPoint(cut))


@given(st.floats(-26_000, 26_000), st.floats(-22_000, 22_000))
def test_degrees_and_metres_are_each_others_inverse(x: float, y: float) -> None:
    back = plane.to_metres(plane.to_degrees(np.array([x, y])))
    assert np.allclose(back, [x, y], atol=1e-6)


def test_the_plane_is_true_to_half_a_percent() -> None:
    from pyproj import Geod

    geod = Geod(ellps="WGS84")
    for here, there in (((-20_000, -14_000), (20_000, 14_000)), ((0, -15_000), (0, 15_000)), ((-19_000, 9_000),
                                                                                              (19_000, 9_000))):
        (lon1, lat1), (lon2, lat2) = plane.to_degrees(np.array([here, there], float))
        metres = geod.inv(lon1, lat1, lon2, lat2)[2]
        assert metres == pytest.approx(np.hypot(there[0] - here[0], there[1] - here[1]), rel=0.005)
