-- Who of us has set Knex's flag as it is now, and for which batch.
SELECT owner.who, owner.host, owner.started, owner.step
  FROM {journal} AS owner
  JOIN {lock} AS flag ON flag.xmin::pg_catalog.text::pg_catalog.int8 = owner.transaction & 4294967295
 WHERE owner.direction = 'flag' AND flag.is_locked = 1
