#!/usr/bin/env bash
# Every exit code, and what is said on the way: the table of outcomes.def, from the outside.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

cluster main
fixture three

database exits
expect '0: done' 0 'Batch 1 run: 3 migrations' latest
expect '0: nothing to do' 0 'Already up to date' latest

# usage NAME PART ARGUMENT...
usage() {
    local name=$1 part=$2
    shift 2
    expect "2: $name" 2 '' "$@"
    holds "2: $name: the message" "$err" "error: $part" 'help: '
}
usage 'no command' 'no command'
usage 'an unknown command' 'unknown command "frobnicate"' frobnicate
usage 'a typing error' 'unknown command "lates"' lates
holds 'the nearest command' "$err" 'did you mean `migrate latest`?'
usage 'a typing error with the prefix of Knex' 'unknown command "rolback"' migrate:rolback
holds 'the nearest command' "$err" 'did you mean `migrate rollback`?'
usage 'plan of a verb that changes nothing' '"status" is no verb that changes the database' plan status
usage 'plan of a verb without its name' '`migrate plan to` wants the name of a migration' plan to
usage 'plan of a verb with a name that it does not take' '`migrate plan latest` takes no name' plan latest 20240101000000_one
usage 'sql without a name' '`migrate sql` wants up|down <name>' sql up
usage 'sql of neither way' '`migrate sql` wants up or down' sql sideways 20240101000000_one
usage 'schema of an unknown moment' 'migration "20240101000000_on" not found' schema --at 20240101000000_on
usage 'goto without a name' '`migrate goto` wants the name of a migration' goto
usage 'an unknown shell' '`migrate completion` wants bash|zsh|fish|names' completion ksh
usage 'a baseline of an unknown migration' 'migration "x" not found' baseline x
usage 'an unknown option' 'unknown option --verbos' latest --verbos
usage 'an option without its value' 'the option --url: missing argument' latest --url
usage 'an option of Knex' 'the option --knexfile is Knex' --knexfile ./knexfile.js latest
usage 'an option that the command does not have' '`migrate latest` has no option --all' latest --all
usage 'an option that the command does not have' '`migrate status` has no option --no-wait' status --no-wait
expect '2: an argument too many' 2 '' latest now
expect '2: an argument too many' 2 '' up one two
expect '2: a wait that is no number' 2 '' latest --lock-wait soon
expect '2: two options that exclude each other' 2 '' latest --lock-wait 1 --no-wait
usage 'an unknown migration' 'migration "20990101000000_new" not found' up 20990101000000_new

unset DATABASE_URL
mkdir "$work/folder"
cd "$work/folder"
expect '3: no database is named' 3 '' latest
holds 'and how it is' "$err" 'error: no database is named' 'DATABASE_URL'
export DATABASE_URL="postgres://postgres@/exits?host=$work/main"
fixture three -DFIXTURE_POSTGRES=99
expect '3: the server is too old' 3 '' latest
holds 'both versions are named' "$err" "error: the server is PostgreSQL $MAJOR." 'compiled for 99 and newer'
expect '3: for status, too' 3 '' status
fixture three -DFIXTURE_RUNTIME=99
expect '3: generated for another runtime' 3 '' latest
holds 'both versions are named' "$err" 'version 99 of the runtime, and this is version '

fixture three
expect '4: the server does not answer' 4 '' latest --url "postgres://postgres@/exits?host=$work/nowhere"
holds 'and why' "$err" 'error: cannot connect: connection to server on socket'
expect '4: the database does not exist' 4 '' latest --url "postgres://postgres@/absent?host=$work/main"
holds 'and why' "$err" 'database "absent" does not exist'
expect '4: the host cannot be looked up' 4 '' latest --url 'postgres://u:secret@host.invalid/exits'
holds 'and why' "$err" 'could not translate host name "host.invalid"'

sql exits "insert into knex_migrations (name, batch, migration_time) values ('20231231000000_gone.js', 7, '2024-05-06 07:08:09+00')"
for verb in latest up down rollback 'rollback --all' 'up 20240101000000_one' 'down 20240101000000_one'; do
    expect "7: a missing migration: $verb" 7 '' $verb
done
holds 'row, batch and time are named' "$err" '"20231231000000_gone.js" was applied (batch 7, 2024-05-06 07:08:09+00)'
expect '7: status lists it' 7 'Found 3 Completed Migration file/files.
20240101000000_one.mig
20240102000000_two.mig
20240103000000_three.mig
No Pending Migration files Found.
Found 1 Missing Migration file/files.
20231231000000_gone.js' status
expect 'currentVersion does not mind, as in Knex' 0 'Current Version: 20240103000000' currentVersion
expect 'nor does unlock' 0 'Succesfully unlocked the migrations lock table' unlock
sql exits "delete from knex_migrations where batch = 7"

sql exits 'update knex_migrations_lock set is_locked = 1'
expect '8: the lock is held' 8 '' rollback --no-wait
sql exits 'update knex_migrations_lock set is_locked = 0'

fixture fails
database failing
expect '1: a migration fails' 1 '' latest
fixture irreversible
database irreversible
run latest
expect '9: irreversible' 9 '' rollback

mkdir -p "$work/unmet/migrations"
echo "project unmet { postgres $OLDEST; }" > "$work/unmet/project.mig"
cat > "$work/unmet/migrations/20260101000000_shares.mig" <<'M'
up {
  create table shares { id int primary key; part int null; }
  sql { insert into shares values (1, 100), (2, null); }
  require 'each share has a part' (not exists (select from shares where part is null));
}
down { drop table shares; }
M
"$BUILD/migc" build -q --dynamic -o "$work/unmet/migrate" "$work/unmet"
program=$work/unmet/migrate
database unmet
expect '10: what is required of the data does not hold' 10 '' latest
holds 'its words are given' "$err" 'each share has a part' 'nothing was applied'
same 'and nothing stays' '' "$(sql unmet "select relname from pg_class where relname = 'shares'")"
# 11: outside.sh, backfill.sh; 130 and 143: signals.sh
finish
