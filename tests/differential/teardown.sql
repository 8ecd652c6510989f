-- A migration that drops everything, in an order in which each thing can go.
select format('alter table %s.%s drop constraint %s;', relnamespace::regnamespace, quote_ident(relname), quote_ident(conname))
  from pg_constraint k join pg_class c on c.oid = k.conrelid where contype = 'f' and conparentid = 0;
select format('drop table %s.%s;', relnamespace::regnamespace, quote_ident(relname))
  from pg_class c where relkind in ('r', 'p') and not relispartition and relnamespace::regnamespace::text !~ '^(pg_|information_schema|try$)' order by oid desc;
select format('drop sequence %s.%s;', relnamespace::regnamespace, quote_ident(relname))
  from pg_class c where relkind = 'S' and relnamespace::regnamespace::text !~ '^(pg_|information_schema|try$)'
   and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i'))
 order by oid desc;
select format('drop enum %s.%s;', typnamespace::regnamespace, quote_ident(typname))
  from pg_type where typtype = 'e' order by oid desc;
select format('drop extension %s;', quote_ident(extname)) from pg_extension where extname <> 'plpgsql' order by oid desc;
select format('drop schema %s;', quote_ident(nspname))
  from pg_namespace where nspname !~ '^(pg_|information_schema|try$|public$)' order by oid desc;
