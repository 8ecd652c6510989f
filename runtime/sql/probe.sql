-- Who asks, and where the history is to be: one row. Answers NULL where there is nothing to ask about.
SELECT current_user,
       pg_catalog.pg_is_in_recovery(),
       wanted.name,
       namespace.oid IS NOT NULL,
       pg_catalog.has_schema_privilege(namespace.oid, 'USAGE'),
       pg_catalog.has_schema_privilege(namespace.oid, 'CREATE'),
       pg_catalog.pg_backend_pid(),
       pg_catalog.current_setting('role'),
       (1000 * pg_catalog.date_part('epoch', pg_catalog.current_setting('deadlock_timeout')::pg_catalog.interval))
       ::pg_catalog.int4,
       pg_catalog.version()
  FROM (SELECT COALESCE({schema}, pg_catalog.current_schema()) AS name) AS wanted
  LEFT JOIN pg_catalog.pg_namespace AS namespace ON namespace.nspname = wanted.name
