-- Knex's flag. NOWAIT: a Knex process that is setting it at this moment is waited for from idle, not in here.
UPDATE {lock} AS flag SET is_locked = 1
  FROM (SELECT ctid AS place FROM {lock} WHERE is_locked = 0 FOR UPDATE NOWAIT) AS free
 WHERE flag.ctid = free.place AND flag.is_locked = 0
