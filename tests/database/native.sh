#!/usr/bin/env bash
# Functions of the project's own, called by migrations: the example in native/, and what such functions can do wrong.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

cluster main
program=$work/migrate
db=native

# build OPTION...: the example; leaves $out and $code
build() {
    code=0
    "$BUILD/migc" build -q --dynamic -o "$program" "$@" > "$work/built" 2>&1 || code=$?
    out=$(cat "$work/built")
}

build "$here/native/db"
same 'without the file the functions are named' "3
migc: there is no C function \"fill_slugs\", which a migration calls
migc: there is no C function \"clear_slugs\", which a migration calls
  help: name the file that has it: --with FILE.c" "$code
$out"
printf 'int nothing;\n' > "$work/nothing.c"
build --with "$work/nothing.c" "$here/native/db"
holds 'with another file, too' "$code $out" '3 ' '"fill_slugs"' 'none of the files of --with has one of that name that is not static'
build --with "$work/absent.c" "$here/native/db"
same 'a file that is not there' "3 migc: cannot read \"$work/absent.c\": No such file or directory" "$code $out"
same 'migc check wants none' 0 "$(code=0; "$BUILD/migc" check -q "$here/native/db" > /dev/null 2>&1 || code=$?; echo $code)"

cp "$here/native/slugs.c" "$work/one.c"
build --with "$work/one.c" --with "$work/nothing.c" "$here/native/db"
same 'with the file it is built' '0 ' "$code $out"
database native
run to 20260101000000_articles
sql native "insert into articles select i, case when i % 100 = 0 then 'The same' else 'An Article, no. ' || i end from generate_series(1, 1203) as i"
expect 'the function is called' 0 'Batch 2 run: 1 migrations' latest
holds 'and says what it did' "$err" '20260102000000_slugs: 1203 slugs'
same 'all slugs are there' '1203 an-article-no-1 the-same the-same-1200' "$(sql native "select count(slug) || ' ' || min(slug) filter (where id = 1) || ' ' || min(slug) filter (where id = 100) || ' ' || min(slug) filter (where id = 1200) from articles")"
same 'in the transaction of the others' 1 "$(sql native "select count(*) from knex_migrations as row join knex_migrations_journal as entry on entry.xmin::text = row.xmin::text where row.name like '%slugs%'")"
expect 'and the way down calls its own' 0 'Batch 2 rolled back: 1 migrations' rollback
same 'which did its work' 0 "$(sql native 'select count(slug) from articles')"
sql native "insert into articles values (5000, '...')"
run latest
same 'a function that fails: nothing of it stays' '1 0' "$code $(sql native 'select count(slug) from articles')"
holds 'its reason and place' "$err" 'db/migrations/20260102000000_slugs.mig:3: the native function failed: the title of article 5000 has no letters' 'nothing was applied'

# ---- the same with CMake

cmake --install "$BUILD" --prefix "$work/installed" > "$work/cmake.log" 2>&1
if cmake -S "$here/native" -B "$work/tree" -Dmigc_DIR="$work/installed/lib/migc" >> "$work/cmake.log" 2>&1 &&
    cmake --build "$work/tree" >> "$work/cmake.log" 2>&1; then
    ok 'migc_add_migrate(… NATIVE …) builds it'
else
    not_ok 'migc_add_migrate(… NATIVE …) builds it'
    sed 's/^/# /' "$work/cmake.log"
fi
sql native 'delete from articles where id = 5000'
program=$work/tree/migrate expect 'and it runs' 0 'Batch 2 run: 1 migrations' latest
expect 'the schema is what the migrations say' 0 'No drift from what 2 migrations made' verify

# ---- changed since it was applied: the way down that the journal has kept calls the function that is linked in

mkdir -p "$work/changed"
cp -r "$here/native/db/." "$work/changed"
sed -i 's/alter column slug set not null/alter column slug set not null; alter table articles alter column title drop not null/; s/alter column slug drop not null;/alter column slug drop not null; alter table articles alter column title set not null;/' "$work/changed/migrations/20260102000000_slugs.mig"
build --with "$work/one.c" "$work/changed"
expect 'it goes down as it was applied' 0 'Batch 2 rolled back: 1 migrations' rollback --allow-lossy
same 'by its function' 0 "$(sql native 'select count(slug) from articles')"
program=$work/tree/migrate run latest
sed -i 's/call native clear_slugs/call native fill_slugs/' "$work/changed/migrations/20260102000000_slugs.mig"
build --with "$work/one.c" "$work/changed"
run rollback --allow-lossy
holds 'or not at all, when the migration does not call it any more' "$code $err" '9 ' 'it was applied with a way down that calls "clear_slugs", which is not in this program'

# ---- what can go wrong: a project with a function a migration

mkdir -p "$work/wrong/migrations"
echo 'project wrong { postgres 12; }' > "$work/wrong/project.mig"
echo 'up { create table t { id int primary key; n int null; } call native act; } down irreversible because '"'a test'"';' > "$work/wrong/migrations/20260101000000_act.mig"
# act CODE: with such a body of the function
act() {
    { echo '#include <migrate.h>'; echo '#include <stddef.h>'; echo '#include <string.h>'
      echo 'static bool wide(MigrateRun *run, void *context, size_t count, const char *const *values)
{ (void) run; *(size_t *) context = count; return values[count - 1] == NULL && strcmp(values[0], "1") == 0; }
static bool stop(MigrateRun *run, void *context, size_t count, const char *const *values)
{ (void) run; (void) count; (void) values; return ++*(size_t *) context < 3; }'
      echo 'bool act(MigrateRun *run);'
      echo "bool act(MigrateRun *run) { size_t seen = 0; (void) seen; (void) wide; (void) stop; $1 }"; } > "$work/act.c"
    build --with "$work/act.c" "$work/wrong"
    [ "$code" = 0 ] || echo "# $out"
    sql postgres 'drop database if exists wrong with (force)' 'create database wrong'
    export DATABASE_URL="postgres://postgres@/wrong?host=$work/main"
    run latest
    case $err in *Sanitizer*|*'runtime error'*) not_ok "sanitizers"; sed 's/^/#   /' "$work/err";; esac
    made=$(sql wrong "select to_regclass('t')")
}
act 'return migrate_execute(run, "CREATE TABLE other ()", 0, NULL);'
run verify
holds 'what a function makes besides is drift' "$code $out" '6 ' 'table "other"'
act 'return false;'
holds 'false and no word' "$code $err" '1 ' 'the native function failed, and does not say why' 'migrate_fail()'
act 'migrate_execute(run, "SELECT 1 / n FROM t WHERE nothing", 0, NULL); return false;'
holds 'the statement that failed, as of any other step' "$code $err" '1 ' 'ERROR 42703: column "nothing" does not exist' '  SELECT 1 / n FROM t WHERE nothing' '                            ^'
act 'migrate_execute(run, "SELECT 1 / 0", 0, NULL); return true;'
holds 'true behind a statement that failed' "$code $err$made" '1 ' 'it returned true, though a statement has failed'
act 'migrate_execute(run, "COMMIT", 0, NULL); return true;'
holds 'the end of the transaction is noticed' "$code $err" '1 ' 'ended the transaction of the run'
act 'bool good = migrate_execute(run, "INSERT INTO t SELECT generate_series(1, 7)", 0, NULL); return good && migrate_affected(run) == 7 && migrate_sqlstate(run)[0] == 0 && migrate_message(run) == NULL && migrate_is_up(run) && !migrate_is_stopping(run);'
same 'what a call tells' '0 t' "$code $made"
wide=$(seq -s, 1 200)
act "return migrate_query(run, \"SELECT $wide, NULL\", 0, NULL, wide, &seen) && seen == 201;"
same 'rows of 201 columns, NULL is NULL' '0 t' "$code $made"
act 'bool good = migrate_query(run, "SELECT generate_series(1, 10)", 0, NULL, stop, &seen); return !good && seen == 3 && migrate_sqlstate(run)[0] == 0;'
same 'a function of rows that has enough' '0 t' "$code $made"
act 'const char *values[] = {"3", NULL}; return migrate_execute(run, "INSERT INTO t VALUES ($1, $2)", 2, values) && migrate_affected(run) == 1;'
same 'parameters, and NULL' '0 3|' "$code $(sql wrong 'select * from t')"
act 'return migrate_execute(run, "SAVEPOINT s", 0, NULL) && !migrate_execute(run, "SELECT 1 / 0", 0, NULL) && strcmp(migrate_sqlstate(run), "22012") == 0 && migrate_message(run) != NULL && migrate_execute(run, "ROLLBACK TO s", 0, NULL);'
same 'an error that is caught with a savepoint' '0 t' "$code $made"
act 'for (int i = 0; i < 60; i++) { if (!migrate_execute(run, "SELECT pg_sleep(0.02)", 0, NULL)) return false; migrate_progress(run, i, 60); } return true;'
same 'progress that is over soon is not shown' '0 0' "$code $(grep -c 'native function' "$work/err" || true)"
build --with "$work/act.c" "$work/wrong"
sql postgres 'drop database if exists wrong with (force)' 'create database wrong'
script -q -e -c "exec '$program' latest" /dev/null > "$work/screen" < /dev/null
holds 'and is, on a terminal' "$(cat "$work/screen")" '20260101000000_act: native' '%, '
sql postgres 'drop database if exists wrong with (force)' 'create database wrong'
sed -i 's/i < 60/i < 6000/' "$work/act.c"
build --with "$work/act.c" "$work/wrong"
"$program" latest > "$work/out" 2> "$work/err" & pid=$!
until_sql wrong 1 "select count(*) from pg_stat_activity where query like 'SELECT pg_sleep%' and datname = 'wrong' and pid <> pg_backend_pid()"
kill -INT $pid
code=0; wait $pid || code=$?
holds 'a signal stops it' "$code $(cat "$work/err")" '130 ' 'the native function was stopped' 'nothing was applied'
finish
