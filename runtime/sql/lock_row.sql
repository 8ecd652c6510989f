-- The one row that everything turns on; another program may have written it in the meantime.
INSERT INTO {lock} (is_locked) SELECT 0 WHERE NOT EXISTS (SELECT FROM {lock})
