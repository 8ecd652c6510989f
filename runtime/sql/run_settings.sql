-- The settings of a run, for the rest of its transaction or, outside transactions, for its session; and the
-- transaction's number, to see that it is still the same. Given: role, schema, whether it is for a transaction, whether
-- its commit need not wait for the disk, how long to wait for a lock. The last ones let the server notice that a program
-- was killed, or its machine, so that its locks are free again soon; not all servers have the very last.
SELECT pg_catalog.set_config('role', $1, $3::pg_catalog.bool),
       pg_catalog.set_config('search_path', pg_catalog.quote_ident($2), $3),
       pg_catalog.set_config('TimeZone', 'UTC', $3),
       pg_catalog.set_config('DateStyle', 'ISO', $3),
       pg_catalog.set_config('client_encoding', 'UTF8', $3),
       pg_catalog.set_config('standard_conforming_strings', 'on', $3),
       pg_catalog.set_config('statement_timeout', '0', $3),
       pg_catalog.set_config('lock_timeout', $5, $3),
       pg_catalog.set_config('idle_in_transaction_session_timeout', '0', $3),
       CASE WHEN $4::pg_catalog.bool THEN pg_catalog.set_config('synchronous_commit', 'off', $3) END,
       CASE WHEN $3 THEN pg_catalog.txid_current() END,
       pg_catalog.set_config('tcp_keepalives_idle', '20', $3),
       pg_catalog.set_config('tcp_keepalives_interval', '10', $3),
       pg_catalog.set_config('tcp_keepalives_count', '3', $3),
       CASE WHEN pg_catalog.current_setting('server_version_num')::pg_catalog.int4 >= 140000
                 AND pg_catalog.strpos(pg_catalog.version(), 'linux') > 0
            THEN pg_catalog.set_config('client_connection_check_interval', '5s', $3) END
