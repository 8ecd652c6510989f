#!/usr/bin/env bash
# Tables as older versions of Knex, other tools and people left them.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

cluster main
fixture three
one=20240101000000_one two=20240102000000_two three=20240103000000_three
status_of_two="Found 2 Completed Migration file/files.
$one.js
$two.ts
Found 1 Pending Migration file/files.
$three.mig"
work_of_two='create table one (id int); create table two (id int)'

# round NAME: what is left to do is done, and all is undone, whatever the tables look like
round() {
    expect "$1: status" 0 "$status_of_two" status
    expect "$1: latest" 0 'Batch 3 run: 1 migrations' latest
    expect "$1: again" 0 'Already up to date' latest
    expect "$1: rollback --all" 0 "Batch 3 rolled back: 3 migrations
$three.mig
$two.ts
$one.js" rollback --all --verbose
}
insert="insert into knex_migrations (name, batch, migration_time) values ('$one.js', 1, now()), ('$two.ts', 2, now())"

database no_lock_table
sql no_lock_table "$work_of_two" 'create table knex_migrations (id serial primary key, name varchar(255), batch int, migration_time timestamptz)' "$insert"
round 'no lock table'
same 'it is made' '1|0' "$(sql no_lock_table 'select count(*), sum(is_locked) from knex_migrations_lock')"

database no_index
sql no_index "$work_of_two" 'create table knex_migrations (id serial primary key, name varchar(255), batch int, migration_time timestamptz)' \
    "$insert" 'create table knex_migrations_lock (is_locked int)' 'insert into knex_migrations_lock values (0)'
round 'a lock table without index'

database types
sql types "$work_of_two" "create table knex_migrations (extra int default 5, name text, batch bigint, id bigserial, migration_time timestamp, note text)" \
    "$insert" 'create table knex_migrations_lock (is_locked bigint, note text)' 'insert into knex_migrations_lock values (0)'
round 'other types, other order, more columns, no key'

database nulls
sql nulls "$work_of_two" 'create table knex_migrations (id int, name varchar(255), batch int, migration_time timestamptz)' \
    "insert into knex_migrations values (10, '$one.js', null, null), (90, '$two.ts', 2, null), (null, null, null, null)" \
    'create sequence ids start 100' "alter table knex_migrations alter id set default nextval('ids')"
round 'NULLs, gaps and a sequence of its own'
same 'a row without a name is nobody'"'"'s' '|' "$(sql nulls 'select id, name from knex_migrations')"

database duplicates
sql duplicates "$work_of_two" 'create table knex_migrations (id serial primary key, name varchar(255), batch int, migration_time timestamptz)' \
    "$insert" "insert into knex_migrations (name, batch) values ('$one.js', 2), ('$one.cjs', 2)"
expect 'duplicates: latest' 0 'Batch 3 run: 1 migrations' latest
expect 'duplicates: the last batch' 0 'Batch 3 rolled back: 1 migrations' rollback
expect 'duplicates: a migration is undone once' 0 "Batch 2 rolled back: 2 migrations
$one.cjs
$two.ts" rollback --verbose
same 'duplicates: and all of its rows go' 0 "$(sql duplicates 'select count(*) from knex_migrations')"

database unbatched
sql unbatched "$work_of_two" 'create table knex_migrations (id serial primary key, name varchar(255), batch int, migration_time timestamptz)' \
    "$insert" 'update knex_migrations set batch = null'
expect 'no batch at all: rollback finds none, as in Knex' 0 'Already at the base migration' rollback
expect 'no batch at all: down' 0 "Batch 0 rolled back the following migrations:
$two.ts" down

database extensions
names=''
for extension in js cjs mjs ts cts mts coffee sql mig; do
    sql extensions 'drop table if exists knex_migrations' 'create table knex_migrations (id serial, name text, batch int, migration_time timestamptz)' \
        "insert into knex_migrations (name, batch) values ('$one.$extension', 1), ('$two', 1), ('$three.$extension', 1)"
    expect "rows that end with .$extension" 0 'Already up to date' latest
done
sql extensions "update knex_migrations set name = '$one.d.ts' where id = 1"
expect 'but one extension only' 7 '' latest

database elsewhere
sql elsewhere 'create schema a' 'create schema b' 'create table b.knex_migrations (id serial, name text, batch int, migration_time timestamptz)' \
    "insert into b.knex_migrations (name, batch) values ('$one.js', 9)" "alter database elsewhere set search_path = a, b, public"
for verb in latest status rollback currentVersion "baseline $one"; do
    expect "a history of another schema of the search_path: $verb" 3 '' $verb
    holds 'is named' "$err" 'error: the current schema "a" has no history, but another has: b' 'help: --schema names' '--schema a begins a new one'
done
expect 'the right one is taken when it is named' 0 'Batch 10 run: 2 migrations' latest --schema b
run rollback --schema b
sql elsewhere 'drop table one, two, three, b.knex_migrations_lock, b.knex_migrations_journal' 2> /dev/null || sql elsewhere 'drop table b.knex_migrations_lock, b.knex_migrations_journal'
same 'nothing was made in the other' 0 "$(sql elsewhere "select count(*) from pg_tables where schemaname = 'a'")"
expect 'a new one is begun when that is said' 0 'Batch 1 run: 3 migrations' latest --schema a
same 'the history is made there' 'a.knex_migrations
a.knex_migrations_journal
a.knex_migrations_lock
b.knex_migrations' "$(sql elsewhere "select schemaname || '.' || tablename from pg_tables where tablename like 'knex%' order by 1")"
expect 'and found there' 0 'Already up to date' latest
sql elsewhere "alter database elsewhere set search_path = nowhere"
expect 'no current schema' 3 '' latest
holds 'is said' "$err" 'the connection has no current schema'

database strange
sql strange 'create table knex_migrations (nothing int)'
expect 'a table that is not a history' 3 '' status
holds 'is said' "$err" 'cannot read the history: ERROR 42703'
finish
