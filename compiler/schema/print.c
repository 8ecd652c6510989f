/* A change as one line. */
#include "bug.h"
#include "change.h"
#include "definition.h"
#include "depend.h"
#include "property.h"
#include "view.h"

static Str table_name(const Schema *schema, ObjectId id)
{
    return object_sql(schema, schema_object(schema, id));
}

static Str column_name(const Schema *schema, ObjectId table, ColumnId column)
{
    return table_column(schema_relation(schema, table), column)->name;
}

static void print_create(const Schema *schema, const Object *object, Text *out)
{
    const Table *table = object_is_relation(object) ? (const Table *) object : NULL;
    const ConstraintList *constraints = object_constraints(object);
    if (object_is_definition(object)) {
        text_addf(out, " %.*s", STR_ARG(definition_description(schema, (const Definition *) object)));
        return;
    }
    text_addf(out, " %s %.*s", object_word(object->kind), STR_ARG(object_sql(schema, object)));
    if (object->kind == OBJECT_RULE) {
        text_addf(out, ": %.*s", STR_ARG(define_rule(schema, (const Rule *) object, DEFINE_SQL)));
        return;
    }
    if (object->kind == OBJECT_INDEX) {
        text_addf(out, ": %.*s", STR_ARG(define_index(schema, (const Index *) object, DEFINE_SQL)));
        return;
    }
    for (size_t i = 0; table != NULL && i < table->columns.count; i++)
        text_addf(out, "\n    %.*s", STR_ARG(define_column(schema, table, table->columns.items[i], DEFINE_SQL)));
    if (object_is_view(object))
        text_addf(out, "\n   %.*s", STR_ARG(define_view(schema, table, DEFINE_SQL)));
    if (object->kind == OBJECT_DOMAIN)
        text_addf(out, "\n    %.*s", STR_ARG(define_domain(schema, (const Domain *) object, DEFINE_SQL)));
    for (size_t i = 0; constraints != NULL && i < constraints->count; i++)
        text_addf(out, "\n    %.*s", STR_ARG(define_constraint(schema, table, constraints->items[i], DEFINE_SQL)));
}

static void print_add_column(const Schema *schema, const AddColumnChange *change, Text *out)
{
    const Table *table = schema_relation(schema, change->table);
    text_addf(out, " %.*s: %.*s", STR_ARG(table_name(schema, change->table)),
              STR_ARG(define_column(schema, table, change->column, DEFINE_SQL)));
}

static void print_column(const Schema *schema, ObjectId table, ColumnId column, Text *out)
{
    text_addf(out, " %.*s.%.*s", STR_ARG(table_name(schema, table)), STR_ARG(column_name(schema, table, column)));
}

static void print_set(const Schema *schema, const SetChange *set, Text *out)
{
    const Object *object = schema_object(schema, set->object);
    Part part = {object->id, PART_WHOLE, 0};
    if (property_is_of_column(set->property))
        part = (Part) {object->id, PART_COLUMN, set->part};
    else if (property_is_of_constraint(set->property))
        part = (Part) {object->id, PART_CONSTRAINT, set->part};
    text_addf(out, " %s of %.*s: %.*s", property_name(set->property), STR_ARG(part_description(schema, part)),
              STR_ARG(define_value(schema, set->object, set->property, &set->value)));
}

static void print_set_type(const Schema *schema, const SetTypeChange *change, Text *out)
{
    print_column(schema, change->table, change->column, out);
    text_addf(out, ": %.*s", STR_ARG(define_type(schema, &change->type)));
}

static void print_adopt_index(const Schema *schema, const AdoptIndexChange *change, Text *out)
{
    const Constraint *constraint = change->constraint;
    text_addf(out, " %.*s: CONSTRAINT %.*s %s USING INDEX %.*s", STR_ARG(table_name(schema, change->table)),
              STR_ARG(catalog_quote(schema->arena, constraint->name)),
              constraint->kind == CONSTRAINT_PRIMARY ? "PRIMARY KEY" : "UNIQUE",
              STR_ARG(catalog_quote(schema->arena, schema_object(schema, constraint->id)->name)));
}

static void print_backfill(const Schema *schema, const BackfillChange *change, Text *out)
{
    text_addf(out, " %.*s: set %.*s", STR_ARG(table_name(schema, change->table)), STR_ARG(change->set));
    if (change->where.data != NULL)
        text_addf(out, " where %.*s", STR_ARG(change->where));
}

static void print_restart(const Schema *schema, const RestartChange *change, Text *out)
{
    if (change->column != 0)
        print_column(schema, change->object, change->column, out);
    else
        text_addf(out, " %.*s", STR_ARG(object_sql(schema, schema_object(schema, change->object))));
    text_addf(out, ": %lld", (long long) change->restart.value);
}

void change_print(const Schema *schema, const Change *change, Text *out)
{ /* a table */
    static const char *const names[] = {
#define CHANGE(KIND, Type, member, name) name,
#include "changes.def"
#undef CHANGE
    };
    const Object *dropped;
    text_addf(out, "%s%s", names[change->kind], change->concurrent ? " concurrently" : "");
    switch (change->kind) {
    case CHANGE_CREATE: print_create(schema, change->create.object, out); break;
    case CHANGE_REPLACE: print_create(schema, change->replace.object, out); break;
    case CHANGE_DROP:
        dropped = schema_object(schema, change->drop.object);
        if (object_is_definition(dropped)) {
            text_addf(out, " %.*s", STR_ARG(definition_description(schema, (const Definition *) dropped)));
            break;
        }
        text_addf(out, " %s %.*s", object_word(dropped->kind), STR_ARG(object_sql(schema, dropped)));
        break;
    case CHANGE_ADD_COLUMN: print_add_column(schema, &change->add_column, out); break;
    case CHANGE_DROP_COLUMN:
        print_column(schema, change->drop_column.table, change->drop_column.column, out);
        break;
    case CHANGE_SET: print_set(schema, &change->set, out); break;
    case CHANGE_SET_TYPE: print_set_type(schema, &change->set_type, out); break;
    case CHANGE_DROP_EXPRESSION:
        print_column(schema, change->drop_expression.table, change->drop_expression.column, out);
        break;
    case CHANGE_ADD_CONSTRAINT:
        text_addf(out, " %.*s: %.*s", STR_ARG(table_name(schema, change->add_constraint.table)),
                  STR_ARG(define_constraint(schema, schema_relation(schema, change->add_constraint.table),
                                            change->add_constraint.constraint, DEFINE_SQL)));
        break;
    case CHANGE_DROP_CONSTRAINT:
        text_addf(out, " %.*s: %.*s", STR_ARG(table_name(schema, change->drop_constraint.table)),
                  STR_ARG(object_constraint(schema, change->drop_constraint.table,
                                            change->drop_constraint.constraint)->name));
        break;
    case CHANGE_ADOPT_INDEX: print_adopt_index(schema, &change->adopt_index, out); break;
    case CHANGE_RESTART: print_restart(schema, &change->restart, out); break;
    case CHANGE_INHERIT:
        text_addf(out, " %.*s: %.*s", STR_ARG(table_name(schema, change->inherit.table)),
                  STR_ARG(table_name(schema, change->inherit.parent)));
        break;
    case CHANGE_DISINHERIT:
        text_addf(out, " %.*s: %.*s", STR_ARG(table_name(schema, change->disinherit.table)),
                  STR_ARG(table_name(schema, change->disinherit.parent)));
        break;
    case CHANGE_BACKFILL: print_backfill(schema, &change->backfill, out); break;
    case CHANGE_REQUIRE:
        text_addf(out, " %.*s: %.*s", STR_ARG(define_literal(schema->arena, change->require.what)),
                  STR_ARG(change->require.condition));
        break;
    case CHANGE_CALL_NATIVE: text_addf(out, " %.*s", STR_ARG(change->native.function)); break;
    case CHANGE_RUN_SQL: text_addf(out, ": %.*s", STR_ARG(change->run_sql.sql)); break;
    case CHANGE_KIND_COUNT: BUG("no change");
    }
    if (change->along.count > 0)
        text_addf(out, " (and %zu along)", change->along.count);
    text_add_char(out, '\n');
}
