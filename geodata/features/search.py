"""Search by code, name and pinyin initials, over every layer."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import psycopg
from psycopg.rows import dict_row
from psycopg.sql import SQL, Composed, Literal

import layers
from geodata.store.tables import layer_table

#: Best first: the code itself, names that begin so, codes, then initials that begin so, names that contain it.
_BEGINS = SQL("""
(SELECT {place} AS place, {layer} AS layer, r.id, r.code, r.name, r.level, r.geom,
        CASE WHEN r.code = %(text)s THEN 0 WHEN r.name LIKE %(begins)s THEN 1
             WHEN r.code LIKE %(begins)s THEN 2 ELSE 3 END AS rank
   FROM {table} AS r
  WHERE r.deleted_at IS NULL
    AND (r.code LIKE %(begins)s OR r.name LIKE %(begins)s OR r.initials LIKE %(initials)s)
  ORDER BY rank, length(r.name), r.id LIMIT %(limit)s)
""")

_CONTAINS = SQL("""
(SELECT {place} AS place, {layer} AS layer, r.id, r.code, r.name, r.level, r.geom, 4 AS rank
   FROM {table} AS r
  WHERE r.deleted_at IS NULL AND r.name LIKE %(contains)s AND r.name NOT LIKE %(begins)s
  LIMIT %(limit)s)
""")

_PIECE = {"begins": _BEGINS, "contains": _CONTAINS}

_SEARCH = SQL("""
SELECT f.layer, f.id, f.code, f.name, f.level, ST_X(p.point) AS lon, ST_Y(p.point) AS lat
  FROM (SELECT * FROM ({pieces}) AS u ORDER BY u.rank, u.place, length(u.name), u.id LIMIT %(limit)s) AS f
 CROSS JOIN LATERAL (SELECT ST_PointOnSurface(f.geom) AS point) AS p
 ORDER BY f.rank, f.place, length(f.name), f.id
""")


def search(connection: psycopg.Connection, text: str, limit: int) -> list[dict[str, Any]]:
    """Records whose code, name or pinyin initials answer `text`, best first, at most `limit`.

    Each: layer, id, code, name, level, lon, lat (None where the position is not known).
    """
    wanted = text.strip()
    if not wanted or "\0" in wanted:
        return []
    escaped = wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    values = {
        "text": wanted, "begins": f"{escaped}%", "contains": f"%{escaped}%", "initials": f"{escaped.lower()}%",
        "limit": limit,
    }  # fmt: skip
    names = tuple(layers.ALL)
    with connection.cursor(row_factory=dict_row) as cursor:
        found = cursor.execute(_statement("begins", names), values).fetchall()
        if len(found) < limit:
            # Only now: text inside of a name has no index where it is shorter than three characters.
            seen = {(row["layer"], row["id"]) for row in found}
            more = cursor.execute(_statement("contains", names), values).fetchall()
            found += [row for row in more if (row["layer"], row["id"]) not in seen]
    return found[:limit]


@lru_cache(maxsize=16)
def _statement(how: str, names: tuple[str, ...]) -> Composed:
    pieces = [
        _PIECE[how].format(place=Literal(place), layer=Literal(name), table=layer_table(layers.ALL[name]))
        for place, name in enumerate(names)
    ]
    return _SEARCH.format(pieces=SQL(" UNION ALL ").join(pieces))
