-- Whether this session may make schemas at all.
SELECT pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE'),
       pg_catalog.current_setting('transaction_read_only') = 'off',
       pg_catalog.quote_ident(pg_catalog.current_database()),
       pg_catalog.quote_ident(current_user)
