-- Knex's flag, and who has set it. NOWAIT: a Knex process that is setting it at this moment is waited for from idle,
-- not in here. In the place of a step stands the number of the batch. The transaction's number is in the flag's xmin
-- until somebody sets it anew.
WITH flagged AS (
    UPDATE {lock} AS flag SET is_locked = 1
      FROM (SELECT ctid AS place FROM {lock} WHERE is_locked = 0 FOR UPDATE NOWAIT) AS free
     WHERE flag.ctid = free.place AND flag.is_locked = 0
    RETURNING pg_catalog.txid_current() AS number)
INSERT INTO {journal} (name, direction, state, step, who, host, build, transaction, started)
SELECT pg_catalog.concat(number, ' ', pg_catalog.row_number() OVER ()), 'flag', 'begun', $3::pg_catalog.int4,
       session_user, $1, $2, number, pg_catalog.clock_timestamp()
  FROM flagged
