-- Those that no constraint has made, and which do not follow from an index of a parent table.
WITH {common}
SELECT relation.model, relation.title, holder.title, relation.relname,
       pg_catalog.concat_ws(' ',
           pg_catalog.pg_get_indexdef(relation.oid),
           CASE WHEN NOT index.indisvalid AND relation.relkind = 'i' THEN 'INVALID' END,
           CASE WHEN index.indisclustered THEN 'CLUSTER' END,
           CASE WHEN index.indisreplident THEN 'REPLICA IDENTITY' END,
           (SELECT 'STATISTICS (' || pg_catalog.string_agg(attnum || ': ' || target, ', ' ORDER BY attnum) || ')'
              FROM (SELECT attnum, NULLIF(pg_catalog.to_jsonb(a) ->> 'attstattarget', '-1') AS target
                      FROM pg_catalog.pg_attribute AS a WHERE attrelid = relation.oid) AS key
             WHERE target IS NOT NULL),
           'COMMENT ' || pg_catalog.quote_literal(pg_catalog.obj_description(relation.oid, 'pg_class'))),
       '',
       CASE WHEN index.indexprs IS NOT NULL OR index.indpred IS NOT NULL THEN pg_catalog.concat_ws('; ',
           pg_catalog.format('DROP INDEX %s; %s', relation.oid::pg_catalog.regclass,
                             pg_catalog.pg_get_indexdef(relation.oid)),
           pg_catalog.format('COMMENT ON INDEX %s IS ', relation.oid::pg_catalog.regclass) ||
               pg_catalog.quote_literal(pg_catalog.obj_description(relation.oid, 'pg_class'))) END
  FROM relation
  JOIN pg_catalog.pg_index AS index ON index.indexrelid = relation.oid
  JOIN relation AS holder ON holder.oid = index.indrelid
 WHERE relation.oid NOT IN (SELECT conindid FROM pg_catalog.pg_constraint WHERE contype IN ('p', 'u', 'x'))
   AND NOT relation.relispartition
