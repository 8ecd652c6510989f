INSERT INTO {history} (name, batch, migration_time)
VALUES ($11, $12, pg_catalog.clock_timestamp())
RETURNING id
