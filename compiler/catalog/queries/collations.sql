-- platform: depends on the operating system or on how the server was built. The others are on every server.
select collname as name, collprovider as provider, collisdeterministic as deterministic,
       not (collname in ('default', 'C', 'POSIX', 'ucs_basic') or collprovider = 'b') as platform
  from pg_collation
 where collnamespace = 'pg_catalog'::regnamespace;
