-- What everyone may do in a new database with the server's own functions and relations, where that is not just to call
-- a function, or to read a relation; ? where some of it is said of single columns.
select target, coalesce(string_agg(privilege_type, ',' order by privilege_type), '')
               || case when columns then '?' else '' end as everyone
  from (select 'FUNCTION pg_catalog.' || quote_ident(proname) || '('
               || coalesce((select string_agg(format_type(a.type, null), ', ' order by a.place)
                              from unnest(proargtypes) with ordinality a (type, place)), '') || ')' as target,
               'EXECUTE' as usual, coalesce(proacl, acldefault('f', proowner)) as acl, false as columns
          from pg_proc where pg_temp.owner('pg_proc', oid, pronamespace) = ''
        union all
        select 'TABLE ' || relnamespace::regnamespace || '.' || quote_ident(relname), 'SELECT',
               coalesce(relacl, acldefault('r', relowner)),
               exists (select from pg_attribute where attrelid = pg_class.oid and attacl is not null)
          from pg_class
         where relkind in ('r', 'v') and relnamespace in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
       ) things
  left join lateral (select privilege_type from aclexplode(acl) where grantee = 0) granted on true
 group by target, usual, columns
having columns or coalesce(string_agg(privilege_type, ','), '') <> usual;
