# Turns text files into C string constants: `a/b/probe.sql` becomes `const char sql_probe[]` with prefix sql_.
#
#   awk -v prefix=sql_ -v header=sql.h -v source=sql.c -f embed.awk FILES
#
# Lines that begin with `--` are comments for the reader of the file and are left out.

function close_text() {
    if (name != "")
        print "    ;" > source
}

BEGIN {
    print "#pragma once" > header
    include = header
    sub(/.*\//, "", include)
    printf "#include \"%s\"\n", include > source
}

FNR == 1 {
    close_text()
    name = FILENAME
    sub(/.*\//, "", name)
    sub(/\.[^.]*$/, "", name)
    gsub(/[^A-Za-z0-9]/, "_", name)
    printf "extern const char %s%s[];\n", prefix, name > header
    printf "\nconst char %s%s[] =\n", prefix, name > source
}

/^--/ {
    next
}

{
    gsub(/\\/, "&&")
    gsub(/"/, "\\\"")
    printf "    \"%s\\n\"\n", $0 > source
}

END {
    close_text()
}
