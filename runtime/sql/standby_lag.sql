-- How far each standby is behind, in bytes of WAL and in milliseconds. A base backup that is being taken is none. NULL
-- where this role may not see it.
SELECT application_name,
       pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_lsn(), COALESCE(replay_lsn, write_lsn, sent_lsn))
           ::pg_catalog.int8,
       (pg_catalog.date_part('epoch', replay_lag) * 1000)::pg_catalog.int8
  FROM pg_catalog.pg_stat_replication
 WHERE state IS DISTINCT FROM 'backup' AND state IS DISTINCT FROM 'startup'
