-- What is there, and what this role may do with it: one row. Answers NULL where there is nothing to ask about. Of each
-- table the first letters of what the role may do with it. The CASE keeps the server from asking about the privileges of what is no sequence, which is an error.
SELECT current_user,
       pg_catalog.pg_is_in_recovery(),
       wanted.name,
       namespace.oid IS NOT NULL,
       pg_catalog.has_schema_privilege(namespace.oid, 'USAGE'),
       pg_catalog.has_schema_privilege(namespace.oid, 'CREATE'),
       history.oid IS NOT NULL,
       history.oid = pg_catalog.to_regclass(pg_catalog.quote_ident({table})),
       pg_catalog.concat(CASE WHEN pg_catalog.has_table_privilege(history.oid, 'SELECT') THEN 'S' END,
                         CASE WHEN pg_catalog.has_table_privilege(history.oid, 'INSERT') THEN 'I' END,
                         CASE WHEN pg_catalog.has_table_privilege(history.oid, 'UPDATE') THEN 'U' END,
                         CASE WHEN pg_catalog.has_table_privilege(history.oid, 'DELETE') THEN 'D' END),
       (SELECT sequence.oid::pg_catalog.regclass
          FROM pg_catalog.pg_depend AS owns
          JOIN pg_catalog.pg_class AS sequence ON sequence.oid = owns.objid
         WHERE owns.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
           AND owns.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
           AND owns.refobjid = history.oid AND owns.deptype = 'a'
           AND CASE sequence.relkind WHEN 'S' THEN NOT pg_catalog.has_sequence_privilege(sequence.oid, 'USAGE') END
         LIMIT 1),
       lock.oid IS NOT NULL,
       pg_catalog.concat(CASE WHEN pg_catalog.has_table_privilege(lock.oid, 'SELECT') THEN 'S' END,
                         CASE WHEN pg_catalog.has_table_privilege(lock.oid, 'INSERT') THEN 'I' END,
                         CASE WHEN pg_catalog.has_table_privilege(lock.oid, 'UPDATE') THEN 'U' END,
                         CASE WHEN pg_catalog.has_table_privilege(lock.oid, 'DELETE') THEN 'D' END),
       (SELECT sequence.oid::pg_catalog.regclass
          FROM pg_catalog.pg_depend AS owns
          JOIN pg_catalog.pg_class AS sequence ON sequence.oid = owns.objid
         WHERE owns.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
           AND owns.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
           AND owns.refobjid = lock.oid AND owns.deptype = 'a'
           AND CASE sequence.relkind WHEN 'S' THEN NOT pg_catalog.has_sequence_privilege(sequence.oid, 'USAGE') END
         LIMIT 1),
       journal.oid IS NOT NULL,
       journal.oid IS NOT DISTINCT FROM pg_catalog.to_regclass(pg_catalog.quote_ident({table} || '_journal')),
       pg_catalog.concat(CASE WHEN pg_catalog.has_table_privilege(journal.oid, 'SELECT') THEN 'S' END,
                         CASE WHEN pg_catalog.has_table_privilege(journal.oid, 'INSERT') THEN 'I' END,
                         CASE WHEN pg_catalog.has_table_privilege(journal.oid, 'UPDATE') THEN 'U' END,
                         CASE WHEN pg_catalog.has_table_privilege(journal.oid, 'DELETE') THEN 'D' END),
       pg_catalog.pg_backend_pid(),
       pg_catalog.current_setting('role'),
       (1000 * pg_catalog.date_part('epoch', pg_catalog.current_setting('deadlock_timeout')::pg_catalog.interval))
       ::pg_catalog.int4
  FROM (SELECT COALESCE({schema}, pg_catalog.current_schema()) AS name) AS wanted
  LEFT JOIN pg_catalog.pg_namespace AS namespace ON namespace.nspname = wanted.name
  LEFT JOIN pg_catalog.pg_class AS history ON history.relnamespace = namespace.oid AND history.relname = {table}
                                          AND history.relkind IN ('r', 'p', 'v', 'f')
  LEFT JOIN pg_catalog.pg_class AS lock ON lock.relnamespace = namespace.oid AND lock.relname = {table} || '_lock'
                                       AND lock.relkind IN ('r', 'p', 'v', 'f')
  LEFT JOIN pg_catalog.pg_class AS journal ON journal.relnamespace = namespace.oid
                                          AND journal.relname = {table} || '_journal'
                                          AND journal.relkind IN ('r', 'p', 'v', 'f')
