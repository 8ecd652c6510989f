-- The schemas that have a table of that name which looks like a history, and their names as SQL.
SELECT pg_catalog.string_agg(pg_catalog.quote_ident(namespace.nspname), ', ' ORDER BY namespace.nspname)
  FROM pg_catalog.pg_class AS history
  JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = history.relnamespace
  JOIN pg_catalog.pg_attribute AS batch ON batch.attrelid = history.oid AND batch.attname = 'batch'
 WHERE history.relname = $1 AND history.relkind IN ('r', 'p', 'v', 'f') AND NOT batch.attisdropped
