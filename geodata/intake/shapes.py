"""Geometries of a file become what the layer keeps: WGS 84, two dimensions, the layer's type, valid rings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiLineString, MultiPolygon, Point
from shapely.geometry.base import BaseGeometry

from geodata.errors import Refused
from geodata.intake.crs import System
from layers._vocabulary import Geometry

#: What is said where a point is wanted and a surface is drawn.
INSIDE = "图层要点，取了面内的一点"
_TITLES = {Geometry.POINT: "点", Geometry.LINE: "线", Geometry.POLYGON: "面"}
_MEMBERS = {Geometry.POINT: ("Point",), Geometry.LINE: ("LineString",), Geometry.POLYGON: ("Polygon",)}


def from_wkb(data: bytes) -> BaseGeometry | None:
    """The geometry of WKB bytes; None where it is empty. Raises Refused."""
    geometry = shapely.from_wkb(data, on_invalid="ignore")
    if geometry is None:
        raise Refused("几何损坏，读不出来", mend="在制图软件里重画或删去")
    return None if geometry.is_empty else geometry


def to_wgs84(geometry: BaseGeometry, system: System) -> BaseGeometry:
    """`geometry` in WGS 84 without heights. Raises Refused where it then lies nowhere on the globe."""
    flat = shapely.force_2d(geometry)

    def convert(points: Any) -> Any:
        # Each vertex as the system has it: shapely hands over an (n, 2) array of x, y.
        return np.column_stack(system.to_wgs84(points[:, 0], points[:, 1]))

    if not np.isfinite(shapely.get_coordinates(flat)).all():
        raise Refused("几何里有不是数的坐标", mend="在制图软件里修好这个要素")
    moved: BaseGeometry = shapely.transform(flat, convert)
    west, south, east, north = moved.bounds
    if not np.isfinite([west, south, east, north]).all() or west < -180 or east > 180 or south < -90 or north > 90:
        first = shapely.get_coordinates(flat)[0]
        raise Refused(
            f"坐标（{first[0]:.6g}, {first[1]:.6g}）按 {system.title} 不在地球上",
            mend="坐标系说错了，或横纵坐标颠倒：用 --crs 说明",
        )
    return moved


def fit(geometry: BaseGeometry, wanted: Geometry, say: Callable[[str], None]) -> BaseGeometry:
    """`geometry` as the layer's type; `say` gets a sentence where something was mended. Raises Refused."""
    if wanted is Geometry.POINT and isinstance(geometry, Point):
        return geometry
    if geometry.geom_type.endswith("Polygon") and not geometry.is_valid:
        reason = shapely.is_valid_reason(geometry).split("[")[0]
        geometry = shapely.make_valid(geometry)
        say(f"边界自相交或环不合法（{reason}），已自动修好")
    members = [part for part in shapely.get_parts(geometry, return_index=False) if not part.is_empty]
    members = [inner for part in members for inner in shapely.get_parts(part)]
    right = [part for part in members if part.geom_type in _MEMBERS[wanted]]
    if wanted is Geometry.POINT:
        return _point(geometry, members, say)
    if not right:
        kind = geometry.geom_type
        raise Refused(f"图层要{_TITLES[wanted]}，这里是 {kind}", mend=f"换成{_TITLES[wanted]}，或导入到别的图层")
    return MultiLineString(right) if wanted is Geometry.LINE else MultiPolygon(right)


def _point(geometry: BaseGeometry, members: list[BaseGeometry], say: Callable[[str], None]) -> Point:
    if all(part.geom_type == "Point" for part in members):
        if len({part.coords[0] for part in members}) > 1:
            raise Refused(f"一条记录有 {len(members)} 个点", mend="每个场所只留一个点，或拆成几条")
        return Point(members[0].coords[0][:2])
    if any(part.geom_type == "Polygon" for part in members):
        say(INSIDE)
        return geometry.point_on_surface()
    raise Refused(f"图层要点，这里是 {geometry.geom_type}", mend="换成点，或导入到线的图层")
