"""The SQL of one tile: a piece for each layer, each an MVT layer, joined into one statement for one round trip.

The zoom is written into the text, so that each zoom is planned for itself; $1 and $2 are x and y, $3 the township.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from psycopg.sql import SQL, Composable, Identifier, Literal

import layers
from geodata.store.tables import layer_table
from geodata.tiles.generalised import LABELS, from_zoom, whole_shape
from geodata.tiles.plan import DIGEST, Plan
from geodata.tiles.reference import REFERENCES, Reference, band_of, pixel
from layers._vocabulary import Geometry, Layer

#: Extent of a tile, and how far symbols of the neighbours reach in (12 px of 512).
EXTENT, BUFFER = 4096, 96
#: Up to this zoom the townships of a tile are made beforehand.
PREPARED_TO = 6
#: Zooms from which records carry their names, townships their labels, and contours are shown (all of them later).
NAMES_FROM, LABELS_FROM, CONTOURS_FROM, ALL_CONTOURS_FROM = 11, 7, 10, 12

_TILE = SQL("""
WITH tile AS MATERIALIZED (
    SELECT ST_TileEnvelope({z}, $1::int, $2::int) AS box,
           ST_TileEnvelope({z}, $1::int, $2::int, margin => {margin}) AS wide,
           ARRAY(SELECT generate_series($1::int * 16 - 1, $1::int * 16 + 16)) AS cols)
SELECT {pieces}, (SELECT n FROM riskmap.version WHERE name = 'map'), {digest}{typed}
""")
#: Where no layer of a far zoom is filtered, nothing else would tell PostgreSQL the third parameter's type.
_TYPED = SQL(" WHERE $3::text IS NOT NULL")

_MVT = SQL("""coalesce((
SELECT ST_AsMVT(q, {name}, {extent}, 'geom') FROM (
{rows}
) AS q), ''::bytea)""")

_RECORDS = SQL("""
SELECT {properties}, ST_AsMVTGeom({shape}, tile.box, {extent}, {buffer}, true) AS geom
  FROM tile JOIN {table} AS r ON r.geom3857 && tile.wide
 WHERE r.deleted_at IS NULL{condition}""")

#: A cell of one record is the record. The edge cells of the neighbours come along as far as the buffer reaches.
_CELLS = SQL("""
SELECT c.n1, c.n2, c.n3, c.n4, c.n0, c.n, {t} AS t, one.id, one.level, one.name,
       ST_AsMVTGeom(ST_SetSRID(ST_MakePoint(c.sum_x / c.n, c.sum_y / c.n), 3857),
                    tile.box, {extent}, {buffer}, true) AS geom
  FROM tile JOIN {cells}
  LEFT JOIN LATERAL (SELECT r.id, r.level, r.name FROM {table} AS r
                      WHERE r.id = CASE WHEN c.n = 1 THEN c.sum_id END LIMIT 1) AS one ON true""")

_KEPT_CELLS = SQL("""riskmap.cell AS c ON c.layer = {name} AND c.z = {z} AND c.col = ANY(tile.cols)
       AND c.row BETWEEN $2::int * 16 - 1 AND $2::int * 16 + 16{township}""")

#: One township's cells at a zoom where the kept cells are merged over all townships.
_COUNTED_CELLS = SQL("""(
    SELECT count(*) FILTER (WHERE p.level = 1) AS n1, count(*) FILTER (WHERE p.level = 2) AS n2,
           count(*) FILTER (WHERE p.level = 3) AS n3, count(*) FILTER (WHERE p.level = 4) AS n4,
           count(*) FILTER (WHERE p.level = 0) AS n0, count(*) AS n,
           sum(p.x) AS sum_x, sum(p.y) AS sum_y, sum(p.site_id)::bigint AS sum_id
      FROM riskmap.cell_site AS p
     WHERE p.layer = {name} AND p.township_code = $3
     GROUP BY riskmap.cell_at(p.x, {z}), riskmap.cell_at(-p.y, {z})) AS c ON true""")

_COPIES = SQL("""
SELECT {properties}, ST_AsMVTGeom(g.geom3857, tile.box, {extent}, {buffer}, true) AS geom
  FROM tile JOIN riskmap.generalised AS g
    ON g.layer = {name} AND g.band = {band}::smallint AND g.from_zoom <= {z} AND g.geom3857 && tile.wide
 CROSS JOIN LATERAL (SELECT * FROM {table} AS r WHERE r.id = g.site_id LIMIT 1) AS r""")

#: Made when the townships change: see geodata.tiles.prepared.
_PREPARED = SQL("""coalesce((
SELECT mvt FROM riskmap.prepared_tile WHERE layer = {name} AND z = {z} AND x = $1::int AND y = $2::int), ''::bytea)""")

_CONTOURS = SQL("""
SELECT r.elevation AS e, r.is_index AS i,
       ST_AsMVTGeom(ST_Simplify(r.geom3857, {half_pixel}), tile.box, {extent}, {buffer}, true) AS geom
  FROM tile JOIN riskmap.contour AS r ON r.geom3857 && tile.wide
 WHERE {condition}""")


@lru_cache(maxsize=512)
def tile_statement(plan: Plan, z: int, names: tuple[str, ...], whole_map: bool, by_township: bool) -> bytes:
    """The statement of the tiles of zoom `z` with the layers `names`; it answers (tile, map version, plan digest).

    A tile of the whole map leaves out layers that the map shows at later zooms only, and has labels and contours.
    """
    pieces: list[Composable] = [SQL("''::bytea")]
    for name in names:
        if whole_map and prepared(name, z):
            pieces.append(_PREPARED.format(name=Literal(name), z=Literal(z)))
            continue
        rows = _layer_rows(plan, layers.ALL[name], z, whole_map, by_township)
        if rows is not None:
            pieces.append(_mvt(name, rows))
    if whole_map and z >= LABELS_FROM and "townships" in names:
        pieces.append(_mvt("township_labels", _copies(layers.ALL["townships"], LABELS, 0, z, ("code", "name"))))
    if whole_map and z >= CONTOURS_FROM:
        condition = SQL("true") if z >= ALL_CONTOURS_FROM else SQL("r.is_index")
        pieces.append(_mvt("contours", _CONTOURS.format(
            half_pixel=Literal(pixel(z) / 2), extent=EXTENT, buffer=BUFFER, condition=condition)))  # fmt: skip
    statement = _TILE.format(
        z=Literal(z), margin=Literal(BUFFER / EXTENT), pieces=SQL("\n|| ").join(pieces), digest=SQL(DIGEST),
        typed=_TYPED if by_township else SQL(""),
    )  # fmt: skip
    return statement.as_bytes(None)


def prepared(name: str, z: int) -> bool:
    """Whether the map's tiles of zoom `z` hold this layer ready-made."""
    return name == "townships" and z <= PREPARED_TO


def reference_mvt(layer: Layer, z: int) -> Composable:
    """The MVT layer of a reference layer at a zoom, as one expression over `tile` (box, wide)."""
    rows = _reference_rows(layer, REFERENCES[layer.name], z)
    return SQL("''::bytea") if rows is None else _mvt(layer.name, rows)


def _layer_rows(plan: Plan, layer: Layer, z: int, whole_map: bool, by_township: bool) -> Composable | None:
    """The rows of one layer, or None where the tile does not show it. Reference layers know no township filter."""
    reference = REFERENCES.get(layer.name)
    if reference is not None:
        return _reference_rows(layer, reference, z) if whole_map else _plain_rows(layer, z, by_township)
    # The map's zoom is one more than that of its 512-px tiles.
    if whole_map and z < layer.style.from_zoom - 1:
        return None
    drawn = plan.drawn(layer.name, z)
    if drawn == "records":
        return _plain_rows(layer, z, by_township)
    values = {"name": Literal(layer.name), "z": Literal(z)}
    if drawn == "merged cells" and by_township:
        cells, t = _COUNTED_CELLS.format(**values), SQL("$3::text")
    elif drawn == "merged cells":
        cells, t = _KEPT_CELLS.format(**values, township=SQL("")), SQL("NULL::text")
    else:
        township = SQL(" AND c.township_code = $3") if by_township else SQL("")
        cells, t = _KEPT_CELLS.format(**values, township=township), SQL("nullif(c.township_code, '')")
    return _CELLS.format(cells=cells, t=t, extent=EXTENT, buffer=BUFFER, table=layer_table(layer))


def _plain_rows(layer: Layer, z: int, by_township: bool) -> Composable:
    """Every record of the tile as it is; lines and areas without vertices that the zoom cannot show."""
    columns: list[Composable] = [
        SQL("r.id"), SQL("r.level"), SQL("r.township_code AS t"), SQL("nullif(r.confirmed, true) AS confirmed"),
    ]  # fmt: skip
    if z >= NAMES_FROM:
        columns.append(SQL("r.name"))
    if layer.state:
        columns.append(SQL("{} AS state").format(Identifier("r", layer.state)))
    if layer.style.rank:
        columns.append(SQL("{} AS rank").format(Identifier("r", layer.style.rank)))
    shape: Composable = SQL("r.geom3857")
    if layer.geometry is not Geometry.POINT:
        shape = SQL("ST_Simplify(r.geom3857, {}, true)").format(Literal(pixel(z) / 2))
    condition = SQL(" AND r.township_code = $3") if by_township else SQL("")
    return _records(layer, columns, shape, condition)


def _reference_rows(layer: Layer, reference: Reference, z: int) -> Composable | None:
    """Rows of a reference layer: its copies for this zoom, or the records where none is needed."""
    if z < min([reference.otherwise, *reference.from_zoom.values()]):
        return None
    band = band_of(z)
    if reference.simplified and band is not None:
        return _copies(layer, layer.name, band, z, reference.properties)
    columns = [Identifier("r", name) for name in _declared(layer, reference.properties)]
    condition = SQL(" AND {} <= {}").format(from_zoom(reference, layer), Literal(z))
    return _records(layer, columns, whole_shape(layer), condition)


def _copies(layer: Layer, name: str, band: int, z: int, properties: tuple[str, ...]) -> Composable:
    return _COPIES.format(
        name=Literal(name), band=Literal(band), z=Literal(z), table=layer_table(layer), extent=EXTENT, buffer=BUFFER,
        properties=SQL(", ").join(Identifier("r", column) for column in _declared(layer, properties)),
    )  # fmt: skip


def _records(layer: Layer, columns: Sequence[Composable], shape: Composable, condition: Composable) -> Composable:
    return _RECORDS.format(
        properties=SQL(", ").join(columns), shape=shape, table=layer_table(layer), condition=condition,
        extent=EXTENT, buffer=BUFFER,
    )  # fmt: skip


def _mvt(name: str, rows: Composable) -> Composable:
    return _MVT.format(name=Literal(name), extent=EXTENT, rows=rows)


def _declared(layer: Layer, properties: tuple[str, ...]) -> list[str]:
    """The properties that the layer has; its declaration may lack one."""
    fields = {f.name for f in layer.fields} | {"code", "name"}
    return [name for name in properties if name in fields]
