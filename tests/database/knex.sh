#!/usr/bin/env bash
# The real Knex and our program on one database, in turns: each finds what the other did, respects its lock and prints the
# same lines. Knex comes from the npm registry, pinned, into the build folder.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

. "$here/knex_lib.sh"

cluster main
mkdir "$work/knex/js" "$work/knex/mig"
# The same three migrations as .cjs for Knex, and as files with our names, which Knex is told to load by loadExtensions.
for name in 20240101000000_one 20240102000000_two 20240103000000_three; do
    cat > "$work/knex/js/$name.cjs" <<JS
exports.up = (knex) => knex.schema.createTable('${name#*_}', (table) => { table.increments(); });
exports.down = (knex) => knex.schema.dropTable('${name#*_}');
JS
    cp "$work/knex/js/$name.cjs" "$work/knex/mig/$name.mig"
done

# knex FOLDER ARGUMENT...: runs Knex on the folder's migrations; sets $knex_out, $knex_err and $knex_code
knex() {
    local folder=$1
    shift
    knex_run "connection: { host: '$work/main', user: 'postgres', database: '$name' },
        migrations: { directory: './$folder', loadExtensions: ['.cjs', '.mig'] }" "$@"
}
begin() { name=$1; database "$name"; }
fixture three

# Knex first.
begin from_knex
mkdir "$work/knex/base"
cp "$work/knex/js/20240101000000_one.cjs" "$work/knex/base"
knex base migrate:latest
same 'Knex applies its baseline' '0|Batch 1 run: 1 migrations' "$knex_code|$knex_out"
expect 'ours sees it' 0 'Found 1 Completed Migration file/files.
20240101000000_one.cjs
Found 2 Pending Migration file/files.
20240102000000_two.mig
20240103000000_three.mig' status
expect 'ours goes on' 0 'Batch 2 run: 2 migrations' latest
same 'each row keeps its name' '20240101000000_one.cjs 20240102000000_two.mig 20240103000000_three.mig' \
    "$(sql from_knex "select string_agg(name, ' ' order by id) from knex_migrations")"
expect 'ours rolls its batch back' 0 'Batch 2 rolled back: 2 migrations' rollback
expect 'and that of Knex' 0 'Batch 1 rolled back: 1 migrations
20240101000000_one.cjs' rollback --verbose
knex base migrate:latest
same 'Knex can begin again' '0|Batch 1 run: 1 migrations' "$knex_code|$knex_out"

# Ours first.
begin to_knex
run latest
knex mig migrate:list
same 'Knex lists what ours applied' '0|Found 3 Completed Migration file/files.
20240101000000_one.mig
20240102000000_two.mig
20240103000000_three.mig
No Pending Migration files Found.' "$knex_code|$knex_out"
# Knex cannot load a .mig file as JavaScript, but what it does not run it does not load.
knex mig migrate:latest
same 'Knex has nothing to do' '0|Already up to date' "$knex_code|$knex_out"
knex mig migrate:currentVersion
same 'Knex reads the version' '0|Current Version: 20240103000000' "$knex_code|$knex_out"
dump() { dump_databases "$work/main" -s -t 'knex_migrations*' -T '*_journal*' <<< "$1 $2"; }
dump to_knex "$work/ours.sql"
begin only_knex
knex js migrate:latest
dump only_knex "$work/theirs.sql"
same 'pg_dump sees no difference between the tables of Knex' '' "$(diff "$work/theirs.sql" "$work/ours.sql" || true)"

# The same words, step by step: each verb on a database that only Knex, and one that only our program has touched.
words() {
    local theirs ours
    name=words_knex
    knex js "migrate:$1" "${@:2}"
    theirs="$(sed 's/\.cjs$//' "$work/knex/out"; echo "end, exit code $knex_code")"
    export DATABASE_URL="postgres://postgres@/words_ours?host=$work/main"
    run "migrate:$1" "${@:2}"
    ours="$(sed 's/\.mig$//' "$work/out"; echo "end, exit code $code")"
    same "the same words: $*" "$theirs" "$ours"
}
begin words_knex
begin words_ours
first=20240101000000_one.cjs last=20240103000000_three.cjs
while read -r line; do
    words $line
done <<VERBS
list
status
currentVersion
rollback
rollback --all
down
unlock
up
list
up $last
up $last
status
currentVersion
rollback --verbose
latest --verbose
latest --verbose
latest
list
currentVersion
down
down $first
rollback
rollback
latest
rollback
rollback --all
up
up
up
up
rollback --all --verbose
list
unlock
VERBS

# The lock, both ways.
begin lock
run latest
sql lock 'update knex_migrations_lock set is_locked = 1'
knex mig migrate:rollback
same 'a held lock stops Knex' 1 "$knex_code"
expect 'and ours' 8 '' rollback --no-wait
knex mig migrate:unlock
same 'the same word for unlocking' 'Succesfully unlocked the migrations lock table' "$knex_out"
expect 'what Knex unlocks is free for ours' 0 'Batch 1 rolled back: 3 migrations' rollback --no-wait
sql lock 'update knex_migrations_lock set is_locked = 1'
run unlock
knex js migrate:latest
same 'what ours unlocks is free for Knex' '0|Batch 1 run: 3 migrations' "$knex_code|$knex_out"

begin ours_runs
fixture gate
close_gate ours_runs
"$program" latest > "$work/ours.out" 2>&1 &
pid=$!
until_at_gate ours_runs
mkdir "$work/knex/one"
cp "$work/knex/mig/20240101000000_one.mig" "$work/knex/one"
# The gate opens when Knex stands before our lock, or has done what it must not.
(
    until_sql ours_runs 1 "select count(*) from pg_stat_activity where datname = 'ours_runs' and wait_event_type = 'Lock'" || true
    open_gate ours_runs
) &
knex one migrate:latest
wait "$pid"
holds 'while ours runs' "$(cat "$work/ours.out")" 'Batch 1 run: 1 migrations'
same 'Knex waits, and then finds it done' '0|Already up to date|1' \
    "$knex_code|$knex_out|$(sql ours_runs 'select count(*) from knex_migrations')"

begin knex_runs
mkdir "$work/knex/slow"
cat > "$work/knex/slow/20240101000000_one.cjs" <<'JS'
exports.up = (knex) => knex.raw(process.env.AT_GATE);
exports.down = () => {};
JS
sql knex_runs 'create table gate ()'
run latest
run rollback
close_gate knex_runs
AT_GATE=$at_gate knex slow migrate:latest &
until_at_gate knex_runs
expect 'while Knex runs, ours gives up when told to' 8 '' latest --no-wait
holds 'and says whom it met' "$err" 'Knex'
"$program" latest > "$work/ours.out" 2> "$work/ours.err" &
pid=$!
until_text "$work/ours.err" 'waiting: ' || true
open_gate knex_runs
wait "$pid"
same 'or waits, and then finds it done' 'Already up to date' "$(cat "$work/ours.out")"
wait
finish
