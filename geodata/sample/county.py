"""示例县 as a whole: land, water, townships, villages, roads, and the places where its sites stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import shapely

from geodata.sample import hydrography, outline, places, plane, road_network, siting, terrain, townships
from geodata.sample.hydrography import Stream
from geodata.sample.places import Village
from geodata.sample.plane import Floats
from geodata.sample.road_network import Road
from geodata.sample.terrain import Land
from geodata.sample.townships import COUNTY, Township

#: A record as geodata.store.records.write takes it.
Row = dict[str, Any]
#: Where the rows come from, as every record says.
SOURCE = "示例数据（虚构）"

#: Wishes for the 27 mines and the 16 dams: a township, or km from the county's middle.
MINE_WISHES = ((-14.1, 5.5), (-11.5, -4.2), (-9.0, -5.9), *("青溪镇",) * 4, *("白岭乡",) * 2, *("石桥镇",) * 2,
               "青溪镇", "白岭乡", "石桥镇", "白岭乡", "石桥镇", "云台乡", "石桥镇", "城关镇", "云台乡", "青溪镇",
               "青溪镇",
               "白岭乡", "城关镇", "城关镇", "城关镇", "白岭乡")  # fmt: skip
DAM_WISHES = ((-9.3, 2.6), (2.6, -9.3), "石桥镇", "青溪镇", "青溪镇", "青溪镇", "石桥镇", "城关镇", "白岭乡",
              "石桥镇", "城关镇", "石桥镇", "云台乡", "白岭乡", "云台乡", "白岭乡")  # fmt: skip


@dataclass
class County:
    """The invented county. Lines and points are in metres (see plane); rows carry degrees."""

    land: Land
    streams: list[Stream]
    edge: Floats
    townships: list[Township]
    villages: list[Village]
    mine_places: Floats
    dam_places: Floats
    roads: list[Road]
    ground: siting.Ground = field(repr=False)

    @cached_property
    def outline(self) -> shapely.Polygon:
        """The county's polygon, metres."""
        joined = shapely.unary_union([township.area for township in self.townships])
        assert isinstance(joined, shapely.Polygon)
        return joined

    def township_at(self, at: Floats) -> Township | None:
        """The township in which a point (metres) lies."""
        point = shapely.Point(at)
        return next((township for township in self.townships if township.area.covers(point)), None)

    @cached_property
    def _rivers(self) -> shapely.Geometry:
        return shapely.union_all([shapely.LineString(stream.line) for stream in self.streams if stream.area > 6.0])

    def near(self, at: Floats, number: int, away: float) -> Floats:
        """A dry place (metres) `away` metres from `at`; `number` turns it round, so that neighbours stand apart."""
        for turn in range(12):
            place = siting.around(at, number + turn, away)
            if self._rivers.distance(shapely.Point(place)) > 110.0:
                break
        return place

    def nearest_village(self, at: Floats) -> Village:
        """The village that is nearest to a point (metres)."""
        return min(self.villages, key=lambda village: float(np.hypot(*(village.at - at))))

    def address(self, at: Floats) -> str:
        """An address as people write it: county, township and the nearest village."""
        township, village = self.township_at(at), self.nearest_village(at)
        return f"{COUNTY}{township.name if township else ''}{village.name}"

    def site(self, name: str, at: Floats | None, facts: Mapping[str, Any]) -> Row:
        """A row of a point layer: name, position (None: not known), address, and its facts."""
        row: Row = {"name": name, "sample": True, "source": SOURCE, "geom": None}
        if at is not None:
            row |= {"geom": shapely.Point(np.round(plane.to_degrees(at), 6)), "address": self.address(at)}
        return row | dict(facts)


def build() -> County:
    """Make the county: the same one every time, in a few seconds of arithmetic."""
    land = terrain.build()
    streams = hydrography.streams(land)
    edge = outline.outline(land)
    parts = townships.townships(land, edge)
    villages = places.villages(land, parts)
    ground = siting.Ground(land, parts, villages)
    mines = ground.choose(ground.hillsides(), MINE_WISHES, 1_400.0, seed=27)
    dams = ground.choose(ground.side_valleys(), DAM_WISHES, 1_300.0, seed=16)
    roads = road_network.roads(land, parts, villages, np.concatenate([mines, dams]), streams)
    return County(land, streams, edge, parts, villages, mines, dams, roads, ground)


def degrees(line: Floats) -> shapely.LineString:
    """A line in metres as a line in degrees, to about 10 cm."""
    return shapely.LineString(np.round(plane.to_degrees(line), 6))
