-- Enums, domains, ranges, base types and their shells; composite ones are relations. Not what comes with a type: arrays, multiranges.
WITH {common}
SELECT space.model,
       CASE type.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' ELSE 'type' END || ' "' || space.prefix ||
           type.typname || '"',
       'schema "' || space.name || '"', type.typname,
       pg_catalog.concat_ws(' ',
           CASE type.typtype WHEN 'e' THEN 'ENUM' WHEN 'd' THEN 'DOMAIN' WHEN 'r' THEN 'RANGE' ELSE 'TYPE' END,
           CASE WHEN type.typtype = 'e' THEN
               (SELECT '(' || COALESCE(pg_catalog.string_agg(pg_catalog.quote_literal(enumlabel), ', '
                                                             ORDER BY enumsortorder), '') || ')'
                  FROM pg_catalog.pg_enum WHERE enumtypid = type.oid) END,
           CASE WHEN type.typtype = 'd' THEN pg_catalog.format_type(type.typbasetype, type.typtypmod) END,
           (SELECT 'COLLATE ' || collnamespace::pg_catalog.regnamespace || '.' || pg_catalog.quote_ident(collname)
              FROM pg_catalog.pg_type AS base JOIN pg_catalog.pg_collation AS coll ON coll.oid = type.typcollation
             WHERE type.typtype = 'd' AND base.oid = type.typbasetype AND base.typcollation <> type.typcollation),
           CASE WHEN type.typtype = 'd' THEN 'DEFAULT ' || type.typdefault END,
           CASE WHEN type.typnotnull THEN COALESCE((
               SELECT pg_catalog.concat_ws(' ', 'CONSTRAINT ' || pg_catalog.quote_ident(con.conname) || ' NOT NULL',
                          CASE WHEN con.connoinherit THEN 'NO INHERIT' END,
                          CASE WHEN NOT con.convalidated THEN 'NOT VALID' END,
                          'COMMENT ' || pg_catalog.quote_literal(pg_catalog.obj_description(con.oid, 'pg_constraint')))
                 FROM pg_catalog.pg_constraint AS con
                WHERE {domains_named} AND con.contype = 'n' AND con.contypid = type.oid), 'NOT NULL') END,
           (SELECT pg_catalog.concat_ws(', ', 'of ' || pg_catalog.format_type(rngsubtype, NULL),
                       (SELECT collname FROM pg_catalog.pg_collation AS coll WHERE coll.oid = rngcollation),
                       opcname, NULLIF(rngcanonical, 0)::pg_catalog.regproc::pg_catalog.text,
                       NULLIF(rngsubdiff, 0)::pg_catalog.regproc::pg_catalog.text)
              FROM pg_catalog.pg_range JOIN pg_catalog.pg_opclass AS opclass ON opclass.oid = rngsubopc
             WHERE rngtypid = type.oid),
           CASE WHEN NOT type.typisdefined THEN 'SHELL'
                WHEN type.typtype = 'b' THEN pg_catalog.concat_ws(', ', type.typinput, type.typoutput, type.typreceive,
                    type.typsend, type.typmodin, type.typmodout, type.typanalyze,
                    pg_catalog.to_jsonb(type) ->> 'typsubscript', type.typlen, type.typbyval, type.typalign,
                    type.typstorage, type.typcategory, type.typispreferred, type.typdelim, type.typcollation <> 0,
                    'of ' || pg_catalog.format_type(NULLIF(type.typelem, 0), NULL),
                    'DEFAULT ' || pg_catalog.quote_literal(type.typdefault)) END,
           'COMMENT ' || pg_catalog.quote_literal(pg_catalog.obj_description(type.oid, 'pg_type'))),
       '', NULL
  FROM pg_catalog.pg_type AS type JOIN space ON space.oid = type.typnamespace
 WHERE (type.typtype IN ('e', 'd', 'r', 'b') OR NOT type.typisdefined)
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_type AS element WHERE element.typarray = type.oid)
   AND type.oid NOT IN (SELECT objid FROM member WHERE classid = 'pg_catalog.pg_type'::pg_catalog.regclass)
