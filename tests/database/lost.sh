#!/usr/bin/env bash
# Connections that break at a message of a run, in either direction: the next run ends where an undisturbed one ends.
#
#   EVERY=NUMBER   at every so many of the messages only (400); EVERY=1 is the whole sweep
#   STALLS=NUMBER  how often the connection stays open and says nothing any more, for each way (1)
#   SEED=NUMBER    which messages
set -euo pipefail
. "$(dirname "$0")/lib.sh"
. "$here/sweep_lib.sh"

cluster main
EVERY=${EVERY:-400}
STALLS=${STALLS:-1}
kinds=(cut after half)
"$CC" -O1 "$here/fixtures/proxy.c" -o "$work/proxy"

# proxied FAULT VERB: runs through a proxy with that fault; leaves $code, $err, $messages and $happened
proxied() {
    local pid
    rm -f "$work/port" "$work/count"
    "$work/proxy" "$work/port" "$work/main/.s.PGSQL.5432" "$work/count" "$1" > "$work/proxy.log" 2>&1 &
    pid=$!
    until [ -s "$work/port" ]; do sleep 0.01; done
    PGSSLMODE=disable PGGSSENCMODE=disable DATABASE_URL="postgres://postgres@127.0.0.1:$(cat "$work/port")/fault" run "$2" --lock-wait 5
    kill "$pid"
    wait "$pid" 2> /dev/null || true
    messages=0 happened=0
    [ ! -s "$work/count" ] || read -r messages happened < "$work/count"
}

build() { fixture mixed "$@"; }
count() { proxied none "$1"; }
others() { for ((i = 0; i < STALLS; i++)); do echo "stall:$(((SEED * 7 + i * 13) % ($1 - 20) + 15))"; done; }
hit() {
    proxied "$1" "$2"
    [ "$happened" = 1 ] || return
    # A connection that was cut behind the last message is none that anybody misses.
    case $code in 0|1|4|11) ;; *) echo "$1: the run ended with $code: $err";; esac
}

# A network that goes dark: nobody closes anything, and the other connection gets no answer, either. There are some numbers of
# keepalives after which the kernel would notice; here it has nobody to ask, so it is the run itself that gives up.
darkness() {
    local fault=dark:$((RANDOM % 200 + 100)) begin=$SECONDS wanted
    build -DFIXTURE_TRANSACTION=MIGRATE_EACH
    renew empty
    run latest
    wanted=$(state fault)
    renew empty
    { sleep 30; ss -tno state established '( dport = :'"$(cat "$work/port")"' )' > "$work/timers" 2> /dev/null || true; } &
    proxied "$fault" latest
    wait
    same "a network that goes dark ($fault): the run ends" '1|1' "$happened|$((SECONDS - begin < 150))"
    case $code in
    4 | 11) ok 'and says that it could not go on' ;;
    *) not_ok "and says that it could not go on: $code: $err" ;;
    esac
    holds 'with the reason' "$err" 'the server does not answer'
    if [ -s "$work/timers" ]; then holds 'keepalives are on' "$(cat "$work/timers")" 'timer:(keepalive'; else skip 'keepalives are on' 'no ss'; fi
    export DATABASE_URL="postgres://postgres@/fault?host=$work/main"
    run latest
    same 'the next run goes on' "0|$wanted" "$code|$(state fault)"
}
sweep_all 7
darkness
finish
