-- Puts Knex's flag back where it is one of ours, and ends the transaction.
UPDATE {lock} AS flag SET is_locked = 0
  FROM {journal} AS owner
 WHERE flag.xmin::pg_catalog.text::pg_catalog.int8 = owner.transaction & 4294967295
   AND owner.direction = 'flag' AND flag.is_locked = 1;
DELETE FROM {journal} WHERE direction = 'flag';
COMMIT
