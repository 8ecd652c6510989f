CREATE SCHEMA {scratch};
{grant}
SELECT pg_catalog.set_config('search_path', {scratch_text} || ', ' || {schema_text}, true)
