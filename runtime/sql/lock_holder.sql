-- Who holds the advisory lock, and for how many seconds it has been at work.
SELECT activity.pid,
       COALESCE(activity.usename, 'unknown'),
       COALESCE(activity.application_name, ''),
       pg_catalog.date_part('epoch', GREATEST(pg_catalog.clock_timestamp() - COALESCE(xact_start, backend_start),
                                              '0'::pg_catalog.interval))::pg_catalog.int8
  FROM pg_catalog.pg_locks AS held
  JOIN pg_catalog.pg_stat_activity AS activity ON activity.pid = held.pid
 WHERE held.locktype = 'advisory' AND held.granted AND held.objsubid = 1
   AND held.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
   AND (held.classid::pg_catalog.int8 << 32) | held.objid::pg_catalog.int8 = $1::pg_catalog.int8
