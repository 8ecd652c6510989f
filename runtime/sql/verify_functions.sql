-- Functions, procedures, aggregates; not those that come with a type.
WITH {common}
SELECT space.model,
       CASE proc.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END || ' "' ||
           space.prefix || proc.proname || '(' || pg_catalog.pg_get_function_identity_arguments(proc.oid) || ')"',
       'schema "' || space.name || '"', proc.proname,
       pg_catalog.concat_ws(' ',
           CASE WHEN proc.prokind <> 'a' THEN pg_catalog.pg_get_functiondef(proc.oid) END,
           (SELECT pg_catalog.concat_ws(' ', 'AGGREGATE RETURNS', pg_catalog.pg_get_function_result(proc.oid),
                       'SFUNC', aggtransfn, 'STYPE', pg_catalog.format_type(aggtranstype, NULL),
                       'SSPACE ' || NULLIF(aggtransspace, 0),
                       'FINALFUNC ' || NULLIF(aggfinalfn::pg_catalog.oid, 0)::pg_catalog.regproc,
                       'COMBINEFUNC ' || NULLIF(aggcombinefn::pg_catalog.oid, 0)::pg_catalog.regproc,
                       'INITCOND ' || pg_catalog.quote_literal(agginitval),
                       'MSFUNC ' || NULLIF(aggmtransfn::pg_catalog.oid, 0)::pg_catalog.regproc,
                       'SORTOP ' || NULLIF(aggsortop, 0)::pg_catalog.regoperator,
                       'KIND ' || NULLIF(aggkind::pg_catalog.text, 'n'),
                       'PARALLEL ' || NULLIF(proc.proparallel::pg_catalog.text, 'u'))
              FROM pg_catalog.pg_aggregate WHERE aggfnoid = proc.oid),
           'COMMENT ' || pg_catalog.quote_literal(pg_catalog.obj_description(proc.oid, 'pg_proc'))),
       '', NULL
  FROM pg_catalog.pg_proc AS proc JOIN space ON space.oid = proc.pronamespace
 WHERE proc.oid NOT IN (SELECT objid FROM pg_catalog.pg_depend
                         WHERE classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND deptype IN ('e', 'i'))
