# programs.sh: the programs that the suites of database/ and differential/ run; their lib.sh source it.
#
#   PGBIN    the server's own: initdb, pg_ctl, postgres. `tests/run --server MAJOR` sets it, to what `tests/server MAJOR` says
#   MAJOR    its major version
#   OLDEST   the oldest server that the projects of the cases support: MAJOR, unless `tests/run --oldest` says otherwise
#   CLIENT   the newest client's: psql, pg_dump, pgbench. The servers of npm have none
#
# psql talks to newer servers, pg_dump does not: `dump_databases` has another one for them.

# The environment of whoever runs the tests has no say in which database is meant.
for name in DATABASE_URL NO_COLOR "${!PG@}"; do
    [ "$name" = PGBIN ] || unset "$name"
done
PGBIN=${PGBIN:-/usr/lib/postgresql/15/bin}
MAJOR=$("$PGBIN/postgres" --version | sed 's/^[^0-9]*\([0-9]*\).*/\1/')
OLDEST=${OLDEST:-$MAJOR}
CLIENT=$(printf '%s\n' /usr/lib/postgresql/*/bin/psql | sort -V | tail -n 1)
CLIENT=${CLIENT%/psql}


# dump_databases FOLDER OPTION...: pg_dump of databases of the server whose socket is in the folder; standard input is a line
# `DATABASE FILE` for each. Some are dumped at a time, as that is mostly waiting for the server. Without the lines by which psql is
# restricted, which are never the same.
dump_databases() (
    folder=$1
    shift
    if [ "$("$CLIENT/pg_dump" --version | sed 's/^[^0-9]*\([0-9]*\).*/\1/')" -ge "$MAJOR" ]; then
        while read -r database file; do
            [ "$(jobs -rp | wc -l)" -lt 4 ] || wait -n || true
            "$CLIENT/pg_dump" -h "$folder" -U postgres "$@" "$database" | sed '/^\\\(un\)\?restrict /d' > "$file" &
        done
        wait
    else
        tests=$(dirname "${BASH_SOURCE[0]}")
        package=$("$tests/npm" pg_dump @electric-sql/pglite-tools@0.4.8) &&
            node "$tests/pg_dump.mjs" "$package/node_modules/@electric-sql/pglite-tools/dist/pg_dump.js" "$folder" "$@"
    fi
)
