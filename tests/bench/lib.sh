# For the benchmarks: histories to measure, and a table of what they took. To be sourced, from the project's folder.
migc=$PWD/build/release/migc
[ -x "$migc" ] || { echo "$0: build first: cmake --workflow --preset release" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. tests/bench/history.sh

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
