-- Which of these tables are there, and may be locked by this role, in the order in which everybody is to lock them.
-- Given: schemas, names, and the numbers of modes.
SELECT pg_catalog.format('%I.%I', namespace.nspname, relation.relname), wanted.mode
  FROM ROWS FROM (pg_catalog.unnest($1::pg_catalog.text[]), pg_catalog.unnest($2::pg_catalog.text[]),
                  pg_catalog.unnest($3::pg_catalog.int4[])) AS wanted (space, name, mode)
  JOIN pg_catalog.pg_namespace AS namespace ON namespace.nspname = wanted.space
  JOIN pg_catalog.pg_class AS relation ON relation.relnamespace = namespace.oid AND relation.relname = wanted.name
 WHERE relation.relkind IN ('r', 'p') AND pg_catalog.has_table_privilege(relation.oid, 'UPDATE, DELETE, TRUNCATE')
 ORDER BY 1
