-- The newest row of each name, in the order of their bytes, with those about Knex's flag.
SELECT DISTINCT ON (name COLLATE "C")
       name, direction, state, checksum, step, before, "position", "row", started
  FROM {journal}
 ORDER BY name COLLATE "C", id DESC
