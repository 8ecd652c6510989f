#!/usr/bin/env bash
# From the language to the server: what migc says of steps that stand outside transactions is right, there and back.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

cluster main
indexes() { sql outside "select coalesce(string_agg(indexrelid::regclass || case when indisvalid then '' else ' invalid' end, ' ' order by indexrelid::regclass::text), '-') from pg_index where indrelid::regclass::text in ('rooms', '\"odd Table\"')"; }
journal() { sql outside "select string_agg(concat_ws(' ', substr(name, 16), direction, state, step), ', ' order by id) from knex_migrations_journal"; }

project outside
migration 20260101000000_rooms <<'M'
up {
  create table rooms { id bigint primary key; no int; name text null; }
  create table "odd Table" { id int; }
}
down auto;
M
migration 20260102000000_concurrently <<'M'
up {
  create index concurrently rooms_no on rooms (no);
  create unique index concurrently "odd Index" on "odd Table" (id);
  alter table rooms add column more int null;
}
down auto;
M
migration 20260103000000_none <<'M'
transaction none;
up {
  alter table rooms add column batch int null;
  sql {
    insert into rooms (id, no) select n, n from generate_series(1, 10) as n;
    do $$ begin for i in 1 .. 10 loop update rooms set batch = 1 where id = i; commit; end loop; end $$;
    vacuum rooms;
  }
}
down irreversible because 'an example';
M
compile 'it compiles'
database outside
expect 'it runs' 0 'Batch 1 run: 3 migrations' latest
same 'the indexes are there' '"odd Index" rooms_no rooms_pkey' "$(indexes)"
same 'the journal' 'rooms up done 2, concurrently up done 3, none up done 4' "$(journal)"
same 'a block that commits has done so' '10|10' "$(sql outside 'select count(batch), count(distinct xmin::text) from rooms')"
sql outside "delete from knex_migrations where name like '%none%'"
expect 'down drops the indexes without blocking' 0 "Batch 1 rolled back the following migrations:
20260102000000_concurrently.mig" down
same 'they are gone' 'rooms_pkey' "$(indexes)"

# Each question that migc writes, asked where the answer is known.
questions() {
    sed -n 's/^ *\.done = "\(.*\)",$/\1/p' "$work/generated/$1"
}
"$BUILD/migc" emit -q -o "$work/generated" "$project/db"
ask() { sql outside "$(questions "$1" | sed -n "$2p" | sed 's/\\"/"/g')"; }
same 'no index: no row' '' "$(ask 20260102000000_concurrently.c 2)"
sql outside 'create unique index "odd Index" on "odd Table" (id)'
same 'an index: true' t "$(ask 20260102000000_concurrently.c 2)"
sql outside "update pg_index set indisvalid = false where indexrelid = '\"odd Index\"'::regclass"
same 'one that is not valid: false' f "$(ask 20260102000000_concurrently.c 2)"

# REINDEX CONCURRENTLY that is killed leaves a second index, which the next run takes away before it begins again.
migration 20260104000000_reindex <<'M'
up { sql { reindex index concurrently "odd Index"; reindex (verbose) table concurrently public.rooms; } }
down auto;
M
compile 'it compiles with a reindex'
sql outside 'drop index "odd Index"' "alter database outside set lock_timeout = '50ms'"
sql outside 'create unique index "odd Index" on "odd Table" (id)' "insert into knex_migrations (name, batch) select name, 2 from (values ('20260102000000_concurrently.mig'), ('20260103000000_none.mig')) as given (name) where not exists (select from knex_migrations as row where row.name = given.name)"
hold outside 'insert into "odd Table" values (77); insert into rooms (id, no) values (77, 7);'
"$program" latest > "$work/out" 2> "$work/err" & pid=$!
until_sql outside 1 "select count(*) from pg_index where indexrelid::regclass::text ~ '_ccnew'"
sleep 0.5
same 'no lock_timeout ends it' 1 "$(sql outside "select count(*) from pg_stat_activity where query ilike 'reindex%' and state = 'active'")"
kill -KILL $pid
{ wait $pid || true; } 2> /dev/null
sql outside "select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'reindex%'" > /dev/null
until_sql outside 0 "select count(*) from pg_stat_activity where query ilike 'reindex%'"
same 'a reindex that is killed leaves an index' 1 "$(sql outside "select count(*) from pg_index where not indisvalid")"
let_go
expect 'the next run does it again' 0 'Batch 3 run: 1 migrations' latest
same 'and leaves one of each' '"odd Index" rooms_pkey' "$(indexes)"

# DETACH PARTITION CONCURRENTLY that is killed between its two transactions is finished, not begun again.
if [ "$OLDEST" -lt 14 ]; then
    skip 'a detachment that is killed' 'it came with PostgreSQL 14'
    finish
fi
migration 20260105000000_parts <<'M'
up {
  create table events { at timestamptz; } partition by range (at);
  create table events_2026 partition of events for values from ('2026-01-01') to ('2027-01-01');
}
down auto;
M
migration 20260106000000_detached <<'M'
up { alter table events { detach partition events_2026 concurrently; } }
down irreversible because 'a test';
M
compile 'it compiles with a detachment'
run to 20260105000000_parts
hold outside 'select * from events;'
"$program" latest > "$work/out" 2> "$work/err" & pid=$!
until_sql outside 1 "select count(*) from pg_inherits where inhdetachpending"
kill -KILL $pid
{ wait $pid || true; } 2> /dev/null
sql outside "select pg_terminate_backend(pid) from pg_stat_activity where query ilike '%detach partition%' and pid <> pg_backend_pid()" > /dev/null
until_sql outside 0 "select count(*) from pg_stat_activity where query ilike 'alter%detach partition%'"
let_go
expect 'the next run finishes it' 0 'Batch 5 run: 1 migrations' latest
holds 'and says so' "$err" '20260106000000_detached: step 1 was done already'
same 'it is a table of its own' 0 "$(sql outside 'select count(*) from pg_inherits')"
finish
