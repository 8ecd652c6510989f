UPDATE {lock} SET is_locked = 0;
COMMIT
