#!/usr/bin/env bash
# A run whose server process or whole server ends, that is killed, or that gets a signal, at any moment of it: the next run ends
# where an undisturbed one ends.
#
#   TIMES=NUMBER   of each kind (2)
#   SEED=NUMBER    when
set -euo pipefail
. "$(dirname "$0")/lib.sh"

cluster main
SEED=${SEED:-$((RANDOM % 1000))}
TIMES=${TIMES:-2}
RANDOM=$SEED
injected=0
fixture mixed '-DFIXTURE_TRANSACTION=MIGRATE_EACH' '-DFIXTURE_FOURTH="DO $$ BEGIN PERFORM pg_sleep(0.3); END $$"' \
    '-DFIXTURE_FIFTH="CREATE UNIQUE INDEX CONCURRENTLY two_id ON two (slowly(id))"'
sql postgres 'create database empty'
# What is in the middle of a statement is so for a while.
sql empty "create function slowly(n int) returns int language plpgsql immutable as \$\$ begin if n % 20 = 0 then perform pg_sleep(0.01); end if; return n; end \$\$"

fresh() { sql postgres 'drop database if exists fault with (force)' 'create database fault template empty'; }
crash() {
    local pid
    pid=$(head -1 "$work/main/data/postmaster.pid")
    as_postgres "$PGBIN/pg_ctl" -D "$work/main/data" -m immediate stop > "$work/stopped" 2>&1 || true
    while kill -0 "$pid" 2> /dev/null; do sleep 0.05; done
    start "$work/main"
}
# What a run has left that could still put all in order is another batch.
end_state() { state fault | sed 's/\.mig|[12]$/.mig/'; }
# strike KIND PID
strike() {
    case $1 in
    terminate) sql fault "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'migrate'" > /dev/null ;;
    crash) crash ;;
    *) kill "-$1" "$2" 2> /dev/null || true ;;
    esac
}

# one KIND MILLISECONDS: says what differs
one() {
    local pid
    fresh
    export DATABASE_URL="postgres://postgres@/fault?host=$work/main"
    "$program" latest > "$work/out" 2> "$work/err" < /dev/null &
    pid=$!
    sleep "$(awk "BEGIN { print $2 / 1000 }")"
    strike "$1" "$pid"
    code=0
    wait "$pid" 2> /dev/null || code=$?
    case $1:$code in
    *:0 | KILL:137 | INT:130 | TERM:143 | terminate:[14] | terminate:11 | crash:[14] | crash:11) ;;
    *) echo "$1 at $2 ms: the run ended with $code: $(cat "$work/err")" ;;
    esac
    case $(cat "$work/err") in *Sanitizer*|*'runtime error'*|*'bug in'*) echo "$1: $(cat "$work/err")";; esac
    run latest
    [ "$code" = 0 ] || echo "$1 at $2 ms: the next run ended with $code: $err"
    diff <(echo "$wanted") <(end_state) || echo "$1 at $2 ms: not as undisturbed"
}

fresh
export DATABASE_URL="postgres://postgres@/fault?host=$work/main"
begin=${EPOCHREALTIME/./}
run latest
lasts=$(((${EPOCHREALTIME/./} - begin) / 1000))
same 'undisturbed' 0 "$code"
wanted=$(end_state)
for kind in KILL INT TERM terminate crash; do
    bad=''
    for ((i = 0; i < TIMES; i++)); do
        bad+=$(one $kind $((RANDOM % lasts)))
        injected=$((injected + 1))
    done
    same "$kind, $TIMES times within $lasts ms: the next run ends as an undisturbed one (SEED=$SEED)" '' "$bad"
done

# Many statements that are under way at once stop together.
fixture many
database many
for signal in INT:130 TERM:143; do
    "$program" latest > "$work/out" 2> "$work/err" &
    pid=$!
    until_sql many 1 "select count(*) from pg_stat_activity where application_name = 'migrate' and query like 'SELECT pg_sleep%'" || not_ok 'it runs'
    begin=$SECONDS
    kill "-${signal%:*}" $pid
    code=0
    wait $pid || code=$?
    same "SIG${signal%:*} in a pipeline: at once" "${signal#*:}|1" "$code|$((SECONDS - begin < 10))"
    holds 'it says where' "$(cat "$work/err")" 'the statement was cancelled' "stopped by SIG${signal%:*}; nothing was applied"
    same 'nothing stays' '0|1|0' "$(sql many 'select count(*) from knex_migrations')|$(sql many 'select count(*), sum(is_locked) from knex_migrations_lock')"
done

# Only the last commit of a run in many transactions waits for the disk, so a server that crashes may have lost some of them: the
# last ones, together with what they did.
project each "postgres $OLDEST; transaction each;"
for ((i = 100; i < 160; i++)); do
    printf 'up { create table t%d { id int; } }\ndown auto;\n' $i | migration 20260101000${i}_m
done
compile 'a project of many migrations'
# Nothing but the WAL writer puts what is committed on the disk.
printf '%s\n' 'fsync = on' 'wal_writer_delay = 300ms' 'bgwriter_lru_maxpages = 0' |
    as_postgres tee -a "$work/main/data/postgresql.conf" > /dev/null
crash
tables() { sql each "select coalesce(string_agg(substr(relname, 2), ' ' order by relname), '') from pg_class where relname ~ '^t1..\$'"; }
rows() {
    [ "$(sql each "select to_regclass('knex_migrations')")" = '' ] ||
        sql each "select coalesce(string_agg(substr(name, 12, 3), ' ' order by id), '') from knex_migrations"
}
# first COUNT: what the first ones are called
first() { seq -s ' ' 100 $((99 + $1)); }
# at_any_moment: a run and a crash somewhere in the midst of it. Leaves the run's process in $pid.
at_any_moment() {
    "$program" latest > "$work/out" 2> "$work/err" < /dev/null & pid=$!
    until_text "$work/err" "20260101000$((110 + RANDOM % 40))_m" || echo 'it does not run'
    crash
}
# unwritten: a run that waits in one of its migrations, and a crash then; nothing that it committed is on the disk, as the WAL
# writer stands still.
unwritten() {
    local writer
    writer=$(sql each "select pid from pg_stat_activity where backend_type = 'walwriter'")
    hold each "create table t$((110 + RANDOM % 40)) ();"
    kill -STOP "$writer"
    "$program" latest > "$work/out" 2> "$work/err" < /dev/null & pid=$!
    until_sql each 1 "select count(*) from pg_stat_activity where application_name = 'migrate' and wait_event_type = 'Lock'" ||
        echo 'it does not wait'
    kill -KILL "$writer"
    crash 7>&-
    exec 7>&-
    wait "$holder" || true
}
# crashed HOW: says what is wrong, and leaves in $lost how many that the run had reported are gone
crashed() {
    local pid kept
    sql postgres 'drop database if exists each with (force)' 'create database each'
    "$1"
    code=0
    wait $pid || code=$?
    case $code in 0 | 1 | 4) ;; *) echo "the run ended with $code: $(cat "$work/err")" ;; esac
    kept=$(rows)
    [ "$kept" = "$(first "$(wc -w <<< "$kept")")" ] || echo "not the first ones: $kept"
    [ "$kept" = "$(tables)" ] || echo "rows: $kept, tables: $(tables)"
    lost=$(($(grep -c '_m  ' "$work/err") - $(wc -w <<< "$kept")))
    run latest
    [ "$code|$(rows)|$(tables)" = "0|$(first 60)|$(first 60)" ] || echo "the next run: $code: $err, rows: $(rows), tables: $(tables)"
}
export DATABASE_URL="postgres://postgres@/each?host=$work/main"
: > "$work/bad"
for ((i = 0; i < TIMES; i++)); do
    crashed at_any_moment >> "$work/bad"
    crashed unwritten >> "$work/bad"
    echo "# $lost commits lost"
    [ "$lost" -gt 0 ] || echo 'no commits were lost' >> "$work/bad"
done
injected=$((injected + 2 * TIMES))
same 'crashes of a run in many transactions: the first ones stay, with their rows, and the next run does the others' '' "$(cat "$work/bad")"

# A disk that is full: a small file system holds the tables.
small=$work/small
mkdir "$small"
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=16m tmpfs "$small" 2> /dev/null; then
    chown postgres "$small"
    sql postgres "create tablespace small location '$small'" 'create database full_disk tablespace small template template0'
    fixture messages '-DFIXTURE_STEP="CREATE TABLE big AS SELECT n, repeat(md5(n::text), 20) AS filler FROM generate_series(1, 40000) AS n"'
    export DATABASE_URL="postgres://postgres@/full_disk?host=$work/main"
    expect 'a full disk' 1 '' latest
    holds 'and why' "$err" 'ERROR 53100' 'nothing was applied'
    same 'nothing stays, and the lock is free' '0|1|0' "$(sql full_disk 'select count(*) from knex_migrations')|$(sql full_disk 'select count(*), sum(is_locked) from knex_migrations_lock')"
    fixture messages '-DFIXTURE_STEP="CREATE TABLE big AS SELECT 1 AS n"'
    expect 'with less it goes' 0 'Batch 1 run: 1 migrations' latest
    run rollback

    # It is full only when what was put off to the commit is done.
    sql full_disk 'drop table big' 'create table later (n int)' 'create table big (n int, filler text)' \
        "create function fill() returns trigger language plpgsql as \$\$ begin insert into big select n, repeat(md5(n::text), 20) from generate_series(1, new.n) as n; return new; end \$\$" \
        'create constraint trigger fill after insert on later deferrable initially deferred for each row execute function fill()'
    fixture three -DFIXTURE_TRANSACTION=MIGRATE_EACH '-DFIXTURE_SECOND="INSERT INTO later VALUES (40000)"'
    expect 'a disk that is full at the commit' 1 '' latest
    holds 'whose it was, and what stays' "$err" '"20240102000000_two.mig" could not be committed: ERROR 53100' 'one migration before it was applied, and stays so'
    same 'that is what is there' '20240101000000_one.mig|1|0|0' \
        "$(sql full_disk "select string_agg(name, ' ') from knex_migrations" "select count(*), sum(is_locked), (select count(*) from later) from knex_migrations_lock" | tr '\n' '|' | sed 's/|$//')"
    sql full_disk 'alter table later disable trigger fill' 'truncate big'
    expect 'the next run goes on' 0 'Batch 2 run: 2 migrations' latest
    injected=$((injected + 2))
    sql postgres 'drop database full_disk' 'drop tablespace small'
    umount "$small"
else
    skip 'a full disk' 'no file system can be mounted'
fi
echo "# $injected faults injected"
same 'faults were injected' 1 "$((injected >= 5 * TIMES))"
finish
