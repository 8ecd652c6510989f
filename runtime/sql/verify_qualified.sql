-- From here on the server qualifies every name that is not its own.
SELECT pg_catalog.set_config('search_path', '', true)
