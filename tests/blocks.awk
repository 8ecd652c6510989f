# Takes the fenced blocks of a Markdown file apart: awk -v out=FOLDER -f blocks.awk FILE.
#
# Of the blocks whose language is mig or sh, the n-th goes into FOLDER/n, and a line is printed: n, language, mark (the word
# behind the language, or -), line. Inside a mig block a line `-- file: PATH` begins a file; what comes before the first of them
# is a migration of its own. A sh block becomes the file `script`.

function open_file(path) {
    close_file()
    target = folder "/" path
    parent = target
    sub(/\/[^\/]*$/, "", parent)
    system("mkdir -p '" parent "'")
    printf "" > target
}

function close_file() {
    if (target != "")
        close(target)
    target = ""
}

/^```/ && !inside {
    language = substr($1, 4)
    if (language != "mig" && language != "sh") {
        inside = "other"
        next
    }
    inside = language
    folder = out "/" ++count
    system("mkdir -p '" folder "'")
    found = found count " " language " " ($2 == "" ? "-" : $2) " " FNR "\n"
    if (language == "sh")
        open_file("script")
    next
}

/^```/ {
    close_file()
    inside = ""
    next
}

inside == "mig" && /^-- file: / {
    open_file($3)
    next
}

inside == "mig" || inside == "sh" {
    if (target == "")
        open_file("db/migrations/20260101000000_example.mig")
    print > target
}

# Printed last: whoever reads a line finds the files of its block complete.
END {
    close_file()
    printf "%s", found
}
