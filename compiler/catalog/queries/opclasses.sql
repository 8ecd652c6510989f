-- options: whether the class takes parameters: it then has the support function whose number is the method's for that.
select :'extension' as extension, am.amname as access_method, opcname as name, pg_temp.type_name(opcintype) as input,
       opcdefault as default, opfname as family,
       exists (select from pg_amproc
                 join (values ('btree', 5), ('hash', 3), ('gist', 10), ('spgist', 7), ('gin', 7), ('brin', 5),
                              ('bloom', 2)) as options (method, number) on number = amprocnum
                where method = am.amname and amprocfamily = opcfamily and amproclefttype = opcintype
                  and amprocrighttype = opcintype) as options
  from pg_opclass o join pg_am am on am.oid = opcmethod join pg_opfamily f on f.oid = opcfamily
 where pg_temp.owner('pg_opclass', o.oid, opcnamespace) = :'extension';
