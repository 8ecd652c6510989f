-- Where to look: the schemas of both sides under one name, and the relations in them that are neither an extension's
-- nor the history's. Everything is called as messages call it; the project's own schema is not mentioned in names.
space (oid, model, name, prefix) AS (VALUES {spaces}),
member AS (
    SELECT classid, objid FROM pg_catalog.pg_depend WHERE deptype = 'e'
),
hidden AS (
    SELECT class.oid
      FROM pg_catalog.pg_class AS class JOIN space ON space.oid = class.relnamespace
     WHERE space.name = {history_schema}
       AND class.relname IN ({history_table}, {history_table} || '_lock', {history_table} || '_journal')
),
relation AS (
    SELECT class.*, space.model, space.prefix || class.relname AS name,
           CASE class.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table'
                              WHEN 'S' THEN 'sequence' WHEN 'c' THEN 'type' WHEN 'i' THEN 'index' WHEN 'I' THEN 'index'
                              ELSE 'table' END || ' "' || space.prefix || class.relname || '"' AS title,
           'schema "' || space.name || '"' AS space_title
      FROM pg_catalog.pg_class AS class JOIN space ON space.oid = class.relnamespace
     WHERE class.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c', 'i', 'I')
       AND class.oid NOT IN (SELECT objid FROM member WHERE classid = 'pg_catalog.pg_class'::pg_catalog.regclass)
       AND class.reltype NOT IN (SELECT objid FROM member WHERE classid = 'pg_catalog.pg_type'::pg_catalog.regclass)
       AND class.oid NOT IN (SELECT oid FROM hidden)
       AND class.oid NOT IN (SELECT indexrelid FROM pg_catalog.pg_index WHERE indrelid IN (SELECT oid FROM hidden))
       AND class.oid NOT IN (SELECT objid FROM pg_catalog.pg_depend
                              WHERE classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                                AND refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                                AND refobjid IN (SELECT oid FROM hidden))
)
