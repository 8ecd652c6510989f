-- The schemas of the model, by their place in it: as they are in the database, and as they were made just now.
SELECT given.place - 1, namespace.oid, namespace.nspname <> given.name, pg_catalog.quote_ident(given.name)
  FROM ROWS FROM (pg_catalog.unnest({names}::pg_catalog.text[]), pg_catalog.unnest({scratches}::pg_catalog.text[]))
       WITH ORDINALITY AS given (name, scratch, place)
  LEFT JOIN pg_catalog.pg_namespace AS namespace ON namespace.nspname IN (given.name, given.scratch)
