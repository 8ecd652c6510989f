#!/usr/bin/env bash
# What libpq reads besides the URL: PGOPTIONS, service and password files, several hosts; and a standby.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

cluster main
fixture settings
shown=$program
fixture three

# PGOPTIONS, which RESET ALL goes back to, except where a run needs it otherwise.
database options
sql options 'create schema mine'
export PGOPTIONS='-c search_path=mine -c synchronous_commit=off -c geqo=off'
expect 'PGOPTIONS' 0 'Batch 1 run: 3 migrations' latest
same 'its search_path says where the history is' 'mine' "$(sql options "select relnamespace::regnamespace from pg_class where relname = 'knex_migrations'")"
same 'and not where unqualified names live' 'public' "$(sql options "select relnamespace::regnamespace from pg_class where relname = 'one'")"
export PGOPTIONS='-c synchronous_commit=off -c TimeZone=Asia/Tokyo'
database settings
program=$shown
run latest
same 'settings of a run win over those of PGOPTIONS' '0|public|UTC|0|UTF8|on|postgres' "$code|$(sql settings 'table two')"
fixture commits -DFIXTURE_TRANSACTION=MIGRATE_EACH
database weak
run latest
same 'what PGOPTIONS says of commits is not made stronger' 'off off off' "$(sql weak "select string_agg(setting, ' ' order by id) from commits")"
export PGOPTIONS='-c synchronous_commit=local'
database strong
run latest
same 'nor is the last one made weaker' 'off off local' "$(sql strong "select string_agg(setting, ' ' order by id) from commits")"
unset PGOPTIONS
fixture three

# A service file, by name and by variable.
database service
unset DATABASE_URL
cat > "$work/services" <<SERVICE
[ours]
host=$work/main
user=postgres
dbname=service
SERVICE
export PGSERVICEFILE=$work/services
PGSERVICE=ours expect 'PGSERVICE' 0 'Batch 1 run: 3 migrations' latest
expect 'service= in the URL' 0 'Already up to date' latest --url 'postgres://?service=ours'
PGSERVICE=theirs expect 'a service that is not there' 4 '' latest
holds 'and why' "$err" 'cannot connect' 'theirs'
unset PGSERVICEFILE

# A password file, and that it is never printed.
sql postgres "set password_encryption = 'scram-sha-256'" "create role guarded login password 'hUnter2'" 'create database guarded owner guarded'
sed -i '1i local all guarded scram-sha-256' "$work/main/data/pg_hba.conf"
sql postgres 'select pg_reload_conf()' > /dev/null
url="postgres://guarded@/guarded?host=$work/main"
expect 'no password' 4 '' latest --url "$url"
echo "*:*:guarded:guarded:hUnter2" > "$work/passwords"
chmod 600 "$work/passwords"
PGPASSFILE=$work/passwords expect 'PGPASSFILE' 0 'Batch 1 run: 3 migrations' latest --url "$url"
PGPASSFILE=$work/nothing expect 'passfile= in the URL' 0 'Already up to date' latest --url "$url&passfile=$work/passwords"
chmod 644 "$work/passwords"
PGPASSFILE=$work/passwords expect 'one that others may read' 4 '' latest --url "$url"
lacks 'no password is printed' "$out$err" hUnter2
PGPASSWORD=wrong expect 'a wrong password' 4 '' latest --url "$url"
holds 'and why' "$err" 'password authentication failed'

# A standby.
database primary
run latest
standby "unix_socket_directories = '$work/main/standby'"
standby="postgres://postgres@/primary?host=$work/main/standby"
expect 'status works on a standby' 0 'Found 3 Completed Migration file/files.
20240101000000_one.mig
20240102000000_two.mig
20240103000000_three.mig
No Pending Migration files Found.' status --url "$standby"
expect 'and so does latest, with nothing to do' 0 'Already up to date' latest --url "$standby"
expect 'what would write is refused' 3 '' rollback --url "$standby"
holds 'and why' "$err" 'this server is a read-only standby' 'target_session_attrs=read-write'
expect 'unlock as well' 3 '' unlock --url "$standby"
both="postgres://postgres@/primary?host=$work/main/standby,$work/main"
expect 'target_session_attrs=read-write finds the primary' 0 'Batch 1 rolled back: 3 migrations' rollback --url "$both&target_session_attrs=read-write"
expect 'target_session_attrs=standby finds the other' 3 '' latest --url "$both&target_session_attrs=standby"
expect 'none of them' 4 '' latest --url "$standby&target_session_attrs=read-write"
holds 'and why' "$err" 'read-only'
# A server that speaks the protocol and is another one.
database other
sql other "create or replace function pg_catalog.version() returns text language sql stable as \$\$ select 'CockroachDB CCL v23.1.11 (x86_64-pc-linux-gnu)' \$\$"
for verb in latest status; do
    expect "no PostgreSQL: $verb" 3 '' $verb
    holds 'it says what it is' "$err" 'the server is no PostgreSQL: CockroachDB CCL v23.1.11'
done
same 'nothing was made' '' "$(sql other "select to_regclass('knex_migrations')")"
finish
