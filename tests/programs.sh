# programs.sh: the programs that the suites of database/ and differential/ run; their lib.sh source it.
#
#   PGBIN    the server's own: initdb, pg_ctl, postgres. `tests/run --server MAJOR` sets it, to what `tests/server MAJOR` says
#   MAJOR    its major version
#   OLDEST   the oldest server that the projects of the cases support: MAJOR, unless `tests/run --oldest` says otherwise
#   CLIENT   the newest client's: psql, pg_dump, pgbench. The servers of npm have none
#
# psql talks to newer servers, pg_dump does not: `can_dump` says whether it would.

# The environment of whoever runs the tests has no say in which database is meant.
for name in DATABASE_URL NO_COLOR "${!PG@}"; do
    [ "$name" = PGBIN ] || unset "$name"
done
PGBIN=${PGBIN:-/usr/lib/postgresql/15/bin}
MAJOR=$("$PGBIN/postgres" --version | sed 's/^[^0-9]*\([0-9]*\).*/\1/')
OLDEST=${OLDEST:-$MAJOR}
CLIENT=$(printf '%s\n' /usr/lib/postgresql/*/bin/psql | sort -V | tail -n 1)
CLIENT=${CLIENT%/psql}

can_dump() { [ "$("$CLIENT/pg_dump" --version | sed 's/^[^0-9]*\([0-9]*\).*/\1/')" -ge "$MAJOR" ]; }
