-- Roles, schemas and extensions. Roles belong to the whole cluster, so a second database in it finds them made, and an
-- administrator may have made them beforehand for a user who may not.
--   riskmap_owner    owns every table; nobody logs in as it
--   riskmap_serving  county-wide work: reads and writes past row policies (BYPASSRLS), never a superuser
--   riskmap_area     accounts of one area: the policies hold for it

DO $roles$
DECLARE
    role record;
BEGIN
    FOR role IN VALUES
        ('riskmap_owner', 'NOBYPASSRLS'), ('riskmap_serving', 'BYPASSRLS'), ('riskmap_area', 'NOBYPASSRLS')
    LOOP
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role.column1) THEN
                EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER %s', role.column1, role.column2);
            END IF;
            IF NOT pg_has_role(current_user, role.column1, 'MEMBER') THEN
                EXECUTE format('GRANT %I TO %I', role.column1, current_user);
            END IF;
        EXCEPTION
            -- Another database of this cluster is migrated at the same moment; its role and its grant are ours too.
            WHEN duplicate_object OR unique_violation THEN NULL;
        END;
    END LOOP;
    IF NOT (SELECT rolbypassrls FROM pg_roles WHERE rolname = 'riskmap_serving') THEN
        RAISE EXCEPTION 'role riskmap_serving exists without BYPASSRLS' USING ERRCODE = 'insufficient_privilege';
    END IF;
END
$roles$;

CREATE EXTENSION IF NOT EXISTS postgis SCHEMA public;
CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;

CREATE SCHEMA IF NOT EXISTS riskmap AUTHORIZATION riskmap_owner;
CREATE SCHEMA IF NOT EXISTS layer AUTHORIZATION riskmap_owner;
CREATE SCHEMA IF NOT EXISTS part AUTHORIZATION riskmap_owner;

GRANT USAGE ON SCHEMA riskmap, layer, part TO riskmap_serving, riskmap_area;
ALTER DEFAULT PRIVILEGES FOR ROLE riskmap_owner IN SCHEMA riskmap, layer, part
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO riskmap_serving, riskmap_area;
ALTER DEFAULT PRIVILEGES FOR ROLE riskmap_owner IN SCHEMA riskmap, layer, part
    GRANT USAGE ON SEQUENCES TO riskmap_serving, riskmap_area;
