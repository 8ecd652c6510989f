#!/usr/bin/env bash
# Connections that break at a message of a run, in either direction: the next run ends where an undisturbed one ends.
#
#   EVERY=NUMBER   at every so many of the messages only (400); EVERY=1 is the whole sweep
#   STALLS=NUMBER  how often the connection stays open and says nothing any more, for each way (1)
#   SEED=NUMBER    which messages
set -euo pipefail
. "$(dirname "$0")/lib.sh"

cluster main
SEED=${SEED:-$((RANDOM % 1000))}
EVERY=${EVERY:-400}
STALLS=${STALLS:-1}
injected=0
"$CC" -O1 "$here/fixtures/proxy.c" -o "$work/proxy"

# proxied DATABASE FAULT VERB: runs through a proxy with that fault; leaves $code, $err, $messages and $happened
proxied() {
    local pid
    rm -f "$work/port" "$work/count"
    "$work/proxy" "$work/port" "$work/main/.s.PGSQL.5432" "$work/count" "$2" > "$work/proxy.log" 2>&1 &
    pid=$!
    until [ -s "$work/port" ]; do sleep 0.01; done
    PGSSLMODE=disable PGGSSENCMODE=disable DATABASE_URL="postgres://postgres@127.0.0.1:$(cat "$work/port")/$1" run "$3" --lock-wait 5
    kill "$pid"
    wait "$pid" 2> /dev/null || true
    messages=0 happened=0
    [ ! -s "$work/count" ] || read -r messages happened < "$work/count"
}

# one KIND:MESSAGE VERB TEMPLATE WANTED: says what differs
one() {
    local wanted=$4
    sql postgres 'drop database if exists lost with (force)' "create database lost template $3"
    proxied lost "$1" "$2"
    [ "$happened" = 1 ] || return 0
    # A connection that was cut behind the last message is none that anybody misses.
    case $code in 0|1|4|11) ;; *) echo "$1: the run ended with $code: $err";; esac
    case $err in *Sanitizer*|*'runtime error'*|*'bug in'*) echo "$1: $err";; esac
    export DATABASE_URL="postgres://postgres@/lost?host=$work/main"
    run "$2"
    [ "$code" = 0 ] || echo "$1: the next run ended with $code: $err"
    diff <(echo "$wanted") <(state lost) || echo "$1: not as undisturbed"
}

# sweep NAME VERB TEMPLATE
sweep() {
    local name=$1 verb=$2 template=$3 wanted all message kind point=0 bad=''
    sql postgres 'drop database if exists lost with (force)' "create database lost template $template"
    proxied lost none "$verb"
    same "$name: undisturbed" 0 "$code"
    wanted=$(state lost)
    all=$messages
    for ((message = 1; message <= all; message++)); do
        for kind in cut after half; do
            point=$((point + 1))
            [ $(((point + SEED) % EVERY)) = 0 ] || continue
            bad+=$(one "$kind:$message" "$verb" "$template" "$wanted")
            injected=$((injected + 1))
        done
    done
    for ((i = 0; i < STALLS; i++)); do
        bad+=$(one "stall:$(((SEED * 7 + i * 13) % (all - 20) + 15))" "$verb" "$template" "$wanted")
        injected=$((injected + 1))
    done
    same "$name: broken at $all messages, the next run ends as an undisturbed one (SEED=$SEED)" '' "$bad"
}

sql postgres 'create database empty'
for transaction in BATCH EACH; do
    fixture mixed "-DFIXTURE_TRANSACTION=MIGRATE_$transaction"
    sweep "up, $transaction" latest empty
    sql postgres "create database \"applied $transaction\""
    export DATABASE_URL="postgres://postgres@/applied%20$transaction?host=$work/main"
    run latest
    sweep "down, $transaction" rollback "\"applied $transaction\""
done
echo "# $injected faults injected"
same 'faults were injected' 1 "$((injected > 6))"
finish
