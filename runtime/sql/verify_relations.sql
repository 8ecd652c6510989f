-- Tables, views, composite types: what each is besides its columns, constraints and indexes. A replica identity whose
-- index is gone is none. Options are sorted: the server keeps them in the order in which they were set last.
WITH {common}
SELECT relation.model, relation.title, relation.space_title, relation.relname,
       pg_catalog.concat_ws(' ',
           CASE relation.relpersistence WHEN 'u' THEN 'UNLOGGED' END,
           CASE relation.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'f' THEN 'FOREIGN TABLE'
                                 WHEN 'c' THEN 'TYPE' ELSE 'TABLE' END,
           'OF ' || NULLIF(relation.reloftype, 0)::pg_catalog.regtype::pg_catalog.text,
           (SELECT CASE WHEN relation.relispartition THEN 'PARTITION OF ' ELSE 'INHERITS ' END ||
                   pg_catalog.string_agg(inhparent::pg_catalog.regclass::pg_catalog.text, ', ' ORDER BY inhseqno)
              FROM pg_catalog.pg_inherits WHERE inhrelid = relation.oid),
           CASE WHEN relation.relispartition THEN pg_catalog.pg_get_expr(relation.relpartbound, relation.oid) END,
           CASE WHEN relation.relkind = 'p' THEN 'PARTITION BY ' || pg_catalog.pg_get_partkeydef(relation.oid) END,
           'USING ' || NULLIF(method.amname, 'heap'),
           (SELECT 'WITH (' || pg_catalog.string_agg(option, ', ' ORDER BY option) || ')'
              FROM (SELECT pg_catalog.unnest(relation.reloptions)
                    UNION ALL
                    SELECT 'toast.' || pg_catalog.unnest(toast.reloptions)
                      FROM pg_catalog.pg_class AS toast WHERE toast.oid = relation.reltoastrelid) AS options (option)),
           (SELECT 'SERVER ' || pg_catalog.quote_ident(srvname) ||
                   COALESCE(' OPTIONS (' || (SELECT pg_catalog.string_agg(option, ', ' ORDER BY option)
                                               FROM pg_catalog.unnest(ftoptions) AS option) || ')', '')
              FROM pg_catalog.pg_foreign_table JOIN pg_catalog.pg_foreign_server AS server ON server.oid = ftserver
             WHERE ftrelid = relation.oid),
           CASE WHEN relation.relrowsecurity THEN 'ROW LEVEL SECURITY' END,
           CASE WHEN relation.relforcerowsecurity THEN 'FORCED' END,
           CASE WHEN relation.relkind NOT IN ('r', 'p') OR relation.relreplident = 'd' THEN NULL
                WHEN relation.relreplident = 'f' THEN 'REPLICA IDENTITY FULL'
                WHEN EXISTS (SELECT FROM pg_catalog.pg_index WHERE indrelid = relation.oid AND indisreplident)
                THEN 'REPLICA IDENTITY USING INDEX'
                ELSE 'REPLICA IDENTITY NOTHING' END,
           CASE WHEN relation.relkind IN ('v', 'm') THEN 'AS ' || pg_catalog.pg_get_viewdef(relation.oid) END,
           'COMMENT ' || pg_catalog.quote_literal(pg_catalog.obj_description(relation.oid, 'pg_class'))),
       '',
       CASE WHEN relation.relkind = 'v' THEN
           pg_catalog.format('CREATE OR REPLACE VIEW %s%s AS %s', relation.oid::pg_catalog.regclass,
                             ' WITH (' || pg_catalog.array_to_string(relation.reloptions, ', ') || ')',
                             pg_catalog.rtrim(pg_catalog.pg_get_viewdef(relation.oid), ';')) END
  FROM relation LEFT JOIN pg_catalog.pg_am AS method ON method.oid = relation.relam
 WHERE relation.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
