"""Which record of the layer a row without a code is: same name, and near enough; else it is a new one."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import psycopg
from psycopg.sql import SQL
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geodata.errors import Refused
from geodata.store.records import next_codes
from geodata.store.tables import layer_table
from layers._vocabulary import Geometry, Layer

#: Two records of one name are one site when they lie this near (metres): points, and lines or areas by their middle.
_NEAR = {Geometry.POINT: 2_000.0, Geometry.LINE: 50.0, Geometry.POLYGON: 200.0}

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
            known[name].append(Likeness(code, name, None if lon is None else (lon, lat), address or ""))
    taken: dict[str, int] = {}
    fresh: dict[str, list[Likeness]] = defaultdict(list)
    for place, row in enumerate(rows):
        try:
            if not row.code:
                _repeated(row, fresh[row.name], layer)
                row.code = _same(row, known.get(row.name, []), layer)
                if not row.code:
                    fresh[row.name].append(row)
            if row.code and (first := taken.setdefault(row.code, row.row)) != row.row:
                raise Refused(f"编码 {row.code} 与第 {first} 行重复", mend="同一场所只留一行；不同的场所给不同的编码")
        except Refused as refusal:
            answers[place] = refusal
    new = [row for row, refusal in zip(rows, answers, strict=True) if not row.code and refusal is None]
    for row, code in zip(new, next_codes(connection, layer, len(new), set(taken)) if new else [], strict=True):
        row.code = code
    return answers


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
