"""Which record of the layer a row without a code is: same name, and near enough; else it is a new one."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import psycopg
import shapely
from psycopg.sql import SQL
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geodata.errors import Refused
from geodata.intake import values
from geodata.intake.refusals import Problem
from geodata.store.records import next_codes
from geodata.store.tables import layer_table
from layers._vocabulary import Geometry, Layer

#: Two records of one name are one site when they lie this near (metres): points, and lines or areas by their middle.
_NEAR = {Geometry.POINT: 2_000.0, Geometry.LINE: 50.0, Geometry.POLYGON: 200.0}

#: A new name this near (metres) a known site may be that site renamed.
_RENAMED = 10.0

KNOWN = SQL("""
SELECT code, name, address, ST_X(ST_Centroid(geom)), ST_Y(ST_Centroid(geom)) FROM {table} WHERE deleted_at IS NULL
""")


@dataclass(slots=True)
class Likeness:
    """What tells one record from another: code, name, middle (lon, lat or None), township or address as written."""

    code: str
    name: str
    middle: tuple[float, float] | None
    address: str = ""
    row: int = 0


def middle(geometry: BaseGeometry | None) -> tuple[float, float] | None:
    """(lon, lat) of a geometry's middle, or None."""
    if geometry is None:
        return None
    at = geometry if isinstance(geometry, Point) else geometry.centroid
    return at.x, at.y


def distance_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Metres between two near positions (lon, lat), on a sphere."""
    east = math.radians(other[0] - one[0]) * math.cos(math.radians((one[1] + other[1]) / 2))
    return 6_371_000 * math.hypot(east, math.radians(other[1] - one[1]))


def give_codes(connection: psycopg.Connection, layer: Layer, rows: Sequence[Likeness]) -> list[Refused | None]:
    """Set `code` of every row that has none: an existing record's, or a new one. Answers a refusal per row, or None.

    A code or record that an earlier row has taken already is a duplicate and is refused.
    """
    answers: list[Refused | None] = [None] * len(rows)
    known: dict[str, list[Likeness]] = defaultdict(list)
    if any(not row.code for row in rows):
        for code, name, address, lon, lat in connection.execute(KNOWN.format(table=layer_table(layer))):
            known[_compared(name)].append(Likeness(code, name, None if lon is None else (lon, lat), address or ""))
    taken: dict[str, int] = {}
    fresh: dict[str, list[Likeness]] = defaultdict(list)
    for place, row in enumerate(rows):
        try:
            if not row.code:
                _repeated(row, fresh[_compared(row.name)], layer)
                row.code = _same(row, known.get(_compared(row.name), []), layer)
                if not row.code:
                    fresh[_compared(row.name)].append(row)
            if row.code and (first := taken.setdefault(row.code, row.row)) != row.row:
                raise Refused(f"编码 {row.code} 与第 {first} 行重复", mend="同一场所只留一行；不同的场所给不同的编码")
        except Refused as refusal:
            answers[place] = refusal
    new = [row for row, refusal in zip(rows, answers, strict=True) if not row.code and refusal is None]
    for row, code in zip(new, next_codes(connection, layer, len(new), set(taken)) if new else [], strict=True):
        row.code = code
    return answers


def taken_places(connection: psycopg.Connection, layer: Layer, rows: Sequence[Likeness]) -> dict[int, Problem]:
    """Place in `rows` → a doubt, for new sites that stand where a site of another name is that the file does not have.

    Nothing is refused: it may be a neighbour, or the same site under a new name. `rows` have their codes.
    """
    if layer.geometry is not Geometry.POINT or not rows:
        return {}
    codes = {row.code for row in rows}
    there = connection.execute(KNOWN.format(table=layer_table(layer))).fetchall()
    old = {row[0] for row in there}
    others = [row for row in there if row[0] not in codes and row[3] is not None]
    tree = shapely.STRtree([Point(row[3], row[4]) for row in others])
    doubts: dict[int, Problem] = {}
    for place, row in enumerate(rows) if others else ():
        if row.code in old or row.middle is None:
            continue
        code, name, _, lon, lat = others[int(tree.nearest(Point(row.middle)))]
        metres = distance_m(row.middle, (lon, lat))
        if metres <= _RENAMED:
            what = f"这里已有“{name}”（{code}），相距 {metres:.0f} 米，已作新的一处收下"
            doubts[place] = Problem("名称", what, f"是改了名就加“编码”列，写 {code}")
    return doubts


def _compared(name: str) -> str:
    """Names are compared without blanks, in one width and script of brackets."""
    return re.sub(r"\s+", "", values.plain(name))


def _repeated(row: Likeness, earlier: Sequence[Likeness], layer: Layer) -> None:
    """Refuse a row that says again what an earlier row of the file said."""
    for other in earlier:
        if row.name and _one(row, other, _NEAR[layer.geometry] / 10):
            raise Refused(f"“{row.name}”与第 {other.row} 行重复", mend="同一场所只留一行；不同的场所加“编码”列区分")


def _same(row: Likeness, candidates: Sequence[Likeness], layer: Layer) -> str:
    """The code of the one record that `row` is, or empty. Raises Refused where it may be several."""
    near = [other for other in candidates if _one(row, other, _NEAR[layer.geometry])]
    if row.middle is not None and len(near) > 1:
        placed = [other for other in near if other.middle is not None]
        near = sorted(placed, key=lambda other: distance_m(row.middle or (0, 0), other.middle or (0, 0)))[:1] or near
    if len(near) > 1:
        raise Refused(f"库里有 {len(near)} 条都叫“{row.name}”，分不清是哪一条", mend="加“编码”列，写库里的编码")
    return near[0].code if near else ""


def _one(row: Likeness, other: Likeness, near: float) -> bool:
    """True where two of one name may be one: near each other, or one without position and no other address."""
    if row.middle is not None and other.middle is not None:
        return distance_m(row.middle, other.middle) <= near
    return not row.address or not other.address or row.address == other.address
