#!/usr/bin/env bash
# Many at once: one runs, the others wait or give up, and nobody does anything twice.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

cluster main
fixture gate

for many in 2 10; do
    database "many$many"
    close_gate "many$many"
    pids=()
    for i in $(seq "$many"); do
        "$program" latest > "$work/out.$i" 2> "$work/err.$i" &
        pids+=($!)
    done
    until_at_gate "many$many"
    sleep 0.5
    open_gate "many$many"
    codes=''
    for i in "${!pids[@]}"; do
        code=0
        wait "${pids[$i]}" || code=$?
        codes+=$code
    done
    same "$many at once: all end well" "$(printf '0%.0s' $(seq "$many"))" "$codes"
    same "$many at once: one of them runs" "$((many - 1)) Already up to date
1 Batch 1 run: 1 migrations" "$(cat "$work"/out.* | sort | uniq -c | sed 's/^ *//')"
    same "$many at once: one row" 1 "$(sql "many$many" 'select count(*) from knex_migrations')"
    same "$many at once: the lock is free" '1|0' "$(sql "many$many" 'select count(*), sum(is_locked) from knex_migrations_lock')"
    rm "$work"/out.* "$work"/err.*
done

# Several transactions, and statements outside of them: everybody waits for the run to end, or goes on where it died.
# ROUNDS=200 is for an evening.
for transaction in BATCH EACH; do
    for round in $(seq "${ROUNDS:-1}"); do
        fixture mixed "-DFIXTURE_TRANSACTION=MIGRATE_$transaction"
        name=mixed${transaction}$round
        database "$name"
        pids=()
        for i in $(seq 20); do
            "$program" latest > "$work/out.$i" 2> "$work/err.$i" &
            pids+=($!)
        done
        # Two of them die on the way, wherever they are.
        sleep "0.$((RANDOM % 5 + 1))"
        kill -KILL "${pids[3]}" "${pids[11]}" 2> /dev/null || true
        codes=''
        for i in "${!pids[@]}"; do
            code=0
            wait "${pids[$i]}" 2> /dev/null || code=$?
            [ "$i" = 3 ] || [ "$i" = 11 ] || codes+=$code
        done
        same "20 at once, $transaction, two killed: the others end well" "$(printf '0%.0s' $(seq 18))" "$codes"
        same 'each migration once, in one batch' '3|3|1' "$(sql "$name" 'select count(*), count(distinct name), max(batch) from knex_migrations')"
        same 'and finished' '3|3' "$(sql "$name" "select count(*), count(finished) from knex_migrations_journal")"
        same 'all indexes are valid, the flag is free, no lock is left' '0|0|0' "$(sql "$name" "select (select count(*) from pg_index where not indisvalid),
            (select sum(is_locked) from knex_migrations_lock), (select count(*) from pg_locks where locktype = 'advisory')")"
        rm "$work"/out.* "$work"/err.*
    done
done

fixture gate
holder() { sql "$1" "select count(*) from pg_locks where locktype = 'advisory' and granted"; }
database busy
close_gate busy
"$program" latest > "$work/first" 2>&1 &
first=$!
until_at_gate busy
expect 'status does not wait' 0 'No Completed Migration files Found.
Found 1 Pending Migration file/files.
20240101000000_one.mig' status
expect '--no-wait gives up' 8 '' latest --no-wait
holds 'and says who holds the lock' "$err" 'another run holds the migration lock: process ' '(user postgres, application migrate)'
expect 'a wait of a second ends' 8 '' latest --lock-wait 1s
expect 'unlock does not break a run' 8 '' unlock
"$program" latest > "$work/second" 2> "$work/second.err" &
second=$!
until_text "$work/second.err" 'waiting: another run holds the migration lock: process ' || not_ok 'waiting says for whom'
open_gate busy
wait "$first"
code=0
wait "$second" || code=$?
same 'the first ends as if nothing had been' 'Batch 1 run: 1 migrations' "$(grep Batch "$work/first")"
same 'the one that waited has nothing left to do' '0|Already up to date' "$code|$(cat "$work/second")"
same 'no lock stays' 0 "$(sql busy "select count(*) from pg_locks where locktype = 'advisory' and granted")"

# The advisory lock is named after the history, so another history is not locked.
database other
sql other 'create schema app'
close_gate other
fixture gate '-DFIXTURE_TABLE="ours"'
"$program" latest > /dev/null 2>&1 &
first=$!
until_at_gate other
fixture three '-DFIXTURE_SCHEMA="app"'
expect 'another history of the same database is not locked' 0 'Batch 1 run: 3 migrations' latest --no-wait
open_gate other
wait "$first"
fixture three

# Knex's flag.
database flag
expect 'before' 0 'Batch 1 run: 3 migrations' latest
sql flag 'update knex_migrations_lock set is_locked = 1'
expect 'a flag that Knex has set' 8 '' rollback --lock-wait 1
holds 'is named, with the way out' "$err" 'Knex holds the migration lock: is_locked is set in "public"."knex_migrations_lock"' \
    'migrate unlock' 'waiting:'
expect 'what needs no lock does not mind' 0 'Already up to date' latest
expect 'unlock' 0 'Succesfully unlocked the migrations lock table' unlock
holds 'says what it found' "$err" 'the flag was set'
expect 'after unlock' 0 'Batch 1 rolled back: 3 migrations' rollback --no-wait
sql flag 'update knex_migrations_lock set is_locked = 1'
"$program" latest > "$work/first" 2> "$work/first.err" &
until_text "$work/first.err" 'waiting: Knex holds'
sql flag 'update knex_migrations_lock set is_locked = 0'
wait
same 'a flag that is freed while we wait' 'Batch 1 run: 3 migrations' "$(cat "$work/first")"
close_gate flag
sql flag 'begin' 'update knex_migrations_lock set is_locked = 1' "$at_gate" 'rollback' > /dev/null &
until_at_gate flag
expect 'a Knex that is setting the flag at this moment' 8 '' rollback --no-wait
holds 'is waited for from idle, not in the row lock' "$err" 'a Knex process is using "public"."knex_migrations_lock" at this moment'
open_gate flag
expect 'and no longer than it takes' 0 'Batch 1 rolled back: 3 migrations' rollback
wait
sql flag 'delete from knex_migrations_lock'
expect 'an empty lock table' 0 'Batch 1 run: 3 migrations' latest --no-wait
same 'gets its row' '1|0' "$(sql flag 'select count(*), sum(is_locked) from knex_migrations_lock')"
sql flag 'insert into knex_migrations_lock (is_locked) values (0), (0)'
expect 'a lock table of three rows reads as locked, as in Knex' 8 '' rollback --no-wait
holds 'and says so' "$err" 'has 3 rows instead of one' 'migrate unlock'
expect 'unlock leaves one' 0 'Succesfully unlocked the migrations lock table' unlock
expect 'and all is well' 0 'Batch 1 rolled back: 3 migrations' rollback --no-wait
finish
