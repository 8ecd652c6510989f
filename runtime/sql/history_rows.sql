-- Every row that names a migration, in the order of application.
SELECT name, batch, migration_time, id FROM {history} WHERE name IS NOT NULL ORDER BY id
