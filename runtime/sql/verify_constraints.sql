-- Those of tables and of domains, and how one with an expression is said again in the server's own words. NOT NULL is
-- a column's or a domain's, whatever the server keeps of it here; constraint triggers are triggers; what a partition has because of
-- its parent is the parent's.
WITH {common}
SELECT owner.model, 'constraint "' || con.conname || '" of ' || owner.title, owner.title, con.conname,
       pg_catalog.concat_ws(' ',
           pg_catalog.pg_get_constraintdef(con.oid),
           (SELECT 'WITH (' || pg_catalog.string_agg(option, ', ' ORDER BY option) || ')'
              FROM pg_catalog.pg_class, pg_catalog.unnest(reloptions) AS option
             WHERE pg_class.oid = con.conindid AND con.contype IN ('p', 'u', 'x')),
           (SELECT CASE WHEN indisclustered THEN 'CLUSTER ' ELSE '' END ||
                   CASE WHEN indisreplident THEN 'REPLICA IDENTITY' ELSE '' END
              FROM pg_catalog.pg_index
             WHERE indexrelid = con.conindid AND con.contype IN ('p', 'u', 'x') AND (indisclustered OR indisreplident)),
           'COMMENT ' || pg_catalog.quote_literal(pg_catalog.obj_description(con.oid, 'pg_constraint'))),
       '',
       CASE WHEN con.contype = 'c' THEN pg_catalog.concat_ws('; ',
           pg_catalog.format('ALTER %1$s %2$s DROP CONSTRAINT %3$I; ALTER %1$s %2$s ADD CONSTRAINT %3$I %4$s',
                             owner.word, owner.name, con.conname, pg_catalog.pg_get_constraintdef(con.oid)),
           'COMMENT ON CONSTRAINT ' || pg_catalog.quote_ident(con.conname) || ' ON ' ||
               CASE owner.word WHEN 'DOMAIN' THEN 'DOMAIN ' ELSE '' END || owner.name || ' IS ' ||
               pg_catalog.quote_literal(pg_catalog.obj_description(con.oid, 'pg_constraint'))) END
  FROM pg_catalog.pg_constraint AS con
  JOIN (SELECT relation.oid AS relid, 0::pg_catalog.oid AS typid, relation.model, relation.title, 'TABLE' AS word,
               relation.oid::pg_catalog.regclass::pg_catalog.text AS name
          FROM relation
        UNION ALL
        SELECT 0, type.oid, space.model, 'domain "' || space.prefix || type.typname || '"', 'DOMAIN',
               type.oid::pg_catalog.regtype::pg_catalog.text
          FROM pg_catalog.pg_type AS type JOIN space ON space.oid = type.typnamespace
         WHERE type.typtype = 'd'
           AND type.oid NOT IN (SELECT objid FROM member WHERE classid = 'pg_catalog.pg_type'::pg_catalog.regclass)
       ) AS owner ON owner.relid = con.conrelid AND owner.typid = con.contypid
 WHERE con.contype IN ('c', 'f', 'p', 'u', 'x') AND con.conparentid = 0
