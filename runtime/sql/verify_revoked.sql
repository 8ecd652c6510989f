-- What everybody may do from the start and may not any more; compared where the model states it. Where default privileges
-- have taken it away, nobody can tell whether a migration has, too.
WITH {common}, {called}, {owned}
SELECT owned.model, 'the revocation of ' || usual.privilege_type || ' from PUBLIC on ' || owned.title, owned.title, '',
       'revoked', 'stated', NULL
  FROM owned, pg_catalog.aclexplode(owned.usual) AS usual
 WHERE owned.acl IS NOT NULL AND usual.grantee = 0
   AND NOT EXISTS (SELECT FROM pg_catalog.aclexplode(owned.acl) AS acl
                    WHERE acl.grantee = 0 AND acl.privilege_type = usual.privilege_type)
   AND NOT EXISTS (SELECT FROM made
                    WHERE owned.model AND made.owner = CURRENT_USER::pg_catalog.regrole
                      AND made.kind = pg_catalog.lower(owned.kind::pg_catalog.text)
                      AND NOT EXISTS (SELECT FROM pg_catalog.aclexplode(made.acl) AS acl
                                       WHERE acl.grantee = 0 AND acl.privilege_type = usual.privilege_type))
