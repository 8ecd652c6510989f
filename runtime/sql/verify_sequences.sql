WITH {common}
SELECT relation.model, relation.title, COALESCE(holder.title, relation.space_title), relation.relname,
       pg_catalog.concat_ws(' ',
           CASE relation.relpersistence WHEN 'u' THEN 'UNLOGGED' END,
           'SEQUENCE',
           -- Of an identity's no dump says it.
           CASE WHEN owns.deptype = 'i' THEN NULL ELSE 'AS ' || pg_catalog.format_type(seq.seqtypid, NULL) END, 'INCREMENT', seq.seqincrement,
           'MINVALUE', seq.seqmin, 'MAXVALUE', seq.seqmax, 'START', seq.seqstart, 'CACHE', seq.seqcache,
           CASE WHEN seq.seqcycle THEN 'CYCLE' END,
           CASE WHEN owns.deptype = 'i' THEN 'IDENTITY OF ' ELSE 'OWNED BY ' END ||
               owns.refobjid::pg_catalog.regclass::pg_catalog.text || '.' || pg_catalog.quote_ident(attribute.attname),
           'COMMENT ' || pg_catalog.quote_literal(pg_catalog.obj_description(relation.oid, 'pg_class'))),
       '', NULL
  FROM relation
  JOIN pg_catalog.pg_sequence AS seq ON seq.seqrelid = relation.oid
  LEFT JOIN pg_catalog.pg_depend AS owns ON owns.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                                        AND owns.objid = relation.oid
                                        AND owns.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                                        AND owns.refobjsubid > 0 AND owns.deptype IN ('a', 'i')
  LEFT JOIN pg_catalog.pg_attribute AS attribute ON attribute.attrelid = owns.refobjid
                                                AND attribute.attnum = owns.refobjsubid
  LEFT JOIN relation AS holder ON holder.oid = owns.refobjid
