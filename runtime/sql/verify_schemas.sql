WITH {common}
SELECT space.model, 'schema "' || space.name || '"', '', space.name, 'SCHEMA', '', NULL
  FROM space
UNION ALL
-- What the server itself says of `public` is nothing that a migration has to say.
SELECT space.model, 'the comment on schema "' || space.name || '"', 'schema "' || space.name || '"', space.name,
       pg_catalog.obj_description(space.oid, 'pg_namespace'), 'stated', NULL
  FROM space
 WHERE pg_catalog.obj_description(space.oid, 'pg_namespace') IS NOT NULL
