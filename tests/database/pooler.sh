#!/usr/bin/env bash
# Behind PgBouncer: refused where it takes the server process away between transactions, and nothing is half-done.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

PGBOUNCER=$(command -v pgbouncer || echo /usr/sbin/pgbouncer)
cluster main

# pooler MODE [LINE...]: starts one; the runs that follow go through it to the database of that name
pooler() {
    local mode=$1 folder=$work/pooler.$((++poolers))
    shift
    mkdir "$folder"
    echo '"postgres" ""' > "$folder/users"
    printf '%s\n' '[databases]' "* = host=$work/main" '[pgbouncer]' "pool_mode = $mode" 'listen_addr =' 'listen_port = 6432' \
        "unix_socket_dir = $folder" 'auth_type = trust' "auth_file = $folder/users" "logfile = $folder/log" \
        "pidfile = $folder/pid" "$@" > "$folder/ini"
    [ "$(id -u)" != 0 ] || chown -R postgres "$folder"
    as_postgres "$PGBOUNCER" -q "$folder/ini" > "$folder/out" 2>&1 &
    until [ -s "$folder/pid" ] && [ -S "$folder/.s.PGSQL.6432" ]; do
        [ $((++waited)) -lt 600 ] || { not_ok 'the pooler starts'; cat "$folder/out"; finish; }
        sleep 0.05
    done
    daemons+=("$(cat "$folder/pid")")
    sql postgres "create database \"pooled $poolers\""
    name="pooled $poolers"
    export DATABASE_URL="postgres://postgres@/pooled%20$poolers?host=$folder&port=6432"
}
poolers=0
waited=0
tables() { sql "$name" "select count(*) from pg_class where relnamespace = 'public'::regnamespace"; }
locks() { sql "$name" "select count(*) from pg_locks where locktype = 'advisory'"; }

fixture mixed
for mode in transaction statement; do
    pooler $mode
    for verb in latest rollback unlock; do
        [ $verb = latest ] || { DATABASE_URL="postgres://postgres@/${name// /%20}?host=$work/main" run latest; }
        before=$(tables)
        expect "$mode mode: $verb" 3 '' $verb
        holds 'the reason and the way out' "$err" 'gives each transaction another server process' "the pooler's port for session mode"
        same 'nothing was changed, and no lock is left' "$before|0" "$(tables)|$(locks)"
    done
done
pooler transaction
expect 'what only reads works all the same' 0 'No Completed Migration files Found.
Found 3 Pending Migration file/files.
20240101000000_one.mig
20240102000000_two.mig
20240103000000_three.mig' status

for settings in 'default_pool_size = 20' 'default_pool_size = 1' 'server_round_robin = 1'; do
    pooler session "$settings"
    expect "session mode, $settings" 0 'Batch 1 run: 3 migrations' latest
    expect 'and back' 0 'Batch 1 rolled back: 3 migrations' rollback
    same 'no lock is left' 0 "$(locks)"
done
finish
