-- What else can be in a schema.
WITH {common}
SELECT space.model, 'statistics "' || space.prefix || stat.stxname || '"', 'schema "' || space.name || '"',
       stat.stxname,
       pg_catalog.concat_ws(' ',
           pg_catalog.pg_get_statisticsobjdef(stat.oid),
           'STATISTICS ' || NULLIF(pg_catalog.to_jsonb(stat) ->> 'stxstattarget', '-1'),
           'COMMENT ' || pg_catalog.quote_literal(pg_catalog.obj_description(stat.oid, 'pg_statistic_ext'))),
       '', NULL
  FROM pg_catalog.pg_statistic_ext AS stat JOIN space ON space.oid = stat.stxnamespace
UNION ALL
-- The provider, the locale and the rest have other columns in other versions.
SELECT space.model, 'collation "' || space.prefix || coll.collname || '"', 'schema "' || space.name || '"',
       coll.collname,
       pg_catalog.concat_ws(' ',
           (pg_catalog.to_jsonb(coll) - ARRAY['oid', 'collname', 'collnamespace', 'collowner', 'collversion']),
           'COMMENT ' || pg_catalog.quote_literal(pg_catalog.obj_description(coll.oid, 'pg_collation'))),
       '', NULL
  FROM pg_catalog.pg_collation AS coll JOIN space ON space.oid = coll.collnamespace
 WHERE coll.oid NOT IN (SELECT objid FROM member WHERE classid = 'pg_catalog.pg_collation'::pg_catalog.regclass)
UNION ALL
SELECT space.model, 'text search configuration "' || space.prefix || config.cfgname || '"',
       'schema "' || space.name || '"', config.cfgname,
       pg_catalog.concat_ws(' ',
           (SELECT 'PARSER ' || prsname FROM pg_catalog.pg_ts_parser WHERE oid = config.cfgparser),
           (SELECT pg_catalog.string_agg(maptokentype || ': ' || mapdict::pg_catalog.regdictionary, ', '
                                         ORDER BY maptokentype, mapseqno)
              FROM pg_catalog.pg_ts_config_map WHERE mapcfg = config.oid),
           'COMMENT ' || pg_catalog.quote_literal(pg_catalog.obj_description(config.oid, 'pg_ts_config'))),
       '', NULL
  FROM pg_catalog.pg_ts_config AS config JOIN space ON space.oid = config.cfgnamespace
 WHERE config.oid NOT IN (SELECT objid FROM member WHERE classid = 'pg_catalog.pg_ts_config'::pg_catalog.regclass)
UNION ALL
SELECT space.model, 'text search dictionary "' || space.prefix || dict.dictname || '"', 'schema "' || space.name || '"',
       dict.dictname,
       pg_catalog.concat_ws(' ',
           (SELECT 'TEMPLATE ' || tmplname FROM pg_catalog.pg_ts_template WHERE oid = dict.dicttemplate),
           (SELECT pg_catalog.string_agg(option, ', ' ORDER BY option)
              FROM pg_catalog.regexp_split_to_table(dict.dictinitoption, ', ') AS option),
           'COMMENT ' || pg_catalog.quote_literal(pg_catalog.obj_description(dict.oid, 'pg_ts_dict'))),
       '', NULL
  FROM pg_catalog.pg_ts_dict AS dict JOIN space ON space.oid = dict.dictnamespace
 WHERE dict.oid NOT IN (SELECT objid FROM member WHERE classid = 'pg_catalog.pg_ts_dict'::pg_catalog.regclass)
UNION ALL
SELECT space.model, 'text search parser "' || space.prefix || parser.prsname || '"', 'schema "' || space.name || '"',
       parser.prsname,
       pg_catalog.concat_ws(' ',
           parser.prsstart, parser.prstoken, parser.prsend, parser.prsheadline, parser.prslextype,
           'COMMENT ' || pg_catalog.quote_literal(pg_catalog.obj_description(parser.oid, 'pg_ts_parser'))),
       '', NULL
  FROM pg_catalog.pg_ts_parser AS parser JOIN space ON space.oid = parser.prsnamespace
 WHERE parser.oid NOT IN (SELECT objid FROM member WHERE classid = 'pg_catalog.pg_ts_parser'::pg_catalog.regclass)
UNION ALL
SELECT space.model, 'text search template "' || space.prefix || template.tmplname || '"',
       'schema "' || space.name || '"', template.tmplname,
       pg_catalog.concat_ws(' ',
           template.tmplinit, template.tmpllexize,
           'COMMENT ' || pg_catalog.quote_literal(pg_catalog.obj_description(template.oid, 'pg_ts_template'))),
       '', NULL
  FROM pg_catalog.pg_ts_template AS template JOIN space ON space.oid = template.tmplnamespace
 WHERE template.oid NOT IN (SELECT objid FROM member WHERE classid = 'pg_catalog.pg_ts_template'::pg_catalog.regclass)
