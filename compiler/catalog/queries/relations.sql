-- Tables and views that can be read from. schema: pg_catalog or information_schema of the server's own; '' of an
-- extension's, which stand in the schema of that. columns: NAME:TYPE in order.
select :'extension' as extension,
       case when owner = '' then relnamespace::regnamespace::text else '' end as schema, relname as name,
       relkind = 'r' as is_table,
       (select string_agg(attname || ':' || pg_temp.type_name(atttypid), ',' order by attnum)
          from pg_attribute
         where attrelid = c.oid and attnum > 0 and not attisdropped) as columns
  from pg_class c
 cross join lateral (select coalesce(pg_temp.owner('pg_class', c.oid, relnamespace),
                                     case when relnamespace = 'information_schema'::regnamespace then '' end)
                            as owner) o
 where relkind in ('r', 'v', 'm', 'p', 'f') and owner = :'extension';
