#!/usr/bin/env bash
# What a person sees: on a terminal, word for word; and nothing of colours anywhere else.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

if ! command -v script > /dev/null; then
    skip 'a terminal' 'script is not installed'
    finish
fi
cluster main
fixture three
escape=$'\033'

# on_terminal ARGUMENT...: runs $program on a terminal of its own; leaves $seen and $code
on_terminal() {
    code=0
    TERM=${TERM_WANTED:-xterm} script -qec "'$program' $*" /dev/null > "$work/seen" < /dev/null || code=$?
    seen=$(tr -d '\r' < "$work/seen" | sed 's/ *[0-9]* ms$/ N ms/')
}

database seen
on_terminal latest
same 'a line a migration with its time, then the result' '  20240101000000_one N ms
  20240102000000_two N ms
  20240103000000_three N ms
Batch 1 run: 3 migrations' "$seen"
on_terminal latest
same 'nothing when nothing happens' 'Already up to date' "$seen"
on_terminal rollback --quiet
same 'quiet: the result alone' 'Batch 1 rolled back: 3 migrations' "$seen"

on_terminal lates
same 'an error is red, and what to do is another colour' "$escape[1;31merror:$escape[0m unknown command \"lates\"
$escape[1;36mhelp:$escape[0m did you mean \`migrate latest\`?" "$seen"
same 'with its exit code' 2 "$code"
sql seen "insert into knex_migrations (name, batch) values ('20240103000000_three.mig', 1)"
on_terminal up --lock-wait 5
holds 'a warning is yellow' "$seen" "$escape[1;33mwarning:$escape[0m \"20240101000000_one.mig\" is out of order"
for plain in --no-color 'NO_COLOR=1' 'TERM_WANTED=dumb'; do
    case $plain in
    --*) on_terminal lates $plain ;;
    NO_COLOR*) NO_COLOR=1 on_terminal lates ;;
    *) TERM_WANTED=dumb on_terminal lates ;;
    esac
    lacks "no colours: $plain" "$seen" "$escape"
done
run lates
lacks 'no colours where there is no terminal' "$err" "$escape"
on_terminal status --json
lacks 'no colours in JSON' "$seen" "$escape"

# The next command stands in the error, to be typed as it is.
fixture fails
database failing
on_terminal latest --verbose
holds 'the next command' "$seen" 'ERROR 42P01' 'nothing was applied: the batch was rolled back' 'type `migrate latest`'
run up 20240102000000_two
holds 'with its name' "$err" 'type `migrate up 20240102000000_two`'
run latest --strict --no-wait --url "$DATABASE_URL"
holds 'and with the options that matter, but no URL' "$err" 'type `migrate latest --strict --no-wait`'
finish
