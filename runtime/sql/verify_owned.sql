-- What has an owner or privileges, with those that everybody has of such a thing from the start; and what default
-- privileges, of the whole database, make of it. kind: as these have it, c for a column, - for what they do not know.
owned AS (
    SELECT model, title, relowner AS owner, relacl AS acl,
           CASE relkind WHEN 'S' THEN 's'::"char" ELSE 'r'::"char" END AS kind,
           pg_catalog.acldefault(CASE relkind WHEN 'S' THEN 's'::"char" ELSE 'r'::"char" END, relowner) AS usual,
           (SELECT spcname FROM pg_catalog.pg_tablespace WHERE oid = reltablespace) AS tablespace
      FROM relation
     WHERE relkind <> 'c'
    UNION ALL
    SELECT relation.model, 'column "' || attname || '" of ' || relation.title, relation.relowner, attacl, 'c',
           pg_catalog.acldefault('c', relation.relowner), NULL
      FROM relation JOIN pg_catalog.pg_attribute ON attrelid = relation.oid
     WHERE attacl IS NOT NULL AND NOT attisdropped
    UNION ALL
    SELECT space.model,
           CASE proc.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END || ' "' ||
               space.prefix || proc.proname || '(' || pg_catalog.pg_get_function_identity_arguments(proc.oid) || ')"',
           proc.proowner, proc.proacl, 'f', pg_catalog.acldefault('f', proc.proowner), NULL
      FROM pg_catalog.pg_proc AS proc JOIN space ON space.oid = proc.pronamespace
    UNION ALL
    SELECT space.model,
           CASE type.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' ELSE 'type' END || ' "' || space.prefix ||
               type.typname || '"',
           type.typowner, type.typacl, 'T', pg_catalog.acldefault('T', type.typowner), NULL
      FROM pg_catalog.pg_type AS type JOIN space ON space.oid = type.typnamespace
     WHERE type.typtype IN ('e', 'd', 'r', 'b') AND type.typelem = 0
    UNION ALL
    SELECT space.model, 'schema "' || space.name || '"', namespace.nspowner, namespace.nspacl, 'n',
           COALESCE((SELECT initprivs
                       FROM pg_catalog.pg_init_privs JOIN pg_catalog.pg_namespace AS first ON first.oid = objoid
                      WHERE classoid = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND first.nspname = space.name),
                    pg_catalog.acldefault('n', namespace.nspowner)), NULL
      FROM space JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = space.oid
    UNION ALL
    SELECT called.other IS NOT NULL, 'foreign data wrapper "' || COALESCE(called.name, fdwname) || '"', fdwowner, fdwacl,
           '-', pg_catalog.acldefault('F', fdwowner), NULL
      FROM pg_catalog.pg_foreign_data_wrapper LEFT JOIN called ON called.other = fdwname
    UNION ALL
    SELECT called.other IS NOT NULL, 'server "' || COALESCE(called.name, srvname) || '"', srvowner, srvacl, '-',
           pg_catalog.acldefault('S', srvowner), NULL
      FROM pg_catalog.pg_foreign_server LEFT JOIN called ON called.other = srvname
    UNION ALL
    SELECT called.other IS NOT NULL, 'language "' || COALESCE(called.name, lanname) || '"', lanowner, lanacl, '-',
           pg_catalog.acldefault('l', lanowner), NULL
      FROM pg_catalog.pg_language LEFT JOIN called ON called.other = lanname
    UNION ALL
    SELECT called.other IS NOT NULL, 'publication "' || COALESCE(called.name, pubname) || '"', pubowner, NULL, '-', NULL,
           NULL
      FROM pg_catalog.pg_publication LEFT JOIN called ON called.other = pubname
    UNION ALL
    SELECT called.other IS NOT NULL, 'event trigger "' || COALESCE(called.name, evtname) || '"', evtowner, NULL, '-',
           NULL, NULL
      FROM pg_catalog.pg_event_trigger LEFT JOIN called ON called.other = evtname
), made AS (
    SELECT pg_catalog.lower(defaclobjtype::pg_catalog.text) AS kind, defaclrole AS owner, defaclacl AS acl
      FROM pg_catalog.pg_default_acl
     WHERE defaclnamespace = 0
)
