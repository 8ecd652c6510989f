#!/usr/bin/env bash
# What the compiler says that a step locks, against what the server locks: of a table that was there before, never less.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

cluster main
mkdir -p "$work/db/migrations"
echo "project locks { postgres $OLDEST; transaction each; }" > "$work/db/project.mig"
number=0
while IFS= read -r body; do
    [ -n "$body" ] || continue
    number=$((number + 1))
    printf 'up { %s }\ndown %s;\n' "$body" "$(case $body in *'drop column'* | *'no inherit'*) echo "irreversible because 'an example'";; *) echo auto;; esac)" \
        > "$work/db/migrations/202601$((number / 24 + 10))$(printf '%02d' $((number % 24)))0000_m$number.mig"
done <<'BODIES'
create table p { id bigint primary key; code text unique; }
create table t { id bigint primary key; a int null; b int default 1; v varchar(10) null; pid bigint null; }
create table c { id bigint primary key; p bigint references p (id) on delete cascade; }
alter table t add column z int null;
alter table t add column n int default 5;
alter table t add column q bigint null references p (id);
alter table t alter column a set default 3;
alter table t alter column a type bigint;
alter table t rename column z to y;
alter table t add constraint positive check (b > 0);
alter table t add constraint t_p foreign key (pid) references p (id);
alter table t drop constraint positive;
create index on t (a);
create unique index t_v on t (v);
alter table p alter column code type varchar;
alter table t drop column y;
alter table t drop constraint t_p;
comment on table t is 'tea';
comment on column t.b is 'bee';
sql { create view s as select id, b from t; }
sql { create function tf() returns trigger language plpgsql as $$ begin return new; end $$; }
sql { create trigger tr before update on t for each row execute function tf(); }
sql { alter table t disable trigger tr; }
sql { drop trigger tr on t; }
sql { alter table t enable row level security; }
sql { create policy po on t using (true); }
sql { drop policy po on t; }
sql { create statistics st on a, b from t; }
sql { create rule ru as on delete to t do also nothing; }
sql { alter table t set (fillfactor = 70); }
sql { alter table t alter column b set statistics 100; }
sql { alter table t cluster on t_v; }
sql { alter table t replica identity full; }
sql { drop view s; }
alter table t rename to tt;
drop table c;
drop index t_v;
alter table tt alter column a set not null;
sql { create table pt (k int not null, a int) partition by range (k); }
sql { create table pt1 partition of pt for values from (0) to (10); }
sql { create table pt2 (k int not null, a int); }
sql { alter table pt attach partition pt2 for values from (10) to (20); }
sql { create table pt3 partition of pt for values from (20) to (30); }
create index on pt (a);
sql { alter table pt add column w int; }
sql { alter table pt detach partition pt2; }
drop table pt3;
sql { create table ch () inherits (tt); }
sql { alter table tt add column down int; }
sql { alter table ch no inherit tt; }
drop table pt2;
BODIES

"$BUILD/migc" emit -q -o "$work/generated" "$work/db" > "$work/emitted" 2>&1 || { not_ok 'it compiles'; sed 's/^/# /' "$work/emitted"; finish; }
"$BUILD/migc" dump --stage plan "$work/db" > "$work/plan"

strength() {
    case $1 in
    *ShareUpdateExclusive* | *SHARE_UPDATE_EXCLUSIVE) echo 1 ;;
    *ShareRowExclusive* | *SHARE_ROW_EXCLUSIVE) echo 3 ;;
    *AccessExclusive* | *ACCESS_EXCLUSIVE | ExclusiveLock) echo 4 ;;
    *) echo 2 ;;
    esac
}
# declared FILE DIRECTION: "table strength" lines
declared() {
    awk -v direction="static const MigrateStep $2_steps" 'index($0, "static const MigrateStep") == 1 { on = index($0, direction) == 1 } on' "$1" |
        sed -n 's/.*{\(MIGRATE_[A-Z_]*\), "\([^"]*\)".*/\2 \1/p'
}
# statements NAME DIRECTION
statements() { awk -v head="-- $1 $2" '/^-- [0-9]+_m[0-9]+ (up|down|irreversible)/ { on = $0 == head } on' "$work/plan"; }

# locked NAME DIRECTION END: what the server locks; the transaction ends so
locked() {
    {
        echo 'select max(oid) as last from pg_class \gset'
        echo 'begin;'
        statements "$1" "$2"
        echo "select relname, mode from pg_locks join pg_class on oid = relation where pid = pg_backend_pid() and oid <= :last and relkind in ('r', 'p')
              and oid > 16383 and mode in ('ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock');"
        echo "$3;"
    } > "$work/script"
    PGOPTIONS='-c client_min_messages=warning' "$CLIENT/psql" -X -q -A -t -F ' ' -v ON_ERROR_STOP=1 -h "$work/main" -U postgres -d locks -f "$work/script"
}

# A table may be called otherwise behind the statement: its number is what the names are compared by.
database locks
compared=0
compare() {
    local table mode said=$work/said bad='' held
    declared "$work/generated/$1.c" "$2" > "$said"
    held=$(locked "$1" "$2" "$3" 2>&1) || { not_ok "$1 $2: the server takes it"; echo "$held" | sed 's/^/# /'; return; }
    while read -r table mode; do
        [ -n "$table" ] || continue
        [ "$table" != tt ] || ! grep -q '^t ' "$said" || table=t
        [ "$table" != t ] || ! grep -q '^tt ' "$said" || table=tt
        # What a parent's name stands for includes its children.
        case $table in pt?) grep -q "^$table " "$said" || table=pt ;; ch) grep -q "^ch " "$said" || table=tt ;; esac
        compared=$((compared + 1))
        strongest=0
        while read -r _ other; do
            [ "$(strength "$other")" -le "$strongest" ] || strongest=$(strength "$other")
        done < <(grep "^$table " "$said" || true)
        [ "$(strength "$mode")" -le "$strongest" ] || bad+="$table: the server takes $mode, said was: $(tr '\n' ',' < "$said") "
    done <<< "$held"
    same "$1 $2: $(sed -n 's/^up { \(.*\) }$/\1/p' "$work/db/migrations/$1.mig")" '' "$bad"
}
for file in "$work"/db/migrations/*.mig; do
    name=$(basename "$file" .mig)
    compare "$name" up commit
    grep -q '^down auto' "$file" && compare "$name" down rollback
done

# Only tables are locked beforehand. A view cannot be locked alone: LOCK TABLE takes what it reads as well, as strongly, where
# the statement that replaces or drops the view leaves that alone. What is no table and no view LOCK TABLE refuses.
sql locks 'create table beneath (id int)' 'create view above as select id from beneath' 'create sequence counter' \
    'create materialized view kept as select id from beneath'
held() {
    sql locks begin "$1" "select string_agg(relname || ' ' || mode, ', ' order by relname) from pg_locks join pg_class on oid = relation
        where pid = pg_backend_pid() and relname in ('beneath', 'above', 'counter') and mode = 'AccessExclusiveLock'" rollback
}
same 'LOCK TABLE of a view: what it reads, too' 'above AccessExclusiveLock, beneath AccessExclusiveLock' "$(held 'lock table above in access exclusive mode')"
same 'replacing it: the view alone' 'above AccessExclusiveLock' "$(held 'create or replace view above as select id, 1 as more from beneath')"
same 'dropping it: not what it reads, either' '' "$(held 'drop view above')"
for other in counter kept; do
    holds "LOCK TABLE of what is no table: $other" "$(held "lock table $other in access exclusive mode" 2>&1 || true)" 'ERROR:' "\"$other\""
done
echo "# $compared locks compared"
same 'locks were compared' 1 "$((compared > 60))"
finish
