-- The transaction that nothing is left of. Repeatable read: both sides are read as they are at one moment. A lock that
-- is not had at once is not waited for long, so that nobody waits behind us. No piece is checked for more than it takes
-- to store it, and what the model leaves open is not decided by a setting of the database. Catalogs are small: to compile
-- the queries would take the server far longer than to run them.
BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE;
RESET ALL;
SELECT pg_catalog.set_config('search_path', '', true),
       pg_catalog.set_config('TimeZone', 'UTC', true),
       pg_catalog.set_config('DateStyle', 'ISO', true),
       pg_catalog.set_config('IntervalStyle', 'postgres', true),
       pg_catalog.set_config('client_encoding', 'UTF8', true),
       pg_catalog.set_config('standard_conforming_strings', 'on', true),
       pg_catalog.set_config('quote_all_identifiers', 'off', true),
       pg_catalog.set_config('default_tablespace', '', true),
       pg_catalog.set_config('check_function_bodies', 'off', true),
       pg_catalog.set_config('lock_timeout', '5s', true),
       pg_catalog.set_config('statement_timeout', '5min', true),
       pg_catalog.set_config('idle_in_transaction_session_timeout', '0', true),
       pg_catalog.set_config('jit', 'off', true),
       pg_catalog.pg_backend_pid()
