#!/usr/bin/env bash
# Which way down is taken, and which is refused: lossy ones, out of order, of migrations that were changed or are missing;
# and the verbs that go both ways, redo and goto.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

cluster main
one=20240101000000_one two=20240102000000_two three=20240103000000_three
applied() { sql "$1" "select coalesce(string_agg(substr(name, 16, length(name) - 19) || batch, ' ' order by id), '-') from knex_migrations"; }
tables() { sql "$1" "select coalesce(string_agg(tablename, ' ' order by 1), '-') from pg_tables where schemaname = 'public' and tablename !~ 'knex'"; }

# ---- what loses data
fixture ways
database lossy
run latest
for verb in rollback 'rollback --all' "down $two" "goto $one" 'redo --batch'; do
    expect "lossy: $verb is refused" 9 '' $verb
    holds "lossy: $verb: what would be lost" "$err" "error: the way down of \"$two.mig\" does not bring back the data of column \"note\" of table \"one\"" \
        'column "more" of table "one"' 'help: nothing was rolled back' '--allow-lossy'
done
same 'lossy: nothing was rolled back' 'one1 two1 three1' "$(applied lossy)"
expect 'lossy: what loses nothing goes' 0 "Batch 1 rolled back the following migrations:
$three.mig" down
run latest
expect 'lossy: with --allow-lossy' 0 'Batch 2 rolled back: 1 migrations' rollback --allow-lossy
expect 'lossy: and all' 0 'Batch 1 rolled back: 2 migrations' rollback --all --allow-lossy
same 'lossy: it is gone' '-|-' "$(applied lossy)|$(tables lossy)"
run latest --quiet
run status --verbose
holds 'status --verbose grades the ways down' "$err" "$two: its way down loses the data of column \"note\" of table \"one\""
run status
same 'status alone does not' '' "$err"
expect 'sql down says it' 0 "-- does not bring back the data of column \"note\" of table \"one\"
-- does not bring back the data of column \"more\" of table \"one\"
-- db/migrations/$two.mig:5
ALTER TABLE one ADD note text, ADD more text;" sql down "$two"

# ---- redo and goto
database both
run to "$two"
run latest --quiet
expect 'redo: the last one, in its batch' 0 "Batch 2 rolled back the following migrations:
$three.mig
Batch 2 ran the following migrations:
$three.mig" redo
run down --quiet
expect 'redo --batch: the last batch' 0 "Batch 1 rolled back the following migrations:
$two.mig
$one.mig
Batch 1 ran the following migrations:
$one.mig
$two.mig" redo --batch --allow-lossy
same 'redo: it is as it was' 'one1 two1' "$(applied both)"
expect 'goto: up' 0 "Batch 2 ran the following migrations:
$three.mig" goto "$three"
expect 'goto: there already' 0 'Already up to date' goto "$three.js"
expect 'goto: down' 0 "Batch 2 rolled back the following migrations:
$three.mig
$two.mig" goto "$one" --allow-lossy
run down
run up "$three"
expect 'goto: both' 0 "Batch 1 rolled back the following migrations:
$three.mig
Batch 1 ran the following migrations:
$one.mig" goto "$one"
expect 'goto an unknown one' 2 '' goto nothing
run goto "$one"
run rollback --all
expect 'redo with nothing applied' 0 'Already at the base migration' redo
same 'no lock stays' '0|0' "$(sql both "select (select sum(is_locked) from knex_migrations_lock), (select count(*) from pg_locks where locktype = 'advisory')")"
fixture ways -DFIXTURE_TRANSACTION=MIGRATE_EACH
run latest --quiet
expect 'redo where each migration is a transaction' 0 "Batch 1 rolled back the following migrations:
$three.mig
$two.mig
$one.mig
Batch 1 ran the following migrations:
$one.mig
$two.mig
$three.mig" redo --batch --allow-lossy
lacks 'its own flag is not taken for that of a dead run' "$err" 'without a word'
same 'no lock stays' '0|0' "$(sql both "select (select sum(is_locked) from knex_migrations_lock), (select count(*) from pg_locks where locktype = 'advisory')")"
fixture ways '-DFIXTURE_THREE_DOWN={.sql = "DROP TABLE three", .line = 5}, {.sql = "CREATE TABLE three ()", .line = 6}'
expect 'redo: the way up fails' 1 "Batch 1 rolled back the following migrations:
$three.mig" redo
holds 'redo: and what to type' "$err" 'ERROR 42P07' 'nothing was applied' 'type `migrate latest`'
same 'redo: what went down stays down' 'one1 two1' "$(applied both)"

# ---- out of order
fixture ways
database order
run up "$three"
for verb in latest up "to $two" "goto $three"; do
    expect "out of order: $verb --strict is refused" 9 '' $verb --strict
    holds 'out of order: and says so' "$err" "error: \"$one.mig\" is out of order: \"$three.mig\" was applied before it" '--strict'
done
expect 'out of order: without it' 0 'Batch 2 run: 2 migrations' latest
holds 'out of order: a warning' "$err" "warning: \"$one.mig\" is out of order" "warning: \"$two.mig\" is out of order"
expect 'in order --strict changes nothing' 0 'Already up to date' latest --strict

# ---- changed since
database changed
fixture ways '-DFIXTURE_CHECKSUM="aaaa"' '-DFIXTURE_THREE_DOWN={.sql = "DROP TABLE three /* as it */ /* was; \n -- line 5 */", .line = 5}'
run latest --quiet
fixture ways '-DFIXTURE_CHECKSUM="bbbb"' '-DFIXTURE_THREE_DOWN={.sql = "DROP TABLE never", .line = 5}'
expect 'changed: up is a conflict' 7 '' latest
holds 'changed: and the way out' "$err" 'roll it back, as it was then'
expect 'changed: down is as it was then' 0 "Batch 1 rolled back the following migrations:
$three.mig" down
same 'changed: it is gone' one "$(tables changed)"
expect 'changed: what was lossy then is refused' 9 '' down
holds 'changed: and named' "$err" 'column "note" of table "one"'
expect 'changed: all of it' 0 'Batch 1 rolled back: 2 migrations' rollback --allow-lossy
same 'changed: it is gone' - "$(tables changed)"
expect 'changed: and up as it is now' 0 'Batch 1 run: 3 migrations' latest
sql changed "update knex_migrations_journal set down = 'DROP TABLE three;', checksum = 'cccc'"
expect 'changed: without its way down in the journal' 7 '' down
holds 'changed: it is said' "$err" 'was changed since it was applied, and the journal does not have its way down'

database changed_irreversible
fixture irreversible '-DFIXTURE_CHECKSUM="aaaa"'
run latest --quiet
fixture irreversible '-DFIXTURE_CHECKSUM="bbbb"'
expect 'changed: what was irreversible is' 9 '' rollback
holds 'changed: with its reason then' "$err" 'the rows are gone'

database changed_outside
fixture mixed '-DFIXTURE_CHECKSUM="aaaa"'
run latest --quiet
fixture mixed '-DFIXTURE_CHECKSUM="bbbb"'
expect 'changed: steps outside transactions come back with what tells that they are done' 0 'Batch 1 rolled back: 3 migrations' rollback
same 'changed: all is gone' - "$(tables changed_outside)"

# ---- missing
database missing
fixture three
run latest --quiet
sql missing "insert into knex_migrations (name, batch, migration_time) values ('20231231000000_gone.js', 1, '2024-05-06 07:08:09+00')"
for verb in latest 'down' rollback status; do
    run $verb
    same "missing: $verb is a conflict" 7 "$code"
done
holds 'missing: and the way out' "$err" '--allow-missing'
expect 'missing: allowed' 0 'Already up to date' latest --allow-missing
holds 'missing: a warning stays' "$err" 'warning: the migration "20231231000000_gone.js" was applied (batch 1, 2024-05-06 07:08:09+00)'
run status --allow-missing
same 'missing: status, allowed' 0 "$code"
expect 'missing: going down leaves it alone' 0 'Batch 1 rolled back: 3 migrations' rollback --allow-missing
run latest --allow-missing
sql missing "update knex_migrations set batch = 9 where name like '%gone.js'"
expect 'missing: the last batch is the last one that has something else' 0 'Batch 2 rolled back: 3 migrations' rollback --allow-missing
run latest --allow-missing
expect 'missing: down takes the last one that is there' 0 'Batch 10 rolled back the following migrations:
20240103000000_three.mig' down --allow-missing
expect 'missing: rollback --all as well' 0 'Batch 10 rolled back: 2 migrations' rollback --all --allow-missing
same 'missing: its row stays' '20231231000000_gone.js' "$(sql missing 'select name from knex_migrations')"
finish
