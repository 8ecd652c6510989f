-- A migration that drops everything, in an order in which each thing can go.
select format('sql { drop %s if exists %s.%s cascade; }', case relkind when 'm' then 'materialized view' else 'view' end,
              relnamespace::regnamespace, quote_ident(relname))
  from pg_class c where relkind in ('v', 'm') and relnamespace::regnamespace::text !~ '^(pg_|information_schema|try$)'
 order by oid desc;
select format('sql { drop rule %I on %s; }', rulename, ev_class::regclass)
  from pg_rewrite where rulename <> '_RETURN' and ev_class >= 16384
   and not exists (select from pg_class c where c.oid = ev_class and c.relkind in ('v', 'm')) order by oid desc;
select format('sql { drop event trigger %s; }', quote_ident(evtname)) from pg_event_trigger order by oid desc;
select format('sql { drop %s if exists %s.%s(%s); }', case prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function' end,
              pronamespace::regnamespace, quote_ident(proname), case when prokind = 'a' and pronargs = 0 then '*' else oidvectortypes(proargtypes) end)
  from pg_proc p where pronamespace::regnamespace::text !~ '^(pg_|information_schema|try$)'
   and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
   and exists (select from pg_depend d join pg_type t on t.oid = d.refobjid where d.classid = 'pg_proc'::regclass and d.objid = p.oid
                                  and d.refclassid = 'pg_type'::regclass and t.typrelid <> 0)
 order by oid desc;
select format('alter table %s.%s drop constraint %s;', relnamespace::regnamespace, quote_ident(relname), quote_ident(conname))
  from pg_constraint k join pg_class c on c.oid = k.conrelid where contype = 'f' and conparentid = 0;
select format(case relkind when 'f' then 'sql { drop foreign table %s.%s; }' else 'drop table %s.%s;' end, relnamespace::regnamespace, quote_ident(relname))
  from pg_class c where relkind in ('r', 'p', 'f') and not relispartition and relnamespace::regnamespace::text !~ '^(pg_|information_schema|try$)' order by oid desc;
select format('drop sequence %s.%s;', relnamespace::regnamespace, quote_ident(relname))
  from pg_class c where relkind = 'S' and relnamespace::regnamespace::text !~ '^(pg_|information_schema|try$)'
   and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i'))
 order by oid desc;
select format('sql { drop operator class %s.%s using %s; }', opcnamespace::regnamespace, quote_ident(opcname), amname)
  from pg_opclass c join pg_am a on a.oid = c.opcmethod where opcnamespace::regnamespace::text !~ '^(pg_|information_schema|try$)'
   and not exists (select from pg_depend d where d.classid = 'pg_opclass'::regclass and d.objid = c.oid and d.deptype = 'e');
select format('sql { drop operator family %s.%s using %s; }', opfnamespace::regnamespace, quote_ident(opfname), amname)
  from pg_opfamily f join pg_am a on a.oid = f.opfmethod where opfnamespace::regnamespace::text !~ '^(pg_|information_schema|try$)'
   and not exists (select from pg_depend d where d.classid = 'pg_opfamily'::regclass and d.objid = f.oid and d.deptype = 'e');
select format('sql { drop cast (%s as %s); }', castsource::regtype, casttarget::regtype) from pg_cast c where oid >= 16384
   and not exists (select from pg_depend d where d.classid = 'pg_cast'::regclass and d.objid = c.oid and d.deptype in ('e', 'i'));
select format('sql { drop transform for %s language %I cascade; }', trftype::regtype, lanname)
  from pg_transform t join pg_language l on l.oid = trflang where t.oid >= 16384;
select format('sql { drop operator %s.%s (%s, %s); }', oprnamespace::regnamespace, oprname,
              case when oprleft = 0 then 'none' else format_type(oprleft, null) end, format_type(oprright, null))
  from pg_operator o where oprnamespace::regnamespace::text !~ '^(pg_|information_schema|try$)'
   and not exists (select from pg_depend d where d.classid = 'pg_operator'::regclass and d.objid = o.oid and d.deptype = 'e');
-- Base types, with their functions; what casts and operators used of them is gone.
select format('sql { drop type %s.%s cascade; }', typnamespace::regnamespace, quote_ident(typname))
  from pg_type t where (typtype = 'b' or not typisdefined) and typnamespace::regnamespace::text !~ '^(pg_|information_schema|try$)'
   and not exists (select from pg_type e where e.typarray = t.oid)
   and not exists (select from pg_depend d where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e')
 order by oid desc;
select format('sql { drop text search configuration %s.%s; }', cfgnamespace::regnamespace, quote_ident(cfgname))
  from pg_ts_config where cfgnamespace::regnamespace::text !~ '^(pg_|information_schema|try$)';
select format('sql { drop text search dictionary %s.%s; }', dictnamespace::regnamespace, quote_ident(dictname))
  from pg_ts_dict where dictnamespace::regnamespace::text !~ '^(pg_|information_schema|try$)' and oid >= 16384
   and not exists (select from pg_depend d where d.classid = 'pg_ts_dict'::regclass and d.objid = pg_ts_dict.oid and d.deptype = 'e');
select format('sql { drop text search template %s.%s; }', tmplnamespace::regnamespace, quote_ident(tmplname))
  from pg_ts_template where tmplnamespace::regnamespace::text !~ '^(pg_|information_schema|try$)' and oid >= 16384
   and not exists (select from pg_depend d where d.classid = 'pg_ts_template'::regclass and d.objid = pg_ts_template.oid and d.deptype = 'e');
select format('sql { drop text search parser %s.%s; }', prsnamespace::regnamespace, quote_ident(prsname))
  from pg_ts_parser where prsnamespace::regnamespace::text !~ '^(pg_|information_schema|try$)' and oid >= 16384;
select format('sql { drop collation %s.%s; }', collnamespace::regnamespace, quote_ident(collname))
  from pg_collation where collnamespace::regnamespace::text !~ '^(pg_|information_schema|try$)';
select format('sql { drop conversion %s.%s; }', connamespace::regnamespace, quote_ident(conname))
  from pg_conversion where connamespace::regnamespace::text !~ '^(pg_|information_schema|try$)';
select format('sql { drop server %s cascade; }', quote_ident(srvname)) from pg_foreign_server;
select format('sql { drop foreign data wrapper %I; }', fdwname) from pg_foreign_data_wrapper
 where not exists (select from pg_depend d where d.classid = 'pg_foreign_data_wrapper'::regclass and d.objid = pg_foreign_data_wrapper.oid and d.deptype = 'e');
select format('sql { drop access method %I; }', amname) from pg_am where oid >= 16384
   and not exists (select from pg_depend d where d.classid = 'pg_am'::regclass and d.objid = pg_am.oid and d.deptype = 'e');
select format('sql { drop publication %s; }', quote_ident(pubname)) from pg_publication;
select format('sql { drop %s if exists %s.%s(%s); }', case prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function' end,
              pronamespace::regnamespace, quote_ident(proname), case when prokind = 'a' and pronargs = 0 then '*' else oidvectortypes(proargtypes) end)
  from pg_proc p where pronamespace::regnamespace::text !~ '^(pg_|information_schema|try$)'
   and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
   and not exists (select from pg_depend d join pg_type t on t.oid = d.refobjid where d.classid = 'pg_proc'::regclass and d.objid = p.oid
                                      and d.refclassid = 'pg_type'::regclass and (t.typtype = 'b' or not t.typisdefined) and t.oid >= 16384 and t.typelem = 0
                                      and not exists (select from pg_depend e where e.classid = 'pg_type'::regclass and e.objid = t.oid and e.deptype = 'e'))
 order by prokind = 'a' desc, oid desc;
select format('drop %s %s.%s;', case typtype when 'e' then 'enum' when 'd' then 'domain' else 'type' end,
              typnamespace::regnamespace, quote_ident(typname))
  from pg_type t where (typtype in ('e', 'd') or exists (select from pg_class c where c.oid = t.typrelid and c.relkind = 'c'))
   and typnamespace::regnamespace::text !~ '^(pg_|information_schema|try$)'
   and not exists (select from pg_depend d where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e')
 order by oid desc;
select format('sql { drop type %s.%s; }', typnamespace::regnamespace, quote_ident(typname))
  from pg_type t where typtype = 'r' and typnamespace::regnamespace::text !~ '^(pg_|information_schema|try$)'
   and not exists (select from pg_depend d where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e')
 order by oid desc;
select format('drop extension %s;', quote_ident(extname)) from pg_extension where extname <> 'plpgsql' order by oid desc;
select format('drop schema %s;', quote_ident(nspname))
  from pg_namespace where nspname !~ '^(pg_|information_schema|try$|public$)' order by oid desc;
