# tables.awk: PostgreSQL's catalog (data/KIND.tsv, see snapshot) into one C file of constant tables.
#
#     awk -f majors.awk -f tables.awk data/majors.tsv data/types.tsv data/casts.tsv …
#
# A kind has one pool of structs for all majors; a major's rows are a list of places in it. What two majors have alike
# is there once, also a list. "Alike" is decided on the text of the struct, and that names other structs by their
# places: so the pools are filled a major at a time, each after those that it points into. Only types point at one
# another, an array at its element and back; a type is alike in two majors when it and all within its reach are.
#
# A row of the data may only name what the data has of the same major: anything else ends the program.

BEGIN {
    split("types casts access_methods opclasses family_operators functions operators storage_parameters relations", owned, " ")
    owned_count = 9
    split("types access_methods casts opclasses family_operators functions operators storage_parameters relations " \
          "extensions collations privileges", pooled, " ")
    pooled_count = 12
    struct_of["types"] = "CatalogType"; struct_of["casts"] = "CatalogCast"
    struct_of["access_methods"] = "CatalogAccessMethod"; struct_of["opclasses"] = "CatalogOpclass"
    struct_of["family_operators"] = "CatalogFamilyOperator"; struct_of["functions"] = "CatalogFunction"
    struct_of["operators"] = "CatalogOperator"; struct_of["storage_parameters"] = "CatalogStorageParameter"
    struct_of["relations"] = "CatalogRelation"
    struct_of["extensions"] = "CatalogExtension"; struct_of["collations"] = "CatalogCollation"
    struct_of["privileges"] = "CatalogPrivilege"
    volatility["i"] = "CATALOG_IMMUTABLE"; volatility["s"] = "CATALOG_STABLE"; volatility["v"] = "CATALOG_VOLATILE"
    context["i"] = "CATALOG_IMPLICIT"; context["a"] = "CATALOG_ASSIGNMENT"; context["e"] = "CATALOG_EXPLICIT"
    method["b"] = "CATALOG_BINARY"; method["f"] = "CATALOG_FUNCTION"; method["i"] = "CATALOG_INOUT"
    storage["boolean"] = "CATALOG_STORAGE_BOOLEAN"; storage["integer"] = "CATALOG_STORAGE_INTEGER"
    storage["real"] = "CATALOG_STORAGE_REAL"; storage["enum"] = "CATALOG_STORAGE_ENUM"
}

FNR == 1 {
    kind = FILENAME
    gsub(/.*\/|\.tsv$/, "", kind)
    if (!(kind in struct_of) && kind != "keywords")
        fail("no kind is named " kind)
    next
}

{
    range_of[kind, rows[kind] + 0] = substr($0, 1, index($0, "\t") - 1)
    row_of[kind, rows[kind]++] = without_majors($0)
}

END {
    if (failed)
        exit 1
    for (i = 1; i <= major_count; i++)
        read_major(majors[i])
    print_all()
}

function fail(message) {
    print "tables.awk: " FILENAME ": " message >"/dev/stderr"
    failed = 1
    exit 1
}

# --- a major ---------------------------------------------------------------------------------------------------------

function read_major(major,    i) {
    select_rows(major)
    for (i = 1; i <= pooled_count; i++)
        fill(pooled[i], major)
    if (count["extensions"] > most_extensions)
        most_extensions = count["extensions"]
    catalogs[major] = major ", " core() slice("extensions", "") ", " slice("collations", "") ", " \
                      slice("privileges", "")
}

# The rows of the major, in the data's order, and where the things are that others name.
function select_rows(major,    k, kind, i, n, f) {
    forget()
    for (k = 1; k <= pooled_count; k++) {
        kind = pooled[k]
        for (i = 0; i < rows[kind]; i++) {
            if (!is_included(range_of[kind, i], major))
                continue
            n = split(row_of[kind, i], f, "\t")
            selected[kind, count[kind]++] = i
            if (kind == "types")
                define(type_row, "type", f[2], i)
            else if (kind == "extensions")
                define(extension_row, "extension", f[1], i)
        }
    }
}

function is_included(range, major) {
    if (!((range, major) in inclusion))
        inclusion[range, major] = includes(range, major)
    return inclusion[range, major]
}

function define(names, what, name, i) {
    if (name in names)
        fail("two of one major: " what " " name)
    names[name] = i
}

function forget(    key) {
    for (key in selected) delete selected[key]
    for (key in count) delete count[key]
    for (key in type_row) delete type_row[key]
    for (key in extension_row) delete extension_row[key]
    for (key in type_place) delete type_place[key]
    for (key in method_place) delete method_place[key]
    for (key in extension_place) delete extension_place[key]
    for (key in places) delete places[key]
    for (key in amount) delete amount[key]
}

# Puts the major's rows of a kind into its pool, and the place of each into its owner's list.
function fill(kind, major,    i, f, row) {
    if (kind == "types")
        place_types()
    for (i = 0; i < count[kind]; i++) {
        row = row_of[kind, selected[kind, i]]
        split(row, f, "\t")
        if (kind == "types")
            list(kind, f[1], type_place[f[2]])
        else if (kind == "extensions")
            list(kind, "", place_extension(f[1]))
        else if (kind == "collations" || kind == "privileges")
            list(kind, "", place(kind, fields(kind, f)))
        else
            list(kind, f[1], place(kind, fields(kind, f)))
        if (kind == "access_methods")
            method_place[f[2]] = place(kind, fields(kind, f))
    }
}

function list(kind, owner, at) {
    places[kind, owner] = places[kind, owner] at ","
    amount[kind, owner]++
}

# The place of a struct in the pool of its kind.
function place(kind, text) {
    if (!((kind, text) in place_of)) {
        place_of[kind, text] = pool_count[kind] + 0
        pool[kind, pool_count[kind]++] = text
    }
    return place_of[kind, text]
}

# A type's place is decided on the rows of all types within its reach, and only then are its fields known.
function place_types(    i, f, key, n, fresh) {
    for (i = 0; i < count["types"]; i++) {
        split(row_of["types", selected["types", i]], f, "\t")
        key = within_reach(f[2])
        if (!(key in place_of_type)) {
            place_of_type[key] = pool_count["types"]++
            fresh[n++] = f[2]
        }
        type_place[f[2]] = place_of_type[key]
    }
    for (i = 0; i < n; i++) {
        split(row_of["types", type_row[fresh[i]]], f, "\t")
        pool["types", type_place[fresh[i]]] = fields("types", f)
    }
}

# The rows of a type, its element, its array, its base, and what those have of them, without an end.
function within_reach(name,    reached, queue, head, tail, text, f, i) {
    queue[tail++] = name
    reached[name]
    for (head = 0; head < tail; head++) {
        if (!(queue[head] in type_row))
            fail("no type is named " queue[head])
        text = text "\n" row_of["types", type_row[queue[head]]]
        split(row_of["types", type_row[queue[head]]], f, "\t")
        for (i = 8; i <= 12; i++) {
            if (i != 10 && i != 11 && f[i] != "" && !(f[i] in reached)) {
                reached[f[i]]
                queue[tail++] = f[i]
            }
        }
    }
    return text
}

# After the extensions that it requires.
function place_extension(name,    f, i, n, item, needed) {
    if (!(name in extension_place)) {
        if (!(name in extension_row))
            fail("no extension is named " name)
        split(row_of["extensions", extension_row[name]], f, "\t")
        n = split(f[6], item, ",")
        for (i = 1; i <= n; i++)
            needed = needed "&extensions[" place_extension(item[i]) "],"
        extension_place[name] = place("extensions", str(f[1]) ", " str(f[2]) ", " str(f[3]) ", " bool(f[4]) ", " \
                                      bool(f[5]) ", " requirements(needed, n) slices(f[1]))
    }
    return extension_place[name]
}

function requirements(needed, n) {
    if (n == 0)
        return "{NULL, 0}"
    return "{&required[" part_of("required", needed, n) "], " n "}"
}

function core() {
    return "{" str("") ", " str("") ", " str("pg_catalog") ", false, false, {NULL, 0}" slices("") "}, "
}

function slices(owner,    i, text) {
    for (i = 1; i <= owned_count; i++)
        text = text ",\n     " slice(owned[i], owner)
    return text
}

function slice(kind, owner) {
    if (!((kind, owner) in places))
        return "{NULL, NULL, 0}"
    return "{" kind ", &places[" part_of("places", places[kind, owner], amount[kind, owner]) "], " \
           amount[kind, owner] "}"
}

# Where a list begins in the array of that name, in which each is once.
function part_of(array, items, n) {
    if (!((array, items) in start_of)) {
        start_of[array, items] = size_of[array] + 0
        size_of[array] += n
        parts[array, part_count[array]++] = items
    }
    return start_of[array, items]
}

# --- a row -----------------------------------------------------------------------------------------------------------

function str(text,    size) {
    size = length(text)
    gsub(/\\/, "\\\\", text)
    gsub(/"/, "\\\"", text)
    return "{\"" text "\", " size "}"
}

function bool(value) {
    return value == "t" ? "true" : "false"
}

function number(text) {
    return text == "" ? "0" : text ~ /\./ ? text : text ".0"
}

function type_named(name) {
    if (name == "")
        return "NULL"
    if (!(name in type_place))
        fail("no type is named " name)
    return "&types[" type_place[name] "]"
}

function access_method_named(name) {
    if (!(name in method_place))
        fail("no access method is named " name)
    return "&access_methods[" method_place[name] "]"
}

# The fields of a struct of catalog.h, in its order.
function fields(kind, f) {
    if (kind == "types")
        return str(f[2]) ", " str(f[3]) ", " str(f[4]) ", " str(f[1]) ", " type_named(f[8]) ", " type_named(f[9]) ", " \
               type_named(f[12]) ", '" f[5] "', '" f[6] "', " bool(f[7]) ", " bool(f[10]) ", " bool(f[11]) ", " \
               volatility[f[13]] ", " volatility[f[14]] ", false, false"
    if (kind == "casts")
        return type_named(f[2]) ", " type_named(f[3]) ", " context[f[4]] ", " method[f[5]] ", " volatility[f[6]]
    if (kind == "access_methods")
        return str(f[2]) ", " bool(f[3] == "i" ? "t" : "f") ", " bool(f[4]) ", " bool(f[5]) ", " bool(f[6]) ", " \
               bool(f[7]) ", " bool(f[8]) ", false"
    if (kind == "opclasses")
        return access_method_named(f[2]) ", " str(f[3]) ", " type_named(f[4]) ", " str(f[6]) ", " bool(f[5]) ", " \
               bool(f[7])
    if (kind == "family_operators")
        return access_method_named(f[2]) ", " str(f[3]) ", " type_named(f[4]) ", " type_named(f[5]) ", " \
               str(f[7]) ", " f[6] ", " bool(f[8] == "o" ? "t" : "f")
    if (kind == "functions")
        return str(f[2]) ", " arguments(f[3]) ", " type_named(f[4]) ", " type_named(f[9]) ", " \
               split(f[3], ignored, ",") ", " f[10] ", " bool(f[6]) ", " bool(f[8]) ", '" f[5] "', " volatility[f[7]] ", " \
               columns(f[12], " ")
    if (kind == "operators")
        return str(f[2]) ", " type_named(f[3]) ", " type_named(f[4]) ", " type_named(f[5]) ", " str(f[7]) ", " \
               volatility[f[6]]
    if (kind == "storage_parameters")
        return str(f[2]) ", " str(f[3]) ", " storage[f[4]] ", " number(f[5]) ", " number(f[6]) ", " str(f[7])
    if (kind == "relations")
        return str(f[2]) ", " str(f[3]) ", " bool(f[4]) ", " columns(f[5], ":")
    if (kind == "privileges")
        return str(f[1]) ", " str(f[2])
    return str(f[1]) ", '" f[2] "', " bool(f[3]) ", " bool(f[4])
}

function arguments(names,    i, n, item, text) {
    n = split(names, item, ",")
    for (i = 1; i <= n; i++)
        text = text type_named(item[i]) ","
    return n == 0 ? "NULL" : "&arguments[" part_of("arguments", text, n) "]"
}

function columns(pairs, mark,    i, n, item, pair, text) {
    n = split(pairs, item, ",")
    for (i = 1; i <= n; i++) {
        split(item[i], pair, mark)
        text = text "{" str(pair[1]) ", " type_named(pair[2]) "},"
    }
    return n == 0 ? "NULL, 0" : "&columns[" part_of("columns", text, n) "], " n
}

# --- the file --------------------------------------------------------------------------------------------------------

function print_all(    i, k) {
    print "/* Made by tables.awk from data/ of PostgreSQL's catalog. */"
    print "#include \"snapshots.h\"\n"
    print "static const CatalogType types[" pool_count["types"] "];"
    print "static const CatalogExtension extensions[" pool_count["extensions"] "];\n"
    print_parts("arguments", "CatalogType *const")
    print_parts("columns", "CatalogColumn")
    print_parts("places", "uint16_t")
    for (k = 1; k <= pooled_count; k++) {
        if (pooled[k] == "extensions")
            print_parts("required", "CatalogExtension *const")
        print_pool(pooled[k])
    }
    print "_Static_assert(" most_extensions " <= CATALOG_EXTENSIONS_MAX, \"a view cannot hold them all\");\n"
    print "static const Catalog catalogs[] = {"
    for (i = 1; i <= major_count; i++)
        print "    {" catalogs[majors[i]] "},"
    print "};\n\nconst Catalog *const catalog_snapshots[] = {"
    for (i = 1; i <= major_count; i++)
        print "    &catalogs[" i - 1 "],"
    print "};\n\nconst size_t catalog_snapshot_count = " major_count ";\n"
    print_reserved()
}

# Words that the grammar of any major does not always take for a name, each once, in the data's order.
function print_reserved(    i, f, n, last) {
    print "const Str catalog_reserved[] = {"
    for (i = 0; i < rows["keywords"]; i++) {
        split(row_of["keywords", i], f, "\t")
        if (f[2] == "U" || f[1] == last)
            continue
        last = f[1]
        print "    " str(last) ","
        n++
    }
    print "};\n\nconst size_t catalog_reserved_count = " n ";"
}

function print_parts(array, type,    i) {
    print "static const " type " " array "[] = {"
    for (i = 0; i < part_count[array]; i++)
        print "    " parts[array, i]
    print "};\n"
}

function print_pool(kind,    i) {
    if (pool_count[kind] > 65535)
        fail("too many " kind " for 16 bits")
    print "static const " struct_of[kind] " " kind "[] = {"
    for (i = 0; i < pool_count[kind]; i++)
        print "    {" pool[kind, i] "},"
    print "};\n"
}
