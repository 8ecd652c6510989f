/* What is set of a column and does not change what it holds: statistics, storage, compression, options, comment. */
#include "checker.h"

#include <float.h>
#include <stdlib.h>

static void set_column(Checker *k, Span span, const Table *table, const ColumnInfo *column, SetChange set)
{
    set.object = table->object.id;
    set.part = column->id;
    checker_set(k, span, set);
}

static bool refuse(Checker *k, const ColumnInfo *column, Span span, const char *why)
{
    report(k->c, M_BAD_COLUMN_SETTING, span, "%s", why);
    label(k->c, column->created, "column \"%.*s\"", STR_ARG(column->name));
    return false;
}

/* ------------------------------------------------------------------ statistics */

/* ATExecSetStatistics() in src/backend/commands/tablecmds.c: more than 10000 are taken for 10000, with a warning. */
static void check_statistics(Checker *k, const Table *table, const ColumnInfo *column, const NodeSetStatistics *node)
{
    enum { MOST = 10000 };
    SetChange set = {.property = PROPERTY_COLUMN_STATISTICS};
    Str text = fragment_of(k, node->target).sql;
    char *end;
    const char *number = str_to_c(CHECKER_ARENA(k), text);
    long target = strtol(number, &end, 10);
    if (str_is(text, "- 1"))
        target = -1;
    else if (str_is(text, "default"))
        target = check_server(k, 17, node->target, "`set statistics default`") ? -1 : -2;
    else if (*end != '\0' || text.len == 0 || target < -1)
        target = -2;
    if (target < -1 && !str_is(text, "default"))
        refuse(k, column, node->target, "a statistics target is a whole number from 0 to 10000, or -1 for the default");
    if (target < -1)
        return;
    set.value.number = (int32_t) (target > MOST ? MOST : target) + 1;
    set_column(k, node->node.span, table, column, set);
}

/* ------------------------------------------------------------------ storage and compression */

/* pg_type.typstorage, which the snapshots do not hold: of the server's own types these are stored out of line, those
 * marked `m` as a last resort. All other types have a fixed length, or never leave the row. */
static const struct {
    const char *name;
    char storage;
} toastable[] = {
    {"text", 'x'},     {"varchar", 'x'},  {"bpchar", 'x'},   {"bytea", 'x'},  {"json", 'x'},   {"jsonb", 'x'},
    {"jsonpath", 'x'}, {"xml", 'x'},      {"numeric", 'm'},  {"inet", 'm'},   {"cidr", 'm'},   {"bit", 'x'},
    {"varbit", 'x'},   {"path", 'x'},     {"polygon", 'x'},  {"tsvector", 'x'}, {"refcursor", 'x'},
    {"txid_snapshot", 'x'}, {"pg_snapshot", 'x'}, {"aclitem[]", 'x'},
};

/* p: plain, the only one it can have; m: main; x: extended. Of an extension's type it is not known, and taken for
 * extended. */
static char default_storage(Checker *k, const ColumnInfo *column)
{
    const CatalogType *type = type_catalog(&column->type);
    type = type == NULL ? NULL : catalog_base_type(type);
    if (type == NULL || type->category == 'A' || type->extension.len > 0)
        return 'x';
    if (type->kind == CATALOG_COMPOSITE || type->kind == CATALOG_RANGE || type->kind == CATALOG_MULTIRANGE)
        return 'x';
    for (size_t i = 0; i < sizeof toastable / sizeof *toastable; i++) {
        if (str_is(type->name, toastable[i].name) &&
            catalog_type_in(&k->catalog->core, type->name) == type)
            return toastable[i].storage;
    }
    return 'p';
}

static char storage_code(Str name)
{
    return str_is(name, "plain")      ? 'p'
           : str_is(name, "main")     ? 'm'
           : str_is(name, "external") ? 'e'
           : str_is(name, "extended") ? 'x'
                                      : '\0';
}

/* As much as the server does, what is the type's own anyway is not noted. */
static void check_storage(Checker *k, const Table *table, const ColumnInfo *column, const NodeSetStorage *node)
{
    SetChange set = {.property = PROPERTY_COLUMN_STORAGE};
    char usual = default_storage(k, column);
    bool reset = str_is(node->storage.name, "default");
    char wanted = reset ? usual : storage_code(node->storage.name);
    if (reset && !check_server(k, 16, node->node.span, "`set storage default`"))
        return;
    if (wanted == '\0') {
        refuse(k, column, node->storage.span, "storage is plain, external, extended or main");
        return;
    }
    if (usual == 'p' && wanted != 'p') {
        refuse(k, column, node->storage.span, "a column of this type can only have storage plain");
        return;
    }
    set.value.text = wanted == usual ? (Str) {0} : node->storage.name;
    set_column(k, node->node.span, table, column, set);
}

static void check_compression(Checker *k, const Table *table, const ColumnInfo *column,
                              const NodeSetCompression *node)
{
    SetChange set = {.property = PROPERTY_COLUMN_COMPRESSION};
    Str name = node->compression.name;
    bool reset = str_is(name, "default");
    if (!check_server(k, 14, node->node.span, "`set compression`"))
        return;
    if (!reset && !str_is(name, "pglz") && !str_is(name, "lz4")) {
        refuse(k, column, node->compression.span, "compression is pglz, lz4 or default");
        return;
    }
    if (!reset && default_storage(k, column) == 'p') {
        refuse(k, column, node->compression.span, "a column of this type cannot be compressed");
        return;
    }
    set.value.text = reset ? (Str) {0} : name;
    set_column(k, node->node.span, table, column, set);
}

/* ------------------------------------------------------------------ options and comment */

/* The options of attributes in src/backend/access/common/reloptions.c. */
static bool check_attribute_option(Checker *k, const ColumnInfo *column, const NodeOption *option, Str value)
{
    char *end;
    const char *text = str_to_c(CHECKER_ARENA(k), value);
    if (!str_is(option->name.name, "n_distinct") && !str_is(option->name.name, "n_distinct_inherited")) {
        report(k->c, M_UNKNOWN_OPTION, option->name.span, "a column has no option \"%.*s\"",
               STR_ARG(option->name.name));
        help(k->c, "PostgreSQL has n_distinct and n_distinct_inherited");
        return false;
    }
    double number = strtod(text, &end);
    if (value.len > 0 && *end == '\0' && number >= -1 && number <= DBL_MAX)
        return true;
    report(k->c, M_BAD_OPTION, span_is_known(option->value) ? option->value : option->name.span,
           "\"%.*s\" must be a number of at least -1", STR_ARG(option->name.name));
    label(k->c, column->created, "column \"%.*s\"", STR_ARG(column->name));
    return false;
}

/* "-0.5" as one word, however it was spaced. */
static Str number_value(Checker *k, const NodeOption *option)
{
    Text text = text_new(CHECKER_ARENA(k));
    Str value = span_is_known(option->value) ? fragment_of(k, option->value).sql : STR("");
    for (size_t i = 0; i < value.len; i++) {
        if (value.data[i] != ' ' && value.data[i] != '\'')
            text_add_char(&text, value.data[i]);
    }
    return text_str(&text);
}

static bool merge_attribute_options(Checker *k, const ColumnInfo *column, NodeList nodes, StorageOptions *options)
{
    StorageOptions new = {0};
    for (size_t i = 0; i < nodes.count; i++) {
        const NodeOption *option = (const NodeOption *) nodes.items[i];
        Str value = number_value(k, option);
        if (!check_attribute_option(k, column, option, value))
            return false;
        list_push(CHECKER_ARENA(k), &new, (StorageOption) {option->name.name, value});
    }
    options_merge(k, options, new);
    return true;
}

static void check_options(Checker *k, const Table *table, const ColumnInfo *column, const Node *node)
{
    SetChange set = {.property = PROPERTY_COLUMN_OPTIONS, .value.options = column->options};
    StorageOptions *options = &set.value.options;
    list_clone(CHECKER_ARENA(k), options);
    bool fine = node->kind == NODE_RESET_OPTIONS
                    ? options_reset(k, options, ((const NodeResetOptions *) node)->options)
                    : merge_attribute_options(k, column, ((const NodeSetOptions *) node)->options, options);
    if (fine)
        set_column(k, node->span, table, column, set);
}

bool check_column_setting(Checker *k, const Table *table, const ColumnInfo *column, const Node *action)
{
    SetChange comment = {.property = PROPERTY_COLUMN_COMMENT};
    switch ((int) action->kind) {
    case NODE_SET_STATISTICS: check_statistics(k, table, column, (const NodeSetStatistics *) action); return true;
    case NODE_SET_STORAGE: check_storage(k, table, column, (const NodeSetStorage *) action); return true;
    case NODE_SET_COMPRESSION: check_compression(k, table, column, (const NodeSetCompression *) action); return true;
    case NODE_SET_OPTIONS:
    case NODE_RESET_OPTIONS: check_options(k, table, column, action); return true;
    case NODE_COMMENT:
        comment.value.text = comment_text((const NodeComment *) action);
        set_column(k, action->span, table, column, comment);
        return true;
    default: return false;
    }
}
