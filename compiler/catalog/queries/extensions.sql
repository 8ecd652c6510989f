-- schema: the one that it insists on.
select a.name, a.default_version as version, coalesce(v.schema, '') as schema, v.relocatable, v.trusted,
       coalesce(array_to_string(v.requires, ','), '') as requires
  from pg_available_extensions a
  join pg_available_extension_versions v on v.name = a.name and v.version = a.default_version;
