/* A change as one line. */
#include "bug.h"
#include "change.h"
#include "define.h"

static Str table_name(const Schema *schema, ObjectId id)
{
    return object_sql(schema, &schema_table(schema, id)->object);
}

static Str column_name(const Schema *schema, ObjectId table, ColumnId column)
{
    return table_column(schema_table(schema, table), column)->name;
}

static void print_create(const Schema *schema, const Object *object, Text *out)
{
    const Table *table = (const Table *) object;
    text_addf(out, " %s %.*s", object_word(object->kind), STR_ARG(object_sql(schema, object)));
    if (object->kind == OBJECT_INDEX) {
        text_addf(out, ": %.*s", STR_ARG(define_index(schema, (const Index *) object, DEFINE_SQL)));
        return;
    }
    for (size_t i = 0; object->kind == OBJECT_TABLE && i < table->columns.count; i++)
        text_addf(out, "\n    %.*s", STR_ARG(define_column(schema, table, &table->columns.items[i], DEFINE_SQL)));
    for (size_t i = 0; object->kind == OBJECT_TABLE && i < table->constraints.count; i++)
        text_addf(out, "\n    %.*s",
                  STR_ARG(define_constraint(schema, table, &table->constraints.items[i], DEFINE_SQL)));
}

static void print_add_column(const Schema *schema, const AddColumnChange *change, Text *out)
{
    const Table *table = schema_table(schema, change->table);
    text_addf(out, " %.*s: %.*s", STR_ARG(table_name(schema, change->table)),
              STR_ARG(define_column(schema, table, change->column, DEFINE_SQL)));
}

static void print_column(const Schema *schema, ObjectId table, ColumnId column, Text *out)
{
    text_addf(out, " %.*s.%.*s", STR_ARG(table_name(schema, table)), STR_ARG(column_name(schema, table, column)));
}

static void print_set_default(const Schema *schema, const SetDefaultChange *change, Text *out)
{
    const Table *table = schema_table(schema, change->table);
    print_column(schema, change->table, change->column, out);
    if (change->expression == NULL)
        text_add_c(out, ": none");
    else
        text_addf(out, ": %.*s", STR_ARG(define_expression(schema->arena, table, change->expression, DEFINE_SQL)));
}

void change_print(const Schema *schema, const Change *change, Text *out)
{
    static const char *const names[] = {
#define CHANGE(KIND, Type, member, name) name,
#include "changes.def"
#undef CHANGE
    };
    const Object *dropped;
    text_add_c(out, names[change->kind]);
    switch (change->kind) {
    case CHANGE_CREATE: print_create(schema, change->create.object, out); break;
    case CHANGE_DROP:
        dropped = schema_object(schema, change->drop.object);
        text_addf(out, " %s %.*s", object_word(dropped->kind), STR_ARG(object_sql(schema, dropped)));
        break;
    case CHANGE_ADD_COLUMN: print_add_column(schema, &change->add_column, out); break;
    case CHANGE_DROP_COLUMN:
        print_column(schema, change->drop_column.table, change->drop_column.column, out);
        break;
    case CHANGE_RENAME_COLUMN:
        print_column(schema, change->rename_column.table, change->rename_column.column, out);
        text_addf(out, " to %.*s", STR_ARG(change->rename_column.to));
        break;
    case CHANGE_SET_DEFAULT: print_set_default(schema, &change->set_default, out); break;
    case CHANGE_SET_NOT_NULL:
        print_column(schema, change->set_not_null.table, change->set_not_null.column, out);
        text_addf(out, ": %s", change->set_not_null.not_null ? "not null" : "null");
        break;
    case CHANGE_ADD_CONSTRAINT:
        text_addf(out, " %.*s: %.*s", STR_ARG(table_name(schema, change->add_constraint.table)),
                  STR_ARG(define_constraint(schema, schema_table(schema, change->add_constraint.table),
                                            change->add_constraint.constraint, DEFINE_SQL)));
        break;
    case CHANGE_DROP_CONSTRAINT:
        text_addf(out, " %.*s: %.*s", STR_ARG(table_name(schema, change->drop_constraint.table)),
                  STR_ARG(change->drop_constraint.name));
        break;
    case CHANGE_RUN_SQL: text_addf(out, ": %.*s", STR_ARG(change->run_sql.sql)); break;
    case CHANGE_KIND_COUNT: BUG("no change");
    }
    text_add_char(out, '\n');
}
