#!/usr/bin/env bash
# Every verb, in every state of the history, word for word.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

cluster main
fixture three
one=20240101000000_one.mig two=20240102000000_two.mig three=20240103000000_three.mig
pending="No Completed Migration files Found.
Found 3 Pending Migration file/files.
$one
$two
$three"
done_all="Found 3 Completed Migration file/files.
$one
$two
$three
No Pending Migration files Found."
tables() { sql "$1" "select count(*) from pg_tables where schemaname = 'public'"; }

database fresh
expect 'status without tables' 0 "$pending" status
same 'its last line is empty, as in Knex' "$pending"$'\n\n.' "$(cat "$work/out"; echo .)"
expect 'list is the same' 0 "$pending" list
expect 'currentVersion without tables' 0 'Current Version: none' currentVersion
expect 'rollback without tables' 0 'Already at the base migration' rollback
expect 'rollback --all without tables' 0 'Already at the base migration' rollback --all
expect 'down without tables' 0 'Already at the base migration' down
expect 'unlock without tables' 0 'Succesfully unlocked the migrations lock table' unlock
same 'none of these creates a table' 0 "$(tables fresh)"
expect 'latest on a fresh database' 0 'Batch 1 run: 3 migrations' latest
holds 'progress, a line a migration, on standard error' "$err" '20240101000000_one ' '20240103000000_three ' ' ms'
same 'the tables are there' 'knex_migrations
knex_migrations_journal
knex_migrations_lock
one
three
two' "$(sql fresh "select tablename from pg_tables where schemaname = 'public' order by 1")"
same 'the rows' "1|$one|1|t
2|$two|1|t
3|$three|1|t" "$(sql fresh "select id, name, batch, migration_time > now() - interval '1 minute' from knex_migrations order by id")"
same 'the lock is free' '1|0' "$(sql fresh 'select index, is_locked from knex_migrations_lock')"
same 'no advisory lock stays' 0 "$(sql fresh "select count(*) from pg_locks where locktype = 'advisory'")"
columns="select attname || ' ' || format_type(atttypid, atttypmod) || coalesce(' ' || pg_get_expr(adbin, adrelid), '') || attnotnull
  from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
 where attrelid = 'TABLE'::regclass and attnum > 0 order by attnum"
same 'the history has the columns of Knex' "id integer nextval('knex_migrations_id_seq'::regclass)true
name character varying(255)false
batch integerfalse
migration_time timestamp with time zonefalse" "$(sql fresh "${columns/TABLE/knex_migrations}")"
same 'the lock table has the columns of Knex' "index integer nextval('knex_migrations_lock_index_seq'::regclass)true
is_locked integerfalse" "$(sql fresh "${columns/TABLE/knex_migrations_lock}")"

expect 'latest again' 0 'Already up to date' latest
same 'nothing is said about it' '' "$err"
expect 'latest again, verbose' 0 'Already up to date' latest --verbose
expect 'up with nothing to do' 0 'Already up to date' up
expect 'up by name of what was applied' 0 'Already up to date' up "$two"
expect 'status with all applied' 0 "$done_all" status
expect 'currentVersion' 0 'Current Version: 20240103000000' currentVersion
expect 'rollback, verbose' 0 "Batch 1 rolled back: 3 migrations
$three
$two
$one" rollback --verbose
same 'the tables are gone, the history is empty' '3|0' "$(tables fresh)|$(sql fresh 'select count(*) from knex_migrations')"
expect 'rollback again' 0 'Already at the base migration' rollback

expect 'up takes the first' 0 "Batch 1 ran the following migrations:
$one" up
expect 'up by name' 0 "Batch 2 ran the following migrations:
$three" up 20240103000000_three
expect 'status in between, in the order of application' 0 "Found 2 Completed Migration file/files.
$one
$three
Found 1 Pending Migration file/files.
$two" status
expect 'currentVersion is the greatest' 0 'Current Version: 20240103000000' currentVersion
expect 'latest takes what was left out' 0 'Batch 3 run: 1 migrations' latest
holds 'and warns that it is out of order' "$err" 'warning: "20240102000000_two.mig" is out of order: "20240103000000_three.mig"'
expect 'down takes what was applied last, and names the highest batch' 0 "Batch 3 rolled back the following migrations:
$two" down
expect 'down by name, by another extension' 0 "Batch 2 rolled back the following migrations:
$one" down 20240101000000_one.cjs
expect 'down of what was not run is wrong' 2 '' down "$one"
holds 'and says so' "$err" "migration \"$one\" was not run"
expect 'rollback --all, with options before the verb' 0 "Batch 2 rolled back: 1 migrations
$three" --verbose --all rollback

expect 'latest, verbose' 0 "Batch 1 run: 3 migrations
$one
$two
$three" latest --verbose
expect 'rollback --all' 0 'Batch 1 rolled back: 3 migrations' rollback --all
for verb in latest rollback; do
    run --quiet "$verb"
    same "--quiet $verb prints no progress" '' "$err"
done
expect 'up, with an unknown name' 2 '' up 20240102000000_twoo
holds 'the nearest is named' "$err" 'migration "20240102000000_twoo" not found' 'did you mean "20240102000000_two"?'

database until
expect 'before the first there is nothing' 0 'Already up to date' before "$one"
expect 'before: up to it, without it' 0 "Batch 1 ran the following migrations:
$one" before "$two"
expect 'to: up to it, and it' 0 "Batch 2 ran the following migrations:
$two" to 20240102000000_two.cjs
expect 'to what was applied' 0 'Already up to date' to "$one"
expect 'to the last' 0 "Batch 3 ran the following migrations:
$three" to "$three"
run down "$one"
expect 'to takes what was left out before it' 0 "Batch 4 ran the following migrations:
$one" to "$two"
for verb in to before; do
    expect "$verb wants a name" 2 '' "$verb"
    holds "and says so" "$err" "\`migrate $verb\` wants the name of a migration"
    expect "$verb an unknown one" 2 '' "$verb" 20240102000000_twoo
    holds 'the nearest is named' "$err" 'did you mean "20240102000000_two"?'
done
expect 'status --check, with nothing pending' 0 "Found 3 Completed Migration file/files.
$two
$three
$one
No Pending Migration files Found." status --check
run down "$three"
run status --check
same 'status --check, with something pending: exit code 5' 5 "$code"
run status
same 'status without it: exit code 0' 0 "$code"

database waiting
expect 'wait: the server answers' 0 '' wait
same 'and nothing is said' '' "$err"
expect 'wait --for what is not applied' 5 '' wait --for "$two" --timeout 1
holds 'it says so' "$err" "waiting: the migration \"$two\" is not applied yet" "error: the migration \"$two\" is not applied"
same 'wait creates no table' 0 "$(tables waiting)"
"$program" wait --for 20240102000000_two --timeout 60 > "$work/waited" 2>&1 &
waiting=$!
run to "$two"
wait $waiting && ok 'wait --for ends when it is applied' || not_ok 'wait --for ends when it is applied'
expect 'wait --for what is applied' 0 '' wait --for "$one" --timeout 0
expect 'wait --for an unknown one' 2 '' wait --for 20240102000000_twoo
run --url "postgres://postgres@/waiting?host=$work/nowhere" wait --timeout 1
same 'wait for a server that does not come: exit code 4' 4 "$code"
holds 'it says what it waits for' "$err" 'waiting: ' 'error: cannot connect: '
# The server's socket comes only now.
mkdir "$work/late"
{ sleep 1; ln -s "$work/main/.s.PGSQL.5432" "$work/late/"; } &
run --url "postgres://postgres@/waiting?host=$work/late" status --wait 60
same '--wait tries to connect until the server is there' 0 "$code"
holds 'and says that it waits' "$err" 'waiting: '
run --url "postgres://postgres@/waiting?host=$work/nowhere" status --wait 1
same '--wait for a server that does not come: exit code 4' 4 "$code"

database prefix
expect 'migrate:status' 0 "$pending" migrate:status
expect 'migrate:list' 0 "$pending" migrate:list
expect 'migrate:latest' 0 'Batch 1 run: 3 migrations' migrate:latest
expect 'migrate:currentVersion' 0 'Current Version: 20240103000000' migrate:currentVersion
expect 'migrate:down' 0 "Batch 1 rolled back the following migrations:
$three" migrate:down
expect 'migrate:up' 0 "Batch 2 ran the following migrations:
$three" migrate:up
expect 'migrate:rollback takes the last batch only' 0 'Batch 2 rolled back: 1 migrations' migrate:rollback
expect 'migrate:unlock' 0 'Succesfully unlocked the migrations lock table' migrate:unlock
same 'unlock leaves one free row' 1\|0 "$(sql prefix 'select count(*), sum(is_locked) from knex_migrations_lock')"

run version
holds 'version' "$out" 'migrate for fixture' 'migrations: 3' 'last: 20240103000000_three' 'runtime: ' 'libpq: '
out=$(env -u DATABASE_URL "$program" help)
holds 'help needs no database, and has all the tables' "$out" 'migrate:latest' 'currentVersion' '--lock-wait' '130' 'DATABASE_URL'
same 'with --help, too' "$out" "$("$program" --help)"
out=$("$program" help rollback)
holds 'help of a verb: what it takes' "$out" 'usage: migrate rollback [options]' '--all' '--allow-lossy' '--url'
lacks 'and not what others take' "$out" '--strict' '--timeout'
same 'with --help, too' "$out" "$("$program" migrate:rollback --help)"
expect 'help of what is no verb' 2 '' help rolback
holds 'it says which one may be meant' "$err" 'did you mean `migrate rollback`?'

database renamed
sql renamed 'create schema "Ops"'
expect 'another table, in another schema' 0 'Batch 1 run: 3 migrations' latest --schema Ops --table 'our "history"'
same 'is made there' 'Ops|our "history"
Ops|our "history"_journal
Ops|our "history"_lock' "$(sql renamed "select schemaname, tablename from pg_tables where tablename like 'our%' order by 2")"
expect 'it is another history' 0 "$pending" status
expect 'and is read there' 0 "$done_all" status --schema Ops --table 'our "history"'
expect 'the schema must be there' 3 '' latest --schema absent
expect 'a name that is too long' 2 '' status --table "$(printf 'x%.0s' {1..59})"
expect 'an empty name' 2 '' status --schema ''

fixture three -DFIXTURE_HISTORY_SCHEMA='"history"' '-DFIXTURE_TABLE="Our \"Migrations\""' -DFIXTURE_SCHEMA='"app"'
database schemas
expect 'the schema of the history must exist' 3 '' latest
holds 'and how it comes to be is said' "$err" 'CREATE SCHEMA "history"'
sql schemas 'create schema history' 'create schema app'
expect 'a schema and names of one'"'"'s own' 0 'Batch 1 run: 3 migrations' latest
expect 'and again' 0 'Already up to date' latest
same 'all is where it belongs' 'app.one
app.three
app.two
history."Our ""Migrations"""
history."Our ""Migrations""_journal"
history."Our ""Migrations""_lock"' "$(sql schemas "select oid::regclass from pg_class where relkind = 'r' and relnamespace in ('app'::regnamespace, 'history'::regnamespace) order by relnamespace::regnamespace::text, relname")"
expect 'and back' 0 'Batch 1 rolled back: 3 migrations' rollback

database trips
fixture three
run latest
sql postgres "alter system set log_statement = 'all'" 'select pg_reload_conf()' > /dev/null
until_sql trips all 'show log_statement' || true
lines=$(wc -l < "$work/main/log")
run latest
same 'nothing to do costs one round trip' 1 "$(tail -n "+$((lines + 1))" "$work/main/log" | grep -c 'LOG:  \(statement\|execute\)')"
sql postgres "alter system reset log_statement" 'select pg_reload_conf()' > /dev/null

fixture none
database nothing
expect 'a project without migrations' 0 'Already up to date' latest
expect 'its status' 0 'No Completed Migration files Found.
No Pending Migration files Found.' status
finish
