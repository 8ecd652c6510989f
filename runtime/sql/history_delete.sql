DELETE FROM {history} WHERE name = $1
