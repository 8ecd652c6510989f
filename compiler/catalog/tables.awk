# tables.awk: snapshots of PostgreSQL's catalog (data/MAJOR/KIND.tsv, see snapshot) into one C file of constant tables.
#
#     awk -f tables.awk data/15/types.tsv data/15/casts.tsv …
#
# A major version's files follow one another, in any order; all its rows are kept until the next one begins, because
# rows name types that other files define. Arrays are declared before any is filled in: they point into one another.
# A row of the data may only name what the data defines: anything else ends the program.

BEGIN {
    FS = "\t"
    split("types casts access_methods opclasses family_operators functions operators storage_parameters", owned, " ")
    split("CatalogType CatalogCast CatalogAccessMethod CatalogOpclass CatalogFamilyOperator CatalogFunction " \
          "CatalogOperator CatalogStorageParameter", structs, " ")
    owned_count = 8
    volatility["i"] = "CATALOG_IMMUTABLE"; volatility["s"] = "CATALOG_STABLE"; volatility["v"] = "CATALOG_VOLATILE"
    context["i"] = "CATALOG_IMPLICIT"; context["a"] = "CATALOG_ASSIGNMENT"; context["e"] = "CATALOG_EXPLICIT"
    method["b"] = "CATALOG_BINARY"; method["f"] = "CATALOG_FUNCTION"; method["i"] = "CATALOG_INOUT"
    storage["boolean"] = "CATALOG_STORAGE_BOOLEAN"; storage["integer"] = "CATALOG_STORAGE_INTEGER"
    storage["real"] = "CATALOG_STORAGE_REAL"; storage["enum"] = "CATALOG_STORAGE_ENUM"
    print "/* Made by tables.awk from the snapshots of PostgreSQL's catalog. */"
    print "#include \"snapshots.h\"\n"
}

FNR == 1 {
    parts = split(FILENAME, path, "/")
    if (path[parts - 1] != major) {
        finish()
        major = path[parts - 1]
    }
    kind = path[parts]
    sub(/\.tsv$/, "", kind)
    next
}

{
    rows[kind, count[kind]++] = $0
    if (kind == "types") {
        if ($2 in type_index)
            fail("two types are named " $2)
        type_index[$2] = count[kind] - 1
    } else if (kind == "access_methods") {
        method_index[$2] = count[kind] - 1
    } else if (kind == "extensions") {
        extension_index[$1] = count[kind] - 1
    }
}

END {
    if (failed)
        exit 1
    finish()
    print "const Catalog *const catalog_snapshots[] = {"
    for (i = 1; i <= majors; i++)
        print "    &catalog_" done[i] ","
    print "};\n\nconst size_t catalog_snapshot_count = " majors ";"
}

function fail(message) {
    print "tables.awk: " FILENAME ": " message >"/dev/stderr"
    failed = 1
    exit 1
}

function str(text,    size) {
    size = length(text)
    gsub(/\\/, "\\\\", text)
    gsub(/"/, "\\\"", text)
    return "{\"" text "\", " size "}"
}

function bool(value) {
    return value ? "true" : "false"
}

function type_named(name) {
    if (name == "")
        return "NULL"
    if (!(name in type_index))
        fail("no type is named " name)
    return "&types_" major "[" type_index[name] "]"
}

function access_method_named(name) {
    if (!(name in method_index))
        fail("no access method is named " name)
    return "&access_methods_" major "[" method_index[name] "]"
}

function extension_named(name) {
    if (name == "")
        return "NULL"
    if (!(name in extension_index))
        fail("no extension is named " name)
    return "&extensions_" major "[" extension_index[name] "]"
}

# Where a list of types begins in the pool: equal lists are there once.
function list(names,    i, n, item) {
    if (!(names in pool_start)) {
        n = split(names, item, ",")
        pool_start[names] = pool_count + 0
        for (i = 1; i <= n; i++)
            pool[pool_count++] = type_named(item[i])
    }
    return "&arguments_" major "[" pool_start[names] "]"
}

# The fields of a struct of catalog.h, in its order.
function row(kind, f) {
    if (kind == "types")
        return str(f[2]) ", " str(f[3]) ", " str(f[4]) ", " extension_named(f[1]) ", " type_named(f[8]) ", " \
               type_named(f[9]) ", " type_named(f[12]) ", '" f[5] "', '" f[6] "', " bool(f[7] == "t") ", " \
               bool(f[10] == "t") ", " bool(f[11] == "t") ", " volatility[f[13]] ", " volatility[f[14]]
    if (kind == "casts")
        return type_named(f[2]) ", " type_named(f[3]) ", " context[f[4]] ", " method[f[5]] ", " volatility[f[6]]
    if (kind == "access_methods")
        return str(f[2]) ", " bool(f[3] == "i") ", " bool(f[4] == "t") ", " bool(f[5] == "t") ", " \
               bool(f[6] == "t") ", " bool(f[7] == "t") ", " bool(f[8] == "t")
    if (kind == "opclasses")
        return access_method_named(f[2]) ", " str(f[3]) ", " type_named(f[4]) ", " str(f[6]) ", " \
               bool(f[5] == "t") ", " bool(f[7] == "t")
    if (kind == "family_operators")
        return access_method_named(f[2]) ", " str(f[3]) ", " type_named(f[4]) ", " type_named(f[5]) ", " \
               str(f[7]) ", " f[6] ", " bool(f[8] == "o")
    if (kind == "functions")
        return str(f[2]) ", " list(f[3]) ", " type_named(f[4]) ", " type_named(f[9]) ", " \
               split(f[3], ignored, ",") ", " f[10] ", " bool(f[6] == "t") ", " bool(f[8] == "t") ", '" f[5] "', " \
               volatility[f[7]]
    if (kind == "operators")
        return str(f[2]) ", " type_named(f[3]) ", " type_named(f[4]) ", " type_named(f[5]) ", " str(f[7]) ", " \
               volatility[f[6]]
    if (kind == "storage_parameters")
        return str(f[2]) ", " str(f[3]) ", " storage[f[4]] ", " number(f[5]) ", " number(f[6]) ", " str(f[7])
    if (kind == "collations")
        return str(f[1]) ", '" f[2] "', " bool(f[3] == "t") ", " bool(f[4] == "t")
    return str(f[1]) ", '" f[2] "'"
}

function number(text) {
    return text == "" ? "0" : text ~ /\./ ? text : text ".0"
}

# An array of a kind's rows. The rows of an owner follow one another; where they begin and how many they are is kept.
function table(kind, struct,    i, f, owner) {
    print "static const " struct " " kind "_" major "[] = {"
    for (i = 0; i < count[kind]; i++) {
        split(rows[kind, i], f, "\t")
        print "    {" row(kind, f) "},"
        owner = f[1]
        if (!((kind, owner) in first))
            first[kind, owner] = i
        amount[kind, owner]++
    }
    print "};\n"
}

function slice(kind, owner) {
    if (!((kind, owner) in first))
        return "{NULL, 0}"
    return "{&" kind "_" major "[" first[kind, owner] "], " amount[kind, owner] "}"
}

function slices(owner,    i, text) {
    for (i = 1; i <= owned_count; i++)
        text = text ",\n     " slice(owned[i], owner)
    return text
}

function extensions(    i, j, n, f, item, required) {
    for (i = 0; i < count["extensions"]; i++) {
        split(rows["extensions", i], f, "\t")
        n = split(f[6], item, ",")
        requirements[i] = n == 0 ? "{NULL, 0}" : "{&required_" major "[" required + 0 "], " n "}"
        for (j = 1; j <= n; j++)
            requirement[required++] = extension_named(item[j])
    }
    print "static const CatalogExtension *const required_" major "[] = {"
    for (i = 0; i < required; i++)
        print "    " requirement[i] ","
    print "    NULL,\n};\n\nstatic const CatalogExtension extensions_" major "[] = {"
    for (i = 0; i < count["extensions"]; i++) {
        split(rows["extensions", i], f, "\t")
        print "    {" str(f[1]) ", " str(f[2]) ", " str(f[3]) ", " bool(f[4] == "t") ", " bool(f[5] == "t") ", " \
              requirements[i] slices(f[1]) "},"
    }
    print "};\n"
}

function arguments(    i) {
    print "static const CatalogType *const arguments_" major "[] = {"
    for (i = 0; i < pool_count; i++)
        print "    " pool[i] ","
    print "    NULL,\n};\n"
}

function finish(    i, f) {
    if (major == "")
        return
    print "static const CatalogType types_" major "[" count["types"] "];"
    print "static const CatalogAccessMethod access_methods_" major "[" count["access_methods"] "];"
    print "static const CatalogExtension extensions_" major "[" count["extensions"] "];"
    for (i = 0; i < count["functions"]; i++) {
        split(rows["functions", i], f, "\t")
        list(f[3])
    }
    print ""
    arguments()
    for (i = 1; i <= owned_count; i++)
        table(owned[i], structs[i])
    extensions()
    table("collations", "CatalogCollation")
    table("keywords", "CatalogKeyword")
    print "_Static_assert(" count["extensions"] " <= CATALOG_EXTENSIONS_MAX, \"a view cannot hold them all\");\n"
    print "static const Catalog catalog_" major " = {"
    print "    " major ","
    print "    {{\"\", 0}, {\"\", 0}, {\"pg_catalog\", 10}, false, false, {NULL, 0}" slices("") "},"
    print "    {extensions_" major ", " count["extensions"] "},"
    print "    {collations_" major ", " count["collations"] "},"
    print "    {keywords_" major ", " count["keywords"] "},\n};\n"
    done[++majors] = major
    forget()
}

function forget(    key) {
    for (key in rows) delete rows[key]
    for (key in count) delete count[key]
    for (key in type_index) delete type_index[key]
    for (key in method_index) delete method_index[key]
    for (key in extension_index) delete extension_index[key]
    for (key in pool_start) delete pool_start[key]
    for (key in first) delete first[key]
    for (key in amount) delete amount[key]
    pool_count = 0
}
