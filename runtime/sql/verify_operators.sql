WITH {common}
SELECT space.model,
       'operator "' || space.prefix || op.oprname || '(' ||
           COALESCE(pg_catalog.format_type(NULLIF(op.oprleft, 0), NULL), 'none') || ', ' ||
           COALESCE(pg_catalog.format_type(NULLIF(op.oprright, 0), NULL), 'none') || ')"',
       'schema "' || space.name || '"', op.oprname,
       pg_catalog.concat_ws(' ', 'FUNCTION', op.oprcode::pg_catalog.regprocedure,
           'COMMUTATOR ' || NULLIF(op.oprcom, 0)::pg_catalog.regoperator,
           'NEGATOR ' || NULLIF(op.oprnegate, 0)::pg_catalog.regoperator,
           'RESTRICT ' || NULLIF(op.oprrest::pg_catalog.oid, 0)::pg_catalog.regproc,
           'JOIN ' || NULLIF(op.oprjoin::pg_catalog.oid, 0)::pg_catalog.regproc,
           CASE WHEN op.oprcanhash THEN 'HASHES' END, CASE WHEN op.oprcanmerge THEN 'MERGES' END,
           'COMMENT ' || pg_catalog.quote_literal(pg_catalog.obj_description(op.oid, 'pg_operator'))),
       '', NULL
  FROM pg_catalog.pg_operator AS op JOIN space ON space.oid = op.oprnamespace
 WHERE op.oprcode <> 0
   AND op.oid NOT IN (SELECT objid FROM member WHERE classid = 'pg_catalog.pg_operator'::pg_catalog.regclass)
UNION ALL
SELECT space.model, 'operator class "' || space.prefix || class.opcname || ' (' || method.amname || ')"',
       'schema "' || space.name || '"', class.opcname,
       pg_catalog.concat_ws(' ', CASE WHEN class.opcdefault THEN 'DEFAULT' END,
           'FOR TYPE', pg_catalog.format_type(class.opcintype, NULL),
           'STORAGE ' || pg_catalog.format_type(NULLIF(class.opckeytype, 0), NULL),
           (SELECT pg_catalog.string_agg(amopstrategy || ' ' || amopopr::pg_catalog.regoperator, ', '
                                         ORDER BY amopstrategy)
              FROM pg_catalog.pg_amop
             WHERE amopfamily = class.opcfamily AND amoplefttype = class.opcintype AND amoprighttype = class.opcintype),
           (SELECT pg_catalog.string_agg(amprocnum || ' ' || amproc::pg_catalog.regprocedure, ', ' ORDER BY amprocnum)
              FROM pg_catalog.pg_amproc
             WHERE amprocfamily = class.opcfamily AND amproclefttype = class.opcintype
               AND amprocrighttype = class.opcintype)),
       '', NULL
  FROM pg_catalog.pg_opclass AS class JOIN space ON space.oid = class.opcnamespace
  JOIN pg_catalog.pg_am AS method ON method.oid = class.opcmethod
 WHERE class.oid NOT IN (SELECT objid FROM member WHERE classid = 'pg_catalog.pg_opclass'::pg_catalog.regclass)
