-- The fixed tables (DESIGN.md, section 3) and the triggers that keep what was before.

SET ROLE riskmap_owner;

CREATE TABLE riskmap.setting (
    name  text PRIMARY KEY,
    value jsonb NOT NULL
);
INSERT INTO riskmap.setting VALUES ('data', '"empty"'), ('county', 'null');

CREATE TABLE riskmap.version (
    name text PRIMARY KEY,
    n    bigint NOT NULL,
    at   timestamptz NOT NULL DEFAULT now()
);
INSERT INTO riskmap.version VALUES ('map', 1);

CREATE TABLE riskmap.import (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    layer      text NOT NULL,
    file_name  text NOT NULL,
    sha256     text NOT NULL,
    file       bytea NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    actor      text NOT NULL,
    options    jsonb NOT NULL DEFAULT '{}',
    added      integer NOT NULL DEFAULT 0,
    changed    integer NOT NULL DEFAULT 0,
    unchanged  integer NOT NULL DEFAULT 0,
    refused    integer NOT NULL DEFAULT 0
);

CREATE TABLE riskmap.history (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    layer     text NOT NULL,
    record_id bigint NOT NULL,
    part      text,
    at        timestamptz NOT NULL DEFAULT now(),
    actor     text NOT NULL,
    action    text NOT NULL CHECK (action IN ('change', 'delete', 'restore', 'grade', 'rule')),
    before    jsonb,
    after     jsonb
);
CREATE INDEX ON riskmap.history (layer, record_id, at);

CREATE TABLE riskmap.dated_value (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    layer         text NOT NULL,
    site_id       bigint NOT NULL,
    field         text NOT NULL,
    value         text NOT NULL,
    valid         daterange NOT NULL CHECK (NOT isempty(valid)),
    recorded_at   timestamptz NOT NULL DEFAULT now(),
    actor         text NOT NULL,
    superseded_at timestamptz,
    EXCLUDE USING gist (layer WITH =, site_id WITH =, field WITH =, valid WITH &&) WHERE (superseded_at IS NULL)
);

CREATE TABLE riskmap.grade (
    layer          text NOT NULL,
    site_id        bigint NOT NULL,
    level          smallint CHECK (level BETWEEN 1 AND 4),
    factors        jsonb NOT NULL,
    known          smallint NOT NULL,
    total          smallint NOT NULL,
    edition        text NOT NULL,
    graded_at      timestamptz NOT NULL DEFAULT now(),
    level_since    timestamptz NOT NULL DEFAULT now(),
    previous_level smallint,
    PRIMARY KEY (layer, site_id)
);

CREATE TABLE riskmap.rule (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    layer   text NOT NULL,
    factor  text NOT NULL,
    test    jsonb NOT NULL,
    source  text NOT NULL,
    edition text NOT NULL,
    actor   text NOT NULL,
    at      timestamptz NOT NULL DEFAULT now(),
    note    text
);
CREATE INDEX ON riskmap.rule (layer, factor, id DESC);

CREATE TABLE riskmap.cell (
    layer         text NOT NULL,
    z             smallint NOT NULL,
    x             integer NOT NULL,
    y             integer NOT NULL,
    cell          smallint NOT NULL CHECK (cell BETWEEN 0 AND 255),
    township_code text,
    n1 integer NOT NULL, n2 integer NOT NULL, n3 integer NOT NULL, n4 integer NOT NULL, n0 integer NOT NULL,
    lon           double precision NOT NULL,
    lat           double precision NOT NULL,
    site_id       bigint
);

CREATE TABLE riskmap.height_grid (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    width   integer NOT NULL,
    height  integer NOT NULL,
    west    double precision NOT NULL,
    south   double precision NOT NULL,
    east    double precision NOT NULL,
    north   double precision NOT NULL,
    heights bytea NOT NULL,
    source  text NOT NULL,
    sample  boolean NOT NULL DEFAULT false
);

CREATE TABLE riskmap.contour (
    elevation integer NOT NULL,
    is_index  boolean NOT NULL,
    geom3857  geometry(LineString, 3857) NOT NULL,
    sample    boolean NOT NULL DEFAULT false
);
CREATE INDEX ON riskmap.contour USING gist (geom3857);

CREATE TABLE riskmap.turn_restriction (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code       text NOT NULL UNIQUE,
    kind       text NOT NULL,
    from_way   text NOT NULL,
    to_way     text NOT NULL,
    via_node   text,
    via_ways   text[],
    except_for text,
    condition  text,
    source     text NOT NULL,
    import_id  bigint REFERENCES riskmap.import
);

-- A change of a record writes what the changed columns held before and hold now.
-- Arguments: layer, part ('' for the layer's own table). Positions are kept as GeoJSON.
CREATE FUNCTION riskmap.keep_history() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    was jsonb := to_jsonb(OLD) - '{geom3857,updated_at,updated_by,level,import_id,initials}'::text[];
    now_is jsonb := to_jsonb(NEW) - '{geom3857,updated_at,updated_by,level,import_id,initials}'::text[];
    before jsonb;
    after jsonb;
BEGIN
    SELECT jsonb_object_agg(w.key, w.value), jsonb_object_agg(w.key, now_is -> w.key)
      INTO before, after
      FROM jsonb_each(was) AS w WHERE w.value IS DISTINCT FROM now_is -> w.key;
    IF before IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO riskmap.history (layer, record_id, part, actor, action, before, after)
    VALUES (TG_ARGV[0], NEW.id, nullif(TG_ARGV[1], ''), coalesce(nullif(current_setting('riskmap.actor', true), ''), '系统'),
            CASE WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL THEN 'delete'
                 WHEN OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL THEN 'restore'
                 ELSE 'change' END,
            before, after);
    RETURN NULL;
END
$body$;

-- Deleting is marking: a real record's row cannot be removed, whoever asks.
CREATE FUNCTION riskmap.refuse_removal() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION '% % is a real record: set deleted_at instead of removing the row', TG_ARGV[0], OLD.code
        USING ERRCODE = 'restrict_violation';
END
$body$;

RESET ROLE;
