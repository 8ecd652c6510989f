-- Moves the unfinished row of a name on, or makes one. Given: name, direction, state, checksum, step, before, position,
-- down, host, build; `tracked` has the tracking row's id, or NULL.
WITH tracked AS ({tracked}),
moved AS (
    UPDATE {journal}
       SET direction = $2, state = $3, checksum = $4, step = $5::pg_catalog.int4, before = $6, "position" = $7,
           "row" = (SELECT id FROM tracked LIMIT 1), down = $8, who = session_user, host = $9, build = $10,
           finished = CASE WHEN $3 = 'done' THEN pg_catalog.clock_timestamp() END
     WHERE name = $1 AND finished IS NULL
    RETURNING 1)
INSERT INTO {journal} (name, direction, state, checksum, step, before, "position", "row", down, who, host, build,
                       started, finished)
SELECT $1, $2, $3, $4, $5::pg_catalog.int4, $6, $7, (SELECT id FROM tracked LIMIT 1), $8, session_user, $9, $10,
       pg_catalog.clock_timestamp(), CASE WHEN $3 = 'done' THEN pg_catalog.clock_timestamp() END
 WHERE NOT EXISTS (SELECT FROM moved)
