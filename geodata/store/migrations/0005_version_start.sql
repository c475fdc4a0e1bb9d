-- depends: 0004_tiles
-- A browser keeps a tile that it asked for by version for a year. Were every database to count from 1, a second one
-- under the same address (the sample county yesterday, the own county today) would be shown with tiles of the first.
SET ROLE riskmap_owner;
UPDATE riskmap.version SET n = n + 100000 + floor(random() * 800000)::bigint WHERE name = 'map';
RESET ROLE;
