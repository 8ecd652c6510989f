-- What is in no schema; compared where the model has it. What was made under another name is called by its own.
WITH {called}
SELECT called.other IS NOT NULL, 'event trigger "' || COALESCE(called.name, evtname) || '"', '',
       COALESCE(called.name, evtname),
       pg_catalog.concat_ws(' ',
           'ON ' || evtevent,
           'WHEN TAG IN (' || (SELECT pg_catalog.string_agg(pg_catalog.quote_literal(tag), ', ' ORDER BY tag)
                                 FROM pg_catalog.unnest(evttags) AS tag) || ')',
           'EXECUTE FUNCTION ' || evtfoid::pg_catalog.regproc,
           CASE evtenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' END,
           'COMMENT ' || pg_catalog.quote_literal(pg_catalog.obj_description(trigger.oid, 'pg_event_trigger'))),
       'stated', NULL
  FROM pg_catalog.pg_event_trigger AS trigger LEFT JOIN called ON called.other = evtname
UNION ALL
SELECT called.other IS NOT NULL, 'language "' || COALESCE(called.name, lanname) || '"', '',
       COALESCE(called.name, lanname),
       pg_catalog.concat_ws(' ',
           CASE WHEN lanpltrusted THEN 'TRUSTED' END, 'HANDLER ' || NULLIF(lanplcallfoid, 0)::pg_catalog.regproc,
           'INLINE ' || NULLIF(laninline, 0)::pg_catalog.regproc,
           'VALIDATOR ' || NULLIF(lanvalidator, 0)::pg_catalog.regproc,
           'COMMENT ' || pg_catalog.quote_literal(pg_catalog.obj_description(language.oid, 'pg_language'))),
       'stated', NULL
  FROM pg_catalog.pg_language AS language LEFT JOIN called ON called.other = lanname
UNION ALL
SELECT called.other IS NOT NULL, 'access method "' || COALESCE(called.name, amname) || '"', '',
       COALESCE(called.name, amname),
       pg_catalog.concat_ws(' ',
           'TYPE ' || CASE amtype WHEN 't' THEN 'TABLE' ELSE 'INDEX' END, 'HANDLER ' || amhandler,
           'COMMENT ' || pg_catalog.quote_literal(pg_catalog.obj_description(method.oid, 'pg_am'))),
       'stated', NULL
  FROM pg_catalog.pg_am AS method LEFT JOIN called ON called.other = amname
