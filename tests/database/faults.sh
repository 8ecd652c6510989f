#!/usr/bin/env bash
# A run that is killed at a message to the server: the next run ends where an undisturbed one ends.
#
#   EVERY=NUMBER  at every so many of the messages only (48); EVERY=1 is the whole sweep
#   SEED=NUMBER   which ones
set -euo pipefail
. "$(dirname "$0")/lib.sh"

cluster main
SEED=${SEED:-$((RANDOM % 1000))}
EVERY=${EVERY:-48}

fault_fixture() {
    local wrapped flags=("-I$(pg_config --includedir)")
    for wrapped in PQsendQuery PQsendQueryParams PQsendQueryPrepared PQpipelineSync; do flags+=("-Wl,--wrap=$wrapped"); done
    fixture mixed -DFIXTURE_FAULTS "${flags[@]}" "$@"
}

# one WHEN:MESSAGE VERB TEMPLATE WANTED: kills a run there, lets the next one go on; says what differs. How many messages there
# are is a matter of time, too (a run that waits looks what for), so that the last one may not come: then it is done.
one() {
    local wanted=$4
    sql postgres 'drop database if exists fault with (force)' "create database fault template $3"
    export DATABASE_URL="postgres://postgres@/fault?host=$work/main"
    code=0
    FAULT=$1 "$program" "$2" > "$work/out" 2>&1 || code=$?
    case $code in
        137) echo "$1" >> "$work/injected"; run "$2" ;;
        0) err= ;;
        *) echo "$1: the run was not killed: $code"; cat "$work/out"; return ;;
    esac
    [ "$code" = 0 ] || { echo "$1: the next run ended with $code: $err"; return; }
    case $err in *Sanitizer*|*'runtime error'*) echo "$1: $err";; esac
    diff <(echo "$wanted") <(state fault) || echo "$1: not as undisturbed"
}

# sweep NAME VERB TEMPLATE
sweep() {
    local name=$1 verb=$2 template=$3 wanted messages message when point=0 bad=''
    sql postgres 'drop database if exists fault with (force)' "create database fault template $template"
    export DATABASE_URL="postgres://postgres@/fault?host=$work/main"
    FAULT_COUNT=$work/count run "$verb"
    same "$name: undisturbed" 0 "$code"
    wanted=$(state fault)
    messages=$(cat "$work/count")
    for ((message = 1; message <= messages; message++)); do
        for when in before after; do
            point=$((point + 1))
            [ $(((point + SEED) % EVERY)) = 0 ] || continue
            bad+=$(one "$when:$message" "$verb" "$template" "$wanted")
        done
    done
    same "$name: killed at $messages messages, the next run ends as an undisturbed one (SEED=$SEED)" '' "$bad"
}

sql postgres 'create database empty'
for transaction in BATCH EACH; do
    fault_fixture "-DFIXTURE_TRANSACTION=MIGRATE_$transaction"
    sweep "up, $transaction" latest empty
    sql postgres "create database \"applied $transaction\""
    export DATABASE_URL="postgres://postgres@/applied%20$transaction?host=$work/main"
    run latest
    sweep "down, $transaction" rollback "\"applied $transaction\""
done
injected=$(wc -l < "$work/injected")
echo "# $injected faults injected"
same 'faults were injected' 1 "$((injected > 7))"
finish
