"""What lies at a place: the features of every layer there, with every reason of their grades."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import psycopg
from psycopg.rows import dict_row
from psycopg.sql import SQL, Composed, Literal

import layers
from geodata.errors import BadRequest
from geodata.store.tables import layer_table

#: More than a screenful of features at one place is answered by zooming in.
MOST = 200

_ONE_LAYER = SQL("""
SELECT {place} AS place, {layer} AS layer, r.id, r.code, r.name, r.level, r.confirmed,
       ST_Distance(r.geom::geography, here.point::geography) AS metres
  FROM here JOIN {table} AS r ON r.geom3857 && here.box
 WHERE r.deleted_at IS NULL AND ST_DWithin(r.geom::geography, here.point::geography, %(tolerance)s)
""")

#: Mercator metres are longer than true ones by 1 / cos(lat); a little more for the ellipsoid.
_AT = SQL("""
WITH here AS MATERIALIZED (
    SELECT ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326) AS point,
           ST_Expand(ST_Transform(ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326), 3857),
                     1.01 * %(tolerance)s / cos(radians(%(lat)s)) + 0.01) AS box),
found AS ({pieces})
SELECT f.layer, f.id, f.code, f.name, f.level, f.confirmed, round(f.metres::numeric, 1)::float8 AS distance_m,
       coalesce(g.factors, '[]') AS reasons
  FROM found AS f LEFT JOIN riskmap.grade AS g ON g.layer = f.layer AND g.site_id = f.id
 ORDER BY f.level NULLS LAST, f.place, f.metres, f.id LIMIT %(most)s
""")


def at(connection: psycopg.Connection, lon: float, lat: float, tolerance_m: float) -> list[dict[str, Any]]:
    """Features of every layer within `tolerance_m` metres of a place (EPSG:4326), the worst first.

    Each: layer, id, code, name, level (None = unknown), confirmed, distance_m, reasons. Raises BadRequest.
    """
    if not (math.isfinite(lon) and math.isfinite(lat) and -180 <= lon <= 180 and -85 <= lat <= 85):
        raise BadRequest(f"没有这个位置：{lon}, {lat}", "lon, lat", "经度 −180 到 180，纬度 −85 到 85")
    if not 0 <= tolerance_m <= 50_000:
        raise BadRequest(f"容差 {tolerance_m} m 不能用", "tolerance_m", "0 到 50000 米")
    with connection.cursor(row_factory=dict_row) as cursor:
        cursor.execute(
            _statement(tuple(layers.ALL)), {"lon": lon, "lat": lat, "tolerance": tolerance_m, "most": MOST}
        )
        return cursor.fetchall()


@lru_cache(maxsize=8)
def _statement(names: tuple[str, ...]) -> Composed:
    pieces = [
        _ONE_LAYER.format(place=Literal(place), layer=Literal(name), table=layer_table(layers.ALL[name]))
        for place, name in enumerate(names)
    ]
    return _AT.format(pieces=SQL(" UNION ALL ").join(pieces))
