-- Whether the process of the run waits for us, as we for it; who stands in its way, a row each, or one without; and how
-- far it has come with an index. No row: the process is no more. A prepared transaction has no process. What may hold a
-- password is not shown.
SELECT own.wait_event_type = 'Client',
       wanted.relation::pg_catalog.regclass,
       blocker.pid,
       COALESCE(activity.usename, 'unknown'),
       COALESCE(NULLIF(activity.application_name, ''), activity.backend_type, 'unknown'),
       pg_catalog.date_part('epoch', GREATEST(pg_catalog.clock_timestamp() - activity.xact_start,
                                              '0'::pg_catalog.interval))::pg_catalog.int8,
       CASE WHEN activity.query ~* 'password' THEN ''
            ELSE pg_catalog.left(pg_catalog.regexp_replace(activity.query, '\s+', ' ', 'g'), 80) END,
       activity.backend_type = 'autovacuum worker',
       build.relid::pg_catalog.regclass,
       build.phase,
       CASE WHEN build.lockers_total > 0 AND build.phase LIKE 'waiting%' THEN build.lockers_done
            WHEN build.blocks_total > 0 THEN build.blocks_done ELSE build.tuples_done END,
       CASE WHEN build.lockers_total > 0 AND build.phase LIKE 'waiting%' THEN build.lockers_total
            WHEN build.blocks_total > 0 THEN build.blocks_total ELSE build.tuples_total END,
       CASE WHEN build.lockers_total > 0 AND build.phase LIKE 'waiting%' THEN 'transactions'
            WHEN build.blocks_total > 0 THEN 'blocks' ELSE 'rows' END
  FROM pg_catalog.pg_stat_activity AS own
  LEFT JOIN pg_catalog.pg_stat_progress_create_index AS build ON build.pid = own.pid
  LEFT JOIN pg_catalog.unnest(pg_catalog.pg_blocking_pids(own.pid)) AS blocker (pid) ON true
  LEFT JOIN pg_catalog.pg_stat_activity AS activity ON activity.pid = blocker.pid
  LEFT JOIN LATERAL (SELECT relation FROM pg_catalog.pg_locks
                      WHERE pid = own.pid AND NOT granted AND relation IS NOT NULL LIMIT 1) AS wanted ON true
 WHERE own.pid = {process}
 ORDER BY activity.xact_start
