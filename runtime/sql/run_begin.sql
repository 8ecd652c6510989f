-- Fails, dividing by zero, unless this process holds the advisory lock: what is sent behind it is passed over then.
SELECT 1 / pg_catalog.count(*)
  FROM pg_catalog.pg_locks
 WHERE locktype = 'advisory' AND granted AND pid = pg_catalog.pg_backend_pid() AND objsubid = 1
   AND (classid::pg_catalog.int8 << 32) | objid::pg_catalog.int8 = $1::pg_catalog.int8
