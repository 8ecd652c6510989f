#!/usr/bin/env bash
# What a role may not do is named, with the GRANT to type; and a standby is told from a primary.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

cluster main
fixture three
sql postgres 'create role app login'
as_app() { export DATABASE_URL="postgres://app@/$1?host=$work/main"; }

# Since PostgreSQL 15 the schema public is not for everybody.
database public
sql public 'revoke create on schema public from public'
as_app public
expect 'reading needs nothing' 0 'Current Version: none' currentVersion
expect 'making the tables needs CREATE' 3 '' latest
holds 'the GRANT' "$err" 'the role "app" may not write the history' 'GRANT USAGE, CREATE ON SCHEMA "public" TO "app"'
sql public 'grant create on schema public to app'
expect 'that is all it needs' 0 'Batch 1 run: 3 migrations' latest

database usage
sql usage 'revoke usage on schema public from public'
as_app usage
expect 'a schema that may not be used is no current schema' 3 '' status
fixture three -DFIXTURE_HISTORY_SCHEMA='"public"'
expect 'named, it is told from one that is absent' 3 '' status
holds 'the GRANT' "$err" 'the role "app" may not use the schema "public"' 'GRANT USAGE ON SCHEMA "public" TO "app"'

fixture three
database tables
run up
as_app tables
expect 'a history that may not be read' 3 '' status
holds 'is told from one that is absent' "$err" 'the role "app" may not read "public"."knex_migrations"' \
    'GRANT SELECT ON "public"."knex_migrations" TO "app"' 'GRANT SELECT ON "public"."knex_migrations_journal" TO "app"'
sql tables 'grant select on knex_migrations, knex_migrations_journal to app'
run status
same 'with SELECT it may' 0 "$code"
expect 'writing it is another matter' 3 '' latest
holds 'all that is missing is said at once' "$err" 'GRANT INSERT ON "public"."knex_migrations" TO "app"' \
    'GRANT USAGE ON SEQUENCE knex_migrations_id_seq TO "app"' \
    'GRANT SELECT, UPDATE ON "public"."knex_migrations_lock" TO "app"' \
    'GRANT INSERT, UPDATE, DELETE ON "public"."knex_migrations_journal" TO "app"'
# grant: types what the last run has said
grant() { sed -n 's/^help: \(GRANT .*\)/\1;/p' "$work/err" > "$work/grants"; sql tables "$(cat "$work/grants")"; }
grant
sql tables 'grant create on schema public to app'
expect 'typed as they stand, they are enough' 0 'Batch 2 run: 2 migrations' latest
expect 'the way back wants one more' 3 '' rollback
same 'and nothing else' 'error: the role "app" may not write the history
help: GRANT DELETE ON "public"."knex_migrations" TO "app"' "$err"
grant
expect 'which is enough' 0 'Batch 2 rolled back: 2 migrations' rollback
expect 'unlock wants two more, and the sequence' 3 '' unlock
same 'and nothing else' 'error: the role "app" may not write the history
help: GRANT INSERT, DELETE ON "public"."knex_migrations_lock" TO "app"
help: GRANT USAGE ON SEQUENCE knex_migrations_lock_index_seq TO "app"' "$err"
grant
expect 'which is enough' 0 'Succesfully unlocked the migrations lock table' unlock

# Each privilege alone: it is taken away, named, and given back.
number=0
while IFS='|' read -r privilege object verb said; do
    [ -n "$privilege" ] || continue
    number=$((number + 1))
    case $verb in up*) run rollback --quiet ;; esac
    sql tables "revoke $privilege on $object from app"
    expect "without $privilege on $object: $verb" 3 '' $verb
    same "without $privilege on $object: $verb: the GRANT" "help: GRANT $privilege ON ${said:-\"public\".\"$object\"} TO \"app\"" "$(grep '^help: GRANT' "$work/err")"
    grant
    run $verb --quiet
    same "with it again: $verb" 0 "$code"
done <<'CASES'
SELECT|knex_migrations|status
SELECT|knex_migrations_journal|status
INSERT|knex_migrations|up
DELETE|knex_migrations|down
USAGE|sequence knex_migrations_id_seq|up|SEQUENCE knex_migrations_id_seq
SELECT|knex_migrations_lock|down
UPDATE|knex_migrations_lock|up
INSERT|knex_migrations_journal|down
UPDATE|knex_migrations_journal|up
DELETE|knex_migrations_journal|down
INSERT|knex_migrations_lock|unlock
DELETE|knex_migrations_lock|unlock
USAGE|sequence knex_migrations_lock_index_seq|unlock|SEQUENCE knex_migrations_lock_index_seq
CASES
same 'every privilege was tried' 13 $number

# A standby.
database standby
run latest
standby 'port = 5433'
export DATABASE_URL="postgres://postgres@/standby?host=$work/main&port=5433"
expect 'a standby tells what is there' 0 'Current Version: 20240103000000' currentVersion
expect 'nothing to do is nothing to do' 0 'Already up to date' latest
expect 'but it cannot be written' 3 '' rollback
holds 'and says why' "$err" 'this server is a read-only standby' 'target_session_attrs=read-write'
finish
