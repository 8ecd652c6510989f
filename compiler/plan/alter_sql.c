#include "alter_sql.h"

#include "define.h"
#include "inherit.h"
#include "not_null.h"
#include "sql_text.h"

static Str quoted(const Schema *schema, Str name)
{
    return catalog_quote(schema->arena, name);
}

static Str column_name(const Table *relation, const Schema *schema, ColumnId column)
{
    return quoted(schema, table_column(relation, column)->name);
}

static const char *column_word(const Table *relation)
{
    return relation->object.kind == OBJECT_COMPOSITE ? "ATTRIBUTE" : "COLUMN";
}

Str alter_head(const Schema *schema, ObjectId id, bool only)
{
    const Object *object = schema_object(schema, id);
    return str_format(schema->arena, "ALTER %s %s%.*s", altered_sql_word(object->kind), only ? "ONLY " : "",
                      STR_ARG(object_sql(schema, object)));
}

static void add(const Schema *schema, StrList *actions, Str action)
{
    list_push(schema->arena, actions, action);
}

static Str add_constraint(const Schema *schema, const Table *table, const Constraint *constraint)
{
    Str text = define_constraint(schema, table, constraint, DEFINE_SQL);
    return str_format(schema->arena, "ADD %.*s", STR_ARG(text));
}

/* The constraints name the new column, so they are spelled with the table as it will be. */
static void add_column(const Schema *schema, const AddColumnChange *change, StrList *actions)
{
    Table after = *schema_relation(schema, change->table);
    list_clone(schema->arena, &after.columns);
    list_push(schema->arena, &after.columns, change->column);
    ColumnInfo first = *change->column;
    first.not_null = not_null_at_once(&first.not_null);
    Str column = define_column(schema, &after, &first, DEFINE_SQL);
    add(schema, actions, str_format(schema->arena, "ADD %s %.*s", column_word(&after), STR_ARG(column)));
    for (size_t i = 0; i < change->constraints.count; i++)
        add(schema, actions, add_constraint(schema, &after, change->constraints.items[i]));
}

static Str drop_column(const Schema *schema, const DropColumnChange *change)
{
    const Table *table = schema_relation(schema, change->table);
    return str_format(schema->arena, "DROP %s %.*s", column_word(table),
                      STR_ARG(column_name(table, schema, change->column)));
}

/* The server converts the default. */
static Str set_type(const Schema *schema, const SetTypeChange *change)
{
    const Table *table = schema_relation(schema, change->table);
    Text text = text_new(schema->arena);
    text_addf(&text, "ALTER %s %.*s TYPE %.*s", column_word(table),
              STR_ARG(column_name(table, schema, change->column)), STR_ARG(define_type(schema, &change->type)));
    text_add(&text, define_collation(schema, &change->type));
    if (change->conversion != NULL)
        text_addf(&text, " USING %.*s", STR_ARG(define_expression(schema, table, change->conversion, DEFINE_SQL)));
    return text_str(&text);
}

static Str drop_expression(const Schema *schema, const DropExpressionChange *change)
{
    Str column = column_name(schema_relation(schema, change->table), schema, change->column);
    return str_format(schema->arena, "ALTER COLUMN %.*s DROP EXPRESSION", STR_ARG(column));
}

static Str drop_constraint(const Schema *schema, const DropConstraintChange *change)
{
    const Constraint *constraint = object_constraint(schema, change->table, change->constraint);
    return str_format(schema->arena, "DROP CONSTRAINT %.*s", STR_ARG(quoted(schema, constraint->name)));
}

Str default_action(const Schema *schema, const SetChange *set)
{
    const Expression *expression = set->value.expression;
    if (expression == NULL)
        return STR("DROP DEFAULT");
    Str text = define_expression(schema, schema_relation(schema, set->object), expression, DEFINE_SQL);
    return str_format(schema->arena, "SET DEFAULT %.*s", STR_ARG(text));
}

static Str generation_action(const Schema *schema, const SetChange *set)
{
    Str text = define_expression(schema, schema_relation(schema, set->object), set->value.expression, DEFINE_SQL);
    return str_format(schema->arena, "SET EXPRESSION AS (%.*s)", STR_ARG(text));
}

Str column_action(const Schema *schema, const SetChange *set)
{
    const Table *table = schema_relation(schema, set->object);
    Str column = column_name(table, schema, set->part);
    if (set->value.not_null.name.data != NULL && set->property == PROPERTY_COLUMN_NOT_NULL)
        return str_format(schema->arena, "ADD %.*s",
                          STR_ARG(not_null_item(schema, &set->value.not_null, table_column(table, set->part)->name)));
    Str action = set->property == PROPERTY_COLUMN_NOT_NULL
                     ? (set->value.not_null.holds ? STR("SET NOT NULL") : STR("DROP NOT NULL"))
                 : table_column(table, set->part)->generated ? generation_action(schema, set)
                                                              : default_action(schema, set);
    return str_format(schema->arena, "ALTER COLUMN %.*s %.*s", STR_ARG(column), STR_ARG(action));
}

StrList alter_actions(const Schema *schema, const Change *change)
{
    StrList actions = {0};
    const Table *table = schema_relation(schema, change_relation(change));
    const SetChange *set = &change->set;
    switch ((int) change->kind) {
    case CHANGE_ADD_COLUMN: add_column(schema, &change->add_column, &actions); break;
    case CHANGE_DROP_COLUMN: add(schema, &actions, drop_column(schema, &change->drop_column)); break;
    case CHANGE_SET_TYPE: add(schema, &actions, set_type(schema, &change->set_type)); break;
    case CHANGE_DROP_EXPRESSION: add(schema, &actions, drop_expression(schema, &change->drop_expression)); break;
    case CHANGE_ADD_CONSTRAINT:
        add(schema, &actions, add_constraint(schema, table, change->add_constraint.constraint));
        break;
    case CHANGE_DROP_CONSTRAINT: add(schema, &actions, drop_constraint(schema, &change->drop_constraint)); break;
    case CHANGE_SET:
        if (set->property == PROPERTY_COLUMN_DEFAULT || set->property == PROPERTY_COLUMN_NOT_NULL)
            add(schema, &actions, column_action(schema, set));
        break;
    default: break;
    }
    return actions;
}
