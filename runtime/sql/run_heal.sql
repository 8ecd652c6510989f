-- After a migration that ended the transaction itself: the flag must not stay behind.
UPDATE {lock} SET is_locked = 0
