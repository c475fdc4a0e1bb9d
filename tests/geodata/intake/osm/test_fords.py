"""Fords: the piece of road around each, as a candidate."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import LineString, Point

from geodata.intake.osm.fords import REACH_M, around, fords
from geodata.intake.osm.reading import Extract
from geodata.intake.osm.region import whole_extract
from tests.geodata.intake.osm.sketch import Sketch

GEOD = Geod(ellps="WGS84")


def test_fords_on_roads_become_candidates_and_others_do_not(tmp_path: Path) -> None:
    sketch = Sketch()
    line = [sketch.node(1, 110.00, 38.0), sketch.node(2, 110.01, 38.0, ford="yes"), sketch.node(3, 110.02, 38.0)]
    sketch.way(10, line, highway="unclassified", name="沟口路")
    sketch.way(11, [2, sketch.node(4, 110.01, 38.01)], highway="track")
    sketch.way(12, [5, 6, 7], highway="footway")
    for number in (5, 6, 7):
        sketch.node(number, 110.1 + number / 1000, 38.0, **({"ford": "yes"} if number == 6 else {}))
    sketch.way(13, [1, 4], highway="track", ford="yes")
    sketch.node(8, 110.3, 38.0, ford="no")
    rows = {row["code"]: row for row in fords(Extract(sketch.write(tmp_path)), whole_extract())}
    assert sorted(rows) == ["OSM-N2", "OSM-W13"]
    assert (rows["OSM-N2"]["name"], rows["OSM-N2"]["road_name"]) == ("沟口路漫水路段", "沟口路")
    assert (rows["OSM-W13"]["name"], rows["OSM-W13"]["road_name"]) == ("漫水路段 OSM-W13", None)
    assert all(row["confirmed"] is False and row["section_kind"] == "ford" for row in rows.values())
    assert GEOD.geometry_length(rows["OSM-N2"]["geom"]) == pytest.approx(2 * REACH_M, rel=0.005)


@given(lat=st.floats(-60, 60), at=st.floats(0, 1))
def test_the_piece_is_measured_in_metres_at_any_latitude(lat: float, at: float) -> None:
    line = LineString([(110, lat), (110.02, lat)])
    piece = around(line, Point(110 + 0.02 * at, lat))
    whole = GEOD.geometry_length(line)
    expected = min(at * whole + REACH_M, whole) - max(at * whole - REACH_M, 0)
    assert GEOD.geometry_length(piece) == pytest.approx(expected, rel=0.01)
