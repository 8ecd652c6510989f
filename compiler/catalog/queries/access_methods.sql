select :'extension' as extension, amname as name, amtype as kind,
       coalesce(pg_indexam_has_property(oid, 'can_unique'), false) as can_unique,
       coalesce(pg_indexam_has_property(oid, 'can_multi_col'), false) as can_multicolumn,
       coalesce(pg_indexam_has_property(oid, 'can_include'), false) as can_include,
       coalesce(pg_indexam_has_property(oid, 'can_order'), false) as can_order,
       coalesce(pg_indexam_has_property(oid, 'can_exclude'), false) as can_exclude
  from pg_am
 where coalesce(pg_temp.member_of('pg_am', oid), '') = :'extension';
