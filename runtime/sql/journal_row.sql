SELECT $11::pg_catalog.int8 AS id
