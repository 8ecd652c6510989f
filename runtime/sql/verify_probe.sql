-- Whether this session may make schemas at all; and what everybody may do in the project's from the start, where the
-- server came with it.
SELECT pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE'),
       pg_catalog.current_setting('transaction_read_only') = 'off',
       pg_catalog.quote_ident(pg_catalog.current_database()),
       pg_catalog.quote_ident(current_user),
       (SELECT pg_catalog.string_agg(acl.privilege_type, ', ')
          FROM pg_catalog.pg_init_privs
          JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = objoid,
               pg_catalog.aclexplode(initprivs) AS acl
         WHERE classoid = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND namespace.nspname = $1 AND acl.grantee = 0)
