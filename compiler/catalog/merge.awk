# merge.awk: puts the snapshot of one major in the place of what data/KIND.tsv has of it.
#
#     awk -v major=12 -f majors.awk -f merge.awk data/majors.tsv data/KIND.tsv part=snapshot SNAPSHOT/KIND.tsv
#
# The lines after the first come in no order.
#
# A collation that initdb imported from the C library or from ICU is of the platform and not of the major: those of the
# reference server (data/majors.tsv) are taken as every major's, and those of the other servers left out.

FNR == 1 {
    header = part == "snapshot" ? "majors\t" $0 : $0
    imported_mark = header ~ /\tprovider\t.*\tplatform$/
    next
}

part != "snapshot" {
    row = without_majors($0)
    if (is_imported(row) && is_reference[major])
        next
    for (i = 1; i <= major_count; i++) {
        if (is_of($0, majors[i]) && (majors[i] != major || is_imported(row)))
            add(row, majors[i])
    }
    next
}

!is_imported($0) { add($0, major); next }

is_reference[major] {
    for (i = 1; i <= major_count; i++)
        add($0, majors[i])
}

END {
    print header
    for (row in known)
        print ranges(row) "\t" row
}

function add(row, of) {
    known[row]
    has[row, of]
}

function is_imported(row,    f) {
    if (!imported_mark)
        return 0
    split(row, f, "\t")
    return f[4] == "t" && (f[2] == "c" || f[1] ~ /-x-icu$/)
}

function ranges(row,    i, text, first) {
    for (i = 1; i <= major_count; i++) {
        if (!((row, majors[i]) in has))
            continue
        first = majors[i]
        while (i < major_count && (row, majors[i + 1]) in has)
            i++
        text = text (text == "" ? "" : ",") first (i == major_count ? "-" : majors[i] == first ? "" : "-" majors[i])
    }
    return text
}
