-- The rows of Knex's lock table, and those of them that are free.
SELECT pg_catalog.count(*), pg_catalog.count(*) FILTER (WHERE is_locked = 0) FROM {lock}
