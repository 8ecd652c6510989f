-- A batch that waits for somebody's row holds up others at the rows that it has: it rather lets go, and comes again.
SELECT pg_catalog.set_config('lock_timeout', '250ms', true)
