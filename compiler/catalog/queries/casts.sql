-- volatility: of the function, of the two types' own for i, and immutable for b.
select :'extension' as extension, s.typname as source, t.typname as target, castcontext as context,
       castmethod as method,
       case castmethod when 'f' then pg_temp.volatility(castfunc)
                       when 'b' then 'i'
                       else greatest(pg_temp.volatility(s.typoutput), pg_temp.volatility(t.typinput))
       end as volatility
  from pg_cast c join pg_type s on s.oid = castsource join pg_type t on t.oid = casttarget
 where coalesce(pg_temp.member_of('pg_cast', c.oid), '') = :'extension';
