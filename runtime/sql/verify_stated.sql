-- What is compared only where the model states it: owners, tablespaces and privileges. An owner who is whoever made it
-- is not stated, and neither is what an owner may do anyway, nor what the server grants to everybody by itself.
WITH {common}, owned AS (
    SELECT model, title, relowner AS owner, relacl AS acl,
           CASE relkind WHEN 'S' THEN 's'::"char" ELSE 'r'::"char" END AS kind,
           (SELECT spcname FROM pg_catalog.pg_tablespace WHERE oid = reltablespace) AS tablespace
      FROM relation
     WHERE relkind <> 'c'
    UNION ALL
    SELECT relation.model, 'column "' || attname || '" of ' || relation.title, relation.relowner, attacl, 'c', NULL
      FROM relation JOIN pg_catalog.pg_attribute ON attrelid = relation.oid
     WHERE attacl IS NOT NULL AND NOT attisdropped
    UNION ALL
    SELECT space.model,
           CASE proc.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END || ' "' ||
               space.prefix || proc.proname || '(' || pg_catalog.pg_get_function_identity_arguments(proc.oid) || ')"',
           proc.proowner, proc.proacl, 'f', NULL
      FROM pg_catalog.pg_proc AS proc JOIN space ON space.oid = proc.pronamespace
    UNION ALL
    SELECT space.model,
           CASE type.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' ELSE 'type' END || ' "' || space.prefix ||
               type.typname || '"',
           type.typowner, type.typacl, 'T', NULL
      FROM pg_catalog.pg_type AS type JOIN space ON space.oid = type.typnamespace
     WHERE type.typtype IN ('e', 'd', 'r', 'b') AND type.typelem = 0
    UNION ALL
    SELECT space.model, 'schema "' || space.name || '"', namespace.nspowner, namespace.nspacl, 'n', NULL
      FROM space JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = space.oid
), granted AS (
    SELECT owned.*, acl.grantee, acl.privilege_type, acl.is_grantable
      FROM owned, pg_catalog.aclexplode(owned.acl) AS acl
     WHERE acl.grantee <> owned.owner
       AND NOT EXISTS (SELECT FROM pg_catalog.aclexplode(pg_catalog.acldefault(owned.kind, owned.owner)) AS usual
                        WHERE usual.grantee = acl.grantee AND usual.privilege_type = acl.privilege_type)
       AND NOT EXISTS (SELECT FROM pg_catalog.pg_default_acl AS here,
                                   pg_catalog.aclexplode(here.defaclacl) AS usual
                        WHERE owned.model AND here.defaclrole = owned.owner AND here.defaclnamespace = 0
                          AND pg_catalog.lower(here.defaclobjtype::pg_catalog.text) =
                              pg_catalog.lower(owned.kind::pg_catalog.text)
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
