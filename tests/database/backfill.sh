#!/usr/bin/env bash
# Backfills, from the language to the server: batches, killed and resumed, beside other sessions, slowed down and shown.
#
#   EVERY=NUMBER  killed at every so many of the messages only (20); EVERY=1 is the whole sweep
set -euo pipefail
. "$(dirname "$0")/lib.sh"

cluster main 'wal_level = replica' 'max_wal_senders = 4' 'autovacuum = off'
EVERY=${EVERY:-20}
SEED=${SEED:-$((RANDOM % 1000))}

# build_killable: the program of the project, able to kill itself
build_killable() {
    local library=$BUILD/lib/migc wrapped flags=("-I$(pg_config --includedir)")
    for wrapped in PQsendQuery PQsendQueryParams PQsendQueryPrepared PQpipelineSync; do flags+=("-Wl,--wrap=$wrapped"); done
    "$BUILD/migc" emit -q -o "$project/generated" "$project/db" > "$work/emitted" 2>&1 || { cat "$work/emitted"; return 1; }
    rm -f "$project/generated/unity.c"
    { echo '#include "fault.h"'; (cd "$project/generated" && printf '#include "%s"\n' *.c); } > "$project/unity.c"
    "$CC" -g -O0 -I"$library/include" -I"$here/fixtures" -I"$project/generated" -DFIXTURE_FAULTS "${flags[@]}" "$project/unity.c" \
        $(sed "s,@LIBDIR@,$library,g" "$library/link-dynamic") -o "$program"
}
in_database() { sql "$db" "$@"; }
journal() { in_database "select string_agg(concat_ws(' ', substr(name, 16), direction, state, step, \"position\" is not null), ', ' order by id) from knex_migrations_journal"; }

# ---- keys of one and of two columns, where, no where, batches of any size

project keys 'postgres 12;'
migration 20260101000000_tables <<'M'
up {
  create enum mood ('sad', 'ok', 'happy');
  create table rows { id bigint primary key; kind text null; }
  create table "Odd" { "Key" text; mood mood; day date; v int null; primary key (mood, "Key", day); }
  create table partitioned { id int; at timestamptz; v int null; primary key (at, id); } 
  create table nothing { id uuid primary key; v int null; }
  create table unique_only { u numeric unique; v int null; }
}
down auto;
M
sed -i 's/primary key (at, id); }/primary key (at, id); } partition by range (at);/' "$project/db/migrations/20260101000000_tables.mig"
cat >> "$project/db/migrations/20260101000000_tables.mig" <<'M'
M
migration 20260101000001_parts <<'M'
up {
  sql {
    create table partitioned_a partition of partitioned for values from ('2026-01-01') to ('2026-02-01');
    create table partitioned_b partition of partitioned for values from ('2026-02-01') to ('2026-03-01');
  }
}
down auto;
M
migration 20260102000000_filled <<'M'
up {
  alter table rows add column done int null;
  backfill rows set done = coalesce(done, 0) + 1 where kind = 'a' or kind is null batch 70;
  backfill "Odd" set v = coalesce(v, 0) + 1 batch 33;
  backfill partitioned set v = coalesce(v, 0) + 1 batch 50;
  backfill nothing set v = 1;
  backfill unique_only set v = coalesce(v, 0) + 1;
  require 'all odd ones are done' (not exists (select from "Odd" where v is distinct from 1));
}
down auto;
M
build_killable
database keys
db=keys
fill() {
    in_database "insert into rows select i * 3, case i % 3 when 0 then 'a' when 1 then 'b' end from generate_series(1, 1000) as i" \
        "insert into \"Odd\" select 'it''s {\"k\", ' || i || '\\', (array['sad', 'ok', 'happy'])[i % 3 + 1]::mood, '2026-01-01'::date - i from generate_series(1, 500) as i" \
        "insert into partitioned select i % 10, '2026-01-01 00:00:00.000001'::timestamptz + i * interval '7 hours' from generate_series(1, 150) as i" \
        "insert into unique_only select i / 7.0 from generate_series(1, 300) as i"
}
values() {
    in_database "select 'rows', kind, done, count(*) from rows group by 2, 3 union all select 'odd', null, v, count(*) from \"Odd\" group by 3
        union all select 'partitioned', null, v, count(*) from partitioned group by 3 union all select 'unique', null, v, count(*) from unique_only group by 3 order by 1, 2, 3" | tr '\n' ' '
}
done_once='odd||1|500 partitioned||1|150 rows|a|1|333 rows|b||334 rows||1|333 unique||1|300 '
run to 20260101000001_parts
fill
run plan latest
holds 'the plan says what is done in batches' "$code $out" '0 ' $'-- in batches, a transaction each\n-- db/migrations/20260102000000_filled.mig:' \
    "UPDATE rows SET done = coalesce(done, 0) + 1 WHERE kind = 'a' or kind is null;" '5 backfills run in batches'
expect 'backfills run' 0 'Batch 2 run: 1 migrations' latest
same 'each row that matches, once' "$done_once" "$(values)"
same 'in batches of 70 keys, of 33, of 50' '15 16 3' "$(in_database "select (select count(distinct xmin::text) from rows where done = 1) || ' ' || (select count(distinct xmin::text) from \"Odd\") || ' ' || (select count(distinct xmin::text) from partitioned)")"
same 'the journal says it is done' 'tables up done 6 f, parts up done 2 f, filled up done 7 f' "$(journal)"
expect 'and back' 0 'Batch 2 rolled back: 1 migrations' rollback --allow-lossy
database fresh
db=fresh
expect 'tables of the same run: no batches' 0 'Batch 1 run: 3 migrations' latest
same 'one transaction for all of it' 1 "$(in_database 'select count(distinct xmin::text) from knex_migrations')"

# ---- killed at every message to the server

project killed 'postgres 12;'
migration 20260101000000_rooms <<'M'
up { create table rooms { id bigint primary key; no int; name text null; } }
down auto;
M
migration 20260102000000_long <<'M'
up {
  alter table rooms add column area int null;
  create index concurrently rooms_no on rooms (no);
  backfill rooms set area = coalesce(area, 0) + no where name is null batch 40;
  create index concurrently rooms_area on rooms (area);
  alter table rooms add column last int null;
}
down {
  alter table rooms drop column last;
  drop index concurrently rooms_area;
  backfill rooms set no = no + 1000 where name is null batch 40;
  drop index concurrently rooms_no;
  alter table rooms drop column area;
}
M
state() {
    in_database "select count(*), sum(no), min(no), max(no) from rooms" \
        "select indexrelid::regclass, indisvalid, indisready from pg_index where indrelid = 'rooms'::regclass order by 1" \
        "select attname from pg_attribute where attrelid = 'rooms'::regclass and attnum > 0 and not attisdropped" \
        "select name, batch from knex_migrations order by name" \
        "select name, direction, state, \"position\", count(*) from knex_migrations_journal group by 1, 2, 3, 4 order by 1, 2, 3" \
        "select count(*), sum(is_locked) from knex_migrations_lock"
    [ "$1" = down ] || in_database "select count(*) from rooms where area is distinct from case when name is null then no end"
}
injected=0
# sweep VERB DIRECTION TEMPLATE
sweep() {
    local verb=$1 way=$2 template=$3 wanted messages message when point=0 bad=''
    again() { sql postgres 'drop database if exists fault with (force)' "create database fault template $template"; }
    again
    db=fault DATABASE_URL="postgres://postgres@/fault?host=$work/main"
    FAULT_COUNT=$work/count run "$verb"
    same "$way: undisturbed" 0 "$code"
    wanted=$(state "$way")
    read -r messages _ < "$work/count"
    for ((message = 1; message <= messages; message++)); do
        for when in before after; do
            point=$((point + 1))
            [ $(((point + SEED) % EVERY)) = 0 ] || continue
            again
            code=0
            { FAULT=$when:$message "$program" "$verb" > "$work/out" 2>&1 || code=$?; } 2> /dev/null
            [ "$code" != 0 ] || continue  # how often the standbys are looked at is a matter of time
            [ "$code" = 137 ] || bad+="$when:$message: not killed: $code $(cat "$work/out")"
            # At the very end it was done already, and there is only the lock table to put right.
            if [ "$way" = down ] && [ "$(in_database "select count(*) from knex_migrations")" = 1 ]; then
                run before 20260102000000_long
            else
                run "$verb"
            fi
            [ "$code" = 0 ] || bad+="$when:$message: the next run ended with $code: $err"
            case $err in *Sanitizer*|*'runtime error'*) bad+="$when:$message: $err";; esac
            bad+=$(diff <(echo "$wanted") <(state "$way") || echo "$when:$message: not as undisturbed")
            injected=$((injected + 1))
        done
    done
    same "$way: killed at $messages messages, the next run ends as an undisturbed one (SEED=$SEED)" '' "$bad"
}
build_killable
database before
db=before
run to 20260101000000_rooms
in_database "insert into rooms select i, i % 17, case when i % 5 = 0 then 'named' end from generate_series(1, 210) as i"
sweep latest up before
database after
db=after
sql postgres 'drop database after' 'create database after template before'
run latest
sweep rollback down after
echo "# $injected faults injected"
same 'faults were injected' 1 "$((injected > 4))"

# ---- killed in the middle of a batch's statement; SIGINT between batches; a correction of what is half-way

project stopped 'postgres 12;'
cp "$work/killed/db/migrations/20260101000000_rooms.mig" "$project/db/migrations/"
migration 20260102000000_slow <<'M'
up { backfill rooms set no = no + 1, name = pg_sleep(0.01)::text batch 100 pause 20ms; }
down auto;
M
build_killable
sql postgres 'create database stopped template before'
export DATABASE_URL="postgres://postgres@/stopped?host=$work/main"
db=stopped
sum() { in_database 'select sum(no) from rooms'; }
before=$(sum)
"$program" latest > "$work/out" 2> "$work/err" & pid=$!
until_sql stopped 1 "select count(*) from knex_migrations_journal where \"position\" is not null"
until_sql stopped 1 "select count(*) from pg_stat_activity where query like 'UPDATE rooms%' and state = 'active' and datname = 'stopped'"
kill -KILL $pid
{ wait $pid || true; } 2> /dev/null
run latest
same 'killed in the middle of a batch: every row once' "0 $((before + 210))" "$code $(sum)"
holds 'it went on' "$err" 'the backfill in line 1 goes on behind 100 rows'

in_database "delete from knex_migrations where name like '%slow%'"
"$program" latest > "$work/out" 2> "$work/err" & pid=$!
until_sql stopped 1 "select count(*) from knex_migrations_journal where \"position\" is not null"
kill -INT $pid
code=0; wait $pid || code=$?
same 'SIGINT: 130' 130 "$code"
holds 'and what is kept' "$(cat "$work/err")" '"20260102000000_slow.mig" is half-way: 0 of its 1 steps are done and stay' \
    'rows of the backfill in line 1' 'stopped by SIGINT'
run status
run rollback
holds 'half-way, there is no way back' "$err" 'half-way up'
migration 20260102000000_slow <<'M'
up { backfill rooms set no = 7 batch 100; }
down auto;
M
build_killable
run latest
holds 'another backfill begins anew' "$err" 'the backfill is not the one that was begun; it begins again at the first row'
same 'and is done' "0 $((7 * 210))" "$code $(sum)"

# ---- beside other sessions

project busy 'postgres 12;'
migration 20260101000000_accounts <<'M'
up { create table accounts { id bigint primary key; amount bigint; doubled bigint null; open boolean default true; } }
down auto;
M
migration 20260102000000_doubled <<'M'
up { backfill accounts set doubled = amount * 2 where open batch 50 pause 5ms; }
down auto;
M
build_killable
database busy
db=busy
run to 20260101000000_accounts
in_database "insert into accounts select i * 10, i from generate_series(1, 2000) as i" \
    "create table log (n int)" \
    "create function keep() returns trigger language plpgsql as 'begin new.doubled := new.amount * 2; return new; end'" \
    "create trigger keep before insert or update of amount on accounts for each row execute function keep()"
cat > "$work/busy.sql" <<'S'
\set id random(1, 2000)
\set other random(1, 2000)
\set fresh random(1, 1000000)
begin;
update accounts set amount = amount + 1 where id = :id * 10;
update accounts set open = not open where id = :other * 10;
update accounts set amount = amount + 1 where id = :other * 10;
delete from accounts where id = :id * 10 + 1;
insert into accounts values (:id * 10 + 1 + :fresh % 3, :fresh) on conflict do nothing;
commit;
S
as_postgres "$CLIENT/pgbench" -n -h "$work/main" -c 4 -T 600 -f "$work/busy.sql" busy > "$work/pgbench.out" 2>&1 & bench=$!
daemons+=("$bench")
until_sql busy 1 "select (count(*) > 0)::int from pg_stat_activity where application_name = 'pgbench'"
expect 'beside four writers' 0 'Batch 2 run: 1 migrations' latest
in_database "select from pg_terminate_backend((select max(pid) from pg_stat_activity where application_name = 'pgbench'))" > /dev/null
until_sql busy 0 "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'pgbench'"
wait $bench 2>/dev/null || true
same 'a row that is open and not done was closed when its batch came' 0 "$(in_database "select count(*) from accounts where doubled is not null and doubled <> amount * 2")"
same 'no row that was never touched was left out' 0 "$(in_database "select count(*) from accounts where doubled is null and open and id % 10 = 0 and amount = id / 10")"
same 'they did write' 1 "$(in_database "select (count(*) > 20)::int from accounts where id % 10 <> 0")"

# Rows that are held: the batch lets go of the others at once, and comes again.
in_database "update accounts set doubled = null, open = true" "delete from knex_migrations where name like '%doubled%'"
hold busy 'select from accounts where id = 300 for update;'
"$program" latest > "$work/out" 2> "$work/err" & pid=$!
until_sql busy 1 "select (count(*) > 0)::int from accounts where doubled is not null" || true
until_sql busy 1 "select (count(*) = 1)::int from pg_stat_activity where wait_event_type = 'Lock' and query like 'UPDATE accounts%'"
slowest=$(as_postgres "$CLIENT/psql" -X -q -A -t -h "$work/main" -d busy -c '\timing on' -c "update accounts set amount = amount where id = 290" | sed -n 's/^Time: \([0-9]*\).*/\1/p')
same 'a neighbour waits for less than a second' 1 "$((slowest < 1000))"
let_go
code=0; wait $pid || code=$?
same 'and when the row is free it is done' '0 0' "$code $(in_database "select count(*) from accounts where doubled is null")"

# ---- rate and pause

in_database "delete from knex_migrations where name like '%doubled%'" 'delete from accounts where id > 3000'
count=$(in_database 'select count(*) from accounts where open')
start=$(date +%s%N)
run latest --backfill-rate $((count / 2))
took=$((($(date +%s%N) - start) / 1000000))
same 'a rate makes two seconds of it' "0 1" "$code $((took >= 1400))"
for wrong in 0 x 5x -1; do run latest "--backfill-rate=$wrong"; [ "$code" = 2 ] || not_ok "a rate of $wrong"; done
for wrong in x 5 5h -1s ''; do run latest "--max-lag=$wrong"; [ "$code" = 2 ] || not_ok "a lag of $wrong"; done
ok 'wrong rates and lags are refused'

# ---- progress, on a terminal and elsewhere

# How many rows there are is the planner's estimate, which has one for a table that nobody has counted, too.
in_database "delete from knex_migrations where name like '%doubled%'" "update pg_class set reltuples = 0, relpages = 0 where oid = 'accounts'::regclass"
run latest --backfill-rate $((count / 7))
holds 'elsewhere: a line every few seconds' "$err" '20260102000000_doubled: backfill of accounts' ' rows (' '%)' ' a second' ' left'
lacks 'no bar' "$err" '#'
lacks 'and nothing that a terminal would understand' "$err" $'\033'
same 'lines, not more than there are seconds' 1 "$(($(grep -c 'backfill of' "$work/err") < 4))"
in_database "delete from knex_migrations where name like '%doubled%'" 'analyze accounts'
script -q -e -c "stty cols 70; exec '$program' latest --backfill-rate $((count * 2 / 3))" /dev/null > "$work/screen" < /dev/null
screen=$(cat "$work/screen")
holds 'on a terminal: a bar that is written over' "$screen" '[####' $'\r\033[K' ' a second' ' left' 'Batch 2 run: 1 migrations'
same 'which is gone in the end' 0 "$(tr '\r' '\n' < "$work/screen" | sed 's/\x1b\[K//' | tail -4 | grep -c 'backfill of' || true)"
in_database "delete from knex_migrations where name like '%doubled%'"
run latest --quiet
same 'quiet is quiet' '' "$err"

# ---- an index that takes its time

project index 'postgres 12;'
migration 20260101000000_rows <<'M'
up {
  create table rows { id int primary key; }
  sql {
    create function slowly(n int) returns int language plpgsql immutable as $$ begin perform pg_sleep(0.02); return n; end $$;
    insert into rows select generate_series(1, 400);
  }
}
down irreversible because 'a test';
M
migration 20260102000000_index <<'M'
up { create index concurrently rows_slowly on rows (slowly(id)); }
down auto;
M
build_killable
database index
db=index
run to 20260101000000_rows
run latest
holds 'elsewhere: a line' "$code $err" '0 ' '  20260102000000_index: index on rows, building index' ' of about '
same 'and not many' 1 "$(($(grep -c 'index on rows' "$work/err") < 6))"
run rollback
script -q -e -c "stty cols 100; exec '$program' latest" /dev/null > "$work/screen" < /dev/null
holds 'on a terminal: a bar' "$(cat "$work/screen")" '[####' '20260102000000_index: index on rows, building index' $'\r\033[K'
same 'which is gone in the end, too' 0 "$(tr '\r' '\n' < "$work/screen" | sed 's/\x1b\[K//' | tail -4 | grep -c 'index on' || true)"
same 'the second connection is closed' 0 "$(sql postgres "select count(*) from pg_stat_activity where application_name = 'migrate'")"

# ---- standbys

program=$work/busy/migrate
db=busy DATABASE_URL="postgres://postgres@/busy?host=$work/main"

in_database "delete from knex_migrations where name like '%doubled%'"
standby "unix_socket_directories = '$work/main/standby'" "primary_conninfo = 'host=$work/main user=postgres application_name=far'"
in_standby() { "$CLIENT/psql" -X -q -h "$work/main/standby" -U postgres -d postgres -c "$1" > /dev/null; }
until_sql busy 1 "select count(*) from pg_stat_replication where state = 'streaming'"
in_standby 'select pg_wal_replay_pause()'
in_database 'create table filler (t text)' "insert into filler select repeat('x', 1000) from generate_series(1, 4000)" 
"$program" latest --max-lag 1MB > "$work/out" 2> "$work/err" & pid=$!
until_text "$work/err" 'waits for standby "far", which is'
same 'a standby that is behind is waited for' 0 "$(in_database "select count(*) from knex_migrations where name like '%doubled%'")"
in_standby 'select pg_wal_replay_resume()'
code=0; wait $pid || code=$?
same 'and when it has caught up, it goes on' "0 1" "$code $(in_database "select count(*) from knex_migrations where name like '%doubled%'")"
in_standby 'select pg_wal_replay_pause()'
in_database "delete from knex_migrations where name like '%doubled%'" "insert into filler select repeat('x', 1000) from generate_series(1, 4000)"
expect 'no limit, no waiting' 0 'Batch 2 run: 1 migrations' latest --max-lag 0
in_database "delete from knex_migrations where name like '%doubled%'" 'create role plain login' 'grant all on all tables in schema public to plain' 'grant all on all sequences in schema public to plain' 'grant all on schema public to plain'
DATABASE_URL="postgres://plain@/busy?host=$work/main" run latest
holds 'a role that may not see the lag is told' "$code $err" '0 ' 'may not see how far they are behind' 'GRANT pg_monitor'
finish
