-- Casts and transforms. Types of the project's schemas are called as messages call them.
WITH {common}, {called}, type AS (
    SELECT type.oid, COALESCE(own.model, false) AS model,
           COALESCE(own.name, pg_catalog.format_type(type.oid, NULL)) AS name
      FROM pg_catalog.pg_type AS type
      LEFT JOIN LATERAL (
               SELECT space.model,
                      CASE WHEN space.prefix <> '' THEN pg_catalog.quote_ident(space.name) || '.' ELSE '' END ||
                          pg_catalog.quote_ident(element.typname) ||
                          CASE WHEN element.oid <> type.oid THEN '[]' ELSE '' END AS name
                 FROM space JOIN pg_catalog.pg_type AS element ON element.typnamespace = space.oid
                WHERE type.oid IN (element.oid, element.typarray)
                ORDER BY element.oid <> type.oid DESC LIMIT 1) AS own ON true
)
SELECT source.model OR target.model, 'cast (' || source.name || ' AS ' || target.name || ')', '', '',
       pg_catalog.concat_ws(' ',
           CASE castmethod WHEN 'f' THEN 'WITH FUNCTION ' || castfunc::pg_catalog.regprocedure
                           WHEN 'i' THEN 'WITH INOUT' ELSE 'WITHOUT FUNCTION' END,
           CASE castcontext WHEN 'a' THEN 'AS ASSIGNMENT' WHEN 'i' THEN 'AS IMPLICIT' END,
           'COMMENT ' || pg_catalog.quote_literal(pg_catalog.obj_description(pg_cast.oid, 'pg_cast'))),
       'stated', NULL
  FROM pg_catalog.pg_cast
  JOIN type AS source ON source.oid = castsource
  JOIN type AS target ON target.oid = casttarget
UNION ALL
SELECT type.model OR called.other IS NOT NULL,
       'transform FOR ' || type.name || ' LANGUAGE ' || pg_catalog.quote_ident(COALESCE(called.name, lanname)), '', '',
       pg_catalog.concat_ws(' ',
           'FROM SQL ' || NULLIF(trffromsql, 0)::pg_catalog.regprocedure,
           'TO SQL ' || NULLIF(trftosql, 0)::pg_catalog.regprocedure,
           'COMMENT ' || pg_catalog.quote_literal(pg_catalog.obj_description(pg_transform.oid, 'pg_transform'))),
       'stated', NULL
  FROM pg_catalog.pg_transform
  JOIN type ON type.oid = trftype
  JOIN pg_catalog.pg_language ON pg_language.oid = trflang
  LEFT JOIN called ON called.other = lanname
