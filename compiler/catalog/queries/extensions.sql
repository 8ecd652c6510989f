-- schema: the one that it insists on. trusted is a column since 13; before, whoever creates one must be superuser.
-- The procedural languages and what they bring are left out: they are not of contrib, and want a language's library. So
-- are those that tests install beside contrib (setup).
select a.name, a.default_version as version, coalesce(v.schema, '') as schema, v.relocatable,
       coalesce((to_jsonb(v) ->> 'trusted')::bool, false) as trusted,
       coalesce(array_to_string(v.requires, ','), '') as requires
  from pg_available_extensions a
  join pg_available_extension_versions v on v.name = a.name and v.version = a.default_version
 where a.name !~ '(plperl|plpython|pltcl)' and a.name not in ('prefix', 'semver');
