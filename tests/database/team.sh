#!/usr/bin/env bash
# A team moves over: its baseline was applied by Knex, and the scripts of package.json, as the README has them, go on from there:
# status, make, check, lock, latest, rollback, and the steps of its pipeline.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
. "$here/knex_lib.sh"

cluster main
name=20260225190000_initial_baseline
mkdir -p "$work/knex/before" "$work/team/db/migrations" "$work/bin"
cat > "$work/knex/before/$name.cjs" <<'JS'
exports.up = async (knex) => {
    await knex.raw("create type vault_status as enum ('draft', 'active', 'completed', 'failed', 'cancelled')");
    await knex.schema.createTable('vaults', (table) => {
        table.uuid('id').primary().defaultTo(knex.raw('gen_random_uuid()'));
        table.text('creator').notNullable().index();
        table.decimal('amount', 36, 18).notNullable();
        table.specificType('status', 'vault_status').notNullable().defaultTo('draft').index();
        table.timestamp('end_timestamp', { useTz: true }).index();
        table.timestamp('created_at', { useTz: true }).notNullable().defaultTo(knex.fn.now());
    });
};
exports.down = async (knex) => {
    await knex.schema.dropTable('vaults');
    await knex.raw('drop type vault_status');
};
JS
cat > "$work/team/db/migrations/$name.mig" <<'MIG'
up {
  create enum vault_status ('draft', 'active', 'completed', 'failed', 'cancelled');
  create table vaults {
    id             uuid            primary key default gen_random_uuid();
    creator        text;
    amount         numeric(36, 18);
    status         vault_status    default 'draft';
    end_timestamp  timestamptz null;
    created_at     timestamptz     default current_timestamp;

    index vaults_creator_index (creator);
    index vaults_status_index (status);
    index vaults_end_timestamp_index (end_timestamp);
  }
}

down auto;
MIG
# The scripts are the README's; the sanitized migc links dynamically.
awk '/^```json$/ { on = 1; next } /^```$/ { on = 0 } on' "$root/README.md" > "$work/team/package.json"
printf '#!/bin/sh\nverb=$1\nshift\n[ "$verb" = build ] && set -- "$@" --dynamic\nexec "%s" "$verb" "$@"\n' "$BUILD/migc" > "$work/bin/migc"
chmod +x "$work/bin/migc"
export PATH=$work/bin:$PATH MIGC_RUNTIME=$BUILD/lib/migc
cd "$work/team"

# script CODE OUT NAME ARGUMENT...: npm run
script() {
    local wanted="exit code $1"$'\n'"$2" name=$3
    shift 3
    code=0
    npm run --silent "migrate:$name" -- "$@" > "$work/out" 2> "$work/err" < /dev/null || code=$?
    same "npm run migrate:$name $*" "$wanted" "exit code $code"$'\n'"$(cat "$work/out")"
    [ "$code" = "${wanted:10:1}" ] || sed 's/^/# /' "$work/err"
}

database team
knex_run "connection: { host: '$work/main', user: 'postgres', database: 'team' }, migrations: { directory: './before' }" migrate:latest
same 'Knex has applied the baseline' '0|Batch 1 run: 1 migrations' "$knex_code|$knex_out"
script 0 "Found 1 Completed Migration file/files.
$name.cjs
No Pending Migration files Found." status
program=$work/team/migrate
expect 'the database is as the migration says' 0 'No drift from what 1 migration made' verify
script 0 'Already up to date' latest
export MIGC_NOW=20260401120000
script 0 'created db/migrations/20260401120000_add_some_change.mig' make add_some_change
unset MIGC_NOW
cat > db/migrations/20260401120000_add_some_change.mig <<'MIG'
up {
  alter table vaults add column note text null;
}

down auto;
MIG
run_quietly() { "$@" > "$work/out" 2>&1 && ok "$*" || { not_ok "$*"; sed 's/^/#   /' "$work/out"; }; }
run_quietly npm run --silent migrate:check
run_quietly npm run --silent migrate:lock
script 0 'Batch 2 run: 1 migrations' latest
script 0 'Batch 2 rolled back: 1 migrations' rollback
same 'the column is gone, and the table of Knex is as before' "0|$name.cjs 1" \
    "$(sql team "select count(*) from pg_attribute where attrelid = 'vaults'::regclass and attname = 'note'")|$(sql team "select name || ' ' || batch from knex_migrations")"

# The pipeline: an empty database, latest, status; and the way down on a real server.
database pipeline
run_quietly migc check db --locked --format github
run_quietly migc build db -o migrate
expect 'the pipeline: latest' 0 'Batch 1 run: 2 migrations' latest
expect 'the pipeline: status' 0 "Found 2 Completed Migration file/files.
$name.mig
20260401120000_add_some_change.mig
No Pending Migration files Found." status
expect 'the pipeline: status --check' 0 "$out" status --check
expect 'the pipeline: all the way down' 0 'Batch 1 rolled back: 2 migrations' rollback --all
same 'nothing is left but the history' 'knex_migrations knex_migrations_journal knex_migrations_lock' \
    "$(sql pipeline "select string_agg(relname, ' ' order by relname) from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace")"
same 'and no type' 0 "$(sql pipeline "select count(*) from pg_type where typname = 'vault_status'")"

# A database that somebody made by hand.
database byhand
sql byhand "$(cd "$work/team" && ./migrate schema --at "$name")"
expect 'a baseline of what is not there is refused' 6 'missing column "note" of table "vaults"
  - note text
Found 1 difference from what 2 migrations made (- migrations, + database)' baseline 20260401120000_add_some_change
expect 'a baseline of what is' 0 "No drift from what 1 migration made
Batch 1 recorded the following migrations:
$name.mig" baseline "$name"
expect 'and on from there' 0 'Batch 2 run: 1 migrations' latest
expect 'it is as if it had been so from the start' 0 'No drift from what 2 migrations made' verify
finish
