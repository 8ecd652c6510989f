-- What a database holds, as sorted lines: everything that pg_dump --schema-only would say of what migrations make, with columns
-- by their place and not by their number. It runs on every version from 13 on: what newer catalogs have is read from to_jsonb(row).
-- Not null is said of columns; the names that it has from 18 on are lines of their own, as not every project's model
-- holds them.
with spaces as (
    select oid, nspname from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'try')
), own as (
    select c.* from pg_class c join spaces s on s.oid = c.relnamespace
     where not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
), constraints as ( -- a foreign key that the server makes for a partition of what another one refers to is known by that
    select k.*, k.conrelid = p.conrelid as beside,
           case when k.conrelid = p.conrelid then format('to %s', k.confrelid::regclass) else k.conname::text end as name
      from pg_constraint k join own c on c.oid = k.conrelid left join pg_constraint p on p.oid = k.conparentid
     where k.contype <> 'n'
       -- What the constraint of a partition's copy of a trigger is called depends on when the copy was made: it gets the trigger's
       -- name (CreateTriggerFiringOn() in src/backend/commands/trigger.c), and keeps it when that gets another one
       -- (renametrig_internal()); no SQL says it, and no dump.
       and not (k.contype = 't' and exists (select from pg_trigger t where t.tgconstraint = k.oid and (to_jsonb(t) ->> 'tgparentid')::oid <> 0))
)
select format('schema %s of %s', nspname, nspowner::regrole) from spaces join pg_namespace using (oid, nspname)
union all
select format('extension %s in %s', extname, extnamespace::regnamespace) from pg_extension
union all
select format('enum %s of %s (%s)', t.oid::regtype, t.typowner::regrole, string_agg(quote_literal(enumlabel), ', ' order by enumsortorder))
  from pg_type t join spaces s on s.oid = t.typnamespace left join pg_enum e on e.enumtypid = t.oid
 where typtype = 'e' group by t.oid, t.typowner
union all
select format('domain %s of %s: %s%s%s%s', t.oid::regtype, t.typowner::regrole, format_type(t.typbasetype, t.typtypmod),
              ' collate ' || nullif(t.typcollation, b.typcollation)::regcollation::text, case when t.typnotnull then ' not null' end,
              ' default ' || pg_get_expr(t.typdefaultbin, 0))
  from pg_type t join spaces s on s.oid = t.typnamespace join pg_type b on b.oid = t.typbasetype where t.typtype = 'd'
union all
select format('range %s of %s: %s, %s %s', r.rngtypid::regtype, t.typowner::regrole, format_type(r.rngsubtype, null),
              (to_jsonb(r) ->> 'rngmultitypid')::oid::regtype, nullif(r.rngsubdiff, 0)::regproc)
  from pg_range r join pg_type t on t.oid = r.rngtypid join spaces s on s.oid = t.typnamespace
 where not exists (select from pg_depend d where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e')
union all
select format('constraint %s of domain %s: %s %s', k.conname, k.contypid::regtype, pg_get_constraintdef(k.oid), k.convalidated)
  from pg_constraint k join spaces s on s.oid = k.connamespace where k.contypid <> 0
union all
select format('type %s of %s', t.oid::regtype, t.typowner::regrole)
  from pg_type t join spaces s on s.oid = t.typnamespace join pg_class c on c.oid = t.typrelid where c.relkind = 'c'
union all
select format('base type %s of %s: %s', format_type(t.oid, null), t.typowner::regrole,
              to_jsonb(t) - '{oid,typnamespace,typowner,typacl,typarray,typelem,typrelid,typcollation,typbasetype}'::text[] ||
              jsonb_build_object('element', nullif(t.typelem, 0)::regtype, 'collation', nullif(t.typcollation, 0)::regcollation))
  from pg_type t join spaces s on s.oid = t.typnamespace where (t.typtype = 'b' or not t.typisdefined)
   and not exists (select from pg_type e where e.typarray = t.oid)
   and not exists (select from pg_depend d where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e')
union all
select format('range %s of %s over %s: %s', t.oid::regtype, t.typowner::regrole, r.rngsubtype::regtype,
              to_jsonb(r) - '{rngtypid,rngsubtype,rngcollation,rngsubopc,rngmultitypid}'::text[] ||
              jsonb_build_object('collation', nullif(r.rngcollation, 0)::regcollation, 'class', o.opcname,
                                 'multirange', (to_jsonb(r) ->> 'rngmultitypid')::oid::regtype))
  from pg_range r join pg_type t on t.oid = r.rngtypid join spaces s on s.oid = t.typnamespace join pg_opclass o on o.oid = r.rngsubopc
union all
select format('relation %s: %s %s %s %s%s%s', c.oid::regclass, relkind, relpersistence,
              (select array_agg(o order by o) from unnest(reloptions) o), m.amname, ' of ' || nullif(c.reloftype, 0)::regtype::text,
              case when not relispopulated then ' without data' end)
  from own c left join pg_am m on m.oid = c.relam where relkind not in ('t', 'c')
union all
select format('settings of %s: security %s %s, identity %s, owner %s, tablespace %s, comment %s, toast %s', c.oid::regclass,
              c.relrowsecurity, c.relforcerowsecurity,
              case when c.relreplident = 'i' then coalesce((select x.indexrelid::regclass::text from pg_index x
                   where x.indrelid = c.oid and x.indisreplident), 'nothing') when c.relreplident = 'n' then 'nothing' else c.relreplident::text end,
              c.relowner::regrole, s.spcname, quote_literal(obj_description(c.oid, 'pg_class')), t.reloptions)
  from own c left join pg_tablespace s on s.oid = c.reltablespace left join pg_class t on t.oid = c.reltoastrelid
 where c.relkind not in ('t', 'c')
union all
select format('publication %s of %s: all %s, %s %s %s %s, root %s, %s', pubname, pubowner::regrole, puballtables, pubinsert, pubupdate, pubdelete,
              pubtruncate, concat_ws(' ', to_jsonb(p) ->> 'pubviaroot', 'generated ' || nullif(to_jsonb(p) ->> 'pubgencols', 'n')), obj_description(oid, 'pg_publication')) from pg_publication p
union all
select format('publication %s has %s %s', pubname, prrelid::regclass, (select string_agg(attname, ', ' order by attnum)
                from pg_attribute where attrelid = prrelid and to_jsonb(attnum) <@ (to_jsonb(r) -> 'prattrs')))
  from pg_publication p join pg_publication_rel r on r.prpubid = p.oid
union all
select format('publication %s where %s', pubname, to_jsonb(v) - 'attnames') from pg_publication_tables v
union all
select pg_describe_object(classid, objid, objsubid) from pg_depend where refclassid = 'pg_publication'::regclass
union all
select format('column %s of %s: %I %s%s%s%s%s%s %s', row_number() over (partition by a.attrelid order by a.attnum), a.attrelid::regclass,
              a.attname, format_type(a.atttypid, a.atttypmod), ' collate ' || nullif(a.attcollation, t.typcollation)::regcollation::text,
              case when a.attnotnull then ' not null' end, ' identity ' || nullif(a.attidentity::text, ''),
              ' generated ' || nullif(a.attgenerated::text, ''), ' default ' || pg_get_expr(d.adbin, d.adrelid),
              -- Late minor releases count a column's versions among its options.
              concat_ws(' ', 'storage ' || nullif(a.attstorage, t.typstorage)::text,
                        'compression ' || nullif(to_jsonb(a) ->> 'attcompression', ''), 'statistics ' || nullif(a.attstattarget, -1),
                        (select array_agg(o order by o) from unnest(a.attoptions) o where o not like 'pg\_attver=%'),
                        (select array_agg(o order by o) from unnest(a.attfdwoptions) o)))
  from own c join pg_attribute a on a.attrelid = c.oid join pg_type t on t.oid = a.atttypid
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
 where c.relkind in ('r', 'p', 'v', 'm', 'c', 'f') and a.attnum > 0 and not a.attisdropped
union all
select format('column %I of %s: inherited %s%s', a.attname, a.attrelid::regclass, a.attinhcount, case when a.attislocal then ', local' end)
  from own c join pg_attribute a on a.attrelid = c.oid
 where c.relkind in ('r', 'p', 'f') and a.attnum > 0 and not a.attisdropped and a.attinhcount > 0
union all
select format('partitioned %s: %s', p.partrelid::regclass, pg_get_partkeydef(p.partrelid)) from pg_partitioned_table p join own c on c.oid = p.partrelid
union all
select format('inherits %s of %s, place %s: %s', c.oid::regclass, i.inhparent::regclass,
              row_number() over (partition by c.oid order by i.inhseqno), pg_get_expr(c.relpartbound, c.oid))
  from pg_inherits i join own c on c.oid = i.inhrelid
union all
select format('constraint %s of %s: inherited %s%s, part of %s', k.name, k.conrelid::regclass, k.coninhcount,
              case when k.conislocal then ', local' end, p.name)
  from constraints k left join constraints p on p.oid = k.conparentid
 where k.coninhcount > 0
union all
select format('made name %s of %s: %s of %s', k.conname, k.conrelid::regclass, k.name, p.name)
  from constraints k join constraints p on p.oid = k.conparentid where k.beside
union all
select format('index %s is not valid', i.indexrelid::regclass) from pg_index i join own c on c.oid = i.indexrelid where not i.indisvalid
union all
select format('sequence %s of %s: %s start %s by %s from %s to %s cache %s %s, of %s.%s %s', q.seqrelid::regclass, c.relowner::regrole,
              q.seqtypid::regtype,
              q.seqstart, q.seqincrement, q.seqmin, q.seqmax, q.seqcache, q.seqcycle, d.refobjid::regclass, a.attname, d.deptype)
  from pg_sequence q join own c on c.oid = q.seqrelid
  left join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid and d.refclassid = 'pg_class'::regclass
                           and d.deptype in ('a', 'i')
  left join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
union all
-- A check that is made anew by a change of a type loses parentheses among its ANDs. Before 18 nothing validates a foreign key
-- that was made beside another one: it is what that was at the time, for VALIDATE CONSTRAINT leaves it as it is
-- (ATExecValidateConstraint() in src/backend/commands/tablecmds.c), and no dump says it.
select format('constraint %s of %s: %s %s, on %s, comment %s', k.name, k.conrelid::regclass,
              regexp_replace(case when k.beside and current_setting('server_version_num')::int < 180000
                    then replace(pg_get_constraintdef(k.oid), ' NOT VALID', '') else pg_get_constraintdef(k.oid) end,
                    '\((\([^()]*\) AND \([^()]*\))\) AND', '\1 AND', 'g'),
              k.convalidated or (k.beside and current_setting('server_version_num')::int < 180000), nullif(k.conindid, 0)::regclass::text, quote_literal(obj_description(k.oid, 'pg_constraint')))
  from constraints k
union all
select format('not null of %s: %s', k.conrelid::regclass, pg_get_constraintdef(k.oid))
  from pg_constraint k join own c on c.oid = k.conrelid where k.contype = 'n' and (k.connoinherit or not k.convalidated)
union all
select format('name of not null %I of %s: %s%s', a.attname, k.conrelid::regclass, k.conname, case when not k.conislocal then ' inherited' end)
  from pg_constraint k join own c on c.oid = k.conrelid join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1] where k.contype = 'n'
union all
select format('index %s: %s %s', i.indexrelid::regclass, pg_get_indexdef(i.indexrelid),
              concat(case when i.indisclustered then 'clustered' end,
                     (select string_agg(format(' statistics %s: %s', a.attnum, a.attstattarget), '' order by a.attnum)
                        from pg_attribute a where a.attrelid = i.indexrelid and a.attstattarget >= 0)))
  from pg_index i join own c on c.oid = i.indexrelid
union all
select format('function %s: %s', p.oid::regprocedure, md5(pg_get_functiondef(p.oid)))
  from pg_proc p join spaces s on s.oid = p.pronamespace
 where p.prokind in ('f', 'p') and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
union all
-- A natural join whose sides share no column is spelled as one on true, which the server prints in another way.
select format('view %s: %s', oid::regclass,
              replace(regexp_replace(pg_get_viewdef(oid), '\s+', ' ', 'g'), 'ON TRUE', 'ON (true)'))
from own where relkind in ('v', 'm')
union all
select format('rule %s: %s', w.ev_enabled, regexp_replace(pg_get_ruledef(w.oid), '\s+', ' ', 'g'))
  from pg_rewrite w join own c on c.oid = w.ev_class where w.rulename <> '_RETURN'
union all
select format('trigger %s %s', pg_get_triggerdef(t.oid), tgenabled)
  from pg_trigger t join own c on c.oid = t.tgrelid where not tgisinternal
union all
select format('policy %s on %s: %s %s to %s %s check %s', polname, polrelid::regclass, polcmd, polpermissive,
              (select string_agg(r::regrole::text, ', ' order by r::regrole::text) from unnest(polroles) r),
              pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
  from pg_policy
union all
select format('owner of %s: %s', p.oid::regprocedure, p.proowner::regrole) from pg_proc p join spaces s on s.oid = p.pronamespace
union all
select format('comment on %s: %s', pg_describe_object(classoid, objoid, objsubid), description)
  from pg_description where objoid >= 16384
   and not exists (select from pg_depend e where e.classid = classoid and e.objid = objoid and e.deptype = 'e')
union all
select format('aggregate %s(%s): %s', p.oid::regproc, pg_get_function_arguments(p.oid), to_jsonb(g) - '{aggtranstype,aggmtranstype,aggsortop}'::text[] ||
              jsonb_build_object('parallel', p.proparallel, 'type', g.aggtranstype::regtype, 'moving type', g.aggmtranstype::regtype, 'order', g.aggsortop::regoperator))
  from pg_aggregate g join pg_proc p on p.oid = g.aggfnoid join spaces s on s.oid = p.pronamespace
union all
select format('operator %s of %s: %s %s %s %s %s %s %s', o.oid::regoperator, o.oprowner::regrole, oprcode::regprocedure, oprcom::regoperator,
              oprnegate::regoperator, oprrest, oprjoin, oprcanhash, oprcanmerge)
  from pg_operator o join spaces s on s.oid = o.oprnamespace
 where oprcode <> 0 and not exists (select from pg_depend d where d.classid = 'pg_operator'::regclass and d.objid = o.oid and d.deptype = 'e')
union all
select format('cast from %s to %s: %s %s %s', castsource::regtype, casttarget::regtype, castfunc::regprocedure, castcontext, castmethod)
  from pg_cast c where oid >= 16384
   and not exists (select from pg_depend d where d.classid = 'pg_cast'::regclass and d.objid = c.oid and d.deptype = 'e')
union all
select format('collation %s of %s: %s', c.oid::regcollation, collowner::regrole, to_jsonb(c) - '{oid,collnamespace,collowner}'::text[])
  from pg_collation c join spaces s on s.oid = c.collnamespace
union all
select format('conversion %s of %s: %s', nspname, conowner::regrole, to_jsonb(c) - '{oid,connamespace,conowner}'::text[])
  from pg_conversion c join spaces s on s.oid = c.connamespace
union all
select format('class %s of %s: %s %s', pg_describe_object('pg_opclass'::regclass, o.oid, 0), opcowner::regrole, opcdefault,
              pg_describe_object('pg_opfamily'::regclass, opcfamily, 0) || coalesce(' keeps ' || nullif(opckeytype, 0)::regtype, ''))
  from pg_opclass o join spaces s on s.oid = o.opcnamespace
 where not exists (select from pg_depend d where d.classid = 'pg_opclass'::regclass and d.objid = o.oid and d.deptype = 'e')
union all
select format('family %s of %s', pg_describe_object('pg_opfamily'::regclass, o.oid, 0), opfowner::regrole)
  from pg_opfamily o join spaces s on s.oid = o.opfnamespace
 where not exists (select from pg_depend d where d.classid = 'pg_opfamily'::regclass and d.objid = o.oid and d.deptype = 'e')
union all
select format('%s%s', pg_describe_object('pg_amop'::regclass, o.oid, 0),
              (select string_agg(' held by ' || pg_describe_object(refclassid, refobjid, 0), '') from pg_depend
                where classid = 'pg_amop'::regclass and objid = o.oid
                  and (refclassid = 'pg_opclass'::regclass or (deptype = 'i' and refclassid = 'pg_opfamily'::regclass))))
  from pg_amop o
 where o.oid >= 16384 and not exists (select from pg_depend d join pg_depend e on e.classid = d.refclassid and e.objid = d.refobjid and e.deptype = 'e'
                                       where d.classid = 'pg_amop'::regclass and d.objid = o.oid)
union all
select format('%s%s', pg_describe_object('pg_amproc'::regclass, o.oid, 0),
              (select string_agg(' held by ' || pg_describe_object(refclassid, refobjid, 0), '') from pg_depend
                where classid = 'pg_amproc'::regclass and objid = o.oid
                  and (refclassid = 'pg_opclass'::regclass or (deptype = 'i' and refclassid = 'pg_opfamily'::regclass))))
  from pg_amproc o
 where o.oid >= 16384 and not exists (select from pg_depend d join pg_depend e on e.classid = d.refclassid and e.objid = d.refobjid and e.deptype = 'e'
                                       where d.classid = 'pg_amproc'::regclass and d.objid = o.oid)
union all
select format('text search configuration %s of %s, parser %s: %s', c.oid::regconfig, cfgowner::regrole, pg_describe_object('pg_ts_parser'::regclass, cfgparser, 0),
              (select string_agg(format('%s %s %s', maptokentype, mapseqno, mapdict::regdictionary), ', ' order by maptokentype, mapseqno)
                 from pg_ts_config_map where mapcfg = c.oid))
  from pg_ts_config c join spaces s on s.oid = c.cfgnamespace
union all
select format('text search dictionary %s of %s: %s %s', d.oid::regdictionary, dictowner::regrole, tmplname,
              (select string_agg(o, ', ' order by o) from regexp_split_to_table(dictinitoption, ', ') o))
  from pg_ts_dict d join spaces s on s.oid = d.dictnamespace join pg_ts_template t on t.oid = d.dicttemplate
union all
select format('text search parser %s: %s', prsname, to_jsonb(p) - '{oid,prsnamespace}'::text[])
  from pg_ts_parser p join spaces s on s.oid = p.prsnamespace
union all
select format('text search template %s: %s', tmplname, to_jsonb(t) - '{oid,tmplnamespace}'::text[])
  from pg_ts_template t join spaces s on s.oid = t.tmplnamespace
union all
select format('statistics of %s: %s %s', stxowner::regrole, pg_get_statisticsobjdef(x.oid), nullif((to_jsonb(x) ->> 'stxstattarget')::int, -1))
  from pg_statistic_ext x join spaces s on s.oid = x.stxnamespace
union all
select format('wrapper %s of %s: %s %s %s', fdwname, fdwowner::regrole, nullif(fdwhandler, 0)::regproc, nullif(fdwvalidator, 0)::regproc,
              (select array_agg(o order by o) from unnest(fdwoptions) o))
  from pg_foreign_data_wrapper w
 where not exists (select from pg_depend d where d.classid = 'pg_foreign_data_wrapper'::regclass and d.objid = w.oid and d.deptype = 'e')
union all
select format('server %s of %s: %s %s %s %s', srvname, srvowner::regrole, fdwname, srvtype, srvversion,
              (select array_agg(o order by o) from unnest(srvoptions) o))
  from pg_foreign_server s join pg_foreign_data_wrapper w on w.oid = s.srvfdw
union all
select format('user %s of %s: %s', usename, srvname, (select array_agg(o order by o) from unnest(umoptions) o)) from pg_user_mappings
union all
select format('foreign table %s of %s: %s', ftrelid::regclass, srvname, (select array_agg(o order by o) from unnest(ftoptions) o))
  from pg_foreign_table f join pg_foreign_server s on s.oid = f.ftserver
union all
select format('publication %s of %s: %s', pubname, pubowner::regrole, to_jsonb(p) - '{oid,pubowner}'::text[]) from pg_publication p
union all
select format('published: %s', to_jsonb(t)) from pg_publication_tables t
union all
select format('transform for %s in %s: %s %s', trftype::regtype, l.lanname, trffromsql::regprocedure, trftosql::regprocedure)
  from pg_transform t join pg_language l on l.oid = t.trflang where t.oid >= 16384
   and not exists (select from pg_depend d where d.classid = 'pg_transform'::regclass and d.objid = t.oid and d.deptype = 'e')
union all
select format('access method %s: %s %s', amname, amhandler, amtype) from pg_am a where oid >= 16384
   and not exists (select from pg_depend d where d.classid = 'pg_am'::regclass and d.objid = a.oid and d.deptype = 'e')
union all
select format('from now on %s in %s gives %s: %s', d.defaclrole::regrole, nullif(d.defaclnamespace, 0)::regnamespace, d.defaclobjtype,
              (select array_agg(a::text order by a::text) from unnest(d.defaclacl) a))
  from pg_default_acl d
union all
select format('%s may on %s: %s', coalesce(nullif(a.grantee, 0)::regrole::text, 'public'), a.what,
              string_agg(a.privilege_type || case when a.is_grantable then ' and grant it' else '' end, ', ' order by a.privilege_type))
  from (select pg_describe_object('pg_class'::regclass, c.oid, 0) as what, relowner as owner,
               (aclexplode(coalesce(relacl, acldefault(case relkind when 'S' then 's'::"char" else 'r'::"char" end, relowner)))).* from own c
          where relkind in ('r', 'v', 'm', 'S', 'p', 'f')
        union all
        select pg_describe_object('pg_class'::regclass, c.oid, t.attnum), relowner, (aclexplode(attacl)).*
          from own c join pg_attribute t on t.attrelid = c.oid where not attisdropped
        union all
        select pg_describe_object('pg_proc'::regclass, p.oid, 0), proowner, (aclexplode(coalesce(proacl, acldefault('f', proowner)))).*
          from pg_proc p join spaces s on s.oid = p.pronamespace -- those of a range type no dump knows
         where not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype in ('e', 'i'))
        union all
        select pg_describe_object('pg_namespace'::regclass, n.oid, 0), nspowner, (aclexplode(coalesce(nspacl, acldefault('n', nspowner)))).*
          from pg_namespace n join spaces s on s.oid = n.oid
        union all
        select pg_describe_object('pg_type'::regclass, t.oid, 0), typowner, (aclexplode(coalesce(typacl, acldefault('T', typowner)))).*
          from pg_type t join spaces s on s.oid = t.typnamespace where typtype in ('e', 'd', 'r')
        union all
        select pg_describe_object('pg_foreign_server'::regclass, f.oid, 0), srvowner, (aclexplode(coalesce(srvacl, acldefault('S', srvowner)))).*
          from pg_foreign_server f) a
 group by a.grantee, a.what
union all
-- What is the server's own, where it has other privileges than at first.
select format('%s: %s', what, (select string_agg(format('%s may %s%s', case grantee when 0 then 'public' else grantee::regrole::text end,
                                                      privilege_type, case when is_grantable then ' and grant it' end), ', ' order by grantee, privilege_type)
                                 from aclexplode(acl)))
  from (select format('function %s', p.oid::regprocedure) as what, proacl as acl, acldefault('f', proowner) as first, p.tableoid, p.oid
          from pg_proc p where pronamespace = 'pg_catalog'::regnamespace
        union all
        select format('type %s', t.oid::regtype), typacl, acldefault('T', typowner), t.tableoid, t.oid
          from pg_type t where typnamespace = 'pg_catalog'::regnamespace
        union all
        select format('relation %s', c.oid::regclass), relacl, acldefault('r', relowner) || makeaclitem(0, relowner, 'SELECT', false),
               c.tableoid, c.oid
          from pg_class c where relnamespace in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
        union all
        select format('language %s', lanname), lanacl, acldefault('l', lanowner), l.tableoid, l.oid from pg_language l
        union all
        select format('schema %s', nspname), nspacl, acldefault('n', nspowner) || makeaclitem(0, nspowner, 'USAGE', false), n.tableoid, n.oid
          from pg_namespace n where nspname in ('pg_catalog', 'information_schema')) s
  left join pg_init_privs i on i.classoid = s.tableoid and i.objoid = s.oid and i.objsubid = 0
 where acl is not null
   and array(select row(e.*)::text from aclexplode(acl) e order by 1)
       <> array(select row(e.*)::text from aclexplode(coalesce(initprivs, first)) e order by 1)
union all
select format('event trigger %s of %s on %s %s: %s %s', evtname, evtowner::regrole, evtevent, evttags, evtfoid::regproc, evtenabled) from pg_event_trigger
 order by 1;
