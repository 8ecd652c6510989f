-- The settings of a run, for the rest of its transaction or, outside transactions, for its session; and the
-- transaction's number, to see that it is still the same. The last one lets the server notice that a program was
-- killed while its statement runs, so that its locks are free again soon; only these servers have it.
RESET SESSION AUTHORIZATION;
RESET ALL;
SELECT pg_catalog.set_config('role', {role}, {local}),
       pg_catalog.set_config('search_path', pg_catalog.quote_ident({schema}), {local}),
       pg_catalog.set_config('TimeZone', 'UTC', {local}),
       pg_catalog.set_config('DateStyle', 'ISO', {local}),
       pg_catalog.set_config('client_encoding', 'UTF8', {local}),
       pg_catalog.set_config('standard_conforming_strings', 'on', {local}),
       pg_catalog.set_config('statement_timeout', '0', {local}),
       pg_catalog.set_config('lock_timeout', '0', {local}),
       pg_catalog.set_config('idle_in_transaction_session_timeout', '0', {local}),
       CASE WHEN {hasty} THEN pg_catalog.set_config('synchronous_commit', 'off', {local}) END,
       CASE WHEN {local} THEN pg_catalog.txid_current() END,
       CASE WHEN pg_catalog.current_setting('server_version_num')::pg_catalog.int4 >= 140000
                 AND pg_catalog.strpos(pg_catalog.version(), 'linux') > 0
            THEN pg_catalog.set_config('client_connection_check_interval', '5s', {local}) END
