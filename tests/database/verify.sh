#!/usr/bin/env bash
# migrate verify: every kind of drift, made by hand, is reported with the right names; what means the same is not; nothing of the
# comparison stays, and nothing that is there is locked for it.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

cluster main
export MIGC_RUNTIME=$BUILD/lib/migc
program=$work/project/migrate
mkdir -p "$work/project/db/migrations"
echo 'project shop { postgres 12; schema app; }' > "$work/project/db/project.mig"
cat > "$work/project/db/migrations/20260101000000_first.mig" <<'MIG'
up {
  create schema billing;
  create schema "Odd ""Name""";
  create extension citext;
  create enum mood ('sad', 'ok');
  create enum billing.state ('open', 'paid');
  create table users { id serial primary key; email citext unique; mood mood default 'ok'; age int null check (age in (1, 2, 3) or age > 10); kind varchar(10) default 'a' check (kind in ('a', 'b')); }
  create table billing.invoices {
    id bigint generated always as identity primary key;
    user_id int references users;
    state billing.state default 'open';
    states billing.state[] default '{open}';
    total numeric(10, 2) check (total >= 0);
    vat numeric generated always as (total * 0.2) stored;
    note text null;
    index (state) where state = 'open';
    index (total) using brin with (pages_per_range = 64, autosummarize = on);
    index (lower(note));
  }
  sql {
    create function billing.touch() returns trigger language plpgsql as $$ begin new.memo := 'billing.x'; return new; end $$;
    create trigger touch before update on billing.invoices for each row when (old.total is distinct from new.total)
      execute function billing.touch();
    alter table billing.invoices enable row level security;
    create policy own on billing.invoices using (total > 0);
    create view billing.open as select id, total, state from billing.invoices where state = 'open';
    create view both_of as select u.id, i.total from users u join billing.invoices i on i.user_id = u.id;
    grant select, update on billing.invoices to clerk;
    grant usage on schema app to clerk;
    revoke execute on function billing.touch() from public;
    grant select (id) on users to clerk;
  }
  create table "Odd ""Name"""."Odd Table" { "Odd Column" int primary key; u int null references users; }
}
down auto;
MIG
cat > "$work/project/db/migrations/20260102000000_second.mig" <<'MIG'
up {
  alter table billing.invoices drop column note;
  alter table billing.invoices add column memo text null;
  create index on billing.invoices (memo);
  sql {
    create foreign data wrapper far;
    create server far foreign data wrapper far options (host 'a.example');
    create user mapping for public server far options (user 'u', password 'hunter2');
    create publication "All of it" for table users, billing.invoices with (publish = 'insert, update');
    comment on publication "All of it" is 'both of them';
    alter server far owner to clerk;
    create function billing.number(billing.state) returns int language sql immutable as 'select 1';
    create cast (billing.state as int) with function billing.number(billing.state);
    create cast (bigint as boolean) with inout;
    create function noop() returns event_trigger language plpgsql as 'begin end';
    create event trigger noop on sql_drop execute function noop();
  }
  unchecked sql { do $$ begin create table "Far Away" (id int, remark text); end $$; }
  unchecked sql { do $$ begin execute 'create function app.unfollowed() returns int language sql as $f$ select 1 $f$'; end $$; }
}
down irreversible because 'it is a test';
MIG
(cd "$work/project" && "$BUILD/migc" build db --dynamic --quiet -o migrate)

sql postgres 'create role clerk'
made() { database "$1"; sql "$1" 'create schema app'; run latest --quiet; }

made whole
run verify
same 'no drift in what it made itself' "exit code 0
No drift from what 2 migrations made" "exit code $code
$out"
holds 'what SQL that is not followed has made is named, and no drift' "$err" 'not compared: function "unfollowed()"' \
    'not compared: table "Far Away": SQL that the compiler does not follow names it'
lacks 'what is in no schema is compared' "$err" 'event trigger "noop"' 'cast (billing' 'publication' 'server'
run verify --quiet
same '--quiet says nothing of that' '' "$err"
run verify --json
same '--json: one object' '0 []' "$code $(grep -o '"differences": \[[^]]*\]' <<< "$out" | cut -d' ' -f2-)"

# drift NAME STATEMENT WANTED...: the statement is drift, of which every WANTED is said.
drift() {
    local name=$1 statement=$2
    shift 2
    sql postgres 'create database drifted template whole'
    DATABASE_URL="postgres://postgres@/drifted?host=$work/main"
    sql drifted "$statement"
    run verify
    same "$name: exit code" 6 "$code"
    holds "$name" "$out" "$@"
    same "$name: nothing else" "Found $# difference" "$(tail -n 1 <<< "$out" | cut -d' ' -f1-3 | sed 's/s$//')"
    sql postgres 'drop database drifted'
}

# same_thing NAME STATEMENT: the statement changes nothing that matters.
same_thing() {
    sql postgres 'create database drifted template whole'
    DATABASE_URL="postgres://postgres@/drifted?host=$work/main"
    sql drifted "$2"
    run verify --quiet
    same "$1 is no drift" "exit code 0
No drift from what 2 migrations made" "exit code $code
$out$err"
    sql postgres 'drop database drifted'
}

drift 'an extra column' 'alter table app.users add column extra int' $'extra column "extra" of table "users"\n  + extra integer'
drift 'a column whose name SQL that is not followed has for one of another table' \
    'alter table app.users add column remark text' 'extra column "remark" of table "users"'
drift 'a table whose name SQL that is not followed has in other letters' 'create table app."far away" ()' \
    'extra table "far away"'
drift 'a missing column' 'alter table billing.invoices drop column vat' 'missing column "vat" of table "billing.invoices"'
drift 'a changed type' 'alter table app.users alter column age type bigint' \
    $'changed column "age" of table "users"\n  - age integer\n  + age bigint'
drift 'a changed default' "alter table app.users alter column mood set default 'sad'" \
    $'changed column "mood" of table "users"\n  - mood app.mood DEFAULT \'ok\'::app.mood NOT NULL\n  + mood app.mood DEFAULT \'sad\'::app.mood NOT NULL'
drift 'a column that may be null' 'alter table billing.invoices alter column total drop not null' \
    'changed column "total" of table "billing.invoices"'
drift 'a column that is no identity any more' 'alter table billing.invoices alter column id drop identity' \
    'changed column "id" of table "billing.invoices"' 'missing sequence "billing.invoices_id_seq"'
drift 'another order of columns' 'alter table app.users drop column age;
    alter table app.users drop column mood, add column age int check (age in (1, 2, 3) or age > 10), add column mood app.mood not null default $$ok$$' \
    'changed the order of the columns of table "users"'
drift 'a missing index' 'drop index billing.invoices_memo_idx' 'missing index "billing.invoices_memo_idx"'
drift 'a changed index' 'drop index billing.invoices_memo_idx; create index invoices_memo_idx on billing.invoices (memo desc)' \
    'changed index "billing.invoices_memo_idx"'
drift 'another option of an index' 'alter index billing.invoices_total_idx set (pages_per_range = 80)' \
    'changed index "billing.invoices_total_idx"'
drift 'an extra index' 'create index extra on app.users (age)' 'extra index "extra"'
drift 'an invalid index' "update pg_index set indisvalid = false where indexrelid = 'billing.invoices_memo_idx'::regclass" \
    $'changed index "billing.invoices_memo_idx"' # its definition ends with INVALID
drift 'a changed check' 'alter table billing.invoices drop constraint invoices_total_check, add constraint invoices_total_check check (total > 0)' \
    'changed constraint "invoices_total_check" of table "billing.invoices"'
drift 'a foreign key that is not valid' 'alter table billing.invoices drop constraint invoices_user_id_fkey,
    add constraint invoices_user_id_fkey foreign key (user_id) references app.users not valid' \
    'changed constraint "invoices_user_id_fkey" of table "billing.invoices"'
drift 'a missing key' 'alter table app.users drop constraint users_email_key' 'missing constraint "users_email_key" of table "users"'
drift 'a missing table' 'drop table "Odd ""Name"""."Odd Table"' 'missing table "Odd "Name".Odd Table"'
drift 'a missing schema' 'drop schema "Odd ""Name""" cascade' 'missing schema "Odd "Name""'
drift 'an extra table' 'create table app.extra (a int primary key, b int)' 'extra table "extra"'
drift 'an extra label' "alter type app.mood add value 'happy'" $'changed enum "mood"\n  - ENUM (\'sad\', \'ok\')\n  + ENUM (\'sad\', \'ok\', \'happy\')'
drift 'a renamed label' "alter type billing.state rename value 'paid' to 'settled'" 'changed enum "billing.state"'
drift 'a sequence of other steps' 'alter sequence app.users_id_seq increment 5' 'changed sequence "users_id_seq"'
drift 'an extra function' 'create function app.extra(int) returns int language sql as $$ select $1 $$' 'extra function "extra(integer)"'
drift 'an extra trigger, and its function' 'create function app.g() returns trigger language plpgsql as $$ begin return new; end $$;
    create trigger t before insert on app.users for each row execute function app.g()' 'extra function "g()"' 'extra trigger "t" of table "users"'
drift 'an extra view' 'create view app.v as select id from app.users' 'extra view "v"'
drift 'an extra policy, and row level security' 'alter table app.users enable row level security; create policy p on app.users using (age > 3)' \
    'extra policy "p" of table "users"' 'changed table "users"'
drift 'a comment' "comment on column app.users.age is 'in years'" $'changed column "age" of table "users"\n  - age integer\n  + age integer COMMENT \'in years\''
drift 'storage parameters' 'alter table app.users set (fillfactor = 50)' 'changed table "users"'
drift 'storage parameters, in whatever order' 'alter table app.users set (fillfactor = 50, autovacuum_enabled = false)' \
    'WITH (autovacuum_enabled=false, fillfactor=50)'
drift 'a table that is not logged' 'alter table "Odd ""Name"""."Odd Table" set unlogged' 'changed table "Odd "Name".Odd Table"'
drift 'an extra domain' 'create domain app.d as int check (value > 0)' 'extra domain "d"'

drift 'another body of a function' "create or replace function billing.touch() returns trigger language plpgsql as 'begin return new; end'" \
    'changed function "billing.touch()"'
drift 'another kind of function' 'alter function billing.touch() security definer' 'changed function "billing.touch()"'
drift 'a disabled trigger' 'alter table billing.invoices disable trigger touch' 'changed trigger "touch" of table "billing.invoices"'
drift 'a missing trigger' 'drop trigger touch on billing.invoices' 'missing trigger "touch" of table "billing.invoices"'
drift 'another policy' 'alter policy own on billing.invoices using (total > 1)' 'changed policy "own" of table "billing.invoices"'
drift 'no row level security' 'alter table billing.invoices disable row level security' 'changed table "billing.invoices"'
drift 'another view' "create or replace view billing.open as select id, total, state from billing.invoices where state = 'paid'" \
    'changed view "billing.open"'
drift 'a missing view' 'drop view app.both_of' 'missing view "both_of"'
drift 'a missing privilege' 'revoke update on billing.invoices from clerk' 'missing privilege UPDATE of "clerk" on table "billing.invoices"'
drift 'a missing privilege on a column' 'revoke select (id) on app.users from clerk' \
    'missing privilege SELECT of "clerk" on column "id" of table "users"'
drift 'a missing privilege on a schema' 'revoke usage on schema app from clerk' 'missing privilege USAGE of "clerk" on schema "app"'

drift 'a missing event trigger' 'drop event trigger noop' 'missing event trigger "noop"'
drift 'a missing cast' 'drop cast (billing.state as int)' 'missing cast (billing.state AS integer)'
drift 'a missing cast between types of the server' 'drop cast (bigint as boolean)' 'missing cast (bigint AS boolean)'
drift 'a missing publication' 'drop publication "All of it"' 'missing publication "All of it"'
drift 'a table that is published no more' 'alter publication "All of it" drop table billing.invoices' \
    'missing publication "All of it" of table "billing.invoices"'
drift 'a missing user mapping' 'drop user mapping for public server far' 'missing user mapping FOR PUBLIC SERVER far'
drift 'options of a server' "alter server far options (set host 'b.example', add port '5')" 'changed server "far"'
drift 'a version of a server' "alter server far version '2'" 'changed server "far"'
drift 'the owner of a server' 'alter server far owner to current_user' 'changed the owner of server "far"'
drift 'an option of a user mapping' "alter user mapping for public server far options (set user 'v')" \
    'changed user mapping FOR PUBLIC SERVER far'
lacks 'and no password is said' "$out$err" hunter2
drift 'what a publication publishes' "alter publication \"All of it\" set (publish = 'insert')" \
    'changed publication "All of it"'
drift 'the comment of a publication' "comment on publication \"All of it\" is 'others'" 'changed publication "All of it"'
drift 'an event trigger that is off' 'alter event trigger noop disable' 'changed event trigger "noop"'
drift 'an event trigger of another event' \
    'drop event trigger noop; create event trigger noop on ddl_command_end execute function app.noop()' \
    'changed event trigger "noop"'
drift 'a cast that is made by itself' 'drop cast (billing.state as int);
    create cast (billing.state as int) with function billing.number(billing.state) as assignment' \
    'changed cast (billing.state AS integer)'
drift 'a missing server' 'drop server far cascade' 'missing server "far"'
drift 'a privilege of everybody that a migration took away' 'grant execute on function billing.touch() to public' \
    'missing the revocation of EXECUTE from PUBLIC on function "billing.touch()"'
same_thing 'a privilege of everybody that nobody spoke of' 'revoke usage on type app.mood from public'

same_thing 'a check in other words' 'alter table billing.invoices drop constraint invoices_total_check,
    add constraint invoices_total_check check ((total) >= (0)::numeric)'
same_thing 'a default in other words' "alter table app.users alter column mood set default ('ok')::app.mood"
same_thing 'an event trigger of others' 'create event trigger other on sql_drop execute function app.noop()'
same_thing 'a publication of others' 'create publication other'
same_thing 'a table in a schema of others' 'create schema theirs; create table theirs.t (a int)'
same_thing 'an extension that nobody asked for' 'create extension hstore schema app'
same_thing 'types that an extension brings into a schema of the project' 'create extension tablefunc schema app'
same_thing 'a privilege that is not stated' 'grant select on app.users to public'
same_thing 'another owner' 'create role other; alter table app.users owner to other; reassign owned by other to postgres; drop role other'
same_thing 'options of an index in another order' 'drop index billing.invoices_total_idx;
    create index invoices_total_idx on billing.invoices using brin (total) with (autosummarize = on, pages_per_range = 64)'
same_thing 'data' "insert into app.users (email) values ('a'); select setval('app.users_id_seq', 100)"

# ---- a dump that was restored, whose texts the server has read twice
sql postgres 'create database restored'
dump_databases "$work/main" <<< "whole $work/whole.sql"
"$CLIENT/psql" -X -q -h "$work/main" -U postgres -d restored -f "$work/whole.sql" > "$work/restored" 2>&1
DATABASE_URL="postgres://postgres@/restored?host=$work/main"
run verify --quiet
same 'a restored dump is no drift' "exit code 0
No drift from what 2 migrations made" "exit code $code
$out$err"

# ---- an extension that is gone, and what cannot be made without it
sql postgres 'create database bare template whole'
sql bare 'alter table app.users alter column email type text; drop extension citext'
DATABASE_URL="postgres://postgres@/bare?host=$work/main"
run verify
holds 'a missing extension' "$out" 'missing extension "citext"'
holds 'what cannot be made without it is named' "$err" 'not compared: table "users": 42704: type "citext" does not exist' \
    'not compared: constraint "invoices_user_id_fkey" of table "billing.invoices": it needs table "users"'
same 'it is no extra then' '' "$(grep extra <<< "$out" || true)"

# ---- the model is that of what was applied
database partly
sql partly 'create schema app'
run up --quiet
run verify
same 'with one migration pending' "exit code 0
No drift from what 1 migration made" "exit code $code
$out"
database nothing
sql nothing 'create schema app'
expect 'with nothing applied' 0 'No drift from what 0 migrations made' verify

# ---- nothing stays, nothing is locked
DATABASE_URL="postgres://postgres@/whole?host=$work/main"
state() {
    sql whole "select oid, relfilenode, xmin from pg_class where relnamespace in (select oid from pg_namespace where nspname in
        ('app', 'billing')) order by 1" "select count(*), max(oid) from pg_class" "select nspname, xmin from pg_namespace order by 1" \
        'select * from knex_migrations' "select count(*) from pg_depend"
}
before=$(state)
run verify
same 'nothing of it stays' "$before" "$(state)"
cat > "$work/watch.sql" <<'SQL'
create table public.seen (relation text, mode text);
create function watch() returns event_trigger language plpgsql as $$ begin
  insert into public.seen select distinct relation::regclass::text, mode from pg_locks
   where pid = pg_backend_pid() and locktype = 'relation' and relation in (select oid from pg_class where relnamespace in
         (select oid from pg_namespace where nspname in ('app', 'billing', 'Odd "Name"')));
  if exists (select from public.seen where mode <> 'AccessShareLock') then raise exception 'locks: %', (select string_agg(relation || ' ' || mode, ', ') from public.seen); end if;
end $$;
create event trigger watch on ddl_command_end execute function watch();
SQL
sql postgres 'create database watched template whole'
"$CLIENT/psql" -X -q -h "$work/main" -U postgres -d watched -f "$work/watch.sql"
DATABASE_URL="postgres://postgres@/watched?host=$work/main"
run verify --quiet
same 'nothing that is there is locked but for reading' '0 ' "$code $err"

# While another session has everything locked against all but readers, it goes on.
DATABASE_URL="postgres://postgres@/whole?host=$work/main"
mkfifo "$work/holder"
"$CLIENT/psql" -X -q -A -t -h "$work/main" -U postgres -d whole < "$work/holder" > "$work/held" &
holder=$!
exec 3> "$work/holder"
echo 'begin; lock table app.users, billing.invoices in exclusive mode; select 1;' >&3
until_text "$work/held" 1
run verify --quiet
echo 'rollback;' >&3
exec 3>&-
wait "$holder"
same 'tables that are locked against writers do not stop it' 0 "$code"

# ---- the schema `public`, in which everybody may do something from the start
mkdir -p "$work/public/db/migrations"
cat > "$work/public/db/migrations/20260101000000_closed.mig" <<'MIG'
up {
  create enum t ('a');
  sql { revoke all on schema public from public; revoke usage on type t from public; }
}
down auto;
MIG
(cd "$work/public" && "$BUILD/migc" build db --dynamic --quiet -o migrate)
program=$work/public/migrate
database public
run latest --quiet
run verify --quiet
same 'that it may do nothing any more is no drift' "exit code 0
No drift from what 1 migration made" "exit code $code
$out$err"
sql public 'grant usage on schema public to public' 'grant usage on type t to public'
expect 'that it may again is' 6 'missing the revocation of USAGE from PUBLIC on enum "t"
  - revoked
missing the revocation of USAGE from PUBLIC on schema "public"
  - revoked
Found 2 differences from what 1 migration made (- migrations, + database)' verify
program=$work/project/migrate

# ---- names of not-null constraints, where all servers of the project give them some
if [ "$MAJOR" -ge 18 ]; then
    for oldest in 17 18; do
        mkdir -p "$work/named$oldest/db/migrations"
        echo "project named { postgres $oldest; }" > "$work/named$oldest/db/project.mig"
        echo 'up { create table t { a int; } create domain d as int not null; } down auto;' \
            > "$work/named$oldest/db/migrations/20260101000000_t.mig"
        (cd "$work/named$oldest" && "$BUILD/migc" build db --dynamic --quiet -o migrate)
        program=$work/named$oldest/migrate
        database "named$oldest"
        run latest --quiet
        run verify --quiet
        same "names of postgres $oldest: no drift" "No drift from what 1 migration made" "$out$err"
        sql "named$oldest" 'alter table t rename constraint t_a_not_null to other' 'alter domain d rename constraint d_not_null to another'
        run verify --quiet
        if [ $oldest -eq 17 ]; then
            same 'of a column it is none of the model before' 'Found 1 difference' "$(tail -n 1 <<< "$out" | cut -d' ' -f1-3)"
            continue
        fi
        holds 'both are drift' "$out" $'- a integer CONSTRAINT t_a_not_null NOT NULL\n  + a integer CONSTRAINT other NOT NULL' \
            $'- DOMAIN integer CONSTRAINT d_not_null NOT NULL\n  + DOMAIN integer CONSTRAINT another NOT NULL'
    done
    program=$work/project/migrate
else
    skip 'names of not-null constraints' 'this server gives them none'
fi

# ---- who may
sql postgres 'create role reader login'
sql whole 'grant usage on schema app to reader' 'grant select on knex_migrations, knex_migrations_journal to reader'
export DATABASE_URL="postgres://reader@/whole?host=$work/main"
expect 'a role without the privilege' 3 '' verify
holds 'and what it lacks' "$err" 'the role reader may not' 'GRANT CREATE ON DATABASE whole TO reader'
sql postgres 'grant create on database whole to reader'
run verify --quiet
same 'with it, it is enough' "exit code 0
No drift from what 2 migrations made" "exit code $code
$out$err"
sql postgres 'alter role reader set default_transaction_read_only = on'
expect 'a session that only reads' 3 '' verify
holds 'says so' "$err" 'this session only reads'

# ---- a standby
standby "unix_socket_directories = '$work/main/standby'"
export DATABASE_URL="postgres://postgres@/whole?host=$work/main/standby"
expect 'a standby' 3 '' verify
holds 'says so' "$err" 'this server is a standby' 'connect to the primary, or name all servers and add target_session_attrs=read-write'
DATABASE_URL="postgres://postgres@/whole?host=$work/main/standby,$work/main&target_session_attrs=read-write"
expect 'with all servers named it asks the primary' 0 'No drift from what 2 migrations made' verify
finish
