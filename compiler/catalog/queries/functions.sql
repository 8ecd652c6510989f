-- kind: f function, a aggregate, w window, p procedure. names: of the input arguments, where they have any.
-- outputs: the columns of a result that has some, "name type".
select :'extension' as extension, proname as name, pg_temp.type_names(proargtypes) as arguments,
       pg_temp.type_name(prorettype) as result, prokind as kind, proretset as set, provolatile as volatility,
       proisstrict as strict, pg_temp.type_name(provariadic) as variadic, pronargdefaults as defaults,
       coalesce((select string_agg(a.name, ',' order by a.place)
                   from unnest(proargnames, proargmodes) with ordinality a (name, mode, place)
                  where a.place <= cardinality(proargnames) and coalesce(a.mode, 'i') in ('i', 'b', 'v')
                    and pronargs > 0), '') as names,
       coalesce((select string_agg(a.name || ' ' || pg_temp.type_name(a.type), ',' order by a.place)
                   from unnest(proargnames, proargmodes, proallargtypes) with ordinality a (name, mode, type, place)
                  where a.mode in ('o', 'b', 't')), '') as outputs
  from pg_proc p
 where pg_temp.owner('pg_proc', p.oid, pronamespace) = :'extension';
