INSERT INTO {history} (name, batch, migration_time) VALUES ($1, $2, pg_catalog.clock_timestamp())
