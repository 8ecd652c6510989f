-- Foreign data wrappers, servers and user mappings. Values of options that may be secrets are not looked at.
WITH {called}, holder (oid, options) AS (
    SELECT oid, fdwoptions FROM pg_catalog.pg_foreign_data_wrapper
    UNION ALL
    SELECT oid, srvoptions FROM pg_catalog.pg_foreign_server
    UNION ALL
    SELECT umid, umoptions FROM pg_catalog.pg_user_mappings
), option AS (
    SELECT holder.oid,
           'OPTIONS (' ||
               pg_catalog.string_agg(
                   pg_catalog.quote_ident(given.option_name) ||
                       CASE WHEN given.option_name ~* 'pass|secret|token|key' THEN ''
                            ELSE ' ' || pg_catalog.quote_literal(given.option_value) END,
                   ', ' ORDER BY given.option_name) || ')' AS text
      FROM holder, pg_catalog.pg_options_to_table(holder.options) AS given
     GROUP BY holder.oid
)
SELECT called.other IS NOT NULL, 'foreign data wrapper "' || COALESCE(called.name, fdwname) || '"', '',
       COALESCE(called.name, fdwname),
       pg_catalog.concat_ws(' ',
           'HANDLER ' || NULLIF(fdwhandler, 0)::pg_catalog.regproc,
           'VALIDATOR ' || NULLIF(fdwvalidator, 0)::pg_catalog.regproc, option.text,
           'COMMENT ' || pg_catalog.quote_literal(pg_catalog.obj_description(wrapper.oid, 'pg_foreign_data_wrapper'))),
       'stated', NULL
  FROM pg_catalog.pg_foreign_data_wrapper AS wrapper
  LEFT JOIN called ON called.other = fdwname
  LEFT JOIN option ON option.oid = wrapper.oid
UNION ALL
SELECT called.other IS NOT NULL, 'server "' || COALESCE(called.name, srvname) || '"', '',
       COALESCE(called.name, srvname),
       pg_catalog.concat_ws(' ',
           'TYPE ' || pg_catalog.quote_literal(srvtype), 'VERSION ' || pg_catalog.quote_literal(srvversion),
           'FOREIGN DATA WRAPPER ' || pg_catalog.quote_ident(COALESCE(wrapper_called.name, fdwname)), option.text,
           'COMMENT ' || pg_catalog.quote_literal(pg_catalog.obj_description(server.oid, 'pg_foreign_server'))),
       'stated', NULL
  FROM pg_catalog.pg_foreign_server AS server
  JOIN pg_catalog.pg_foreign_data_wrapper AS wrapper ON wrapper.oid = srvfdw
  LEFT JOIN called ON called.other = srvname
  LEFT JOIN called AS wrapper_called ON wrapper_called.other = fdwname
  LEFT JOIN option ON option.oid = server.oid
UNION ALL
-- Only a superuser sees the options of all of them.
SELECT called.other IS NOT NULL,
       'user mapping FOR ' || role.name || ' SERVER ' ||
           pg_catalog.quote_ident(COALESCE(called.name, mapping.srvname)),
       'server "' || COALESCE(called.name, mapping.srvname) || '"', '',
       CASE WHEN rolsuper THEN option.text END, CASE WHEN rolsuper THEN 'stated' ELSE 'there' END, NULL
  FROM pg_catalog.pg_user_mappings AS mapping
  JOIN pg_catalog.pg_roles ON rolname = CURRENT_USER
  LEFT JOIN called ON called.other = mapping.srvname
  LEFT JOIN option ON option.oid = mapping.umid
 CROSS JOIN LATERAL (
           SELECT CASE mapping.umuser WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(mapping.usename) END
           UNION ALL
           SELECT 'CURRENT_USER' WHERE mapping.usename = CURRENT_USER) AS role (name)
