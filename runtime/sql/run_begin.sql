-- Whether this process holds the advisory lock.
SELECT EXISTS (SELECT FROM pg_catalog.pg_locks
                WHERE locktype = 'advisory' AND granted AND pid = pg_catalog.pg_backend_pid() AND objsubid = 1
                  AND (classid::pg_catalog.int8 << 32) | objid::pg_catalog.int8 = $1::pg_catalog.int8)
