/* Data while the schema changes: `backfill`, `require`, `call native`. */
#include "checker.h"
#include "define.h"

#include <errno.h>
#include <stdlib.h>

/* ------------------------------------------------------------------ the key of a backfill */

static bool all_not_null(const Table *table, ColumnIds columns)
{
    for (size_t i = 0; i < columns.count; i++) {
        if (!table_column(table, columns.items[i])->not_null.holds)
            return false;
    }
    return columns.count > 0;
}

static ColumnIds index_columns(Checker *k, const Index *index)
{
    ColumnIds columns = {0};
    for (size_t i = 0; i < index->keys.count; i++)
        list_push(CHECKER_ARENA(k), &columns, index->keys.items[i].column);
    return columns;
}

/* Whether rows come out of the index in the order of its columns: none has an order, collation or operator class. */
static bool is_in_order(Checker *k, const Table *table, const Index *index)
{
    for (size_t i = 0; i < index->keys.count; i++) {
        const IndexKey *key = &index->keys.items[i];
        if (key->column == 0)
            return false;
        Str name = catalog_quote(CHECKER_ARENA(k), table_column(table, key->column)->name);
        if (!str_equal(define_expression(&k->schema, table, key->expression, DEFINE_SQL), name))
            return false;
    }
    return true;
}

/* The primary key, or the first unique key or index whose columns are not null. */
static ColumnIds find_key(Checker *k, const Table *table)
{
    const Constraint *primary = table_primary_key(table);
    if (primary != NULL)
        return primary->columns;
    for (size_t i = 0; i < table->constraints.count; i++) {
        const Constraint *key = table->constraints.items[i];
        if (constraint_is_key(key) && all_not_null(table, key->columns))
            return key->columns;
    }
    ObjectIds indexes = object_users(&k->schema, table->object.id, OBJECT_INDEX);
    for (size_t i = 0; i < indexes.count; i++) {
        const Index *index = schema_index(&k->schema, indexes.items[i]);
        ColumnIds columns = index_columns(k, index);
        if (is_in_order(k, table, index) && index_serves(index, columns) && all_not_null(table, columns))
            return columns;
    }
    return (ColumnIds) {0};
}

/* ------------------------------------------------------------------ batch and pause */

enum { MOST_ROWS = 1000000, LONGEST_PAUSE = 3600 * 1000 };

/* A number with a unit, or with none. False: it is something else. */
static bool read_number(Str text, double *number, Str *unit)
{
    char digits[32], *end;
    size_t length = text.len < sizeof digits ? text.len : sizeof digits - 1;
    memcpy(digits, text.data, length);
    digits[length] = '\0';
    errno = 0;
    *number = strtod(digits, &end);
    *unit = str_trim(str_slice(text, (size_t) (end - digits), text.len));
    return end != digits && errno == 0;
}

static bool read_batch(Checker *k, const NodeBackfill *node, uint32_t *batch)
{
    double number;
    Str unit;
    *batch = 0;
    if (!span_is_known(node->batch))
        return true;
    bool fine = read_number(span_text(&k->c->sources, node->batch), &number, &unit) && unit.len == 0 && number >= 1 &&
                number <= MOST_ROWS && number == (double) (uint32_t) number;
    if (fine)
        *batch = (uint32_t) number;
    else
        report(k->c, M_BAD_BACKFILL, node->batch, "a batch has 1 to %d rows", MOST_ROWS);
    return fine;
}

/* Of a unit in milliseconds; 0: there is no such unit. */
static double unit_length(Str unit)
{
    static const struct {
        const char *name;
        double length;
    } units[] = {{"ms", 1}, {"msec", 1}, {"milliseconds", 1}, {"millisecond", 1}, {"s", 1000}, {"sec", 1000},
                 {"second", 1000}, {"seconds", 1000}, {"min", 60000}, {"minute", 60000}, {"minutes", 60000}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (str_is(unit, units[i].name))
            return units[i].length;
    }
    return 0;
}

static bool read_pause(Checker *k, const NodeBackfill *node, uint32_t *pause)
{
    double number = 0;
    Str unit = {0};
    *pause = 0;
    if (!span_is_known(node->pause))
        return true;
    Str text = span_text(&k->c->sources, node->pause);
    if (text.len > 1 && text.data[0] == '\'')
        text = str_trim(str_slice(text, 1, text.len - 1));
    double length = read_number(text, &number, &unit) ? number * unit_length(unit) : 0;
    bool fine = unit_length(unit) > 0 && length >= 0 && length <= LONGEST_PAUSE;
    if (fine) {
        *pause = (uint32_t) length;
    } else {
        report(k->c, M_BAD_BACKFILL, node->pause, "a pause lasts an hour at most, and is a number with a unit");
        help(k->c, "`pause 50ms`, `pause 2 s`, `pause '1 minute'`");
    }
    return fine;
}

/* ------------------------------------------------------------------ backfill */

/* The statement as one UPDATE, to be read. */
static Fragment update_of(Checker *k, const NodeBackfill *node)
{
    static const char head[] = "UPDATE ";
    Span last = span_is_known(node->where) ? node->where : node->assignments;
    Fragment fragment = fragment_of(k, span_join(node->table.span, last));
    list_clone(CHECKER_ARENA(k), &fragment.pieces);
    for (size_t i = 0; i < fragment.pieces.count; i++)
        fragment.pieces.items[i].offset += i == 0 ? 0 : (uint32_t) sizeof head - 1;
    fragment.pieces.items[0].source -= (uint32_t) sizeof head - 1;
    fragment.sql = str_format(CHECKER_ARENA(k), "%s%.*s", head, STR_ARG(fragment.sql));
    return fragment;
}

static const SqlQuery *read_update(Checker *k, const NodeBackfill *node)
{
    QueryScope scope = {.schema = &k->schema, .place = "a backfill", .fate = QUERY_RUN, .can_modify = true};
    Fragment update = update_of(k, node);
    return sql_query(&k->sql, &scope, &update);
}

/* A key that is changed while its rows are gone through in its order would be gone through twice, or not at all. */
static bool check_key(Checker *k, const NodeBackfill *node, const Table *table, const BackfillChange *backfill)
{
    if (backfill->key.count == 0) {
        report(k->c, M_BAD_BACKFILL, node->table.span, "table \"%.*s\" has no key to go through its rows by",
               STR_ARG(table->object.name));
        label(k->c, table->object.created, "created here");
        help(k->c, "give it a primary key, or a unique key whose columns are not null");
        return false;
    }
    for (size_t i = 0; i < backfill->key.count; i++) {
        const ColumnInfo *column = table_column(table, backfill->key.items[i]);
        if (!column_ids_contain(backfill->columns, column->id))
            continue;
        report(k->c, M_BAD_BACKFILL, node->assignments, "column \"%.*s\" is part of the key that the rows are gone "
               "through by", STR_ARG(column->name));
        label(k->c, column->created, "created here");
        return false;
    }
    return true;
}

void check_backfill(Checker *k, const NodeBackfill *node)
{
    const Table *table = find_table(k, &node->table);
    BackfillChange backfill = {0};
    bool fine = read_batch(k, node, &backfill.batch);
    fine = read_pause(k, node, &backfill.pause) && fine;
    if (checker_path(k).count > 0) {
        report(k->c, M_SQL_NOT_FOLLOWED, node->node.span, "a backfill means its names by the project's search_path");
        help(k->c, "put it into a migration of its own, or before `set search_path`");
        return;
    }
    const SqlQuery *update = table == NULL ? NULL : read_update(k, node);
    if (update == NULL || !fine)
        return;
    backfill.table = table->object.id;
    backfill.columns = update->set;
    backfill.key = find_key(k, table);
    backfill.set = fragment_of(k, node->assignments).sql;
    if (span_is_known(node->where))
        backfill.where = fragment_of(k, node->where).sql;
    if (check_key(k, node, table, &backfill))
        checker_change(k, (Change) {.kind = CHANGE_BACKFILL, .span = node->node.span, .backfill = backfill});
}

/* ------------------------------------------------------------------ require, call native */

void check_require(Checker *k, const NodeRequire *node)
{
    QueryScope scope = {.schema = &k->schema, .place = "a requirement", .condition = "`require`"};
    Fragment fragment = fragment_of(k, node->condition);
    if (str_trim(node->what.value).len == 0) {
        report(k->c, M_BAD_REQUIREMENT, node->what.span, "this does not say what is required");
        help(k->c, "it is what is said when the condition does not hold");
        return;
    }
    if (sql_condition(&k->sql, &scope, &fragment) == NULL)
        return;
    RequireChange require = {.what = node->what.value, .condition = fragment.sql};
    checker_change(k, (Change) {.kind = CHANGE_REQUIRE, .span = node->node.span, .require = require});
}

/* C17 with what GNU C adds, whose words generated C is not to stumble over; and `main`, which the runtime has. */
static bool is_taken_in_c(Str name)
{
    static const char *const words[] = {
        "asm", "auto", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum",
        "extern", "float", "for", "goto", "if", "inline", "int", "long", "main", "register", "restrict", "return",
        "short", "signed", "sizeof", "static", "struct", "switch", "typedef", "typeof", "union", "unsigned", "void",
        "volatile", "while", "bool", "false", "true",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_is(name, words[i]))
            return true;
    }
    return false;
}

/* The beginnings of names of the runtime and of generated C; of those that begin with `_` C itself keeps many. */
static bool begins_like_ours(Str name)
{
    static const char *const beginnings[] = {"_", "migrate_", "Migrate", "MIGRATE_", "migration", "Migration", "model_",
                                             "up_", "down_", "NULL"};
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        if (str_starts_with(name, str_from(beginnings[i])))
            return true;
    }
    return false;
}

static bool is_identifier_of_c(Str name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (!letter && (i == 0 || c < '0' || c > '9'))
            return false;
    }
    return name.len > 0;
}

void check_call_native(Checker *k, const NodeCallNative *node)
{
    Str name = node->function.name;
    if (!is_identifier_of_c(name))
        report(k->c, M_BAD_NATIVE, node->function.span, "\"%.*s\" is no name of a function in C", STR_ARG(name));
    else if (is_taken_in_c(name) || begins_like_ours(name))
        report(k->c, M_BAD_NATIVE, node->function.span, "\"%.*s\" cannot be the name of a native function",
               STR_ARG(name));
    else
        checker_change(k, (Change) {.kind = CHANGE_CALL_NATIVE, .span = node->node.span, .native = {name}});
}
