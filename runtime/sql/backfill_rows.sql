-- About how many rows a table has, with its partitions and children; none where that was never counted.
WITH RECURSIVE tree AS (
    SELECT $1::pg_catalog.regclass::pg_catalog.oid AS oid
    UNION
    SELECT inhrelid FROM tree JOIN pg_catalog.pg_inherits ON inhparent = tree.oid
)
SELECT pg_catalog.sum(reltuples)::pg_catalog.int8
  FROM tree JOIN pg_catalog.pg_class AS relation ON relation.oid = tree.oid
 WHERE relation.reltuples > 0
