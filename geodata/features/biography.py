"""What a card tells beside the feature itself: township, position as it was written, how the level came about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.sql import SQL

from geodata.errors import NotFound
from geodata.store.tables import layer_table
from layers._vocabulary import Layer

#: Changes of the level that a card lists.
MOST = 20

_BIOGRAPHY = SQL("""
SELECT t.name, r.position_original, g.previous_level,
       ST_X(ST_PointOnSurface(r.geom)), ST_Y(ST_PointOnSurface(r.geom)),
       coalesce((SELECT jsonb_agg(jsonb_build_object('at', h.at, 'actor', h.actor, 'before', h.before -> 'level',
                                                     'after', h.after -> 'level') ORDER BY h.at DESC)
                   FROM (SELECT * FROM riskmap.history AS h
                          WHERE h.layer = %(layer)s AND h.record_id = r.id AND h.action = 'grade'
                            AND h.before -> 'level' IS DISTINCT FROM h.after -> 'level'
                          ORDER BY h.at DESC LIMIT %(most)s) AS h), '[]')
  FROM {table} AS r
  LEFT JOIN riskmap.grade AS g ON g.layer = %(layer)s AND g.site_id = r.id
  LEFT JOIN layer.townships AS t ON t.code = r.township_code AND t.deleted_at IS NULL
 WHERE r.id = %(id)s
""")


@dataclass(frozen=True)
class Biography:
    """Township by position, the position as written, a point on the record (lon, lat), and its former levels.

    `changes`: newest first, each {"at", "actor", "before", "after"}; levels 1–4, None is unknown.
    """

    township: str | None
    position_original: str | None
    previous_level: int | None
    place: tuple[float, float] | None
    changes: list[dict[str, Any]]


def biography(connection: psycopg.Connection, layer: Layer, site_id: int) -> Biography:
    """The biography of a record. Raises NotFound."""
    row = connection.execute(
        _BIOGRAPHY.format(table=layer_table(layer)), {"layer": layer.name, "id": site_id, "most": MOST}
    ).fetchone()
    if row is None:
        raise NotFound(f"图层 {layer.title} 没有记录 {site_id}")
    township, original, previous, lon, lat, changes = row
    return Biography(township, original, previous, None if lon is None else (lon, lat), changes)
