-- The way down as it was when the migration was applied.
SELECT down FROM {journal} WHERE name = $1 AND direction = 'up' AND state = 'done' ORDER BY id DESC LIMIT 1
