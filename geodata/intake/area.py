"""The area in which positions must lie (--within), and the townships that are loaded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import psycopg
import shapely
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from geodata.errors import Refused
from geodata.intake import crs, isolation, shapes
from geodata.intake.gcj02 import Array
from geodata.intake.sheets import Request

#: Boundaries are drawn coarsely: this far outside (degrees, about 500 m) a position still counts as inside.
_SLACK = 0.005

TOWNSHIPS = "SELECT ST_AsBinary(geom) FROM layer.townships WHERE deleted_at IS NULL AND geom IS NOT NULL"


@dataclass(frozen=True)
class Area:
    """A region in WGS 84, the same region with its margin, and what it is called in a sentence."""

    shape: BaseGeometry
    wide: BaseGeometry
    title: str

    def holds(self, lon: float, lat: float) -> bool:
        """True where a position lies in the region or within 500 m of it."""
        return bool(shapely.intersects_xy(self.wide, lon, lat))

    def share(self, lon: Array, lat: Array) -> float:
        """Share (0–1) of positions that lie in the region itself."""
        return float(shapely.intersects_xy(self.shape, lon, lat).mean()) if len(lon) else 0.0

    def remedy(self, lon: float, lat: float) -> str:
        """What may have gone wrong with a position outside: the change that would bring it inside."""
        for x, y, guess in ((-lon, lat, "经度丢了负号（或东西经写反）"), (lon, -lat, "纬度丢了负号（或南北纬写反）"),
                            (-lon, -lat, "经度、纬度都丢了负号"), (lat, lon, "经度、纬度颠倒")):  # fmt: skip
            if abs(x) <= 180 and abs(y) <= 90 and self.holds(x, y):
                return f"可能{guess}：改成 {x:g}, {y:g} 就在范围内，请核对"
        return "核对坐标；确实在外面就去掉 --within"


def _area(shape: BaseGeometry, title: str) -> Area:
    wide = shape.buffer(_SLACK)
    shapely.prepare(shape)
    shapely.prepare(wide)
    return Area(shape, wide, title)


def of_option(text: str) -> Area | None:
    """The area that --within names: W,S,E,N in degrees, or a file of polygons with its own system. Raises Refused."""
    if not text:
        return None
    if re.fullmatch(r"\s*-?[\d.]+\s*(,\s*-?[\d.]+\s*){3}", text):
        west, south, east, north = (float(part) for part in text.split(","))
        if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
            raise Refused(f"“{text}”不是 西,南,东,北", "--within", "例如 --within 109.5,38.2,110.9,39.5")
        return _area(box(west, south, east, north), f"范围 {text}")
    polygons: list[BaseGeometry] = []
    for sheet in isolation.read(Request(Path(text))):
        if sheet.geometries is None or not sheet.declared:
            raise Refused("没有几何或没有坐标系，不能作范围", text, "用带坐标系的边界文件，或 西,南,东,北")
        system = crs.of_file(sheet.declared)
        found = [shapes.from_wkb(data) for data in sheet.geometries if data is not None]
        polygons += [shapely.make_valid(shapes.to_wgs84(g, system)) for g in found if g is not None]
    polygons = [polygon for polygon in polygons if polygon.area > 0]
    if not polygons:
        raise Refused("里面没有面，不能作范围", text)
    return _area(shapely.union_all(polygons), f"“{Path(text).name}”的边界")


def of_townships(connection: psycopg.Connection) -> Area | None:
    """The union of the townships that are loaded; None where there are none."""
    polygons = [shapely.from_wkb(bytes(row[0])) for row in connection.execute(TOWNSHIPS)]
    return _area(shapely.union_all(polygons), "各乡镇边界") if polygons else None
