# sweep_lib.sh: a fault at every so many of the messages of a run of mixed.c, up and down, in one transaction and in one each:
# behind each the next run ends where an undisturbed one ends. To be sourced behind lib.sh. The test gives
#
#   kinds             the kinds of faults that a message may have
#   build ARGUMENT... makes $program of mixed.c
#   count VERB        a run without a fault in the database `fault`; leaves $code, and the number of its messages in $messages
#   hit FAULT VERB    a run with the fault KIND:MESSAGE; prints what is wrong with how it ended. It fails where the run has ended
#                     before that message
#   others MESSAGES   more faults, a line each
#
#   EVERY=NUMBER      at every so many of the messages only; EVERY=1 is the whole sweep
#   SEED=NUMBER       which ones
SEED=${SEED:-$((RANDOM % 1000))}
: > "$work/injected"

# renew TEMPLATE: the database of the run
renew() {
    sql postgres 'drop database if exists fault with (force)' "create database fault template $1"
    export DATABASE_URL="postgres://postgres@/fault?host=$work/main"
}

# faults MESSAGES
faults() {
    local message kind point=0
    for ((message = 1; message <= $1; message++)); do
        for kind in "${kinds[@]}"; do
            point=$((point + 1))
            [ $(((point + SEED) % EVERY)) != 0 ] || echo "$kind:$message"
        done
    done
    others "$1"
}

# disturbed FAULT VERB TEMPLATE WANTED: says what differs
disturbed() {
    renew "$3"
    hit "$1" "$2" || return 0
    echo "$1" >> "$work/injected"
    case $(cat "$work/err") in *Sanitizer*|*'runtime error'*|*'bug in'*) echo "$1: $(cat "$work/err")";; esac
    run "$2"
    [ "$code" = 0 ] || echo "$1: the next run ended with $code: $err"
    case $err in *Sanitizer*|*'runtime error'*|*'bug in'*) echo "$1: $err";; esac
    diff <(echo "$4") <(state fault) || echo "$1: not as undisturbed"
}

# sweep NAME VERB TEMPLATE
sweep() {
    local wanted fault bad=''
    renew "$3"
    count "$2"
    same "$1: undisturbed" 0 "$code"
    wanted=$(state fault)
    for fault in $(faults "$messages"); do bad+=$(disturbed "$fault" "$2" "$3" "$wanted"); done
    same "$1: at $messages messages: ${kinds[*]}; the next run ends as an undisturbed one (SEED=$SEED)" '' "$bad"
}

# sweep_all LEAST: all of them; at least so many faults have to have happened
sweep_all() {
    local transaction injected
    sql postgres 'create database empty'
    for transaction in BATCH EACH; do
        build "-DFIXTURE_TRANSACTION=MIGRATE_$transaction"
        sweep "up, $transaction" latest empty
        sql postgres "create database \"applied $transaction\" template fault"
        sweep "down, $transaction" rollback "\"applied $transaction\""
    done
    injected=$(wc -l < "$work/injected")
    echo "# $injected faults injected"
    same 'faults were injected' 1 "$((injected >= $1))"
}
