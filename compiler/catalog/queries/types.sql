-- display: as the server's messages name the type; stored: as format_type() prints a column of it without modifiers.
-- element: only of true arrays. base: of a domain its type, of a range its subtype, of a multirange its range.
select :'extension' as extension, pg_temp.type_name(t.oid) as name,
       format_type(t.oid, null) as display,
       format_type(t.oid, -1) as stored, typtype as kind, typcategory as category, typispreferred as preferred,
       case when typlen = -1 then pg_temp.type_name(typelem) else '' end as element,
       pg_temp.type_name(typarray) as array,
       typmodin <> 0 as takes_modifiers, typcollation <> 0 as collatable,
       pg_temp.type_name(case typtype
                             when 'd' then typbasetype
                             when 'r' then (select rngsubtype from pg_range where rngtypid = t.oid)
                             when 'm' then pg_temp.range_of(t.oid)
                             else 0
                         end) as base,
       pg_temp.volatility(typinput) as input, pg_temp.volatility(typoutput) as output
  from pg_type t
 where pg_temp.type_owner(t.oid) = :'extension';
