-- Every row that names a migration, in the order of application; its time as the server writes it, and as RFC 3339 has it.
-- By way of its text, since older tables have it without a zone, and may have another type altogether.
SELECT name, batch, migration_time, id,
       CASE WHEN pg_catalog.pg_typeof(migration_time) IN ('pg_catalog.timestamptz'::pg_catalog.regtype,
                                                          'pg_catalog.timestamp'::pg_catalog.regtype)
            THEN pg_catalog.to_char(migration_time::pg_catalog.text::pg_catalog.timestamptz AT TIME ZONE 'UTC',
                                    'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
            ELSE migration_time::pg_catalog.text
       END
  FROM {history}
 WHERE name IS NOT NULL
 ORDER BY id
