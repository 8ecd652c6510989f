#!/usr/bin/env bash
# Migrations that fail: nothing of their batch stays, and the report says where, why and what next.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

cluster main
tables() { sql "$1" "select coalesce(string_agg(tablename, ' ' order by tablename), 'none') from pg_tables where schemaname = 'public' and tablename not like 'knex%'"; }
rows() { sql "$1" 'select coalesce(string_agg(name, chr(32) order by id), chr(45)) from knex_migrations'; }
flag() { sql "$1" 'select count(*), sum(is_locked) from knex_migrations_lock'; }

fixture fails
database second
expect 'the second migration of a batch fails' 1 '' latest
holds 'the place, the state and the message' "$err" 'migration file "20240102000000_two.mig" failed' \
    'db/migrations/20240102000000_two.mig:4: ERROR 42P01: relation "missing" does not exist'
holds 'the caret is under the place, counted in characters' "$err" "
  	missing
  	^
"
holds 'what was kept and what to type' "$err" 'nothing was applied: the batch was rolled back' '`migrate latest`'
same 'nothing of the batch stays' 'none|-' "$(tables second)|$(rows second)"
same 'the lock is free' '1|0' "$(flag second)"
run migrate:latest
lacks 'a failure is not the lock' "$err" 'lock'
sql second 'create table missing (id int)'
expect 'the next run finds everything in order' 0 'Batch 1 run: 2 migrations' latest
expect 'a way down that fails' 1 '' rollback
holds 'its report' "$err" '20240102000000_two.mig:11: ERROR 42P01: table "never" does not exist' 'nothing was rolled back'
same 'the migrations are applied as before' 'missing one two|20240101000000_one.mig 20240102000000_two.mig|1|0' \
    "$(tables second)|$(rows second)|$(flag second)"

# message NAME STATEMENT PART...: the report of a failing statement
message() {
    local name=$1 statement=$2
    shift 2
    fixture messages "-DFIXTURE_STEP=\"$statement\""
    run latest
    same "$name: exit code" 1 "$code"
    holds "$name" "$err" "$@"
}
database messages
sql messages 'create table parent (id int primary key)' 'create table child (parent int references parent deferrable initially deferred)' \
    'create table held (name text unique)' "insert into held values ('a')" \
    'create function inner_one() returns int language plpgsql as $$ begin execute $q$select nothing from nowhere$q$; return 1; end $$'
message 'DETAIL' "INSERT INTO held VALUES ('a')" 'mig:7: ERROR 23505: duplicate key' 'DETAIL: Key (name)=(a) already exists.'
message 'HINT' "SELECT nme FROM held" 'ERROR 42703' 'HINT: Perhaps you meant' '         ^'
message 'CONTEXT and QUERY' 'SELECT inner_one()' 'ERROR 42P01' 'QUERY: select nothing from nowhere' 'CONTEXT: PL/pgSQL function inner_one()'
message 'a statement of many lines is cut' '\n\n\n\n\n\n\nSELECT\n\n\nx\n\n\n\n\ny' 'ERROR 42703' '  ...' '  x
  ^'
message 'two statements in one step' 'SELECT 1; SELECT 2' 'ERROR 42601: cannot insert multiple commands'
message 'COPY from the program' 'COPY held FROM STDIN' 'ERROR 57014: COPY from stdin failed: a migration has no data to send'
message 'a constraint that speaks up at the end' 'INSERT INTO child VALUES (1)' 'could not be committed: ERROR 23503' 'nothing was applied'
same 'nothing of these stays' "$(printf 'a\n0')" "$(sql messages 'table held' 'select count(*) from child')"
same 'and none of their rows' '-' "$(rows messages)"
fixture messages '-DFIXTURE_STEP="COPY (SELECT 1) TO STDOUT"'
expect 'COPY to the program is passed over' 0 'Batch 1 run: 1 migrations' latest
expect 'and the session is in step afterwards' 0 'Batch 1 rolled back: 1 migrations' rollback
fixture messages "-DFIXTURE_STEP=\"DO \$\$ BEGIN RAISE NOTICE 'hello'; RAISE WARNING 'beware'; END \$\$\""
run latest
holds 'notices reach standard error' "$err" 'NOTICE: hello' 'WARNING: beware'
run rollback
run --quiet latest
same 'unless quiet' '' "$err"

for end in COMMIT ROLLBACK 'COMMIT AND CHAIN'; do
    database "ends $end"
    export DATABASE_URL="postgres://postgres@/ends%20${end// /%20}?host=$work/main"
    fixture messages "-DFIXTURE_STEP=\"$end\""
    expect "a migration may not end the transaction: $end" 1 '' latest
    holds "$end: the report" "$err" 'transaction of the run' 'take COMMIT and ROLLBACK out of db/migrations/20240101000000_one.mig'
    same "$end: the lock is free and nothing recorded" '1|0|-' "$(flag "ends $end")|$(rows "ends $end")"
done

fixture irreversible
database irreversible
run latest
for verb in rollback 'rollback --all'; do
    expect "an irreversible migration: $verb" 9 '' $verb
    holds "$verb: the reason" "$err" '"20240101000000_one.mig" is irreversible: the rows are gone' 'nothing was rolled back'
done
expect 'down by name, too' 9 '' down 20240101000000_one
same 'nothing was rolled back' 'one two' "$(tables irreversible)"
expect 'one that is not in the way does not matter' 0 'Batch 1 rolled back the following migrations:
20240102000000_two.mig' down

fixture settings
database settings
expect 'settings that a migration leaves behind' 0 'Batch 1 run: 2 migrations' latest
same 'the next one runs with those of the run' 'public|UTC|0|UTF8|on|postgres' "$(sql settings 'table two')"
expect 'and the way back' 0 'Batch 1 rolled back: 2 migrations' rollback

fixture slow
database lost
"$program" latest > "$work/out" 2> "$work/err" &
pid=$!
until_sql lost 1 "select count(*) from pg_stat_activity where application_name = 'migrate' and query like '%pg_sleep%'" || true
sql lost "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'migrate'" > /dev/null
code=0
wait "$pid" || code=$?
same 'the server ends the session: exit code' 4 "$code"
holds 'the report' "$(cat "$work/err")" '57P01' 'nothing was applied' 'the connection was lost'
same 'nothing stays' 'none|-|1|0' "$(tables lost)|$(rows lost)|$(flag lost)"
finish
