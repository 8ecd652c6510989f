WITH {common}
SELECT relation.model, 'policy "' || policy.polname || '" of ' || relation.title, relation.title, policy.polname,
       pg_catalog.concat_ws(' ',
           CASE WHEN policy.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
           'FOR', CASE policy.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
                                     WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
           'TO', (SELECT pg_catalog.string_agg(CASE role WHEN 0 THEN 'PUBLIC'
                                                         ELSE role::pg_catalog.regrole::pg_catalog.text END, ', '
                                               ORDER BY role = 0, role::pg_catalog.regrole::pg_catalog.text)
                    FROM pg_catalog.unnest(policy.polroles) AS role),
           'USING (' || pg_catalog.pg_get_expr(policy.polqual, policy.polrelid) || ')',
           'WITH CHECK (' || pg_catalog.pg_get_expr(policy.polwithcheck, policy.polrelid) || ')',
           'COMMENT ' || pg_catalog.quote_literal(pg_catalog.obj_description(policy.oid, 'pg_policy'))),
       '',
       pg_catalog.format('ALTER POLICY %I ON %s', policy.polname, relation.oid::pg_catalog.regclass) ||
           COALESCE(' USING (' || pg_catalog.pg_get_expr(policy.polqual, policy.polrelid) || ')', '') ||
           COALESCE(' WITH CHECK (' || pg_catalog.pg_get_expr(policy.polwithcheck, policy.polrelid) || ')', '')
  FROM relation JOIN pg_catalog.pg_policy AS policy ON policy.polrelid = relation.oid
