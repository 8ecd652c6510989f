-- What is in no schema: only that it is there, by its title. Types and tables of the project's schemas are called as
-- messages call them.
WITH {common}, type AS (
    SELECT type.oid,
           COALESCE((SELECT CASE WHEN space.prefix <> '' THEN pg_catalog.quote_ident(space.name) || '.' ELSE '' END ||
                            pg_catalog.quote_ident(element.typname) ||
                            CASE WHEN element.oid <> type.oid THEN '[]' ELSE '' END
                       FROM space JOIN pg_catalog.pg_type AS element ON element.typnamespace = space.oid
                      WHERE type.oid IN (element.oid, element.typarray)
                      ORDER BY element.oid <> type.oid DESC LIMIT 1),
                    pg_catalog.format_type(type.oid, NULL)) AS name
      FROM pg_catalog.pg_type AS type
)
SELECT 'event trigger "' || evtname || '"' FROM pg_catalog.pg_event_trigger
UNION ALL
SELECT 'language "' || lanname || '"' FROM pg_catalog.pg_language
UNION ALL
SELECT 'access method "' || amname || '"' FROM pg_catalog.pg_am
UNION ALL
SELECT 'foreign data wrapper "' || fdwname || '"' FROM pg_catalog.pg_foreign_data_wrapper
UNION ALL
SELECT 'server "' || srvname || '"' FROM pg_catalog.pg_foreign_server
UNION ALL
SELECT 'user mapping FOR ' || role.name || ' SERVER ' || pg_catalog.quote_ident(mapping.srvname)
  FROM pg_catalog.pg_user_mappings AS mapping,
       LATERAL (SELECT CASE mapping.umuser WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(mapping.usename) END
                UNION ALL
                SELECT 'CURRENT_USER' WHERE mapping.usename = CURRENT_USER) AS role (name)
UNION ALL
SELECT 'publication "' || pubname || '"' FROM pg_catalog.pg_publication
UNION ALL
SELECT 'publication "' || pubname || '" of ' || relation.title
  FROM pg_catalog.pg_publication_rel
  JOIN pg_catalog.pg_publication ON pg_publication.oid = prpubid
  JOIN relation ON relation.oid = prrelid AND NOT relation.model
UNION ALL
-- The table of a publication's schemas is not there before 15.
SELECT 'publication "' || pubname || '" of schema "' || nspname || '"'
  FROM pg_catalog.pg_depend AS one
  JOIN pg_catalog.pg_depend AS other ON other.classid = one.classid AND other.objid = one.objid
  JOIN pg_catalog.pg_publication ON one.refobjid = pg_publication.oid
  JOIN pg_catalog.pg_namespace ON other.refobjid = pg_namespace.oid
 WHERE one.classid = pg_catalog.to_regclass('pg_catalog.pg_publication_namespace')
   AND one.refclassid = 'pg_catalog.pg_publication'::pg_catalog.regclass
   AND other.refclassid = 'pg_catalog.pg_namespace'::pg_catalog.regclass
UNION ALL
SELECT 'cast (' || source.name || ' AS ' || target.name || ')'
  FROM pg_catalog.pg_cast
  JOIN type AS source ON source.oid = castsource
  JOIN type AS target ON target.oid = casttarget
