# For the scripts of this folder, which source it: a throw-away cluster of the programs in PGBIN, stopped at the end; the
# compiler, as history_probe has it; cases; and TAP. Sets: work, a folder that goes away; cases, a folder in it; probe; and
# what programs.sh does.
set -euo pipefail
export LC_ALL=C.UTF-8 NO_COLOR=1
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/../programs.sh"
migc=$(realpath "${MIGC:-$here/../../build/dev/migc}")
probe=$(dirname "$migc")/tests/history_probe
work=$(mktemp -d)
cases=$work/cases
number=0
failed=0

as_server=()
if [ "$(id -u)" = 0 ]; then
    as_server=(runuser -u postgres --)
    chown postgres "$work"
fi

stop_cluster() {
    local pid
    if [ -f "$work/cluster/postmaster.pid" ]; then
        pid=$(head -n 1 "$work/cluster/postmaster.pid")
        kill -INT "$pid"
        while kill -0 "$pid" 2> /dev/null; do sleep 0.05; done
    fi
    rm -rf "$work"
}
trap stop_cluster EXIT
trap 'exit 130' INT TERM

start_cluster() {
    cd "$work"
    "${as_server[@]}" "$PGBIN/initdb" -D "$work/cluster" -U postgres -A trust -E UTF8 --locale=C.UTF-8 -N \
        > "$work/initdb.log" || { cat "$work/initdb.log" >&2; exit 1; }
    "${as_server[@]}" "$PGBIN/pg_ctl" -D "$work/cluster" -w -l "$work/server.log" \
        -o "-k $work -c listen_addresses= -c fsync=off -c autovacuum=off -c jit=off -c wal_level=logical" start \
        > "$work/start.log" ||
        { cat "$work/server.log" >&2; exit 1; }
}

# psql on the cluster, with its arguments; answers are bare lines.
ask() {
    PGOPTIONS='-c client_min_messages=error' "$CLIENT/psql" -X -q -h "$work" -U postgres -d "${database:-postgres}" -A -t "$@"
}

# pass NAME / fail NAME FILE: a line of TAP; the file says why.
pass() {
    number=$((number + 1))
    printf 'ok %d - %s\n' "$number" "$1"
}

fail() {
    number=$((number + 1))
    failed=1
    printf 'not ok %d - %s\n' "$number" "$1"
    awk 'NR <= 60 { print "# " $0 }' "$2"
}

# skip NAME WHY
skip() {
    number=$((number + 1))
    printf 'ok %d - %s # SKIP %s\n' "$number" "$1" "$2"
}

finish() {
    echo "1..$number"
    exit $failed
}

# split_cases FILE: every part that a line `== HEAD` begins becomes a folder of its own, $cases/1001 and so on, with the files
# `head`, `first` and `second`: what stands before a line `--`, and what behind it. Without such a line both are the same. Lines
# that begin with `# ` are comments.
split_cases() {
    local count
    count=$(grep -c '^== ' "$1")
    eval "mkdir -p $cases/{1001..$((1000 + count))}"
    awk -v root="$cases" '
        function finish(   i) {
            if (folder == "") return
            printf "%s", head > (folder "/head"); close(folder "/head")
            printf "%s", first > (folder "/first"); close(folder "/first")
            printf "%s", (split_at ? second : first) > (folder "/second"); close(folder "/second")
        }
        /^== / { finish(); folder = sprintf("%s/%d", root, 1000 + ++count); head = substr($0, 4) "\n"; first = second = ""; split_at = 0; next }
        /^# / { next }
        /^--$/ { split_at = 1; next }
        split_at { second = second $0 "\n"; next }
        { first = first $0 "\n" }
        END { finish() }' "$1"
}

# make_project FOLDER: its project, for the servers that the head asks for with `postgres=N`, or for $OLDEST and newer ones; with
# the word `exact`, which says that versions differ in what the case makes, for this one. What the server is too old for, by
# `from=N` although the project supports it, or too new, by `until=N`, is skipped: its folder goes.
make_project() {
    local head oldest=$OLDEST from newest=$MAJOR
    head=$(< "$1/head")
    [[ $head =~ \ exact ]] && oldest=$MAJOR
    [[ $head =~ \ postgres=([0-9]+) ]] && oldest=${BASH_REMATCH[1]}
    [[ $head =~ \ from=([0-9]+) ]] && from=${BASH_REMATCH[1]} || from=$oldest
    [[ $head =~ \ until=([0-9]+) ]] && newest=${BASH_REMATCH[1]}
    if [ "$from" -gt "$MAJOR" ] || [ "$newest" -lt "$MAJOR" ]; then
        skip "$head" "not of PostgreSQL $MAJOR"
        rm -r "$1"
        return 1
    fi
    mkdir -p "$1/db/migrations"
    echo "project p { postgres $oldest; }" > "$1/db/project.mig"
}

# is_beyond_parser FOLDER: PostgreSQL's parser, which is that of 15, does not know the SQL of the case, which is of newer versions.
is_beyond_parser() {
    [[ $(< "$1/head") =~ \ postgres=1[6-9] ]] && grep -q '^error\[M0301\]' "$1/db/printed"
}

# each_case FUNCTION: calls it with each of the folders, some at a time, as they wait for a server more than they work; its words
# go to FOLDER/said.
each_case() {
    local folder
    for folder in *; do
        [ "$(jobs -rp | wc -l)" -lt 4 ] || wait -n || true
        "$1" "$folder" > "$folder/said" 2>&1 &
    done
    wait
}

# dump_schemas: a schema as pg_dump has it, for each line `DATABASE FILE`.
dump_schemas() { dump_databases "$work" --schema-only; }

# forget_names FOLDER FILE…: takes names out of descriptions that are in no model where the case's project is for servers before 18,
# too: of not-null constraints, and of foreign keys that are made beside another one, which newer servers call otherwise.
forget_names() {
    [[ $(< "$1/db/project.mig") =~ postgres\ ([0-9]+) ]]
    [ "${BASH_REMATCH[1]}" -ge 18 ] ||
        sed -Ei '/^name of not null /d; /^made name /d; s/ CONSTRAINT ("([^"]|"")+"|[^ ]+) NOT NULL/ NOT NULL/' "${@:2}"
}

# The script on stdin, of which each line `execute description;` gives what describe.sql does: planning that takes longer than running it.
ask_script() {
    { echo 'prepare description as'; cat "$here/describe.sql" -; } > "$work/script.sql"
    ask -f "$work/script.sql"
}

# What the projects of model.cases take to be there.
make_surroundings() {
    ask -c 'create role app_role' -c 'set allow_in_place_tablespaces = on' -c "create tablespace fast location ''"
}

# split_projects FILE…: the same for projects, of several files. Migrations stand one behind the other in a case, with a line `++` between.
split_projects() {
    local folder
    cat "$@" > "$work/projects"
    split_cases "$work/projects"
    for folder in "$cases"/*; do
        make_project "$folder" || continue
        awk -v path="$folder/db/migrations/" '
            BEGIN { file = path "20260101000001_m.mig"; n = 1 }
            /^\+\+$/ { close(file); file = path sprintf("202601010000%02d_m.mig", ++n); next }
            { print > file }' "$folder/first"
    done
}

# Compiles the project folders $cases/NUMBER/db, and leaves their `printed`, `plan` and `schema.sql`. One that crashes has no plan.
compile_cases() {
    local list=$work/list
    (cd "$cases" && printf '%s/db\n' [0-9]*) > "$list"
    while [ -s "$list" ]; do
        (cd "$cases" && "$probe" < "$list") > "$work/done" 2> "$work/crash" && return
        tail -n "+$(($(wc -l < "$work/done") + 1))" "$list" > "$work/rest"
        cp "$work/crash" "$cases/$(head -n 1 "$work/rest")/printed"
        tail -n +2 "$work/rest" > "$list"
    done
}

# The statements of one side of a plan: plan_part up|down PLAN [MIGRATION]; of all migrations without a name.
plan_part() {
    awk -v side="$1" -v name="${3:-}" '
        /^-- [0-9]+_[^ ]* (up|down|irreversible)/ { on = $3 == side && (name == "" || $2 == name); next }
        on { print }' "$2"
}
