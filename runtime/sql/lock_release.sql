SELECT pg_catalog.pg_advisory_unlock($1::pg_catalog.int8)
