-- The other schemas that have a table of that name which looks like a history, as SQL. Given: the name, and the schema
-- that had none when it was asked: another run may have made it there since.
SELECT pg_catalog.string_agg(pg_catalog.quote_ident(namespace.nspname), ', ' ORDER BY namespace.nspname)
  FROM pg_catalog.pg_class AS history
  JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = history.relnamespace
  JOIN pg_catalog.pg_attribute AS batch ON batch.attrelid = history.oid AND batch.attname = 'batch'
 WHERE history.relname = $1 AND history.relkind IN ('r', 'p', 'v', 'f') AND NOT batch.attisdropped
   AND namespace.nspname <> $2
