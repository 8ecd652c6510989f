-- What is compared only where the model states it: owners, tablespaces and privileges. An owner who is whoever made it
-- is not stated, and neither is what an owner may do anyway, nor what the server grants to everybody by itself. Where
-- default privileges have granted something, nobody can tell whether a migration has, too.
WITH {common}, {called}, {owned}, granted AS (
    SELECT owned.*, acl.grantee, acl.privilege_type, acl.is_grantable
      FROM owned, pg_catalog.aclexplode(owned.acl) AS acl
     WHERE acl.grantee <> owned.owner
       AND NOT EXISTS (SELECT FROM pg_catalog.aclexplode(owned.usual) AS usual
                        WHERE usual.grantee = acl.grantee AND usual.privilege_type = acl.privilege_type)
       AND NOT EXISTS (SELECT FROM made, pg_catalog.aclexplode(made.acl) AS usual
                        WHERE owned.model AND made.owner = CURRENT_USER::pg_catalog.regrole
                          AND made.kind = pg_catalog.lower(owned.kind::pg_catalog.text)
                          AND usual.grantee = acl.grantee AND usual.privilege_type = acl.privilege_type)
)
SELECT model, 'the owner of ' || title, title, '', owner::pg_catalog.regrole::pg_catalog.text, 'stated', NULL
  FROM owned
 WHERE kind <> 'c' AND (NOT model OR owner <> CURRENT_USER::pg_catalog.regrole)
UNION ALL
SELECT model, 'the tablespace of ' || title, title, '', pg_catalog.quote_ident(tablespace), 'stated', NULL
  FROM owned
 WHERE tablespace IS NOT NULL
UNION ALL
SELECT model,
       'privilege ' || privilege_type || ' of ' ||
           CASE grantee WHEN 0 THEN 'PUBLIC' ELSE '"' || pg_catalog.pg_get_userbyid(grantee) || '"' END || ' on ' ||
           title,
       title, '',
       CASE WHEN pg_catalog.bool_or(is_grantable) THEN 'granted WITH GRANT OPTION' ELSE 'granted' END, 'stated', NULL
  FROM granted
 GROUP BY model, title, grantee, privilege_type
