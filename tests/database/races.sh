#!/usr/bin/env bash
# Twenty at once, one of them a real Knex, with migrations that do not fit into one transaction: each migration is done once,
# nobody hangs, and everybody's exit code is right.
#
#   ROUNDS=NUMBER   of each of four kinds (1); 50 are for an evening
set -euo pipefail
. "$(dirname "$0")/lib.sh"
. "$here/knex_lib.sh"

cluster main
mkdir "$work/knex/mig"
cat > "$work/knex/mig/20240101000000_one.mig" <<'JS'
exports.up = (knex) => knex.raw('CREATE TABLE one (id serial PRIMARY KEY)');
exports.down = (knex) => knex.raw('DROP TABLE one');
JS
cat > "$work/knex/mig/20240102000000_two.mig" <<'JS'
exports.up = async (knex) => {
    for (const sql of [
        'CREATE TABLE two AS SELECT n AS id, n % 7 AS kind FROM generate_series(1, 1000) AS n',
        "CREATE TYPE state AS ENUM ('open')",
        'CREATE INDEX CONCURRENTLY two_kind ON two (kind)',
        'ALTER TABLE two ADD COLUMN more int',
        'CREATE UNIQUE INDEX CONCURRENTLY two_id ON two (id)',
        "ALTER TYPE state ADD VALUE 'closed'",
        "ALTER TABLE two ADD COLUMN state state DEFAULT 'closed'",
        'INSERT INTO two (id) VALUES (0)',
        'VACUUM two',
    ]) await knex.raw(sql);
};
exports.down = () => {};
exports.config = { transaction: false };
JS
cat > "$work/knex/mig/20240103000000_three.mig" <<'JS'
exports.up = (knex) => knex.raw('CREATE TABLE three (id serial PRIMARY KEY)');
exports.down = (knex) => knex.raw('DROP TABLE three');
JS

knex_latest() {
    cat > "$work/knex/knexfile.cjs" <<JS
module.exports = {
    client: 'pg',
    connection: { host: '$work/main', user: 'postgres', database: '$name' },
    migrations: { directory: './mig', loadExtensions: ['.mig'] },
};
JS
    cat > "$work/knex/latest.cjs" <<'JS'
// Knex loads what it does not know as JavaScript only by an extension that Node knows.
require.extensions['.mig'] = require.extensions['.js'];
const knex = require('knex')(require('./knexfile.cjs'));
knex.migrate.latest().then(([, done]) => { console.log(`Knex ran ${done.length}`); knex.destroy(); }, (error) => { console.error(error.message); process.exit(1); });
JS
    (cd "$work/knex" && exec timeout 120 node latest.cjs)
}

# state of the schema by whoever made it
made() {
    sql "$1" "select string_agg(relname, ' ' order by relname) from pg_class where relnamespace = 'public'::regnamespace and relname !~ 'knex|_seq\$|_pkey\$'" \
        "select count(*), count(distinct name) from knex_migrations" 'select count(*), sum(id) from two' \
        "select count(*) from pg_index where not indisvalid" \
        "select count(*), sum(is_locked) from knex_migrations_lock" \
        "select count(*) from pg_locks where locktype = 'advisory'"
}
wanted='one three two two_id two_kind
3|3
1001|500500
0
1|0
0'

# race KIND: all of them, on a database that is `fresh`, or on which the first migration was `begun` with
race() {
    local pids=() codes='' knex_code=0 i knex=''
    database "$name"
    [ "$1" = fresh ] || run up
    # Node takes its time to start, so that it may come first, last or in between.
    knex_latest > "$work/out.knex" 2> "$work/err.knex" &
    knex=$!
    sleep "$((RANDOM % 2)).$((RANDOM % 10))"
    for i in $(seq 19); do
        timeout 120 "$program" latest > "$work/out.$i" 2> "$work/err.$i" &
        pids+=($!)
    done
    for i in "${pids[@]}"; do
        code=0
        wait "$i" || code=$?
        [ "$code" = 0 ] || codes+="$code "
    done
    [ -z "$knex" ] || wait "$knex" || knex_code=$?
    same "$name: ours all end well" '' "$codes"
    [ -z "$codes" ] || cat "$work"/err.* | sort | uniq -c | sed 's/^/#   /' | head -20
    # It finds the flag, makes the tables at the same moment as we do, or has its turn.
    case "$knex_code $(cat "$work/err.knex" 2> /dev/null)" in
    '0 '* | *'already locked'* | *'duplicate key value'* | *'already exists'*) ok "$name: Knex ends as it should" ;;
    *) not_ok "$name: Knex ends as it should"; sed 's/^/#   /' "$work/err.knex" ;;
    esac
    same "$name: everything once" "$wanted" "$(made "$name")"
    [ -z "$knex" ] || echo "# $(cat "$work/out.knex" "$work/err.knex" | tail -1)"
    rm -f "$work"/out.* "$work"/err.*
}

for transaction in BATCH EACH; do
    fixture mixed "-DFIXTURE_TRANSACTION=MIGRATE_$transaction"
    for kind in fresh begun; do
        for round in $(seq "${ROUNDS:-1}"); do
            name=race_${transaction}_${kind}_$round
            race $kind
        done
    done
done
finish
