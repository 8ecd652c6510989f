-- Publications and what they publish. What not every version has is found by its name.
WITH {common}, {called}
SELECT called.other IS NOT NULL, 'publication "' || COALESCE(called.name, pubname) || '"', '',
       COALESCE(called.name, pubname),
       pg_catalog.concat_ws(' ',
           CASE WHEN puballtables THEN 'FOR ALL TABLES' END,
           CASE WHEN pg_catalog.to_jsonb(publication) ->> 'puballsequences' = 'true' THEN 'FOR ALL SEQUENCES' END,
           'WITH (publish = ''' ||
               pg_catalog.concat_ws(', ', CASE WHEN pubinsert THEN 'insert' END, CASE WHEN pubupdate THEN 'update' END,
                                    CASE WHEN pubdelete THEN 'delete' END,
                                    CASE WHEN pubtruncate THEN 'truncate' END) ||
               '''' || CASE WHEN pubviaroot THEN ', publish_via_partition_root = true' ELSE '' END ||
               CASE pg_catalog.to_jsonb(publication) ->> 'pubgencols'
                   WHEN 's' THEN ', publish_generated_columns = stored' ELSE '' END || ')',
           'COMMENT ' || pg_catalog.quote_literal(pg_catalog.obj_description(publication.oid, 'pg_publication'))),
       'stated', NULL
  FROM pg_catalog.pg_publication AS publication LEFT JOIN called ON called.other = pubname
UNION ALL
SELECT relation.model, 'publication "' || COALESCE(called.name, pubname) || '" of ' || relation.title,
       'publication "' || COALESCE(called.name, pubname) || '"', '',
       pg_catalog.concat_ws(' ',
           '(' || (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(attname), ', ' ORDER BY attnum)
                     FROM pg_catalog.pg_attribute
                    WHERE attrelid = prrelid
                      AND attnum::pg_catalog.text = ANY (
                              pg_catalog.string_to_array(pg_catalog.to_jsonb(part) ->> 'prattrs', ' '))) || ')',
           (SELECT 'WHERE ' || (pg_catalog.to_jsonb(said) ->> 'rowfilter')
              FROM pg_catalog.pg_publication_tables AS said
              JOIN pg_catalog.pg_namespace ON nspname = said.schemaname AND pg_namespace.oid = relation.relnamespace
             WHERE said.pubname = publication.pubname AND said.tablename = relation.relname)),
       'stated', NULL
  FROM pg_catalog.pg_publication_rel AS part
  JOIN pg_catalog.pg_publication AS publication ON publication.oid = prpubid
  JOIN relation ON relation.oid = prrelid
  LEFT JOIN called ON called.other = pubname
 WHERE relation.model = (called.other IS NOT NULL)
UNION ALL
-- The table of a publication's schemas is not there before 15.
SELECT called.other IS NOT NULL,
       'publication "' || COALESCE(called.name, pubname) || '" of schema "' || COALESCE(space.name, nspname) || '"',
       'publication "' || COALESCE(called.name, pubname) || '"', '', '', 'stated', NULL
  FROM pg_catalog.pg_depend AS one
  JOIN pg_catalog.pg_depend AS other ON other.classid = one.classid AND other.objid = one.objid
  JOIN pg_catalog.pg_publication ON one.refobjid = pg_publication.oid
  JOIN pg_catalog.pg_namespace ON other.refobjid = pg_namespace.oid
  LEFT JOIN space ON space.oid = pg_namespace.oid
  LEFT JOIN called ON called.other = pubname
 WHERE one.classid = pg_catalog.to_regclass('pg_catalog.pg_publication_namespace')
   AND one.refclassid = 'pg_catalog.pg_publication'::pg_catalog.regclass
   AND other.refclassid = 'pg_catalog.pg_namespace'::pg_catalog.regclass
