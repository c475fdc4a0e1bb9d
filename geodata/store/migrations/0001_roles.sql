-- Roles, schemas and extensions. Roles belong to the whole cluster, so a second database in it finds them made.
--   riskmap_owner    owns every table; nobody logs in as it
--   riskmap_serving  county-wide work: reads and writes past row policies (BYPASSRLS), never a superuser
--   riskmap_area     accounts of one area: the policies hold for it
-- Two databases may be migrated at once (tests do): pg_advisory locks are per database, so losing the race is caught.

DO $roles$
DECLARE
    may_bypass boolean;
BEGIN
    SELECT rolsuper OR (rolcreaterole AND rolbypassrls) INTO may_bypass FROM pg_roles WHERE rolname = current_user;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'riskmap_serving' AND rolbypassrls) AND NOT may_bypass THEN
        RAISE EXCEPTION 'riskmap_serving needs BYPASSRLS and "%" may not give it', current_user
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    BEGIN
        CREATE ROLE riskmap_owner NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
    BEGIN
        CREATE ROLE riskmap_serving NOLOGIN NOSUPERUSER BYPASSRLS;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
    BEGIN
        CREATE ROLE riskmap_area NOLOGIN NOSUPERUSER NOBYPASSRLS;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
    EXECUTE format('GRANT riskmap_owner, riskmap_serving, riskmap_area TO %I', current_user);
EXCEPTION
    -- Two transactions that grant the same membership at the same moment: the other one's grant is ours too.
    WHEN unique_violation THEN NULL;
END
$roles$;

CREATE EXTENSION IF NOT EXISTS postgis;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE SCHEMA IF NOT EXISTS riskmap AUTHORIZATION riskmap_owner;
CREATE SCHEMA IF NOT EXISTS layer AUTHORIZATION riskmap_owner;
CREATE SCHEMA IF NOT EXISTS part AUTHORIZATION riskmap_owner;

GRANT USAGE ON SCHEMA riskmap, layer, part TO riskmap_serving, riskmap_area;
ALTER DEFAULT PRIVILEGES FOR ROLE riskmap_owner IN SCHEMA riskmap, layer, part
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO riskmap_serving, riskmap_area;
ALTER DEFAULT PRIVILEGES FOR ROLE riskmap_owner IN SCHEMA riskmap, layer, part
    GRANT USAGE ON SEQUENCES TO riskmap_serving, riskmap_area;
