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
holds 'all that is missing is said at once' "$err" 'GRANT SELECT, INSERT, DELETE ON "public"."knex_migrations" TO "app"' \
    'GRANT USAGE ON SEQUENCE knex_migrations_id_seq TO "app"' \
    'GRANT SELECT, INSERT, UPDATE, DELETE ON "public"."knex_migrations_lock" TO "app"' \
    'GRANT SELECT, INSERT, UPDATE, DELETE ON "public"."knex_migrations_journal" TO "app"'
sed -n 's/^help: \(GRANT .*\)/\1/p' "$work/err" > "$work/grants"
sql tables "$(sed 's/$/;/' "$work/grants")" 'grant create on schema public to app'
expect 'typed as they stand, they are enough' 0 'Batch 2 run: 2 migrations' latest
expect 'for the way back, too' 0 'Batch 2 rolled back: 2 migrations' rollback

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
