-- Back to before the script that failed.
ROLLBACK TO SAVEPOINT piece;
RELEASE SAVEPOINT piece
