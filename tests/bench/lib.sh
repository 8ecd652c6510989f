# For the benchmarks: histories to measure, and a table of what they took. To be sourced, from the project's folder.
migc=$PWD/build/release/migc
[ -x "$migc" ] || { echo "$0: build first: cmake --workflow --preset release" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# write_history COUNT FOLDER: so many migrations; one in ten makes a table, the others alter it.
write_history() {
    mkdir -p "$2/db/migrations"
    awk -v count="$1" -v folder="$2/db/migrations" '
        function body(i, table) {
            if (i % 10 == 0)
                return "create table t" table " {\n" \
                    "  id bigint generated always as identity primary key;\n" \
                    "  name text unique; amount numeric(36, 18) check (amount > 0); status text default \047new\047;\n" \
                    "  created_at timestamptz default now();\n" \
                    (table > 1 ? "  parent bigint null references t" (table - 1) " (id) on delete cascade;\n" : "") \
                    "  index (name, status);\n}"
            if (i % 10 <= 5) return "alter table t" table " add column c" i % 10 " text null;"
            if (i % 10 == 6) return "create index on t" table " (c1, c2) where c3 is not null;"
            if (i % 10 == 7) return "alter table t" table " rename column c5 to d5;"
            if (i % 10 == 8) return "alter table t" table " drop column d5;"
            return "alter table t" table " alter column status set default \047old\047;"
        }
        BEGIN {
            for (i = 0; i < count; i++) {
                file = sprintf("%s/2020%02d%02d%02d%02d%02d_m%d.mig", folder, 1 + i / 86400 / 28, 1 + i / 86400 % 28,
                               i / 3600 % 24, i / 60 % 60, i % 60, i)
                printf "up {\n%s\n}\ndown auto;\n", body(i, int(i / 10) + 1) > file
                close(file)
            }
        }'
}

# measure COUNTS COMMAND...: runs a command on the history of each count five times, and prints the seconds of work (of
# the program and what it runs) and the MiB of the run in the middle, and both per migration against the first count's:
# 1.00 is linear. Figures of one run can be compared with one another, those of different runs cannot.
measure() {
    local counts=$1 count
    shift
    printf '%10s %10s %10s %12s %12s\n' migrations seconds MiB 'time ratio' 'memory ratio'
    for count in $counts; do
        write_history "$count" "$work/$count"
        for _ in 1 2 3 4 5; do
            /usr/bin/time -f '%U %S %M' -o "$work/time" "$@" "$work/$count/db" > /dev/null
            cat "$work/time"
        done | awk '{print $1 + $2, $3}' | sort -n | sed -n 3p | awk -v count="$count" -v file="$work/first" '
            {
                seconds = $1; mib = $2 / 1024
                if ((getline line < file) > 0) split(line, first)
                else { first[1] = seconds / count; first[2] = mib / count; print first[1], first[2] > file }
                printf "%10d %10.2f %10.0f %12.2f %12.2f\n", count, seconds, mib, seconds / count / first[1],
                       mib / count / first[2]
            }'
    done
}
