-- left is '' for a prefix operator; commutator is its name, '' when it has none.
select :'extension' as extension, oprname as name, pg_temp.type_name(oprleft) as left,
       pg_temp.type_name(oprright) as right, pg_temp.type_name(oprresult) as result,
       pg_temp.volatility(oprcode) as volatility,
       coalesce((select c.oprname from pg_operator c where c.oid = o.oprcom), '') as commutator
  from pg_operator o
 where pg_temp.owner('pg_operator', o.oid, oprnamespace) = :'extension' and oprcode <> 0;
