# majors.awk: which major versions there are, and which of them a row is of. What follows on the command line uses it:
#
#     awk -f majors.awk -f OTHER.awk data/majors.tsv data/types.tsv …
#
# The first column of every other file says it: "12-" from 12 on, "12-14", "13", and "12-13,16-" for what was gone for a
# while. A range without an end goes up to the newest major of data/majors.tsv, which is to be read before the others.

BEGIN { FS = "\t" }

FILENAME ~ /majors\.tsv$/ {
    if (FNR > 1) {
        majors[++major_count] = $1
        is_reference[$1] = $3 == "t"
    }
    next
}

function includes(ranges, major,    i, n, range, ends) {
    n = split(ranges, range, ",")
    for (i = 1; i <= n; i++) {
        if (split(range[i], ends, "-") == 1)
            ends[2] = ends[1]
        if (major >= ends[1] + 0 && (ends[2] == "" || major <= ends[2] + 0))
            return 1
    }
    return 0
}

function is_of(row, major,    tab) {
    tab = index(row, "\t")
    return includes(substr(row, 1, tab - 1), major)
}

function without_majors(row) {
    return substr(row, index(row, "\t") + 1)
}
