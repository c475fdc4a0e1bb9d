-- depends: 0003_sectors
-- What tiles are made from besides the layers' own tables: the cell pyramid and simplified copies.

SET ROLE riskmap_owner;

-- How a layer is drawn at each zoom: below `split_from` cells of all townships together, from there to `raw_from`
-- cells by township, from `raw_from` on the records themselves. A layer without a row is drawn raw at every zoom.
CREATE TABLE riskmap.tile_layer (
    layer      text PRIMARY KEY,
    split_from smallint NOT NULL,
    raw_from   smallint NOT NULL CHECK (raw_from >= split_from)
);

-- The pyramid: 16 × 16 cells a tile, `col` and `row` counted over the whole world at zoom z (tile x = col / 16).
-- Sums, not means, so that a change of one record is an addition. township_code: '' outside of all townships,
-- '*' all townships together. sum_id is the record's id where the cell holds one record.
DROP TABLE riskmap.cell;
CREATE TABLE riskmap.cell (
    layer         text NOT NULL,
    z             smallint NOT NULL,
    col           integer NOT NULL,
    row           integer NOT NULL,
    township_code text NOT NULL,
    n1 integer NOT NULL, n2 integer NOT NULL, n3 integer NOT NULL, n4 integer NOT NULL, n0 integer NOT NULL,
    n integer NOT NULL GENERATED ALWAYS AS (n1 + n2 + n3 + n4 + n0) STORED,
    sum_x  double precision NOT NULL,
    sum_y  double precision NOT NULL,
    sum_id bigint NOT NULL,
    PRIMARY KEY (layer, z, col, row, township_code)
);

-- The column of a cell at zoom z from x in EPSG:3857 metres; its row is the column of -y.
-- The edge of the world belongs to its last cell.
CREATE FUNCTION riskmap.cell_at(x double precision, z integer) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN least(greatest(floor((x + 20037508.342789244) / 40075016.685578488 * (16 << z))::integer, 0), (16 << z) - 1);

-- Where each record of an aggregated layer was counted: what a change takes away before it adds. EPSG:3857 metres.
CREATE TABLE riskmap.cell_site (
    layer         text NOT NULL,
    site_id       bigint NOT NULL,
    township_code text NOT NULL,
    level         smallint NOT NULL,
    x             double precision NOT NULL,
    y             double precision NOT NULL,
    PRIMARY KEY (layer, site_id)
);

-- Simplified copies of lines and areas. `band` is the largest zoom that the copy is good for; `from_zoom` the zoom
-- from which the record is shown at all, by its rank.
CREATE TABLE riskmap.generalised (
    layer     text NOT NULL,
    band      smallint NOT NULL,
    site_id   bigint NOT NULL,
    from_zoom smallint NOT NULL,
    geom3857  geometry(Geometry, 3857) NOT NULL,
    PRIMARY KEY (layer, band, site_id)
);
-- An index a band: a box alone would find the copies of every band.
CREATE INDEX ON riskmap.generalised USING gist (geom3857) WHERE band = 0;
CREATE INDEX ON riskmap.generalised USING gist (geom3857) WHERE band = 4;
CREATE INDEX ON riskmap.generalised USING gist (geom3857) WHERE band = 6;
CREATE INDEX ON riskmap.generalised USING gist (geom3857) WHERE band = 8;
CREATE INDEX ON riskmap.generalised USING gist (geom3857) WHERE band = 10;
CREATE INDEX ON riskmap.generalised USING gist (geom3857) WHERE band = 12;

-- MVT layers of the townships at low zooms, where one tile shows thousands of them.
CREATE TABLE riskmap.prepared_tile (
    layer text NOT NULL,
    z     smallint NOT NULL,
    x     integer NOT NULL,
    y     integer NOT NULL,
    mvt   bytea NOT NULL,
    PRIMARY KEY (layer, z, x, y)
);

RESET ROLE;
