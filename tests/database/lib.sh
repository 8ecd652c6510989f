# lib.sh: what the database tests share. A test script sources it, prints a TAP line a check and ends with `finish`.
#
#   BUILD    the build with sanitizers (build/dev), RELEASE the one with the static archive (build/release)
#   PGBIN    the server's programs; and what else programs.sh sets
#   CC       the compiler of the fixtures
#
# A throw-away cluster listens on a Unix socket in a temporary folder, runs as a user who is not root and is stopped by its
# process id when the script ends, however it ends.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
source "$here/../programs.sh"
BUILD=${BUILD:-$root/build/dev}
RELEASE=${RELEASE:-$root/build/release}
CC=${CC:-cc}

work=$(mktemp -d "${TMPDIR:-/tmp}/migrate-test.XXXXXX")
chmod 755 "$work"
clusters=()
daemons=()  # process ids of what else is to be stopped at the end
checks=0
failures=0

export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1}

as_postgres() {
    if [ "$(id -u)" = 0 ]; then
        (cd / && runuser -u postgres -- "$@")
    else
        "$@"
    fi
}

finished=no

clean_up() {
    local data pid
    [ "$finished" = yes ] || echo "not ok $((checks + 1)) - $(basename "$0") ran to its end"
    for pid in "${daemons[@]}"; do kill "$pid" 2>/dev/null || true; done
    for data in "${clusters[@]}"; do
        if [ -f "$data/postmaster.pid" ]; then
            pid=$(head -1 "$data/postmaster.pid")
            kill -QUIT "$pid" 2>/dev/null || true
            while kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
        fi
    done
    rm -rf "$work"
}
trap clean_up EXIT

# ---- TAP

ok() {
    checks=$((checks + 1))
    echo "ok $checks - $1"
}

not_ok() {
    checks=$((checks + 1))
    failures=$((failures + 1))
    echo "not ok $checks - $1"
}

skip() {
    checks=$((checks + 1))
    echo "ok $checks - $1 # SKIP $2"
}

# same NAME WANTED GOT
same() {
    if [ "$2" = "$3" ]; then
        ok "$1"
    else
        not_ok "$1"
        printf 'wanted:\n%s\ngot:\n%s\n' "$2" "$3" | sed 's/^/#   /'
    fi
}

# holds NAME TEXT PART...: every part occurs in the text
holds() {
    local name=$1 text=$2 part
    shift 2
    for part in "$@"; do
        if [[ "$text" != *"$part"* ]]; then
            not_ok "$name"
            printf 'wanted, somewhere in it:\n%s\ngot:\n%s\n' "$part" "$text" | sed 's/^/#   /'
            return
        fi
    done
    ok "$name"
}

# lacks NAME TEXT PART: the part occurs nowhere in the text
lacks() {
    if [[ "$2" == *"$3"* ]]; then
        not_ok "$1"
        printf 'not wanted:\n%s\ngot:\n%s\n' "$3" "$2" | sed 's/^/#   /'
    else
        ok "$1"
    fi
}

finish() {
    finished=yes
    echo "1..$checks"
    exit $((failures > 0))
}

# ---- servers

# cluster NAME [line of postgresql.conf...]: starts one whose socket is in $work/NAME
cluster() {
    local folder=$work/$1 line
    shift
    mkdir "$folder"
    [ "$(id -u)" != 0 ] || chown postgres "$folder"
    as_postgres "$PGBIN/initdb" -D "$folder/data" -A trust -U postgres -E UTF8 --locale=C.UTF-8 -N > "$folder/initdb.log"
    for line in "listen_addresses = ''" "unix_socket_directories = '$folder'" 'fsync = off' 'max_connections = 60' "$@"; do
        echo "$line" >> "$folder/data/postgresql.conf"
    done
    start "$folder"
}

# start FOLDER
start() {
    clusters+=("$1/data")
    as_postgres "$PGBIN/pg_ctl" -D "$1/data" -l "$1/log" -w start > "$1/start.log"
}

# standby LINE...: starts a standby of the cluster `main`, with these lines of postgresql.conf. It does by hand what
# pg_basebackup would, which the servers of npm do not have.
standby() {
    local folder=$work/main/standby line
    as_postgres mkdir "$folder"
    as_postgres "$PGBIN/pg_ctl" -D "$work/main/data" -m fast -w stop > "$work/main/stop.log"
    as_postgres cp -a "$work/main/data" "$folder/data"
    as_postgres touch "$folder/data/standby.signal"
    for line in "primary_conninfo = 'host=$work/main user=postgres'" "$@"; do
        echo "$line" | as_postgres tee -a "$folder/data/postgresql.conf" > /dev/null
    done
    start "$work/main"
    start "$folder"
}

# sql DATABASE STATEMENT...: unaligned rows
sql() {
    local database=$1
    shift
    PGOPTIONS='-c client_min_messages=warning' "$CLIENT/psql" -X -q -A -t -v ON_ERROR_STOP=1 -h "$work/main" -U postgres -d "$database" "${@/#/-c}"
}

# database NAME: a new, empty one, which the runs that follow use
database() {
    sql postgres "create database \"$1\""
    export DATABASE_URL="postgres://postgres@/$1?host=$work/main"
}

# ---- programs

# fixture NAME [-DFIXTURE_...]: builds fixtures/NAME.c with the sanitized runtime; its path is in $program
fixture() {
    local source=$here/fixtures/$1.c library=$BUILD/lib/migc
    shift
    program=$work/$(basename "$source" .c)-$(printf '%s' "$*" | cksum | cut -d' ' -f1)
    [ -x "$program" ] || "$CC" -g -O1 -I"$library/include" "$@" "$source" $(sed "s,@LIBDIR@,$library,g" "$library/link-dynamic") \
        -o "$program"
}

# fault_fixture NAME [-DFIXTURE_...]: likewise, with fixtures/fault.h between the runtime and libpq
fault_fixture() {
    local name=$1 wrapped flags=("-I$(pg_config --includedir)")
    shift
    for wrapped in PQsendQuery PQsendQueryParams PQsendQueryPrepared PQpipelineSync; do flags+=("-Wl,--wrap=$wrapped"); done
    fixture "$name" -DFIXTURE_FAULTS "${flags[@]}" "$@"
}

# project NAME [SETTINGS]: begins a project in $work/NAME, which those that follow are about; its program is $program
project() {
    project=$work/$1 program=$work/$1/migrate
    mkdir -p "$project/db/migrations"
    echo "project $1 { ${2:-postgres $OLDEST;} }" > "$project/db/project.mig"
}

# migration NAME: standard input is one of its migrations
migration() { cat > "$project/db/migrations/$1.mig"; }

# compile CHECK: builds its program
compile() {
    code=0
    "$BUILD/migc" build -q --dynamic -o "$program" "$project/db" > "$work/built" 2>&1 || code=$?
    same "$1" 0 "$(cat "$work/built")$code"
}

# run ARGUMENT...: runs $program; leaves $out, $err and $code
run() {
    code=0
    "$program" "$@" > "$work/out" 2> "$work/err" < /dev/null || code=$?
    out=$(cat "$work/out")
    err=$(cat "$work/err")
}

# expect NAME CODE OUT ARGUMENT...: runs $program and compares its exit code and standard output
expect() {
    local name=$1 wanted="exit code $2"$'\n'"$3"
    shift 3
    run "$@"
    same "$name" "$wanted" "exit code $code"$'\n'"$out"
    case $err in *Sanitizer*|*'runtime error'*) not_ok "$name: sanitizers"; sed 's/^/#   /' "$work/err";; esac
}

# hold DATABASE STATEMENTS: another session, in the middle of a transaction that has done them, until let_go
hold() {
    rm -f "$work/holder"
    mkfifo "$work/holder"
    psql -X -q -h "$work/main" -U postgres -d "$1" < "$work/holder" > /dev/null 2>&1 & holder=$!
    exec 7> "$work/holder"
    echo "begin; $2" >&7
    until_sql "$1" 1 "select count(*) from pg_stat_activity where state = 'idle in transaction' and query not like 'begin%'"
}
let_go() {
    echo 'commit;' >&7
    exec 7>&-
    wait "$holder" || true
}

# until_sql DATABASE VALUE STATEMENT: waits, for a minute at most, until the statement answers the value
until_sql() {
    local end=$((SECONDS + 60))
    while [ "$SECONDS" -lt "$end" ]; do
        [ "$(sql "$1" "$3")" != "$2" ] || return 0
        sleep 0.05
    done
    return 1
}

# until_text FILE TEXT: waits likewise until the text stands in the file
until_text() {
    local end=$((SECONDS + 60))
    while [ "$SECONDS" -lt "$end" ]; do
        ! grep -q -- "$2" "$1" || return 0
        sleep 0.05
    done
    return 1
}

# state DATABASE: what is compared behind a fault of a run of mixed.c: everything that a migration has made, and that nothing
# is left to do or to put right.
state() {
    sql "$1" "select relname, relkind, coalesce(indisvalid::text, '') from pg_class left join pg_index on indexrelid = pg_class.oid
              where relnamespace = 'public'::regnamespace order by 1" \
        "select attrelid::regclass, attname, format_type(atttypid, atttypmod) from pg_attribute where attnum > 0 and not attisdropped
              and attrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace) order by 1, attnum" \
        "select enumlabel from pg_enum order by enumsortorder" \
        "select name, batch from knex_migrations order by name" \
        "select name, direction, state, count(*) from knex_migrations_journal group by 1, 2, 3 order by 1, 2, 3" \
        "select count(*), sum(is_locked) from knex_migrations_lock"
    [ "$(sql "$1" "select to_regclass('two')")" = '' ] || sql "$1" 'select count(*), sum(id) from two'
}

# A statement of $at_gate lasts from `close_gate DATABASE` to `open_gate DATABASE`; `until_at_gate DATABASE` waits until one
# has begun. Nothing of these tests depends on how fast the machine is.
at_gate='DO $$ BEGIN WHILE EXISTS (SELECT FROM gate) LOOP PERFORM pg_sleep(0.02); END LOOP; END $$'
close_gate() { sql "$1" 'create table if not exists gate ()' 'insert into gate default values'; }
open_gate() { sql "$1" 'delete from gate'; }
until_at_gate() {
    until_sql "$1" 1 "select count(*) from pg_stat_activity where datname = '$1' and state = 'active' and query like 'DO %gate%'"
}
