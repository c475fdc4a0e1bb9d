"""Simplified copies of the reference layers' lines and areas, one for each band of zooms.

Neighbouring areas are simplified together (shapely's coverage_simplify), so that no gap opens between townships.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import psycopg
import shapely
from psycopg.sql import SQL, Composable, Identifier, Literal

from geodata.store.tables import layer_table
from geodata.tiles.reference import BANDS, REFERENCES, Reference, pixel
from layers._vocabulary import Geometry, Layer

#: Layers that this module keeps copies of.
LAYERS = frozenset(REFERENCES)
#: Under this name and band 0 each area's label point is kept.
LABELS = "township_labels"

DELETE = """
DELETE FROM riskmap.generalised WHERE layer = %(layer)s AND (%(ids)s::bigint[] IS NULL OR site_id = ANY(%(ids)s))
"""

INSERT_LABELS = SQL("""
INSERT INTO riskmap.generalised (layer, band, site_id, from_zoom, geom3857)
SELECT %s, 0, id, 0, ST_PointOnSurface(geom3857) FROM {table} WHERE deleted_at IS NULL AND geom3857 IS NOT NULL
""")

LINES = SQL("""
INSERT INTO riskmap.generalised (layer, band, site_id, from_zoom, geom3857)
SELECT %(layer)s, b.band, s.id, s.from_zoom, c.copy
  FROM (SELECT r.id, {shape} AS geom3857, {from_zoom} AS from_zoom FROM {table} AS r
         WHERE r.deleted_at IS NULL AND r.geom3857 IS NOT NULL
           AND (%(ids)s::bigint[] IS NULL OR r.id = ANY(%(ids)s))) AS s
  JOIN unnest(%(bands)s::int[], %(tolerances)s::float[]) AS b (band, tolerance) ON s.from_zoom <= b.band
 CROSS JOIN LATERAL (SELECT ST_Simplify(s.geom3857, b.tolerance, true) AS copy) AS c
 WHERE NOT ST_IsEmpty(c.copy)
""")

AREAS = SQL("""
SELECT id, ST_AsBinary(geom3857) FROM {table} WHERE deleted_at IS NULL AND geom3857 IS NOT NULL ORDER BY id
""")

INSERT_AREA = """
INSERT INTO riskmap.generalised (layer, band, site_id, from_zoom, geom3857)
SELECT %s, %s, a.id, 0, ST_GeomFromWKB(a.copy, 3857) FROM unnest(%s::bigint[], %s::bytea[]) AS a (id, copy)
"""


def refresh(connection: psycopg.Connection, layer: Layer, ids: Sequence[int] | None) -> None:
    """Renew the copies of records `ids` (None: all). Areas are always renewed together: they share their borders."""
    reference = REFERENCES[layer.name]
    if not reference.simplified or (ids is not None and not ids):
        return
    if layer.geometry is Geometry.POLYGON:
        _areas(connection, layer)
        return
    values = {
        "layer": layer.name, "ids": None if ids is None else list(ids),
        "bands": list(BANDS), "tolerances": [pixel(band) for band in BANDS],
    }  # fmt: skip
    connection.execute(DELETE, values)
    connection.execute(
        LINES.format(table=layer_table(layer), shape=whole_shape(layer), from_zoom=from_zoom(reference, layer)), values
    )


def whole_shape(layer: Layer) -> Composable:
    """SQL of a record's shape in EPSG:3857: the surface where a line layer knows one (a lake), else its geometry."""
    surface = next((f.name for f in layer.fields if f.name == "area" and layer.geometry is Geometry.LINE), None)
    if surface is None:
        return SQL("r.geom3857")
    return SQL("coalesce(ST_Transform({}, 3857), r.geom3857)").format(Identifier("r", surface))


def from_zoom(reference: Reference, layer: Layer, alias: str = "r") -> Composable:
    """SQL of the zoom from which a record is shown, by its rank."""
    if not reference.rank or reference.rank not in {f.name for f in layer.fields}:
        return Literal(reference.otherwise)
    cases = [SQL("WHEN {} THEN {}").format(Literal(code), Literal(z)) for code, z in reference.from_zoom.items()]
    return SQL("CASE {} {} ELSE {} END").format(
        Identifier(alias, reference.rank), SQL(" ").join(cases), Literal(reference.otherwise)
    )


def _areas(connection: psycopg.Connection, layer: Layer) -> None:
    """Simplify all areas of the layer as one coverage; where they overlap, each for itself."""
    connection.execute(DELETE, {"layer": layer.name, "ids": None})
    connection.execute(DELETE, {"layer": LABELS, "ids": None})
    connection.execute(INSERT_LABELS.format(table=layer_table(layer)), (LABELS,))
    rows = connection.execute(AREAS.format(table=layer_table(layer))).fetchall()
    if not rows:
        return
    ids = [row[0] for row in rows]
    areas = shapely.from_wkb([row[1] for row in rows])
    share_borders = bool(shapely.coverage_is_valid(areas))
    # Fine to coarse, each from the one before: less work, and a border that only ever loses vertices.
    for band in reversed(BANDS):
        areas = _simplified(areas, pixel(band), share_borders)
        connection.execute(INSERT_AREA, (layer.name, band, ids, [shapely.to_wkb(area) for area in areas]))


def _simplified(areas: np.ndarray, tolerance: float, share_borders: bool) -> np.ndarray:
    if share_borders:
        return np.asarray(shapely.coverage_simplify(areas, tolerance))
    copies = shapely.simplify(areas, tolerance, preserve_topology=True)
    return np.where(shapely.is_empty(copies), areas, copies)

