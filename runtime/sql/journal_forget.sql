-- A migration of which nothing is left to resume.
DELETE FROM {journal} WHERE name = $1 AND finished IS NULL
