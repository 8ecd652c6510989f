-- The names are those of the manual (CREATE TABLE, CREATE INDEX, CREATE VIEW and bloom, of every major so far);
-- whether a kind of relation has one, of what type and within what limits, is the server's own answer.
select :'extension' as extension, kind, name, p.*
  from (select 'table' as kind where :'extension' = ''
        union all select 'toast' where :'extension' = ''
        union all select 'partitioned table' where :'extension' = ''
        union all select 'view' where :'extension' = ''
        union all select amname from pg_am
                   where amtype = 'i' and coalesce(pg_temp.member_of('pg_am', oid), '') = :'extension') k,
       unnest('{fillfactor,toast_tuple_target,parallel_workers,autovacuum_enabled,vacuum_index_cleanup,vacuum_truncate,
                autovacuum_vacuum_threshold,autovacuum_vacuum_max_threshold,autovacuum_vacuum_scale_factor,
                autovacuum_vacuum_insert_threshold,autovacuum_vacuum_insert_scale_factor,autovacuum_analyze_threshold,
                autovacuum_analyze_scale_factor,autovacuum_vacuum_cost_delay,autovacuum_vacuum_cost_limit,
                autovacuum_freeze_min_age,autovacuum_freeze_max_age,autovacuum_freeze_table_age,
                autovacuum_multixact_freeze_min_age,autovacuum_multixact_freeze_max_age,
                autovacuum_multixact_freeze_table_age,log_autovacuum_min_duration,user_catalog_table,
                vacuum_max_eager_freeze_failure_rate,deduplicate_items,vacuum_cleanup_index_scale_factor,buffering,
                fastupdate,gin_pending_list_limit,autosummarize,pages_per_range,check_option,security_barrier,
                security_invoker,length,col1,col2,col3,col4,col5,col6,col7,col8,col9,col10,col11,col12,col13,col14,
                col15,col16,col17,col18,col19,col20,col21,col22,col23,col24,col25,col26,col27,col28,col29,col30,col31,
                col32}'::text[]) as n (name),
       pg_temp.storage_parameter(kind, name) p;
