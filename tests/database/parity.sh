#!/usr/bin/env bash
# Parity with Knex: parity.cases, through both.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
. "$here/knex_lib.sh"

cluster main
mkdir "$work/sets"

trim() { sed 's/^ *//; s/ *$//' <<< "$1"; }

# make_migration SET NUMBER LINE: the same migration for both
make_migration() {
    local set=$1 number=$2 name up down outside='' flags='' file
    IFS='|' read -r name up down <<< "$3"
    name=$(trim "$name") up=$(trim "$up") down=$(trim "$down")
    case $name in '!'*) name=${name#!} flags=', .flags = MIGRATE_OUTSIDE' outside='exports.config = { transaction: false };' ;; esac
    file=$work/knex/$set/$name.cjs
    printf 'exports.up = (knex) => knex.raw(`%s`);\nexports.down = (knex) => knex.raw(`%s`);\n%s\n' "$up" "$down" "$outside" > "$file"
    steps() { sed 's/; */\n/g' <<< "$1" | sed "s/.*/    {.sql = \"&\", .line = 1$flags},/"; }
    {
        printf 'static const MigrateStep m%d_up_steps[] = {\n%s\n};\n' "$number" "$(steps "$up")"
        printf 'static const MigrateStep m%d_down_steps[] = {\n%s\n};\n' "$number" "$(steps "$down")"
        printf 'MIGRATION(m%d, "%s")\n' "$number" "$name"
    } >> "$work/sets/$set.c"
}

# The sets: a folder for Knex and a source for ours.
make_sets() {
    local line set='' number=0 list=''
    end_set() {
        [ -n "$set" ] || return 0
        if [ -n "$list" ]; then echo "PROJECT(${list%, })"; else sed -n '/^const/,$p' "$here/fixtures/none.c"; fi >> "$work/sets/$set.c"
    }
    while read -r line; do
        case $line in
        'set '*)
            end_set
            set=${line#set } number=0 list=''
            mkdir "$work/knex/$set"
            echo '#include "fixture.h"' > "$work/sets/$set.c"
            ;;
        'case '*) break ;;
        *'|'*)
            [[ $line != '#'* ]] || continue
            number=$((number + 1)) list="$list&m$number, "
            make_migration "$set" $number "$line"
            ;;
        esac
    done < "$here/parity.cases"
    end_set
}

# ours_build SET OPTION...: $program
ours_build() {
    local set=$1 option library=$BUILD/lib/migc flags=()
    shift
    for option in "$@"; do
        case $option in
        each) flags+=(-DFIXTURE_TRANSACTION=MIGRATE_EACH) ;;
        table=*) flags+=("-DFIXTURE_TABLE=\"${option#table=}\"") ;;
        schema=*) flags+=("-DFIXTURE_HISTORY_SCHEMA=\"${option#schema=}\"") ;;
        esac
    done
    program=$work/$set-$(printf '%s' "$*" | cksum | cut -d' ' -f1)
    [ -x "$program" ] || "$CC" -g -O1 -I"$library/include" -I"$here/fixtures" "${flags[@]}" "$work/sets/$set.c" \
        $(sed "s,@LIBDIR@,$library,g" "$library/link-dynamic") -o "$program"
}

use() {
    local set=$1 option
    ours_build "$@"
    shift
    table=knex_migrations schema=public
    knex_table='' directory=$set
    for option in "$@"; do
        case $option in
        table=*) table=${option#table=} knex_table="$knex_table tableName: '$table'," ;;
        schema=*) schema=${option#schema=} knex_table="$knex_table schemaName: '$schema'," ;;
        esac
    done
}

# state DATABASE: history, lock, tables
state() {
    sql "$1" "
        create or replace function pg_temp.ask(query text) returns text language plpgsql as \$\$
        declare answer text; begin execute query into answer; return answer; exception when undefined_table or invalid_schema_name then return null; end \$\$;
        select 'history ' || coalesce(pg_temp.ask(format('select string_agg(regexp_replace(name, ''\.(cjs|mig)\$'', '''') || '' '' || coalesce(batch::text, ''-''), '', '' order by id) from %I.%I', '$schema', '$table')), 'empty');
        select 'lock ' || coalesce(pg_temp.ask(format('select string_agg(is_locked::text, '', '' order by is_locked) from %I.%I', '$schema', '${table}_lock')), '0');
        select 'tables ' || coalesce(string_agg(oid::regclass::text, ' ' order by oid::regclass::text), '-') from pg_class
         where relkind in ('r', 'i') and relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace, 'pg_toast'::regnamespace)
           and relname not in ('$table', '${table}_lock') and relname !~ '_journal' and relname !~ '_pkey\$';
        select 'schemas ' || string_agg(nspname, ' ' order by nspname) from pg_namespace where nspname !~ '^pg_'"
}

# run_both VERB ...: leaves theirs and ours of each part. Each has a database of its own, so they run at the same time.
declare -A theirs mine
run_both() {
    local connection="{ host: '$work/main', user: 'postgres', database: 'knex$number' }" words=("migrate:$1" "${@:2}") knex
    knex_run "connection: $connection, migrations: { directory: './$directory', $knex_table }" "${words[@]}" & knex=$!
    export DATABASE_URL="postgres://postgres@/ours$number?host=$work/main"
    case $1 in list | status | currentVersion | unlock) ;; *) words+=(--no-wait) ;; esac
    run "${words[@]}"
    mine=([words]=$(sed 's/\.mig$//' "$work/out") [success]=$((code == 0)))
    wait $knex || true
    theirs=([words]=$(sed 's/\.cjs$//' "$work/knex/out") [success]=$(($(< "$work/knex/code") == 0)))
    theirs[state]=$(state "knex$number") mine[state]=$(state "ours$number")
    judged=no
}

# judge: each part of the last run, unless a line said that it differs
judge() {
    local part
    [ "$judged" = no ] || return 0
    judged=yes
    for part in words success state; do
        case " $differences " in
        *" $part "*)
            if [ "${theirs[$part]}" != "${mine[$part]}" ]; then ok "$name: $ran: $part differ on purpose"
            else not_ok "$name: $ran: $part do not differ any more"; fi ;;
        *) same "$name: $ran: $part" "${theirs[$part]}" "${mine[$part]}" ;;
        esac
    done
    differences=
}

make_sets
number=0 judged=yes skipping=no differences='' name='' ran=''
while read -r line; do
    case $line in
    'differs '*)
        [ $skipping = no ] || continue
        read -r _ part why <<< "$line"
        [ -n "$why" ] || not_ok "$name: a difference says why"
        differences="$differences $part"
        continue
        ;;
    esac
    judge
    [ "$skipping" = no ] || [[ $line = 'case '* ]] || continue
    case $line in
    'case '*)
        name=${line#case }
        skipping=no
        [[ $name =~ ${PARITY:-} ]] || skipping=yes
        [ $skipping = no ] || continue
        number=$((number + 1))
        sql postgres "create database knex$number" "create database ours$number"
        use three
        ;;
    'use '*) use ${line#use } ;;
    'sql '*) sql "knex$number" "${line#sql }"; sql "ours$number" "${line#sql }" ;;
    'ours '*) sql "ours$number" "${line#ours }" ;;
    'knex '*) sql "knex$number" "${line#knex }" ;;
    'run '*) ran=${line#run } && run_both $ran ;;
    esac
done < <(sed -n '/^case /,$p' "$here/parity.cases")
judge
finish
