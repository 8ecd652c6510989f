/* Rows are gone through by the columns of a unique key that are never null. A position is an array of texts: the key of
 * the last row that is done, which is nulls at first, and behind it the key of the last row that there was at the
 * beginning, so that the end is reached whatever is added meanwhile. Keys as texts read as what they were, under the
 * settings of a run.
 *
 * The planner sees the values of the parameters, so that what is said for the nulls of the first position is gone from
 * its plan, and a range of the key's index is left. */
#include "backfill.h"

#include "define.h"

typedef struct Keys {
    const Schema *schema;
    const Table *table;
    ColumnIds ids;
} Keys;

static const ColumnInfo *key_column(const Keys *keys, size_t index)
{
    return table_column(keys->table, keys->ids.items[index]);
}

/* "a, b", each with what goes behind it. */
static void add_names(const Keys *keys, const char *behind, Text *out)
{
    for (size_t i = 0; i < keys->ids.count; i++)
        text_addf(out, "%s%.*s%s", i == 0 ? "" : ", ",
                  STR_ARG(catalog_quote(keys->schema->arena, key_column(keys, i)->name)), behind);
}

static void add_row(const Keys *keys, Text *out)
{
    text_add_c(out, keys->ids.count == 1 ? "" : "(");
    add_names(keys, "", out);
    text_add_c(out, keys->ids.count == 1 ? "" : ")");
}

static void add_element(unsigned parameter, size_t index, Text *out)
{
    text_addf(out, "($%u::pg_catalog.text[])[%zu]", parameter, index + 1);
}

/* The key that is in the position from an element on. */
static void add_position(const Keys *keys, unsigned parameter, size_t first, Text *out)
{
    text_add_c(out, keys->ids.count == 1 ? "" : "(");
    for (size_t i = 0; i < keys->ids.count; i++) {
        text_add_c(out, i == 0 ? "(" : ", (");
        add_element(parameter, first + i, out);
        text_addf(out, ")::%.*s", STR_ARG(define_type(keys->schema, &key_column(keys, i)->type)));
    }
    text_add_c(out, keys->ids.count == 1 ? "" : ")");
}

/* Behind the position, up to and including a key. */
static void add_range(const Keys *keys, unsigned end, size_t end_first, Text *out)
{
    text_add_char(out, '(');
    add_element(1, 0, out);
    text_add_c(out, " IS NULL OR ");
    add_row(keys, out);
    text_add_c(out, " > ");
    add_position(keys, 1, 0, out);
    text_add_c(out, ") AND ");
    add_row(keys, out);
    text_add_c(out, " <= ");
    add_position(keys, end, end_first, out);
}

static Str begin_sql(const Keys *keys, Str table)
{
    Text text = text_new(keys->schema->arena);
    text_add_c(&text, "SELECT ARRAY[");
    for (size_t i = 0; i < keys->ids.count; i++)
        text_add_c(&text, "NULL, ");
    add_names(keys, "::pg_catalog.text", &text);
    text_addf(&text, "]::pg_catalog.text FROM %.*s ORDER BY ", STR_ARG(table));
    add_names(keys, " DESC", &text);
    text_add_c(&text, " LIMIT 1");
    return text_str(&text);
}

static Str next_sql(const Keys *keys, Str table)
{
    Text text = text_new(keys->schema->arena);
    text_add_c(&text, "SELECT ARRAY[");
    add_names(keys, "::pg_catalog.text", &text);
    for (size_t i = 0; i < keys->ids.count; i++) {
        text_add_c(&text, ", ");
        add_element(1, keys->ids.count + i, &text);
    }
    text_add_c(&text, "]::pg_catalog.text, pg_catalog.count(*) OVER () FROM (SELECT ");
    add_names(keys, "", &text);
    text_addf(&text, " FROM %.*s WHERE ", STR_ARG(table));
    add_range(keys, 1, keys->ids.count, &text);
    text_add_c(&text, " ORDER BY ");
    add_names(keys, "", &text);
    text_add_c(&text, " LIMIT $2::pg_catalog.int8) AS batch ORDER BY ");
    add_names(keys, " DESC", &text);
    text_add_c(&text, " LIMIT 1");
    return text_str(&text);
}

Str backfill_statement(const Schema *schema, const BackfillChange *change)
{
    Str table = object_sql(schema, schema_object(schema, change->table));
    Text text = text_new(schema->arena);
    text_addf(&text, "UPDATE %.*s SET %.*s", STR_ARG(table), STR_ARG(change->set));
    if (change->where.data != NULL)
        text_addf(&text, " WHERE %.*s", STR_ARG(change->where));
    return text_str(&text);
}

static Str update_sql(const Keys *keys, Str table, const BackfillChange *change)
{
    Text text = text_new(keys->schema->arena);
    text_addf(&text, "UPDATE %.*s SET %.*s WHERE ", STR_ARG(table), STR_ARG(change->set));
    if (change->where.data != NULL)
        text_addf(&text, "(%.*s) AND ", STR_ARG(change->where));
    add_range(keys, 2, 0, &text);
    return text_str(&text);
}

const BackfillPlan *backfill_plan(const Schema *schema, const BackfillChange *change)
{
    Keys keys = {schema, schema_table(schema, change->table), change->key};
    Str table = object_sql(schema, &keys.table->object);
    BackfillPlan plan = {
        .table = table,
        .begin = begin_sql(&keys, table),
        .next = next_sql(&keys, table),
        .update = update_sql(&keys, table, change),
        .batch = change->batch,
        .pause = change->pause,
    };
    return arena_copy(schema->arena, &plan, sizeof plan);
}
