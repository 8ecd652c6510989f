-- The members of the operator families: strategy 3 of btree and 1 of hash are equality. A member belongs to the
-- extension of its family, operator or types.
select :'extension' as extension, am.amname as access_method, opfname as family,
       pg_temp.type_name(amoplefttype) as left, pg_temp.type_name(amoprighttype) as right,
       amopstrategy as strategy, oprname as operator, amoppurpose as purpose
  from pg_amop a join pg_am am on am.oid = amopmethod join pg_opfamily f on f.oid = amopfamily
  join pg_operator o on o.oid = amopopr
 where coalesce(pg_temp.member_of('pg_opfamily', amopfamily), pg_temp.member_of('pg_operator', amopopr),
                nullif(pg_temp.type_owner(amoplefttype), ''), nullif(pg_temp.type_owner(amoprighttype), ''),
                '') = :'extension';
