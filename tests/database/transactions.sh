#!/usr/bin/env bash
# What is committed when: transaction batch and each, migrations that do not fit into one, the journal of how far they
# have come, and checksums.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

cluster main
rows() { sql "$1" 'select coalesce(string_agg(name || chr(58) || batch, chr(32) order by id), chr(45)) from knex_migrations'; }
journal() { sql "$1" "select coalesce(string_agg(concat_ws(' ', substr(name, 16), direction, state, step), ', ' order by id), '-') from knex_migrations_journal"; }
flag() { sql "$1" 'select count(*), sum(is_locked) from knex_migrations_lock'; }
tables() { sql "$1" "select coalesce(string_agg(tablename, ' ' order by tablename), 'none') from pg_tables where schemaname = 'public' and tablename not like 'knex%'"; }

# ---- each
fixture fails -DFIXTURE_TRANSACTION=MIGRATE_EACH
database each
expect 'each: the second migration fails' 1 '' latest
holds 'what was committed stays' "$err" 'what was not committed was rolled back' 'one migration before it was applied, and stays so'
same 'and is in the history' '20240101000000_one.mig:1' "$(rows each)"
same 'with its entry in the journal' 'one up done 1' "$(journal each)"
same 'the flag is free' '1|0' "$(flag each)"
sql each 'create table missing (id int)'
expect 'the next run goes on' 0 'Batch 2 run: 1 migrations' latest
fixture three -DFIXTURE_TRANSACTION=MIGRATE_EACH
database synchronous
expect 'each' 0 'Batch 1 run: 3 migrations' latest
same 'each migration has a transaction of its own' 3 "$(sql synchronous 'select count(distinct xmin::text) from knex_migrations')"
fixture three
database batch
expect 'batch' 0 'Batch 1 run: 3 migrations' latest
same 'all have the same one' 1 "$(sql batch 'select count(distinct xmin::text) from knex_migrations')"

# Only the last commit of a run waits for the disk.
fixture commits -DFIXTURE_TRANSACTION=MIGRATE_EACH
database commits
run latest
same 'only the last commit waits for the disk' 'off off on' "$(sql commits "select string_agg(setting, ' ' order by id) from commits")"

# The commit goes with the beginning of the next transaction and all of its work.
fault_fixture three -DFIXTURE_TRANSACTION=MIGRATE_EACH
crossings=()
for name in 'to 20240102000000_two' latest; do
    database "crossings $name"
    export DATABASE_URL="postgres://postgres@/crossings%20${name// /%20}?host=$work/main"
    FAULT_COUNT=$work/count run $name
    crossings+=("$(cut -d' ' -f2 "$work/count")")
done
same 'each: a migration more crosses the network once more' 1 "$((crossings[1] - crossings[0]))"

# at_commit NAME BODY: a database where the commit of what puts a row into `late` runs that body
at_commit() {
    database "$1"
    sql "$1" 'create table late (id int)' 'create sequence attempts' \
        "create function at_commit() returns trigger language plpgsql as \$\$ begin $2 return new; end \$\$" \
        'create constraint trigger late after insert on late deferrable initially deferred for each row execute function at_commit()'
}
fixture three -DFIXTURE_TRANSACTION=MIGRATE_EACH '-DFIXTURE_SECOND="INSERT INTO late VALUES (1)"'
at_commit never "raise exception 'never';"
expect 'each: the second commit fails' 1 '' latest
holds 'whose it was, and what stays' "$err" '"20240102000000_two.mig" could not be committed: ERROR P0001: never' \
    'what was not committed was rolled back' 'one migration before it was applied, and stays so'
same 'nothing behind it was done' '20240101000000_one.mig:1|late one|one up done 1|1|0' "$(rows never)|$(tables never)|$(journal never)|$(flag never)"
at_commit third "if nextval('attempts') < 3 then raise exception 'busy' using errcode = 'serialization_failure'; end if;"
expect 'each: a commit that fails since others were in the way is done again' 0 'Batch 1 run: 3 migrations' latest
same 'with its work, once' '20240101000000_one.mig:1 20240102000000_two.mig:1 20240103000000_three.mig:1|3|1' "$(rows third)|$(sql third 'select last_value from attempts')|$(sql third 'select count(*) from late')"
at_commit always "raise exception 'busy' using errcode = 'serialization_failure';"
expect 'but not for ever' 1 '' latest --table-wait 1
same 'and what was before it stays' '20240101000000_one.mig:1|1|0' "$(rows always)|$(flag always)"
at_commit signal "while (pg_stat_file('$work/gate', true)).size is not null loop perform pg_sleep(0.02); end loop;"
touch "$work/gate"
"$program" latest > "$work/out" 2> "$work/err" &
pid=$!
until_sql signal 1 "select count(*) from pg_stat_activity where query like 'COMMIT%' and wait_event = 'PgSleep'" || not_ok 'it is at the commit'
kill -INT $pid
sleep 0.3
rm "$work/gate"
code=0
wait $pid || code=$?
same 'a signal waits for the commit that is under way, and nothing follows' '130|20240101000000_one.mig:1 20240102000000_two.mig:1|late one two|1|0' \
    "$code|$(rows signal)|$(tables signal)|$(flag signal)"
holds 'and says what stays' "$(cat "$work/err")" 'stopped by SIGINT' '2 migrations before it were applied, and stay so'

# ---- steps outside transactions
fixture mixed
database mixed
expect 'a migration that does not fit into one transaction' 0 'Batch 1 run: 3 migrations' latest
same 'its journal is finished' 'one up done 1, two up done 9, three up done 1' "$(journal mixed)"
same 'nothing of it is left to do' '20240101000000_one.mig:1 20240102000000_two.mig:1 20240103000000_three.mig:1|1|0' "$(rows mixed)|$(flag mixed)"
same 'who, where and the way down are noted' 't|t|DROP TABLE three;' "$(sql mixed "select who = 'postgres', length(host) > 0 and length(build) = 16, split_part(down, chr(10), 3) from knex_migrations_journal where name like '%three'")"
expect 'and back' 0 'Batch 1 rolled back: 3 migrations' rollback
same 'nothing stays' 'none|-' "$(tables mixed)|$(rows mixed)"

database duplicates
fixture mixed '-DFIXTURE_FOURTH="UPDATE two SET id = 1 WHERE id = 2"'
expect 'a unique index that cannot be built' 11 '' latest
holds 'what is half-way is said' "$err" '20240102000000_two.mig:7: ERROR 23505: could not create unique index "two_id"' \
    '"20240102000000_two.mig" is half-way: 4 of its 9 steps are done and stay' 'one migration before it was applied' \
    'to go on there, type `migrate latest`'
same 'no index that is not valid is left' 0 "$(sql duplicates 'select count(*) from pg_index where not indisvalid')"
same 'the journal knows where' 'one up done 1, two up running 4' "$(journal duplicates)"
same 'the flag is free' '1|0' "$(flag duplicates)"
run status
holds 'status tells' "$out" 'Found 1 Unfinished Migration file/files.' '20240102000000_two.mig (up, 4 steps are done)'
expect 'it cannot be rolled back now' 11 '' rollback
holds 'and why' "$err" '"20240102000000_two.mig" is half-way up: 4 of its steps are done' '`migrate up 20240102000000_two`'
fixture mixed '-DFIXTURE_FOURTH="SELECT 1"'
expect 'a step that is done was changed' 7 '' latest
holds 'which is a conflict' "$err" 'its first 4 steps are not those that were run' 'bring them back'
fixture mixed '-DFIXTURE_FOURTH="UPDATE two SET id = 1 WHERE id = 2"' '-DFIXTURE_FIFTH="CREATE INDEX CONCURRENTLY two_id ON two (id)"'
expect 'a step that is left was corrected' 0 'Batch 2 run: 2 migrations' latest
same 'the rest is done' 'two_id two_kind' "$(sql duplicates "select string_agg(indexrelid::regclass::text, ' ' order by indexrelid::regclass::text) from pg_index where indrelid = 'two'::regclass and indisvalid")"
same 'and the journal finished' 'one up done 1, two up done 9, three up done 1' "$(journal duplicates)"

database taken
fixture mixed '-DFIXTURE_FOURTH="CREATE INDEX two_id ON two (kind)"'
expect 'an index whose name is taken' 11 '' latest
same 'the one that has it stays' 1 "$(sql taken "select count(*) from pg_class where relname = 'two_id'")"
expect 'and is not taken for ours by the next run' 11 '' latest

# ---- an index that is half built when the server ends the session, or the server itself ends
building="select count(*) from pg_stat_activity where application_name = 'migrate' and query like 'CREATE INDEX CONCURRENTLY%' and wait_event_type = 'Lock'"
invalid='select count(*) from pg_index where not indisvalid'

# half_built DATABASE COMMAND: the command runs while another session's snapshot keeps the index from being finished
half_built() {
    database "$1"
    close_gate "$1"
    sql "$1" "$at_gate" > /dev/null 2>&1 &
    blocker=$!
    until_at_gate "$1"
    "$program" latest > "$work/out" 2> "$work/err" &
    pid=$!
    until_sql "$1" 1 "$building" || not_ok 'the index is being built'
    "$2"
    code=0
    wait "$pid" || code=$?
    wait "$blocker" || true
    same "$1: the run ends" 11 "$code"
    holds "$1: and says what is half-way" "$(cat "$work/err")" 'is half-way: 2 of its 9 steps are done' 'the connection was lost'
    same "$1: an index that is not valid is left" 1 "$(sql "$1" "$invalid")"
    expect "$1: the next run builds it anew and goes on" 0 'Batch 1 run: 2 migrations' latest
    holds "$1: and says so" "$err" '20240102000000_two: step 3 is done again'
    same "$1: all indexes are valid" '0|one up done 1, two up done 9, three up done 1|1|0' \
        "$(sql "$1" "$invalid")|$(journal "$1")|$(flag "$1")"
}
fixture mixed
end_session() {
    sql terminated "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'migrate'" > /dev/null
    open_gate terminated
}
crash() {
    local pid
    pid=$(head -1 "$work/main/data/postmaster.pid")
    kill -QUIT "$pid"
    while kill -0 "$pid" 2> /dev/null; do sleep 0.05; done
    start "$work/main"
    open_gate crashed
}
half_built terminated end_session
half_built crashed crash

# ---- Knex's flag
database stale
fixture mixed
run latest
run rollback
sql stale "update knex_migrations_lock set is_locked = 1" \
    "insert into knex_migrations_journal (name, direction, state, step, who, host, transaction, started) select 'x', 'flag', 'begun', 1, 'me', 'here', xmin::text::bigint, now() from knex_migrations_lock"
expect 'a flag that a dead run of ours has left' 0 'Batch 1 run: 3 migrations' latest --no-wait
holds 'is put back' "$err" 'a run that ended without a word had left the lock set (user me on here, since '
sql stale "insert into knex_migrations_journal (name, direction, state, step, who, host, transaction, started) select 'x', 'flag', 'begun', 1, 'me', 'here', xmin::text::bigint, now() from knex_migrations_lock" \
    "update knex_migrations_lock set is_locked = 1"
expect 'one that Knex has set since is not ours' 8 '' rollback --no-wait
holds 'and is reported' "$err" 'Knex holds the migration lock'

# ---- checksums
database changed
fixture three '-DFIXTURE_CHECKSUM="aaaa"'
run up
fixture three '-DFIXTURE_CHECKSUM="bbbb"'
for verb in latest 'up 20240103000000_three'; do
    expect "a migration that was changed since: $verb" 7 '' $verb
    holds 'is named, with its batch and time' "$err" 'the migration "20240101000000_one.mig" was changed since it was applied (batch 1, 2'
done
run status
same 'status: exit code' 7 "$code"
holds 'status shows it' "$out" $'Found 1 Changed Migration file/files.\n20240101000000_one.mig'
sql changed 'delete from knex_migrations' "insert into knex_migrations (name, batch, migration_time) values ('20240101000000_one.js', 1, now())"
expect 'a row that Knex wrote has no checksum' 0 'Batch 2 run: 2 migrations' latest
expect 'and an old entry is not about it' 0 'Batch 2 rolled back: 2 migrations' rollback
sql changed 'drop table knex_migrations_journal'
run status
same 'what only reads does not need a journal' 0 "$code"
same 'and makes none' '' "$(sql changed "select to_regclass('knex_migrations_journal')")"
expect 'the first write makes it' 0 'Batch 2 run: 2 migrations' latest
same 'anew' 'two up done 1, three up done 1' "$(journal changed)"
finish
