/* One function a kind of change. Every name that the server would make up is written out: a serial column is spelled
 * as what the server makes of it, a sequence that the column owns. */
#include "sql_text.h"

#include "bug.h"
#include "define.h"

#include <stdarg.h>

static void add(const Schema *schema, StrList *statements, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void add(const Schema *schema, StrList *statements, const char *format, ...)
{
    Text text = text_new(schema->arena);
    va_list arguments;
    va_start(arguments, format);
    text_addv(&text, format, arguments);
    va_end(arguments);
    list_push(schema->arena, statements, text_str(&text));
}

static Str quoted(const Schema *schema, Str name)
{
    return catalog_quote(schema->arena, name);
}

static Str table_sql(const Schema *schema, ObjectId id)
{
    return object_sql(schema, &schema_table(schema, id)->object);
}

static Str column_sql(const Schema *schema, ObjectId table, ColumnId column)
{
    return quoted(schema, table_column(schema_table(schema, table), column)->name);
}

/* ------------------------------------------------------------------ serial columns */

/* Servers from 15 on make the sequence of an unlogged table unlogged too; older ones have no such thing. */
static void create_sequence(const Schema *schema, const Table *table, const ColumnInfo *column, StrList *statements)
{
    if (!column->serial)
        return;
    Str sequence = qualified_sql(schema, table->object.schema, column->sequence),
        type = define_type(schema, &column->type);
    bool unlogged = table->unlogged && schema->view.catalog->major >= 15;
    add(schema, statements, "CREATE %sSEQUENCE %.*s AS %.*s", unlogged ? "UNLOGGED " : "", STR_ARG(sequence),
        STR_ARG(type));
}

static void own_sequence(const Schema *schema, const Table *table, const ColumnInfo *column, StrList *statements)
{
    if (!column->serial)
        return;
    Str sequence = qualified_sql(schema, table->object.schema, column->sequence),
        owner = object_sql(schema, &table->object);
    add(schema, statements, "ALTER SEQUENCE %.*s OWNED BY %.*s.%.*s", STR_ARG(sequence), STR_ARG(owner),
        STR_ARG(quoted(schema, column->name)));
}

/* ------------------------------------------------------------------ create */

static void create_enum(const Schema *schema, const Enum *type, StrList *statements)
{
    Text labels = text_new(schema->arena);
    for (size_t i = 0; i < type->labels.count; i++)
        text_addf(&labels, "%s%.*s", i == 0 ? "" : ", ", STR_ARG(define_literal(schema->arena, type->labels.items[i])));
    Str name = object_sql(schema, &type->object), list = text_str(&labels);
    add(schema, statements, "CREATE TYPE %.*s AS ENUM (%.*s)", STR_ARG(name), STR_ARG(list));
}

static void create_extension(const Schema *schema, const Extension *extension, StrList *statements)
{
    Text text = text_new(schema->arena);
    const Object *home = schema_object(schema, extension->home);
    text_addf(&text, "CREATE EXTENSION %.*s", STR_ARG(quoted(schema, extension->object.name)));
    if (home != NULL)
        text_addf(&text, " WITH SCHEMA %.*s", STR_ARG(quoted(schema, home->name)));
    if (extension->version.data != NULL)
        text_addf(&text, " VERSION %.*s", STR_ARG(define_literal(schema->arena, extension->version)));
    list_push(schema->arena, statements, text_str(&text));
}

/* A key that has a twin in its table, made by another statement: together in one they would become a single key. */
static bool stands_alone(const Table *table, size_t index)
{
    const Constraint *key = &table->constraints.items[index];
    for (size_t i = 0; i < table->constraints.count; i++) {
        const Constraint *other = &table->constraints.items[i];
        bool first = other->kind == CONSTRAINT_PRIMARY || (i < index && key->kind != CONSTRAINT_PRIMARY);
        if (i != index && first && constraint_same_key(key, other))
            return true;
    }
    return false;
}

static Str table_body(const Schema *schema, const Table *table)
{
    Text body = text_new(schema->arena);
    for (size_t i = 0; i < table->columns.count; i++)
        text_addf(&body, "%s\n    %.*s", body.len == 0 ? "" : ",",
                  STR_ARG(define_column(schema, table, &table->columns.items[i], DEFINE_SQL)));
    for (size_t i = 0; i < table->constraints.count; i++) {
        Str constraint = define_constraint(schema, table, &table->constraints.items[i], DEFINE_SQL);
        if (!stands_alone(table, i))
            text_addf(&body, "%s\n    %.*s", body.len == 0 ? "" : ",", STR_ARG(constraint));
    }
    if (body.len > 0)
        text_add_char(&body, '\n');
    return text_str(&body);
}

static void create_table(const Schema *schema, const Table *table, StrList *statements)
{
    Str name = object_sql(schema, &table->object), body = table_body(schema, table);
    Str options = define_options(schema, table->options);
    for (size_t i = 0; i < table->columns.count; i++)
        create_sequence(schema, table, &table->columns.items[i], statements);
    add(schema, statements, "CREATE %sTABLE %.*s (%.*s)%.*s", table->unlogged ? "UNLOGGED " : "", STR_ARG(name),
        STR_ARG(body), STR_ARG(options));
    for (size_t i = 0; i < table->columns.count; i++)
        own_sequence(schema, table, &table->columns.items[i], statements);
    for (size_t i = 0; i < table->constraints.count; i++) {
        Str constraint = define_constraint(schema, table, &table->constraints.items[i], DEFINE_SQL);
        if (stands_alone(table, i))
            add(schema, statements, "ALTER TABLE %.*s ADD %.*s", STR_ARG(name), STR_ARG(constraint));
    }
}

static void create_sql(const Schema *schema, const Object *object, StrList *statements)
{
    switch (object->kind) {
    case OBJECT_NAMESPACE: add(schema, statements, "CREATE SCHEMA %.*s", STR_ARG(quoted(schema, object->name))); break;
    case OBJECT_EXTENSION: create_extension(schema, (const Extension *) object, statements); break;
    case OBJECT_ENUM: create_enum(schema, (const Enum *) object, statements); break;
    case OBJECT_TABLE: create_table(schema, (const Table *) object, statements); break;
    case OBJECT_INDEX:
        list_push(schema->arena, statements, define_index(schema, (const Index *) object, DEFINE_SQL));
        break;
    case OBJECT_KIND_COUNT: BUG("no object");
    }
}

static void drop_sql(const Schema *schema, const Object *object, StrList *statements)
{
    static const char *const words[] = {
        [OBJECT_NAMESPACE] = "SCHEMA", [OBJECT_EXTENSION] = "EXTENSION", [OBJECT_ENUM] = "TYPE",
        [OBJECT_TABLE] = "TABLE",      [OBJECT_INDEX] = "INDEX",
    };
    bool qualified = object->schema != 0;
    Str name = qualified ? object_sql(schema, object) : quoted(schema, object->name);
    add(schema, statements, "DROP %s %.*s", words[object->kind], STR_ARG(name));
}

/* ------------------------------------------------------------------ alter table */

/* The constraints name the new column, so they are spelled with the table as it will be. */
static void add_column_sql(const Schema *schema, const AddColumnChange *change, StrList *statements)
{
    Table after = *schema_table(schema, change->table);
    list_clone(schema->arena, &after.columns);
    list_push(schema->arena, &after.columns, *change->column);
    Text text = text_new(schema->arena);
    text_addf(&text, "ALTER TABLE %.*s ADD COLUMN %.*s", STR_ARG(object_sql(schema, &after.object)),
              STR_ARG(define_column(schema, &after, change->column, DEFINE_SQL)));
    for (size_t i = 0; i < change->constraints.count; i++)
        text_addf(&text, ", ADD %.*s",
                  STR_ARG(define_constraint(schema, &after, &change->constraints.items[i], DEFINE_SQL)));
    create_sequence(schema, &after, change->column, statements);
    list_push(schema->arena, statements, text_str(&text));
    own_sequence(schema, &after, change->column, statements);
}

static void drop_column_sql(const Schema *schema, const DropColumnChange *change, StrList *statements)
{
    Str table = table_sql(schema, change->table), column = column_sql(schema, change->table, change->column);
    add(schema, statements, "ALTER TABLE %.*s DROP COLUMN %.*s", STR_ARG(table), STR_ARG(column));
}

static void rename_column_sql(const Schema *schema, const RenameColumnChange *change, StrList *statements)
{
    Str table = table_sql(schema, change->table), column = column_sql(schema, change->table, change->column);
    add(schema, statements, "ALTER TABLE %.*s RENAME COLUMN %.*s TO %.*s", STR_ARG(table), STR_ARG(column),
        STR_ARG(quoted(schema, change->to)));
}

static void set_default_sql(const Schema *schema, const SetDefaultChange *change, StrList *statements)
{
    Str table = table_sql(schema, change->table), column = column_sql(schema, change->table, change->column);
    if (change->expression == NULL) {
        add(schema, statements, "ALTER TABLE %.*s ALTER COLUMN %.*s DROP DEFAULT", STR_ARG(table), STR_ARG(column));
        return;
    }
    Str value = define_expression(schema->arena, schema_table(schema, change->table), change->expression, DEFINE_SQL);
    add(schema, statements, "ALTER TABLE %.*s ALTER COLUMN %.*s SET DEFAULT %.*s", STR_ARG(table), STR_ARG(column),
        STR_ARG(value));
}

static void set_not_null_sql(const Schema *schema, const SetNotNullChange *change, StrList *statements)
{
    Str table = table_sql(schema, change->table), column = column_sql(schema, change->table, change->column);
    add(schema, statements, "ALTER TABLE %.*s ALTER COLUMN %.*s %s NOT NULL", STR_ARG(table), STR_ARG(column),
        change->not_null ? "SET" : "DROP");
}

static void add_constraint_sql(const Schema *schema, const AddConstraintChange *change, StrList *statements)
{
    const Table *table = schema_table(schema, change->table);
    Str name = object_sql(schema, &table->object);
    Str constraint = define_constraint(schema, table, change->constraint, DEFINE_SQL);
    add(schema, statements, "ALTER TABLE %.*s ADD %.*s", STR_ARG(name), STR_ARG(constraint));
}

static void drop_constraint_sql(const Schema *schema, const DropConstraintChange *change, StrList *statements)
{
    Str table = table_sql(schema, change->table);
    add(schema, statements, "ALTER TABLE %.*s DROP CONSTRAINT %.*s", STR_ARG(table),
        STR_ARG(quoted(schema, change->name)));
}

/* ------------------------------------------------------------------ all kinds */

void change_sql(const Schema *schema, const Change *change, StrList *statements)
{
    switch (change->kind) {
    case CHANGE_CREATE: create_sql(schema, change->create.object, statements); break;
    case CHANGE_DROP: drop_sql(schema, schema_object(schema, change->drop.object), statements); break;
    case CHANGE_ADD_COLUMN: add_column_sql(schema, &change->add_column, statements); break;
    case CHANGE_DROP_COLUMN: drop_column_sql(schema, &change->drop_column, statements); break;
    case CHANGE_RENAME_COLUMN: rename_column_sql(schema, &change->rename_column, statements); break;
    case CHANGE_SET_DEFAULT: set_default_sql(schema, &change->set_default, statements); break;
    case CHANGE_SET_NOT_NULL: set_not_null_sql(schema, &change->set_not_null, statements); break;
    case CHANGE_ADD_CONSTRAINT: add_constraint_sql(schema, &change->add_constraint, statements); break;
    case CHANGE_DROP_CONSTRAINT: drop_constraint_sql(schema, &change->drop_constraint, statements); break;
    case CHANGE_RUN_SQL: list_push(schema->arena, statements, change->run_sql.sql); break;
    case CHANGE_KIND_COUNT: BUG("no change");
    }
}
