-- A migration may have more than one row, under more than one name; the newest one's id is what the journal keeps.
DELETE FROM {history} WHERE name = ANY ($11::pg_catalog.text[])
RETURNING $12::pg_catalog.int8 AS id
