"""Which records a new import of an extract must leave alone: those that a person, or another source, has taken over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
import shapely
from psycopg.sql import SQL

from geodata.store.tables import layer_table
from layers._vocabulary import Layer

#: What riskmap.import.layer says for an import of an extract, which is of many layers at once.
OSM = "osm"

# An import's records carry its own time; whatever is younger was changed by somebody since. Deleting a candidate is
# a person's answer too.
TAKEN_OVER = SQL("""
SELECT l.code
  FROM {table} AS l LEFT JOIN riskmap.import AS i ON i.id = l.import_id
 WHERE l.code = ANY(%(codes)s)
   AND (l.deleted_at IS NOT NULL OR i.layer IS DISTINCT FROM %(osm)s OR l.updated_at > i.started_at
        OR (%(candidates)s AND l.confirmed))
""")


def taken_over(connection: psycopg.Connection, layer: Layer, codes: Sequence[str], *, candidates: bool) -> set[str]:
    """Codes among `codes` whose records are left alone.

    They are confirmed (where the import makes only `candidates`), changed or deleted since, or not from an extract.
    """
    rows = connection.execute(
        TAKEN_OVER.format(table=layer_table(layer)), {"codes": list(codes), "osm": OSM, "candidates": candidates}
    )
    return {row[0] for row in rows}


# Two outlines of one township under two codes would count every site there twice or at random.
COVERED = """
SELECT DISTINCT found.code
  FROM unnest(%(codes)s::text[], %(points)s::bytea[]) AS found (code, point)
  JOIN layer.townships AS t ON t.deleted_at IS NULL AND t.code <> found.code
                           AND ST_Intersects(t.geom, ST_GeomFromWKB(found.point, 4326))
  LEFT JOIN riskmap.import AS i ON i.id = t.import_id
 WHERE i.layer IS DISTINCT FROM %(osm)s
"""


def covered_townships(connection: psycopg.Connection, rows: Sequence[Mapping[str, Any]]) -> set[str]:
    """Codes of the rows whose middle lies in a township that came from elsewhere, under another code."""
    found = connection.execute(COVERED, {
        "codes": [row["code"] for row in rows],
        "points": [shapely.to_wkb(row["geom"].point_on_surface()) for row in rows],
        "osm": OSM,
    })  # fmt: skip
    return {row[0] for row in found}


WAITING = SQL("SELECT count(*) FROM {table} WHERE NOT confirmed AND deleted_at IS NULL")


def waiting(connection: psycopg.Connection, layer: Layer) -> int:
    """How many candidates of the layer nobody has confirmed yet."""
    row = connection.execute(WAITING.format(table=layer_table(layer))).fetchone()
    return int(row[0]) if row else 0
