-- A migration that drops everything, in an order in which each thing can go.
select format('sql { drop event trigger %s; }', quote_ident(evtname)) from pg_event_trigger order by oid desc;
select format('sql { drop %s if exists %s.%s(%s); }', case prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function' end,
              pronamespace::regnamespace, quote_ident(proname), case when prokind = 'a' and pronargs = 0 then '*' else oidvectortypes(proargtypes) end)
  from pg_proc p where pronamespace::regnamespace::text !~ '^(pg_|information_schema|try$)'
   and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
   and exists (select from pg_depend d join pg_type t on t.oid = d.refobjid where d.classid = 'pg_proc'::regclass and d.objid = p.oid
                                  and d.refclassid = 'pg_type'::regclass and t.typrelid <> 0)
 order by oid desc;
select format('alter table %s.%s drop constraint %s;', relnamespace::regnamespace, quote_ident(relname), quote_ident(conname))
  from pg_constraint k join pg_class c on c.oid = k.conrelid where contype = 'f';
select format('drop table %s.%s;', relnamespace::regnamespace, quote_ident(relname))
  from pg_class c where relkind = 'r' and relnamespace::regnamespace::text !~ '^(pg_|information_schema|try$)' order by oid desc;
select format('drop sequence %s.%s;', relnamespace::regnamespace, quote_ident(relname))
  from pg_class c where relkind = 'S' and relnamespace::regnamespace::text !~ '^(pg_|information_schema|try$)'
   and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i'))
 order by oid desc;
select format('sql { drop %s if exists %s.%s(%s); }', case prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function' end,
              pronamespace::regnamespace, quote_ident(proname), case when prokind = 'a' and pronargs = 0 then '*' else oidvectortypes(proargtypes) end)
  from pg_proc p where pronamespace::regnamespace::text !~ '^(pg_|information_schema|try$)'
   and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
 order by prokind = 'a' desc, oid desc;
select format('drop %s %s.%s;', case typtype when 'e' then 'enum' when 'd' then 'domain' else 'type' end,
              typnamespace::regnamespace, quote_ident(typname))
  from pg_type t where (typtype in ('e', 'd') or exists (select from pg_class c where c.oid = t.typrelid and c.relkind = 'c'))
   and typnamespace::regnamespace::text !~ '^(pg_|information_schema|try$)'
   and not exists (select from pg_depend d where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e')
 order by oid desc;
select format('drop extension %s;', quote_ident(extname)) from pg_extension where extname <> 'plpgsql' order by oid desc;
select format('drop schema %s;', quote_ident(nspname))
  from pg_namespace where nspname !~ '^(pg_|information_schema|try$|public$)' order by oid desc;
