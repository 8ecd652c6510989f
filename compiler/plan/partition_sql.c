#include "partition_sql.h"

#include "define.h"
#include "inherit.h"
#include "not_null.h"
#include "sql_text.h"

static Str relation_sql(const Schema *schema, ObjectId id)
{
    return object_sql(schema, schema_object(schema, id));
}

static Str shape_of(const Expression *expression)
{
    return expression == NULL ? STR("") : expression->shape;
}

/* What is to be written of its being not null, where it comes from parents, too. */
static NotNull own_not_null(const Schema *schema, const Table *table, const ColumnInfo *column)
{
    NotNull above = not_null_of_parents(schema, table, column->name, 0), own = not_null_at_once(&column->not_null);
    bool same = own.name.data == NULL || (own.not_local && str_equal(own.name, above.name));
    return above.holds && same ? (NotNull) {0} : own;
}

/* A partition has its parent's columns: only a value of its own, and that it is not null, can be written. */
static Str partition_column(const Schema *schema, const Table *table, const ColumnInfo *column)
{
    Text text = text_new(schema->arena);
    Str default_above = shape_of(default_of_parents(schema, table, column->name));
    if (!str_equal(shape_of(column->expression), default_above))
        text_add(&text, column->expression == NULL ? STR(" DEFAULT NULL")
                                                   : define_column_value(schema, table, column, DEFINE_SQL));
    NotNull own = own_not_null(schema, table, column);
    text_add(&text, not_null_clause(schema, &own));
    Str clauses = text_str(&text), name = catalog_quote(schema->arena, column->name);
    return clauses.len == 0 ? clauses : str_format(schema->arena, "%.*s%.*s", STR_ARG(name), STR_ARG(clauses));
}

/* An inherited column that is generated as its parent's is may not say it on all servers. */
static bool is_generated_above(const Schema *schema, const Table *table, const ColumnInfo *column)
{
    for (size_t i = 0; i < table->parents.count; i++) {
        const Table *parent = schema_relation(schema, table->parents.items[i]);
        const ColumnInfo *above = table_column_named(parent, column->name);
        if (above != NULL && above->generated &&
            str_equal(shape_of(column->expression), shape_of(expression_for(schema, above->expression, parent, table))))
            return true;
    }
    return false;
}

/* Where it has no default, and its parents do, that is to be said. */
static Str written_column(const Schema *schema, const Table *table, const ColumnInfo *column)
{
    static const Expression none = {.sql = {"NULL", 4}, .atomic = true};
    ColumnInfo copy = *column;
    if (is_generated_above(schema, table, column)) {
        copy.generated = false;
        copy.expression = NULL;
    } else if (column->expression == NULL && column->identity.kind == IDENTITY_NONE &&
               default_of_parents(schema, table, column->name) != NULL) {
        copy.expression = &none;
    }
    copy.not_null = column->not_null.name.data == NULL ? column->not_null : own_not_null(schema, table, column);
    return define_column(schema, table, &copy, DEFINE_SQL);
}

Str column_to_write(const Schema *schema, const Table *table, const ColumnInfo *column)
{
    if (table->bound != NULL)
        return partition_column(schema, table, column);
    if (!column->not_local)
        return written_column(schema, table, column);
    NotNull own = own_not_null(schema, table, column);
    return own.name.data == NULL ? STR("") : not_null_item(schema, &own, column->name);
}

static Str partition_head(const Schema *schema, const Table *table, Str body)
{
    const Table *parent = schema_relation(schema, table->parents.items[0]);
    Str name = object_sql(schema, &parent->object), bound = define_bound(schema, parent, table->bound, DEFINE_SQL);
    return str_format(schema->arena, " PARTITION OF %.*s%s%.*s%s %.*s", STR_ARG(name), body.len > 0 ? " (" : "",
                      STR_ARG(body), body.len > 0 ? ")" : "", STR_ARG(bound));
}

/* Which a partition would have, but has the usual one. */
static bool has_method_above(const Schema *schema, const Table *table)
{
    const Table *parent = table->bound == NULL ? NULL : schema_relation(schema, table->parents.items[0]);
    return parent != NULL && parent->method.data != NULL && table->method.data == NULL &&
           !table_is_partitioned(table) && table->server == 0;
}

Str table_sql_text(const Schema *schema, const Table *table, Str body)
{
    Text text = text_new(schema->arena);
    Str name = object_sql(schema, &table->object);
    const char *words = table->server != 0 ? "FOREIGN " : table->unlogged ? "UNLOGGED " : "";
    text_addf(&text, "CREATE %sTABLE %.*s", words, STR_ARG(name));
    if (table->bound != NULL)
        text_add(&text, partition_head(schema, table, body));
    else
        text_addf(&text, " (%.*s)%.*s", STR_ARG(body), STR_ARG(define_parents(schema, table, DEFINE_SQL)));
    text_add(&text, define_partition_key(schema, table, DEFINE_SQL));
    if (has_method_above(schema, table))
        text_add_c(&text, " USING heap");
    text_add(&text, table->server != 0 ? define_server(schema, table) : define_storage(schema, table));
    return text_str(&text);
}

void inherit_sql(const Schema *schema, const InheritChange *change, StrList *statements)
{
    Str child = relation_sql(schema, change->table), parent = relation_sql(schema, change->parent);
    if (change->bound == NULL) {
        statement_add(schema, statements, "ALTER TABLE %.*s INHERIT %.*s", STR_ARG(child), STR_ARG(parent));
        return;
    }
    Str bound = define_bound(schema, schema_relation(schema, change->parent), change->bound, DEFINE_SQL);
    statement_add(schema, statements, "ALTER TABLE %.*s ATTACH PARTITION %.*s %.*s", STR_ARG(parent), STR_ARG(child),
                  STR_ARG(bound));
}

void disinherit_sql(const Schema *schema, const DisinheritChange *change, StrList *statements)
{
    Str child = relation_sql(schema, change->table), parent = relation_sql(schema, change->parent);
    if (schema_relation(schema, change->table)->bound == NULL)
        statement_add(schema, statements, "ALTER TABLE %.*s NO INHERIT %.*s", STR_ARG(child), STR_ARG(parent));
    else
        statement_add(schema, statements, "ALTER TABLE %.*s DETACH PARTITION %.*s%s", STR_ARG(parent), STR_ARG(child),
                      change->concurrently ? " CONCURRENTLY" : "");
}

static void note_key_columns(const Schema *schema, const Table *parent, StrList *names)
{
    for (size_t i = 0; i < parent->columns.count; i++) {
        Str name = parent->columns.items[i]->name;
        bool known = !partition_key_uses(parent, parent->columns.items[i]->id);
        for (size_t j = 0; j < names->count; j++)
            known = known || str_equal(names->items[j], name);
        if (!known)
            list_push(schema->arena, names, name);
    }
    for (size_t i = 0; parent->bound != NULL && i < parent->parents.count; i++)
        note_key_columns(schema, schema_relation(schema, parent->parents.items[i]), names);
}

/* DetachAddConstraintIfNeeded() in tablecmds.c: its name is that of a check on the columns of all keys above. */
void detached_sql(const Schema *after, const DisinheritChange *change, StrList *statements)
{
    StrList names = {0};
    const Table *child = schema_relation(after, change->table);
    NameScope scope = {.schema = after, .namespace = child->object.schema};
    note_key_columns(after, schema_relation(after, change->parent), &names);
    Str name = name_choose_check(&scope, child->object.name, names.count == 1 ? names.items[0] : STR(""));
    statement_add(after, statements, "ALTER TABLE %.*s DROP CONSTRAINT IF EXISTS %.*s",
                  STR_ARG(object_sql(after, &child->object)), STR_ARG(catalog_quote(after->arena, name)));
}

void say_only(const Schema *schema, StrList *statements)
{
    Str words = STR("ALTER TABLE ");
    for (size_t i = 0; i < statements->count; i++) {
        Str statement = statements->items[i];
        if (!str_starts_with(statement, words))
            continue;
        Str rest = str_slice(statement, words.len, statement.len);
        statements->items[i] = str_format(schema->arena, "ALTER TABLE ONLY %.*s", STR_ARG(rest));
    }
}
