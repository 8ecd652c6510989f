-- Operator families. What was added to one by itself belongs to no class: nothing of it depends on one.
WITH {common}
SELECT space.model, 'operator family "' || space.prefix || family.opfname || ' (' || method.amname || ')"',
       'schema "' || space.name || '"', family.opfname,
       pg_catalog.concat_ws(' ', 'FAMILY',
           (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(' ', amopstrategy, amopopr::pg_catalog.regoperator), ', '
                                         ORDER BY amopstrategy, l.typname, r.typname)
              FROM pg_catalog.pg_amop AS loose JOIN pg_catalog.pg_type AS l ON l.oid = amoplefttype
              JOIN pg_catalog.pg_type AS r ON r.oid = amoprighttype
             WHERE amopfamily = family.oid
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend
                                WHERE classid = 'pg_catalog.pg_amop'::pg_catalog.regclass AND objid = loose.oid
                                  AND refclassid = 'pg_catalog.pg_opclass'::pg_catalog.regclass)),
           (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(' ', amprocnum, amproc::pg_catalog.regprocedure), ', '
                                         ORDER BY amprocnum, l.typname, r.typname)
              FROM pg_catalog.pg_amproc AS loose JOIN pg_catalog.pg_type AS l ON l.oid = amproclefttype
              JOIN pg_catalog.pg_type AS r ON r.oid = amprocrighttype
             WHERE amprocfamily = family.oid
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend
                                WHERE classid = 'pg_catalog.pg_amproc'::pg_catalog.regclass AND objid = loose.oid
                                  AND refclassid = 'pg_catalog.pg_opclass'::pg_catalog.regclass)),
           'COMMENT ' || pg_catalog.quote_literal(pg_catalog.obj_description(family.oid, 'pg_opfamily'))),
       '', NULL
  FROM pg_catalog.pg_opfamily AS family JOIN space ON space.oid = family.opfnamespace
  JOIN pg_catalog.pg_am AS method ON method.oid = family.opfmethod
 WHERE family.oid NOT IN (SELECT objid FROM member WHERE classid = 'pg_catalog.pg_opfamily'::pg_catalog.regclass)
