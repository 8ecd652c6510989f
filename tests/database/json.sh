#!/usr/bin/env bash
# --json: every verb prints one object, in whatever state it ends, and runtime/json.md documents every member.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

cluster main
one=20240101000000_one two=20240102000000_two three=20240103000000_three
: > "$work/all"

# json CODE ARGUMENT...: one line on stdout, whose exit code is the program's
json() {
    local wanted=$1
    shift
    run "$@" --json
    same "$*: one object, exit code $wanted" "$wanted 1 $wanted" "$code $(wc -l < "$work/out") $(grep -o '"exit_code": [0-9]*' "$work/out" | tail -1 | cut -d' ' -f2)"
    cat "$work/out" >> "$work/all"
}
member() { node -e 'let v = JSON.parse(require("fs").readFileSync(0, "utf8")); for (const k of process.argv[1].split(".")) v = v?.[k]; console.log(JSON.stringify(v));' "$1" < "$work/out"; }

# ---- written by hand, for the odd states
fixture ways '-DFIXTURE_CHECKSUM="aaaa"'
database json
json 0 status
same 'status: what is pending' '"pending"' "$(member migrations.0.state)"
json 0 plan
json 0 latest
same 'latest: what was done' "[\"$one.mig\",\"up\",1]" "[$(member migrations.0.name),$(member migrations.0.direction),$(member migrations.0.batch)]"
json 0 latest
same 'latest: nothing' '[]' "$(member migrations)"
json 0 status
same 'status: grades' '["lossless","lossy"]' "[$(member migrations.0.grade),$(member migrations.1.grade)]"
json 5 wait --for "$three" --timeout 0 --table other
json 0 wait
json 9 rollback
same 'refused: the messages' '"error"' "$(member messages.0.severity)"
json 9 plan rollback
json 0 plan redo
json 0 redo
same 'redo: both ways' '["down","up"]' "[$(member migrations.0.direction),$(member migrations.1.direction)]"
json 0 down
json 0 goto "$three"
json 0 currentVersion
json 0 unlock
sql json 'update knex_migrations_lock set is_locked = 1'
json 8 down --no-wait
json 0 unlock
same 'unlock: somebody had it' '"unknown"' "$(member holder)"
json 0 list
json 0 sql up "$one"
json 9 plan rollback --all
json 0 rollback --all --allow-lossy
json 0 up
json 0 before "$three"
json 0 to "$three"
fixture ways '-DFIXTURE_CHECKSUM="bbbb"'
json 7 status
same 'status: the time, in UTC, as RFC 3339 has it' 1 "$(member migrations.0.time | grep -cE '^"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z"$')"
same 'status: changed' '"changed"' "$(member migrations.0.state)"
json 7 latest
fixture three
sql json "insert into knex_migrations (name, batch) values ('gone.js', null)" \
    "insert into knex_migrations (name, batch, migration_time) values ('zone.js', 1, '2024-05-06 07:08:09.1234+02')"
sql json "alter database json set timezone = 'Asia/Tokyo'" "alter database json set datestyle = 'German'"
json 7 status
same 'status: the time is of no zone and style of the server' '"2024-05-06T05:08:09.123400Z"' "$(member migrations.4.time)"
same 'status: missing' '["missing",null,null]' "[$(member migrations.3.state),$(member migrations.3.batch),$(member migrations.3.file)]"
sql json 'alter table knex_migrations alter migration_time type text'
json 7 status
same 'status: a time of another type stays as it is' '"06.05.2024 14:08:09.1234 JST"' "$(member migrations.4.time)"
fixture fails
database fails
json 1 latest
same 'a failure' '"42P01"' "$(member failure.sqlstate)"
same 'what was not kept is not listed' '[]' "$(member migrations)"
fixture irreversible
database irreversible
json 0 latest
json 0 list
same 'irreversible' '["irreversible","the rows are gone"]' "[$(member migrations.0.grade),$(member migrations.0.reason)]"
fixture mixed '-DFIXTURE_FOURTH="SELECT 1/0"'
database mixed
json 11 latest
same 'half-way: what is done' "[\"$one.mig\"]" "[$(member migrations.0.name)]"
json 0 status
same 'half-way: steps' '["unfinished",3]' "[$(member migrations.1.state),$(member migrations.1.steps_done)]"
json 3 status --url ''
json 4 status --url "postgres://postgres@/json?host=$work/nowhere"
json 2 frobnicate
json 2 up one two
json 0 version
json 0 help
json 0 manual
json 0 completion bash

# ---- compiled, for what needs a model
mkdir -p "$work/project/db/migrations"
cat > "$work/project/db/migrations/20260101000000_first.mig" <<'MIG'
up { create table a { id int primary key; note text null; } }
down auto;
MIG
cat > "$work/project/db/migrations/20260102000000_second.mig" <<'MIG'
up { alter table a drop column note; create extension pg_trgm; unchecked sql { do $$ begin execute 'create view v as select 1 as x'; end $$; } }
down irreversible because 'it is a test';
MIG
(cd "$work/project" && MIGC_RUNTIME=$BUILD/lib/migc "$BUILD/migc" build db --dynamic --quiet -o migrate)
program=$work/project/migrate
database compiled
json 0 schema
json 0 schema --at 20260101000000_first
json 0 sql down 20260101000000_first
json 6 baseline 20260101000000_first
sql compiled 'create table a (id int primary key, note text)'
json 0 baseline 20260101000000_first
json 0 plan
same 'plan: locks' '{"table":"a","mode":"ACCESS EXCLUSIVE"}' "$(member transactions.0.steps.0.locks.0)"
json 0 latest
sql compiled 'alter table a add extra int'
json 6 verify

same 'every member is documented, and all that is documented is printed' '' "$(node "$here/json.mjs" "$root/runtime/json.md" "$work/all")"
finish
