-- Those that no constraint has made, and which do not follow from an index of a parent table. The order in which options
-- were set is no difference: where the server's text has them in theirs (src/backend/utils/adt/ruleutils.c, get_reloptions),
-- they are put in that of their names.
WITH {common}, option AS (
    SELECT pg_class.oid, pg_catalog.string_agg(said.text, ', ' ORDER BY said.place) AS as_set,
           pg_catalog.string_agg(said.text, ', ' ORDER BY said.text) AS sorted
      FROM pg_catalog.pg_class,
           pg_catalog.unnest(reloptions) WITH ORDINALITY AS option (text, place),
           pg_catalog.regexp_match(option.text, '^([^=]*)=(.*)$') AS part,
           LATERAL (SELECT pg_catalog.quote_ident(part[1]) || '=' ||
                           CASE WHEN pg_catalog.quote_ident(part[2]) = part[2] THEN part[2]
                                ELSE pg_catalog.quote_literal(part[2]) END, option.place) AS said (text, place)
     WHERE relkind IN ('i', 'I')
     GROUP BY pg_class.oid
)
SELECT relation.model, relation.title, holder.title, relation.relname,
       pg_catalog.concat_ws(' ',
           COALESCE(pg_catalog.replace(pg_catalog.pg_get_indexdef(relation.oid), 'WITH (' || option.as_set || ')',
                                       'WITH (' || option.sorted || ')'),
                    pg_catalog.pg_get_indexdef(relation.oid)),
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
  LEFT JOIN option ON option.oid = relation.oid
 WHERE relation.oid NOT IN (SELECT conindid FROM pg_catalog.pg_constraint WHERE contype IN ('p', 'u', 'x'))
   AND NOT relation.relispartition
