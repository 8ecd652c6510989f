/* One function a kind of change. Every name that the server would make up is written out: a serial column is spelled
 * as what the server makes of it, a sequence that the column owns. */
#include "sql_text.h"

#include "alter_sql.h"
#include "backfill.h"
#include "base_type.h"
#include "bug.h"
#include "definition_sql.h"
#include "inherit.h"
#include "names.h"
#include "partition_sql.h"
#include "privilege.h"
#include "sequence.h"
#include "view_sql.h"
#include "data_sql.h"
#include "type_sql.h"

#include <stdarg.h>

void statement_add(const Schema *schema, StrList *statements, const char *format, ...)
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
    return object_sql(schema, schema_object(schema, id));
}

static Str column_sql(const Schema *schema, ObjectId table, ColumnId column)
{
    return quoted(schema, table_column(schema_relation(schema, table), column)->name);
}

/* ------------------------------------------------------------------ create */

static void create_enum(const Schema *schema, const Enum *type, StrList *statements)
{
    Str name = object_sql(schema, &type->object), labels = define_labels(schema->arena, type->labels);
    statement_add(schema, statements, "CREATE TYPE %.*s AS %.*s", STR_ARG(name), STR_ARG(labels));
}

/* One like it that neither a relation nor a type has. */
static Str free_name(const Schema *schema, const Object *object)
{
    NameScope scope = {.schema = schema, .namespace = object->schema};
    Str name = object->name;
    while (schema_find(schema, NAMES_TYPE, object->schema, name) != 0)
        name = name_choose_sequence(&scope, object->name, STR(""));
    return name;
}

/* The server makes none by the name of a type, to which one can be renamed. */
static void create_sequence(const Schema *schema, const Sequence *sequence, StrList *statements)
{
    Str settings = define_sequence_settings(schema->arena, &sequence->settings);
    Object first = sequence->object;
    first.name = free_name(schema, &sequence->object);
    Str name = object_sql(schema, &first);
    statement_add(schema, statements, "CREATE %sSEQUENCE %.*s %.*s", sequence->unlogged ? "UNLOGGED " : "",
                  STR_ARG(name), STR_ARG(settings));
    if (!str_equal(first.name, sequence->object.name))
        statement_add(schema, statements, "ALTER SEQUENCE %.*s RENAME TO %.*s", STR_ARG(name),
                      STR_ARG(quoted(schema, sequence->object.name)));
}

static void create_extension(const Schema *schema, const Extension *extension, StrList *statements)
{
    Text text = text_new(schema->arena);
    const Object *home = schema_object(schema, extension->home);
    text_addf(&text, "CREATE EXTENSION %.*s", STR_ARG(quoted(schema, extension->object.name)));
    if (home != NULL && (extension->catalog != NULL || extension->placed || home->id != schema->home))
        text_addf(&text, " WITH SCHEMA %.*s", STR_ARG(quoted(schema, home->name)));
    if (extension->version.data != NULL)
        text_addf(&text, " VERSION %.*s", STR_ARG(define_literal(schema->arena, extension->version)));
    if (extension->cascade)
        text_add_c(&text, " CASCADE");
    list_push(schema->arena, statements, text_str(&text));
}

/* A key that has a twin in its table, made by another statement: together in one they would become a single key. */
static bool stands_alone(const Table *table, size_t index)
{
    const Constraint *key = table->constraints.items[index];
    for (size_t i = 0; i < table->constraints.count; i++) {
        const Constraint *other = table->constraints.items[i];
        bool first = other->kind == CONSTRAINT_PRIMARY || (i < index && key->kind != CONSTRAINT_PRIMARY);
        if (i != index && first && constraint_same_key(key, other))
            return true;
    }
    return false;
}

static Str table_body(const Schema *schema, const Table *table)
{
    Text body = text_new(schema->arena);
    for (size_t i = 0; i < table->columns.count; i++) {
        Str column = column_to_write(schema, table, table->columns.items[i]);
        if (column.len > 0)
            text_addf(&body, "%s\n    %.*s", body.len == 0 ? "" : ",", STR_ARG(column));
    }
    for (size_t i = 0; i < table->constraints.count; i++) {
        Str constraint = define_constraint(schema, table, table->constraints.items[i], DEFINE_SQL);
        if (!stands_alone(table, i) && !table->constraints.items[i]->not_local)
            text_addf(&body, "%s\n    %.*s", body.len == 0 ? "" : ",", STR_ARG(constraint));
    }
    if (body.len > 0)
        text_add_char(&body, '\n');
    return text_str(&body);
}

static void create_table(const Schema *schema, const Table *table, StrList *statements)
{
    Str name = object_sql(schema, &table->object);
    list_push(schema->arena, statements, table_sql_text(schema, table, table_body(schema, table)));
    for (size_t i = 0; i < table->constraints.count; i++) {
        Str constraint = define_constraint(schema, table, table->constraints.items[i], DEFINE_SQL);
        if (stands_alone(table, i) && !table->constraints.items[i]->not_local)
            statement_add(schema, statements, "ALTER TABLE %.*s ADD %.*s", STR_ARG(name), STR_ARG(constraint));
    }
}

static void create_index(const Schema *schema, const Index *index, bool concurrent, StrList *statements)
{
    Str body = define_index_body(schema, index, DEFINE_SQL);
    statement_add(schema, statements, "CREATE %sINDEX %s%.*s", index->unique ? "UNIQUE " : "",
                  concurrent ? "CONCURRENTLY " : "", STR_ARG(body));
}

static void create_sql(const Schema *schema, const Object *object, bool concurrent, StrList *statements)
{
    switch (object->kind) {
    case OBJECT_NAMESPACE:
        statement_add(schema, statements, "CREATE SCHEMA %.*s", STR_ARG(quoted(schema, object->name)));
        break;
    case OBJECT_EXTENSION: create_extension(schema, (const Extension *) object, statements); break;
    case OBJECT_ENUM: create_enum(schema, (const Enum *) object, statements); break;
    case OBJECT_DOMAIN: create_domain_sql(schema, (const Domain *) object, statements); break;
    case OBJECT_COMPOSITE: create_composite_sql(schema, (const Table *) object, statements); break;
    case OBJECT_SEQUENCE: create_sequence(schema, (const Sequence *) object, statements); break;
    case OBJECT_TABLE:
    case OBJECT_FOREIGN_TABLE: create_table(schema, (const Table *) object, statements); break;
    case OBJECT_INDEX: create_index(schema, (const Index *) object, concurrent, statements); break;
    case OBJECT_VIEW:
    case OBJECT_MATERIALIZED_VIEW: create_view_sql(schema, (const Table *) object, false, statements); break;
    case OBJECT_RULE: create_rule_sql(schema, (const Rule *) object, false, statements); break;
#define DEFINITION(KIND, word, sql) case OBJECT_##KIND:
#include "definitions.def"
#undef DEFINITION
        create_definition_sql(schema, (const Definition *) object, false, statements);
        break;
    case OBJECT_KIND_COUNT: BUG("no object");
    }
}

static void drop_sql(const Schema *schema, const Object *object, bool concurrent, StrList *statements)
{
    bool qualified = object->schema != 0;
    if (object_is_definition(object)) {
        drop_definition_sql(schema, (const Definition *) object, statements);
        return;
    }
    Str name = qualified ? object_sql(schema, object) : quoted(schema, object->name);
    if (object->kind == OBJECT_RULE)
        name = rule_name_sql(schema, (const Rule *) object);
    statement_add(schema, statements, "DROP %s%s %.*s", object_sql_word(object->kind),
                  concurrent ? " CONCURRENTLY" : "", STR_ARG(name));
}

/* ------------------------------------------------------------------ alter table */

static void adopt_index_sql(const Schema *schema, const AdoptIndexChange *change, StrList *statements)
{
    static const char *const timings[] = {"", " DEFERRABLE", " DEFERRABLE INITIALLY DEFERRED"};
    const Constraint *constraint = change->constraint;
    Str table = table_sql(schema, change->table), name = quoted(schema, constraint->name);
    Str index = quoted(schema, schema_object(schema, constraint->id)->name);
    statement_add(schema, statements, "ALTER TABLE %.*s ADD CONSTRAINT %.*s %s USING INDEX %.*s%s", STR_ARG(table),
                  STR_ARG(name), constraint->kind == CONSTRAINT_PRIMARY ? "PRIMARY KEY" : "UNIQUE", STR_ARG(index),
                  timings[constraint->timing]);
}

static void restart_sql(const Schema *schema, const RestartChange *change, StrList *statements)
{
    Str name = table_sql(schema, change->object);
    if (change->column == 0)
        statement_add(schema, statements, "ALTER SEQUENCE %.*s RESTART WITH %lld", STR_ARG(name),
                      (long long) change->restart.value);
    else
        statement_add(schema, statements, "ALTER TABLE %.*s ALTER COLUMN %.*s RESTART WITH %lld", STR_ARG(name),
                      STR_ARG(column_sql(schema, change->object, change->column)), (long long) change->restart.value);
}

/* ------------------------------------------------------------------ all kinds */

static void replace_sql(const Schema *schema, const Object *object, StrList *statements)
{
    if (object_is_definition(object))
        create_definition_sql(schema, (const Definition *) object, true, statements);
    else if (object_is_view(object))
        create_view_sql(schema, (const Table *) object, true, statements);
    else if (object->kind == OBJECT_RULE)
        create_rule_sql(schema, (const Rule *) object, true, statements);
    else
        BUG("object %u cannot be replaced", (unsigned) object->id);
}

static bool is_wanted(const Object *holder, PartKind kind, Property property, AttributeTime time)
{
    bool late = property_is_late(property);
    if (!property_is_separate(property) || (time != ATTRIBUTES_ALL && late != (time == ATTRIBUTES_LATE)))
        return false;
    switch (kind) {
    case PART_WHOLE: return property_is_of_object(property, holder->kind);
    case PART_COLUMN: return property_is_of_column(property);
    case PART_CONSTRAINT: return property_is_of_constraint(property);
    case PART_SHELL:
    case PART_DEFAULT: return false;
    }
    BUG("part kind %d", (int) kind);
}

/* What default privileges give to something new has to be taken away where it had none. A shell gets nothing. */
static bool is_given(const Schema *after, const Object *holder, PartKind kind, Property property)
{
    return kind == PART_WHOLE && property == PROPERTY_PRIVILEGES && !type_is_shell(after, holder->id) &&
           privileges_by_default(after, STR(""), holder->kind, holder->schema).count > 0;
}

/* CREATE TABLE and ADD COLUMN say nothing that is not valid. */
static bool is_postponed(const Schema *after, Part part, Property property)
{
    return part.kind == PART_COLUMN && property == PROPERTY_COLUMN_NOT_NULL &&
           table_column(schema_relation(after, part.object), part.id)->not_null.not_valid;
}

/* A column that was added is new to children, too, but without what is set here; what they have of their own they get.
 * Where a schema is made anew, no children are there yet. */
static void add_attribute(const Schema *after, const SetChange *set, AttributeTime time, StrList *statements)
{
    StrList own = {0};
    set_sql(after, set, &own);
    if (set->property == PROPERTY_COLUMN_STATISTICS && time == ATTRIBUTES_ALL && table_has_children(after, set->object))
        say_only(after, &own);
    for (size_t i = 0; i < own.count; i++)
        list_push(after->arena, statements, own.items[i]);
}

void attributes_sql(const Schema *after, Part part, AttributeTime time, StrList *statements)
{
    const Object *holder = schema_object(after, part.object);
    for (Property property = 0; property < PROPERTY_COUNT; property++) {
        bool postponed = time != ATTRIBUTES_LATE && is_postponed(after, part, property);
        if ((!postponed && !is_wanted(holder, part.kind, property, time)) ||
            (!property_is_set(after, part.object, property, part.id) && !is_given(after, holder, part.kind, property)))
            continue;
        SetChange set = {.object = part.object, .property = property, .part = part.id};
        set.value = property_value(after, part.object, property, part.id);
        if (time == ATTRIBUTES_LATE && property == PROPERTY_PRIVILEGES)
            all_privileges_sql(after, holder, statements);
        else
            add_attribute(after, &set, time, statements);
    }
}

static void attributes_of_object(const Schema *after, ObjectId id, StrList *statements)
{
    attributes_sql(after, (Part) {id, PART_WHOLE, 0}, ATTRIBUTES_ALL, statements);
    const Table *table = schema_relation(after, id);
    for (size_t i = 0; table != NULL && i < table->columns.count; i++)
        attributes_sql(after, (Part) {id, PART_COLUMN, table->columns.items[i]->id}, ATTRIBUTES_ALL, statements);
    const ConstraintList *constraints = object_constraints(schema_object(after, id));
    for (size_t i = 0; constraints != NULL && i < constraints->count; i++)
        attributes_sql(after, (Part) {id, PART_CONSTRAINT, constraints->items[i]->id}, ATTRIBUTES_ALL, statements);
}

void change_attributes_sql(const Schema *after, const Change *change, StrList *statements)
{
    const AddColumnChange *add_column = &change->add_column;
    const AddConstraintChange *add_constraint = &change->add_constraint;
    if (change->kind == CHANGE_CREATE)
        attributes_of_object(after, change->create.object->id, statements);
    if (change->kind == CHANGE_ADD_CONSTRAINT)
        attributes_sql(after, (Part) {add_constraint->table, PART_CONSTRAINT, add_constraint->constraint->id},
                       ATTRIBUTES_ALL, statements);
    if (change->kind == CHANGE_DISINHERIT && change->disinherit.concurrently)
        detached_sql(after, &change->disinherit, statements);
    if (change->kind != CHANGE_ADD_COLUMN)
        return;
    attributes_sql(after, (Part) {add_column->table, PART_COLUMN, add_column->column->id}, ATTRIBUTES_ALL, statements);
    for (size_t i = 0; i < add_column->constraints.count; i++) {
        Part part = {add_column->table, PART_CONSTRAINT, add_column->constraints.items[i]->id};
        attributes_sql(after, part, ATTRIBUTES_ALL, statements);
    }
}

static void alter_sql(const Schema *schema, const Change *change, StrList *statements)
{
    Str head = alter_head(schema, change_relation(change), false);
    Str actions = str_join(schema->arena, alter_actions(schema, change), ", ");
    statement_add(schema, statements, "%.*s %.*s", STR_ARG(head), STR_ARG(actions));
}

/* What runs as it is written means its names as the migration did, which had set search_path. */
static void enter_path(const Schema *schema, ObjectIds path, StrList *statements)
{
    Text names = text_new(schema->arena);
    for (size_t i = 0; i < path.count; i++)
        text_addf(&names, "%s%.*s", i == 0 ? "" : ", ",
                  STR_ARG(quoted(schema, schema_object(schema, path.items[i])->name)));
    if (path.count > 0)
        statement_add(schema, statements, "SET search_path TO %.*s", STR_ARG(text_str(&names)));
}

static void leave_path(const Schema *schema, ObjectIds path, StrList *statements)
{
    if (path.count > 0)
        statement_add(schema, statements, "SET search_path TO %.*s",
                      STR_ARG(quoted(schema, schema_object(schema, schema->home)->name)));
}

static void sql_of_change(const Schema *schema, const Change *change, StrList *statements)
{
    switch (change->kind) {
    case CHANGE_CREATE: create_sql(schema, change->create.object, change->concurrent, statements); break;
    case CHANGE_DROP:
        drop_sql(schema, schema_object(schema, change->drop.object), change->concurrent, statements);
        break;
    case CHANGE_ADD_COLUMN:
    case CHANGE_DROP_COLUMN:
    case CHANGE_SET_TYPE:
    case CHANGE_DROP_EXPRESSION:
    case CHANGE_ADD_CONSTRAINT:
    case CHANGE_DROP_CONSTRAINT: alter_sql(schema, change, statements); break;
    case CHANGE_REPLACE: replace_sql(schema, change->replace.object, statements); break;
    case CHANGE_SET: set_sql(schema, &change->set, statements); break;
    case CHANGE_ADOPT_INDEX: adopt_index_sql(schema, &change->adopt_index, statements); break;
    case CHANGE_RESTART: restart_sql(schema, &change->restart, statements); break;
    case CHANGE_INHERIT: inherit_sql(schema, &change->inherit, statements); break;
    case CHANGE_DISINHERIT: disinherit_sql(schema, &change->disinherit, statements); break;
    case CHANGE_BACKFILL:
        list_push(schema->arena, statements, backfill_statement(schema, &change->backfill));
        break;
    case CHANGE_REQUIRE:
        enter_path(schema, change->require.path, statements);
        require_sql(schema, &change->require, statements);
        leave_path(schema, change->require.path, statements);
        break;
    case CHANGE_CALL_NATIVE: native_sql(schema, &change->native, statements); break;
    case CHANGE_RUN_SQL:
        enter_path(schema, change->run_sql.path, statements);
        list_push(schema->arena, statements, change->run_sql.sql);
        leave_path(schema, change->run_sql.path, statements);
        break;
    case CHANGE_KIND_COUNT: BUG("no change");
    }
}

void change_sql(const Schema *schema, const Change *change, StrList *statements)
{
    StrList own = {0};
    sql_of_change(schema, change, &own);
    if (change->only && change->kind != CHANGE_CREATE)
        say_only(schema, &own);
    for (size_t i = 0; i < own.count; i++)
        list_push(schema->arena, statements, own.items[i]);
}
