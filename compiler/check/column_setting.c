/* What is set of a column and does not change what it holds: statistics, storage, compression, options, comment. */
#include "foreign.h"
#include "storage.h"

#include <float.h>
#include <stdlib.h>

static void set_column(Checker *k, Span span, const Table *table, const ColumnInfo *column, Property property,
                       PropertyValue value)
{
    checker_set(k, span, table->object.id, property, column->id, value);
}

static bool refuse(Checker *k, const ColumnInfo *column, Span span, const char *why)
{
    report(k->c, M_BAD_COLUMN_SETTING, span, "%s", why);
    label(k->c, column->created, "column \"%.*s\"", STR_ARG(column->name));
    return false;
}

/* ------------------------------------------------------------------ statistics */

/* ATExecSetStatistics() in src/backend/commands/tablecmds.c: more than 10000 are taken for 10000, with a warning. */
bool read_statistics(Checker *k, Span span, Span created, int32_t *value)
{
    enum { MOST = 10000 };
    Str text = fragment_of(k, span).sql;
    char *end;
    long target = strtol(str_to_c(CHECKER_ARENA(k), text), &end, 10);
    bool number = text.len > 0 && *end == '\0' && target >= -1;
    if (str_is(text, "default") && !check_server(k, 17, span, "`set statistics default`"))
        return false;
    if (str_is(text, "- 1") || str_is(text, "default")) {
        target = -1;
    } else if (!number) {
        report(k->c, M_BAD_COLUMN_SETTING, span,
               "a statistics target is a whole number from 0 to 10000, or -1 for the default");
        label(k->c, created, "created here");
        return false;
    }
    *value = (int32_t) (target > MOST ? MOST : target) + 1;
    return true;
}

static void check_statistics(Checker *k, const Table *table, const ColumnInfo *column, const NodeSetStatistics *node)
{
    PropertyValue value = {0};
    if (read_statistics(k, node->target, column->created, &value.number))
        set_column(k, node->node.span, table, column, PROPERTY_COLUMN_STATISTICS, value);
}

/* ------------------------------------------------------------------ storage and compression */

static bool is_storage(Str name)
{
    return str_is(name, "plain") || str_is(name, "main") || str_is(name, "external") || str_is(name, "extended");
}

/* What is the type's own anyway is not noted, for the server does not know it from what was never said. */
static void check_storage(Checker *k, const Table *table, const ColumnInfo *column, const NodeSetStorage *node)
{
    Str usual = str_from(type_storage(&k->schema, &column->type)), name = node->storage.name;
    bool reset = str_is(name, "default");
    if (reset && !check_server(k, 16, node->node.span, "`set storage default`"))
        return;
    if (!reset && !is_storage(name)) {
        refuse(k, column, node->storage.span, "storage is plain, external, extended or main");
        return;
    }
    if (!reset && str_is(usual, "plain") && !str_equal(name, usual)) {
        refuse(k, column, node->storage.span, "a column of this type can only have storage plain");
        return;
    }
    PropertyValue value = {.text = reset || str_equal(name, usual) ? (Str) {0} : name};
    set_column(k, node->node.span, table, column, PROPERTY_COLUMN_STORAGE, value);
}

bool read_compression(Checker *k, const ColumnInfo *column, const NodeSetCompression *node, Str *compression)
{
    Str name = node->compression.name;
    bool reset = str_is(name, "default");
    *compression = reset ? (Str) {0} : name;
    if (!check_server(k, 14, node->node.span, "`set compression`"))
        return false;
    if (!reset && !str_is(name, "pglz") && !str_is(name, "lz4"))
        return refuse(k, column, node->compression.span, "compression is pglz, lz4 or default");
    if (!reset && strcmp(type_storage(&k->schema, &column->type), "plain") == 0)
        return refuse(k, column, node->compression.span, "a column of this type cannot be compressed");
    return true;
}

static void check_compression(Checker *k, const Table *table, const ColumnInfo *column,
                              const NodeSetCompression *node)
{
    PropertyValue value = {0};
    if (read_compression(k, column, node, &value.text))
        set_column(k, node->node.span, table, column, PROPERTY_COLUMN_COMPRESSION, value);
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
    PropertyValue value = {.options = column->options};
    StorageOptions *options = &value.options;
    list_clone(CHECKER_ARENA(k), options);
    bool fine = node->kind == NODE_RESET_OPTIONS
                    ? options_reset(k, options, ((const NodeResetOptions *) node)->options)
                    : merge_attribute_options(k, column, ((const NodeSetOptions *) node)->options, options);
    if (fine)
        set_column(k, node->span, table, column, PROPERTY_COLUMN_OPTIONS, value);
}

bool check_column_setting(Checker *k, const Table *table, const ColumnInfo *column, const Node *action)
{
    switch ((int) action->kind) {
    case NODE_SET_STATISTICS: check_statistics(k, table, column, (const NodeSetStatistics *) action); return true;
    case NODE_SET_STORAGE: check_storage(k, table, column, (const NodeSetStorage *) action); return true;
    case NODE_WRAPPER_OPTIONS: check_set_column_wrapper_options(k, table, column, action); return true;
    case NODE_SET_COMPRESSION: check_compression(k, table, column, (const NodeSetCompression *) action); return true;
    case NODE_SET_OPTIONS:
    case NODE_RESET_OPTIONS: check_options(k, table, column, action); return true;
    case NODE_COMMENT:
        set_column(k, action->span, table, column, PROPERTY_COLUMN_COMMENT,
                   (PropertyValue) {.text = comment_text((const NodeComment *) action)});
        return true;
    default: return false;
    }
}
