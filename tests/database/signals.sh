#!/usr/bin/env bash
# SIGINT and SIGTERM: the statement is cancelled, the batch rolled back, and the exit code is the signal's.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

cluster main
fixture slow
busy="select count(*) from pg_stat_activity where application_name = 'migrate' and query like '%pg_sleep%' and state = 'active'"

# signalled SIGNAL VERB...: sends it while the statement of a minute runs; sets $code, $err and $elapsed
signalled() {
    local signal=$1 pid begin=$SECONDS
    shift
    # A shell starts its background jobs with SIGINT ignored; a program that takes it regardless is what we have.
    "$program" "$@" > "$work/out" 2> "$work/err" &
    pid=$!
    until_sql "$name" 1 "$busy" || not_ok "the statement runs"
    kill "-$signal" "$pid"
    code=0
    wait "$pid" || code=$?
    err=$(cat "$work/err")
    elapsed=$((SECONDS - begin))
}

for signal in INT:130 TERM:143; do
    name=sig${signal%:*}
    database "$name"
    signalled "${signal%:*}" latest
    same "SIG${signal%:*} while going up: exit code" "${signal#*:}" "$code"
    holds 'it says so' "$err" "stopped by SIG${signal%:*}; nothing was applied" '20240102000000_two.mig:3: the statement was cancelled'
    same 'at once' 1 "$((elapsed < 20))"
    same 'nothing stays' '0|0|1|0' "$(sql "$name" "select count(*) from pg_tables where tablename = 'one'")|$(sql "$name" \
        'select count(*) from knex_migrations')|$(sql "$name" 'select count(*), sum(is_locked) from knex_migrations_lock')"
    same 'no session stays' 0 "$(sql "$name" "select count(*) from pg_stat_activity where application_name = 'migrate'")"
done

name=down
database down
fixture three
run latest
sql down "update knex_migrations set name = '20240101000000_one.mig' where id = 1; update knex_migrations set name = '20240102000000_two.mig' where id = 2; delete from knex_migrations where id = 3"
fixture slow
signalled INT rollback
same 'SIGINT while going down: exit code' 130 "$code"
holds 'it says so' "$err" 'stopped by SIGINT; nothing was rolled back'
same 'the rows stay' 2 "$(sql down 'select count(*) from knex_migrations')"

# A program that is killed cannot say anything; its server notices that it is gone, and lets go of all it held. Before 14 it does so
# only when it has something to say.
name=killed
database killed
"$program" latest > /dev/null 2>&1 &
pid=$!
until_sql killed 1 "$busy" || true
kill -KILL "$pid"
wait "$pid" 2> /dev/null || true
[ "$MAJOR" -ge 14 ] || sql killed "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'migrate'" > /dev/null
fixture three
expect 'after SIGKILL the next run goes on' 0 'Batch 1 run: 3 migrations' latest --lock-wait 40
same 'and all is in order' '3|1|0' "$(sql killed 'select count(*) from knex_migrations')|$(sql killed \
    'select count(*), sum(is_locked) from knex_migrations_lock')"
fixture slow

name=wait
database wait
"$program" latest > /dev/null 2>&1 &
first=$!
until_sql wait 1 "$busy" || true
: > "$work/err"  # an earlier run has left its own "waiting" there
"$program" latest > "$work/out" 2> "$work/err" &
second=$!
until_text "$work/err" waiting
kill -TERM "$second"
code=0
wait "$second" || code=$?
same 'SIGTERM while waiting for the lock: exit code' 143 "$code"
holds 'nothing had been begun' "$(cat "$work/err")" 'stopped by a signal while waiting for the lock; nothing was changed'
kill -INT "$first"
wait "$first" || true
finish
