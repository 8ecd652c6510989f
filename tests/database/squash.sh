#!/usr/bin/env bash
# A migration that replaces others: applied where all of them are, a conflict where only some are.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

cluster main
one=20240101000000_one.mig two=20240102000000_two.mig three=20240103000000_three.mig both=20240102000000_both.mig
fixture three; before=$program
fixture squashed; after=$program
tables() { sql "$1" "select string_agg(tablename, ' ' order by 1) from pg_tables where schemaname = 'public' and tablename !~ 'knex'"; }
rows() { sql "$1" "select string_agg(name, ' ' order by id) from knex_migrations"; }

database fresh
expect 'a new database runs the squash' 0 'Batch 1 run: 2 migrations' latest
same 'which has a row of its own' "$both $three" "$(rows fresh)"
expect 'and is rolled back like any other' 0 'Batch 1 rolled back: 2 migrations' rollback
same 'so that nothing is left' '' "$(tables fresh)"

database all
program=$before
expect 'all that is replaced is applied' 0 'Batch 1 run: 3 migrations' latest
program=$after
expect 'then there is nothing to do' 0 'Already up to date' latest
expect 'and status says why' 0 "Found 3 Completed Migration file/files.
$one (replaced by $both)
$two (replaced by $both)
$three
No Pending Migration files Found." status
same 'the rows stay as they are' "$one $two $three" "$(rows all)"
expect 'status --check agrees' 0 "$out" status --check
expect 'wait --for the squash does, too' 0 "$(run wait --for "$both"; echo "$out")" wait --for "$both"
program=$before
expect 'a program of before still works' 0 'Already up to date' latest
program=$after
expect 'down to the squash' 0 "Batch 1 rolled back the following migrations:
$three" down
expect 'which goes as a whole, with all the rows' 0 "Batch 1 rolled back the following migrations:
$both" down
same 'nothing is left of it' '|' "$(tables all)|$(rows all)"
expect 'and comes back as one' 0 'Batch 1 run: 2 migrations' latest
same 'with a row of its own' "$both $three" "$(rows all)"

database older
program=$before
run up; run up
program=$after
expect 'what is behind the squash is run' 0 "Batch 3 run: 1 migrations" latest
same 'and the replaced ones stand for it' "$one $two $three" "$(rows older)"

database some
program=$before
run up
program=$after
run latest
same 'where only some are applied it is a conflict' 7 "$code"
holds 'that says which' "$err" "\"$both\" replaces 2 others, of which only 1 is applied" "$one is applied" \
    '20240102000000_two.js is not applied'
same 'and nothing was run' one "$(tables some)"
run status
same 'status says so as well' 7 "$code"
holds 'with its lists' "$out" "$one (replaced by $both)"
program=$before
run up
program=$after
expect 'the other one by the old program, then all is well' 0 'Batch 3 run: 1 migrations' latest
finish
