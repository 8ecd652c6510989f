-- The tables of the history, a row each: its number, whether it is there, whether its name alone leads to it, the
-- first letters of what this role may do with it, and a sequence of it that the role may not use. The CASE keeps the
-- server from asking about the privileges of what is no sequence, which is an error.
SELECT wanted.number,
       relation.oid IS NOT NULL,
       relation.oid IS NOT DISTINCT FROM pg_catalog.to_regclass(pg_catalog.quote_ident(wanted.name)),
       pg_catalog.concat(CASE WHEN pg_catalog.has_table_privilege(relation.oid, 'SELECT') THEN 'S' END,
                         CASE WHEN pg_catalog.has_table_privilege(relation.oid, 'INSERT') THEN 'I' END,
                         CASE WHEN pg_catalog.has_table_privilege(relation.oid, 'UPDATE') THEN 'U' END,
                         CASE WHEN pg_catalog.has_table_privilege(relation.oid, 'DELETE') THEN 'D' END),
       (SELECT sequence.oid::pg_catalog.regclass
          FROM pg_catalog.pg_depend AS owns
          JOIN pg_catalog.pg_class AS sequence ON sequence.oid = owns.objid
         WHERE owns.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
           AND owns.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
           AND owns.refobjid = relation.oid AND owns.deptype = 'a'
           AND CASE sequence.relkind WHEN 'S' THEN NOT pg_catalog.has_sequence_privilege(sequence.oid, 'USAGE') END
         LIMIT 1)
  FROM (VALUES (0, {table}), (1, {table} || '_lock'), (2, {table} || '_journal')) AS wanted (number, name)
  LEFT JOIN pg_catalog.pg_namespace AS namespace
    ON namespace.nspname = COALESCE({schema}, pg_catalog.current_schema())
  LEFT JOIN pg_catalog.pg_class AS relation
    ON relation.relnamespace = namespace.oid AND relation.relname = wanted.name
   AND relation.relkind IN ('r', 'p', 'v', 'f')
