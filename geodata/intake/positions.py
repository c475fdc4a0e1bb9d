"""The position of every row of a sheet: from its geometry, from two columns, or from one cell with both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geodata.errors import Refused
from geodata.intake import coordinates, crs, shapes, targets, values
from geodata.intake.angles import Axis
from geodata.intake.area import Area
from geodata.intake.coordinates import Pair
from geodata.intake.crs import System
from geodata.intake.headers import Header
from geodata.intake.refusals import Problem
from geodata.intake.sheets import Cell
from layers._vocabulary import Geometry

_WKT = ("POINT", "LINESTRING", "POLYGON", "MULTI", "GEOMETRYCOLLECTION", "SRID=")
#: Longer originals are not repeated beside the record: the import keeps the file.
_LONGEST_ORIGINAL = 2_000


@dataclass(slots=True)
class Position:
    """Where a row lies: WGS 84, or None where nothing is written. `wrong` refuses the row; `doubts` are told.

    `surface` is the polygon whose inner point `geom` is, where the layer wants points and the file draws surfaces.
    """

    geom: BaseGeometry | None = None
    original: str = ""
    wrong: list[Problem] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)
    pair: Pair | None = None
    drawn: BaseGeometry | None = None
    surface: BaseGeometry | None = None
    source: str = ""


def written(
    header: Header, rows: Sequence[Sequence[Cell]], geometries: Sequence[bytes | None] | None
) -> list[Position]:
    """Read what stands in each row, in the file's own system; nothing is converted yet."""
    if geometries is not None:
        return [_drawn(data) for data in geometries]
    return [_read(header, row) for row in rows]


def declared(header: Header) -> str:
    """The system that a heading's brackets name (经度(WGS84)), as --crs would; empty where none does."""
    for name in ("lon", "lat", "position"):
        column = header.column(name)
        for word in targets.split(column.heading)[1].replace("，", ",").split(",") if column else ():
            try:
                return crs.named(word.strip()).title if word.strip() else ""
            except Refused:
                continue
    return ""


def surveyors_axes(header: Header, placed: Sequence[Position]) -> list[str]:
    """One sentence for the whole file where X is the northing, as surveyors write it: that is no mistake of a row."""
    letters = [column for name in ("lon", "lat") if (column := header.column(name)) is not None]
    turned = [position for position in placed if position.pair and position.pair.projected and position.pair.note]
    if not turned or [targets.plain(column.heading)[:1] for column in letters] != ["x", "y"]:
        return []
    for position in turned:
        position.doubts = [doubt for doubt in position.doubts if position.pair and doubt.what != position.pair.note]
    east, north = letters[1].heading, letters[0].heading
    return [f"“{north}”是纵坐标（北）、“{east}”是横坐标（东），按测量的习惯读"]


def place(positions: Sequence[Position], system: System, wanted: Geometry) -> None:
    """Set `geom` of every readable position: converted to WGS 84, fitted to the layer's type."""
    pairs = [position for position in positions if position.pair is not None and not position.wrong]
    for position in pairs:
        _check_kind(position, system)
    pairs = [position for position in pairs if not position.wrong]
    if pairs:
        x = np.array([position.pair.x for position in pairs if position.pair])
        y = np.array([position.pair.y for position in pairs if position.pair])
        lon, lat = system.to_wgs84(x, y)
        for position, one, other in zip(pairs, lon.tolist(), lat.tolist(), strict=True):
            if not (abs(one) <= 180 and abs(other) <= 90):
                position.wrong.append(Problem("坐标", f"按 {system.title} 不在地球上", "核对 --crs 和坐标"))
            else:
                _fit(position, Point(one, other), wanted)
    for position in positions:
        if position.drawn is not None and not position.wrong:
            try:
                _fit(position, shapes.to_wgs84(position.drawn, system), wanted)
            except Refused as refusal:
                position.wrong.append(Problem("几何", refusal.what, refusal.mend))


def surfaces(placed: Sequence[Position]) -> int:
    """How many positions have a surface; where it is kept, its inner point is no doubt of the row."""
    having = [position for position in placed if position.surface is not None]
    for position in having:
        position.doubts = [doubt for doubt in position.doubts if doubt.what != shapes.INSIDE]
    return len(having)


def check_within(positions: Sequence[Position], within: Area | None, townships: Area | None) -> None:
    """Refuse positions outside `within`; tell of those outside the townships, with what may have gone wrong."""
    for position in positions:
        if position.geom is None:
            continue
        at = position.geom if isinstance(position.geom, Point) else position.geom.representative_point()
        if within is not None and not within.holds(at.x, at.y):
            position.wrong.append(
                Problem("坐标", f"{at.x:g}, {at.y:g} 在{within.title}之外", within.remedy(at.x, at.y))
            )
        elif townships is not None and not townships.holds(at.x, at.y):
            mend = townships.remedy(at.x, at.y).replace("；确实在外面就去掉 --within", "")
            position.doubts.append(Problem("坐标", f"{at.x:g}, {at.y:g} 在{townships.title}之外，已照收", mend))


def _drawn(data: bytes | None) -> Position:
    if data is None:
        return Position(doubts=[Problem("几何", "没有几何，按位置不详导入")])
    try:
        geometry = shapes.from_wkb(data)
    except Refused as refusal:
        return Position(wrong=[Problem("几何", refusal.what, refusal.mend)])
    if geometry is None:
        return Position(doubts=[Problem("几何", "几何是空的，按位置不详导入")])
    original = shapely.to_wkt(geometry, rounding_precision=9)
    return Position(original=original if len(original) <= _LONGEST_ORIGINAL else "", drawn=geometry)


def _read(header: Header, row: Sequence[Cell]) -> Position:
    """One row of a table; blank cells are an unknown position, half a position is wrong."""
    cells = {name: row[column.place] for name in ("lon", "lat", "position", "hemisphere")
             if (column := header.column(name)) is not None and not values.is_blank(row[column.place])}  # fmt: skip
    both = cells.get("position")
    original = (
        str(both) if both is not None else "、".join(str(cells[name]) for name in ("lon", "lat") if name in cells)
    )
    position = Position(original=original[:_LONGEST_ORIGINAL])
    try:
        if both is not None and str(both).strip().upper().startswith(_WKT):
            position.drawn = _wkt(str(both))
        elif both is not None:
            position.pair = coordinates.read_one(both, _order(header))
        elif "lon" in cells and "lat" in cells:
            position.pair = coordinates.read_two(cells["lon"], cells["lat"])
        elif "lon" in cells or "lat" in cells:
            raise Refused("只有经度或只有纬度", mend="补上另一个；不知道就两个都留空")
        if position.pair is not None and "hemisphere" in cells:
            _check_hemisphere(position.pair, str(cells["hemisphere"]))
    except Refused as refusal:
        position.wrong.append(Problem(_title(header), refusal.what, refusal.mend))
    if position.pair is not None and position.pair.note:
        position.doubts.append(Problem(_title(header), position.pair.note))
    return position


def _title(header: Header) -> str:
    names = [column.heading for name in ("position", "lon", "lat") if (column := header.column(name)) is not None]
    return "、".join(names[:2]) or "坐标"


def _order(header: Header) -> Axis | None:
    """What a combined column's heading says stands first: 纬度,经度 → lat."""
    column = header.column("position")
    text = targets.plain(column.heading) if column else ""
    lon = min((text.find(word) for word in ("经", "lon", "lng") if word in text), default=-1)
    lat = min((text.find(word) for word in ("纬", "lat") if word in text), default=-1)
    if lon < 0 or lat < 0 or "经纬度" in text:
        # 经纬度 names the pair in every order that people write it in.
        return None
    return "lon" if lon < lat else "lat"


def _wkt(text: str) -> BaseGeometry | None:
    bare = text.split(";", 1)[1] if text.upper().startswith("SRID=") else text
    try:
        geometry: BaseGeometry = shapely.from_wkt(bare)
    except (shapely.errors.ShapelyError, ValueError) as error:
        raise Refused(f"WKT 读不懂：{text[:40]}", mend="写成 POINT(106.16 33.33) 的样子") from error
    return None if geometry.is_empty else geometry


def _check_hemisphere(pair: Pair, says: str) -> None:
    """Compare the latitude's sign with a column that says north or south (Norte/Sul do Equador, 南纬)."""
    text = values.plain(says)
    south = any(word in text for word in ("sul", "sur", "south", "南")) or text in ("s", "-")
    north = any(word in text for word in ("norte", "north", "北")) or text in ("n", "+")
    if south == north:
        raise Refused(f"“{says}”看不出是南纬还是北纬", mend="写 南 或 北")
    if (south and pair.y > 0) or (north and pair.y < 0):
        raise Refused(f"纬度 {pair.y:g} 和“{says}”矛盾", mend=f"可能丢了负号：改成 {-pair.y:g}，请核对")


def _check_kind(position: Position, system: System) -> None:
    """Degrees where degrees are meant, metres where metres are; a zone where one is needed."""
    pair = position.pair
    assert pair is not None
    try:
        if pair.projected and system.datum is not None:
            crs.zone_of(system, pair.x)
        elif pair.projected and not system.projected:
            raise Refused(
                f"这是平面坐标（米），--crs 说的 {system.title} 是经纬度", mend="--crs 写明投影，例如“CGCS2000 38带”"
            )
        elif not pair.projected and system.projected and abs(pair.x) <= 180 and abs(pair.y) <= 90:
            raise Refused(f"这是经纬度，--crs 说的 {system.title} 是平面坐标", mend="核对这一行或 --crs")
        if system.shift and not shapely.box(73, 3, 136, 54).intersects(Point(pair.x, pair.y)):
            position.doubts.append(Problem("坐标", f"在中国之外，{system.title} 不作偏移"))
    except Refused as refusal:
        position.wrong.append(Problem("坐标", refusal.what, refusal.mend))


def _fit(position: Position, geometry: BaseGeometry, wanted: Geometry) -> None:
    try:
        position.geom = shapes.fit(geometry, wanted, lambda said: position.doubts.append(Problem("几何", said)))
        if wanted is Geometry.POINT and geometry.geom_type.endswith("Polygon"):
            position.surface = shapes.fit(geometry, Geometry.POLYGON, lambda _said: None)
    except Refused as refusal:
        position.wrong.append(Problem("几何", refusal.what, refusal.mend))
