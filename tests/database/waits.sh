#!/usr/bin/env bash
# Tables that others use: the run takes their locks in short attempts, says who is in its way, and holds nobody up for long.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

cluster main 'autovacuum_naptime = 1s' 'autovacuum_vacuum_cost_delay = 100ms' 'autovacuum_vacuum_cost_limit = 1'
# hold DATABASE STATEMENT: a session that has done the statement and stands at the gate with what it locked
hold() {
    close_gate "$1"
    PGAPPNAME=blocker sql "$1" begin "$2" "$at_gate" "${3:-commit}" > "$work/held" 2>&1 &
    holder=$!
    until_sql "$1" 1 "select count(*) from pg_stat_activity where application_name = 'blocker' and query like 'DO %gate%'" || not_ok 'the blocker blocks'
}
release() { open_gate "$1"; wait "$holder" || true; }
columns() { sql "$1" "select string_agg(attname, ' ' order by attnum) from pg_attribute where attrelid = 'rooms'::regclass and attnum > 0"; }
applied() { sql "$1" "select string_agg(substr(name, 16), ' ' order by id) from knex_migrations"; }

project batch
migration 20260101000000_rooms <<'M'
up {
  create table rooms { id bigint primary key; no int; }
  create table keys { id bigint primary key; room bigint references rooms (id); }
}
down auto;
M
migration 20260102000000_note <<'M'
up { alter table rooms add column note text null; }
down auto;
M
migration 20260103000000_keys <<'M'
up { create index on keys (room); alter table keys add column label text null; }
down auto;
M
compile 'transaction batch: it compiles'
project each "postgres $OLDEST; transaction each;"
cp "$work/batch/db/migrations/"*.mig "$project/db/migrations"
compile 'transaction each: it compiles'

for mode in batch each; do
    program=$work/$mode/migrate
    name=wait_$mode
    database $name
    run to 20260101000000_rooms
    hold $name 'select from rooms'
    "$program" latest > "$work/out" 2> "$work/err" &
    pid=$!
    until_text "$work/err" 'waiting: rooms is held by process' || not_ok "$mode: the wait is announced"
    sleep 1
    same "$mode: it waits from idle" 0 "$(sql $name "select count(*) from pg_stat_activity where application_name = 'migrate' and state like 'idle in%' and state_change < now() - interval '600 ms'")"
    release $name
    code=0
    wait $pid || code=$?
    same "$mode: then it goes on" '0|Batch 2 run: 2 migrations|id no note|rooms.mig note.mig keys.mig' \
        "$code|$(cat "$work/out")|$(columns $name)|$(applied $name)"
    holds "$mode: it has said who was in the way, and what at" "$(cat "$work/err")" '(user postgres, application blocker, at it for' 'DO $$ BEGIN WHILE'
    case $(cat "$work/err") in *Sanitizer*|*'runtime error'*) not_ok "$mode: sanitizers";; esac

    expect "$mode: and back" 0 'Batch 2 rolled back: 2 migrations' rollback
    hold $name 'select from keys'
    begin=$SECONDS
    expect "$mode: it gives up in the end" 8 '' latest --table-wait 2
    same "$mode: in time" 1 "$((SECONDS - begin >= 2 && SECONDS - begin < 30))"
    holds "$mode: and says what to do" "$err" 'the table public.keys was not free for a moment in 2 s' 'keys is held by process ' \
        'pg_terminate_backend(' '--table-wait SECONDS waits longer' 'type `migrate latest`'
    kept=rooms.mig
    [ $mode = batch ] || kept='rooms.mig note.mig'
    same "$mode: what was committed stays, and nothing else" "$kept" "$(applied $name)"
    same "$mode: the lock is free" '1|0|0' "$(sql $name 'select count(*), sum(is_locked) from knex_migrations_lock')|$(sql $name "select count(*) from pg_locks where locktype = 'advisory'")"
    expect "$mode: one attempt" 8 '' latest --table-wait 0
    release $name
    run latest --table-wait 0
    same "$mode: when it is free one is enough" '0|rooms.mig note.mig keys.mig' "$code|$(applied $name)"
done

# The others: how long does the slowest of them stand behind us, and behind an ALTER TABLE that simply waits?
latency() {
    local folder=$work/latency.$1
    mkdir "$folder"
    echo 'select count(*) from rooms;' > "$folder/read"
    (cd "$folder" && "$CLIENT/pgbench" -n -h "$work/main" -U postgres -c 2 -j 1 -T 6 -f read -l --log-prefix=log "$name" > out 2>&1) &
    bench=$!
    sleep 0.5
}
slowest() { cat "$work/latency.$1"/log.* | awk '$3 > slowest { slowest = $3 } END { printf "%d\n", slowest / 1000 }'; }
program=$work/batch/migrate
name=latency
database latency
run to 20260101000000_rooms
hold latency 'select from rooms'
latency naive
sql latency 'alter table rooms add column naive int' &
naive=$!
sleep 4
release latency
wait $naive
wait $bench
naive=$(slowest naive)
hold latency 'select from rooms'
latency ours
"$program" latest > "$work/out" 2> "$work/err" &
pid=$!
sleep 4
release latency
wait $pid
wait $bench
ours=$(slowest ours)
echo "# slowest reader: $naive ms behind an ALTER TABLE that waits, $ours ms behind ours, ratio $((naive / (ours > 0 ? ours : 1)))"
same 'readers are held up for a moment only' '1|3' "$((ours * 3 < naive))|$(sql latency 'select count(*) from knex_migrations')"

# A worker of autovacuum gives way, but only to who waits longer than deadlock_timeout.
database vacuumed
program=$work/batch/migrate
run to 20260101000000_rooms
sql vacuumed "insert into rooms select n, n from generate_series(1, 30000) as n" 'delete from rooms where id % 2 = 0'
until_sql vacuumed 1 "select count(*) from pg_stat_activity where backend_type = 'autovacuum worker' and query like '%public.rooms%' and query like '%VACUUM%'" || not_ok 'autovacuum is at work'
expect 'autovacuum gives way' 0 'Batch 2 run: 2 migrations' latest
holds 'which is said' "$err" 'rooms is held by process ' 'application autovacuum worker'

# Somebody who locks the other way round is not ended for it.
database crossed
program=$work/batch/migrate
run to 20260101000000_rooms
sql crossed 'insert into rooms values (1, 1)' 'insert into keys values (1, 1)'
hold crossed 'update rooms set no = 2' 'do $$ begin update keys set room = 1; end $$'
"$program" latest > "$work/out" 2> "$work/err" &
pid=$!
until_text "$work/err" 'waiting: '
release crossed
code=0
wait $pid || code=$?
same 'locks that cross: both get through' '0|' "$code|$(cat "$work/held")"

# What the compiler does not foresee.
project=$work/batch
migration 20260104000000_blind <<'M'
up { unchecked sql { do $$ begin execute 'alter table rooms add column blind int'; end $$; } }
down irreversible because 'an example';
M
compile 'it compiles'
database blind
run to 20260103000000_keys
hold blind 'select from rooms'
"$program" latest > "$work/out" 2> "$work/err" &
pid=$!
until_text "$work/err" 'waiting: rooms is held by process' || not_ok 'a lock that is not foreseen: the wait is announced'
sleep 0.5
release blind
code=0
wait $pid || code=$?
same 'a lock that is not foreseen: all is rolled back and done again' '0|id no note blind' "$code|$(columns blind)"

# CREATE INDEX CONCURRENTLY waits as long as it takes: a timeout would leave an index that is not valid.
migration 20260105000000_concurrently <<'M'
up { create index concurrently rooms_no on rooms (no); }
down auto;
M
compile 'it compiles'
database concurrently
run to 20260104000000_blind
hold concurrently 'update rooms set no = 1'
"$program" latest > "$work/out" 2> "$work/err" &
pid=$!
until_text "$work/err" 'waiting: .* is held by process' || not_ok 'concurrently: the wait is announced'
sleep 1.5
same 'concurrently: the statement is still the first one' 1 "$(sql concurrently "select count(*) from pg_stat_activity where query like 'CREATE INDEX CONCURRENTLY%' and query_start < now() - interval '1 s'")"
release concurrently
code=0
wait $pid || code=$?
same 'concurrently: and is finished when the others are' '0|t' "$code|$(sql concurrently "select indisvalid from pg_index where indexrelid = 'rooms_no'::regclass")"
finish
