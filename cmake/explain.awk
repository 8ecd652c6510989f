# diagnostics.def → a header with the explain page of every row as a C string. Variable `pages`: the folder of the pages.
# A row without a page, or a page that does not name its code, stops the build.

function quote(line)
{
    gsub(/\\/, "&&", line)
    gsub(/"/, "\\\"", line)
    return line
}

match($0, /^DIAGNOSTIC\(([A-Z_]+), "(M[0-9]+)"/) {
    split(substr($0, 12), part, /[(,) "]+/)
    symbol = part[1]
    code = part[2]
    file = pages "/" code ".md"
    body = ""
    while ((got = (getline line < file)) > 0)
        body = body "    \"" quote(line) "\\n\"\n"
    close(file)
    if (got < 0 || index(body, code) == 0) {
        print "explain.awk: " file " is missing or does not name " code > "/dev/stderr"
        failed = 1
    }
    printf "static const char explain_%s[] =\n%s    ;\n", symbol, body
}

END { exit failed }
