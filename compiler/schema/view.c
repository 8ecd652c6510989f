#include "view.h"

#include "bug.h"

bool object_is_view(const Object *object)
{
    return object != NULL && (object->kind == OBJECT_VIEW || object->kind == OBJECT_MATERIALIZED_VIEW);
}

const Table *schema_view(const Schema *schema, ObjectId id)
{
    const Object *object = schema_object(schema, id);
    return object_is_view(object) ? (const Table *) object : NULL;
}

const Rule *schema_rule(const Schema *schema, ObjectId id)
{
    const Object *object = schema_object(schema, id);
    return object != NULL && object->kind == OBJECT_RULE ? (const Rule *) object : NULL;
}

/* ------------------------------------------------------------------ views */

/* A list of columns is needed where they are not called what the query calls them. */
static bool needs_columns(const Table *view)
{
    bool same = view->columns.count == view->outputs.count;
    for (size_t i = 0; i < view->columns.count && same; i++)
        same = str_equal(view->columns.items[i]->name, view->outputs.items[i]);
    return !same;
}

static void add_columns(const Schema *schema, const Table *view, Text *text)
{
    for (size_t i = 0; i < view->columns.count; i++) {
        Str name = catalog_quote(schema->arena, view->columns.items[i]->name);
        text_addf(text, "%s%.*s", i == 0 ? " (" : ", ", STR_ARG(name));
    }
    text_add_c(text, ")");
}

Str define_view(const Schema *schema, const Table *view, DefineForm form)
{
    Text text = text_new(schema->arena);
    if (form == DEFINE_SQL && needs_columns(view))
        add_columns(schema, view, &text);
    if (view->method.data != NULL)
        text_addf(&text, " USING %.*s", STR_ARG(catalog_quote(schema->arena, view->method)));
    text_add(&text, define_options(schema, view->options));
    if (view->tablespace.data != NULL)
        text_addf(&text, " TABLESPACE %.*s", STR_ARG(catalog_quote(schema->arena, view->tablespace)));
    text_addf(&text, " AS %.*s", STR_ARG(define_expression(schema, view, view->query, form)));
    return text_str(&text);
}

static void find_empty_views(const Schema *schema, const Expression *query, ObjectIds *found)
{
    for (size_t i = 0; i < query->uses.count; i++) {
        const Table *view = schema_view(schema, query->uses.items[i].object);
        bool plain = view != NULL && view->object.kind == OBJECT_VIEW;
        if (view == NULL || (!plain && !view->no_data) || object_ids_contain(*found, view->object.id))
            continue;
        find_empty_views(schema, view->query, found);
        if (!plain)
            list_push(schema->arena, found, view->object.id);
    }
}

ObjectIds query_empty_views(const Schema *schema, const Expression *query)
{
    ObjectIds found = {0};
    find_empty_views(schema, query, &found);
    return found;
}

/* Without its schema, which is pg_catalog for all but those of migrations; "": the type's own. */
static Str collation_name(const Type *type)
{
    Str schema = STR("pg_catalog."), name = type->collation;
    if (str_starts_with(name, schema))
        name = str_slice(name, schema.len, name.len);
    return str_is(name, "\"default\"") ? STR("") : name;
}

static bool same_collation(const Type *a, const Type *b)
{
    return a->collation_object == b->collation_object &&
           (a->collation_object != 0 || str_equal(collation_name(a), collation_name(b)));
}

static bool same_type(const Type *a, const Type *b)
{
    bool known = a->catalog != NULL && b->catalog != NULL;
    bool same = a->catalog == b->catalog && a->object == b->object && a->array == b->array &&
                a->modifiers.count == b->modifiers.count;
    for (size_t i = 0; known && same && i < a->modifiers.count; i++)
        same = a->modifiers.items[i] == b->modifiers.items[i];
    return (same && same_collation(a, b)) || !known;
}

bool view_is_replaceable(const Table *before, const Table *after)
{
    bool possible = after->columns.count >= before->columns.count;
    for (size_t i = 0; i < before->columns.count && possible; i++) {
        const ColumnInfo *a = before->columns.items[i], *b = after->columns.items[i];
        possible = str_equal(a->name, b->name) && same_type(&a->type, &b->type);
    }
    return possible;
}

/* ------------------------------------------------------------------ rules */

static const char *event_sql(RuleEvent event)
{
    switch (event) {
    case RULE_INSERT: return "INSERT";
    case RULE_UPDATE: return "UPDATE";
    case RULE_DELETE: return "DELETE";
    }
    BUG("event %d", (int) event);
}

static void add_actions(const Schema *schema, const Rule *rule, const Table *table, DefineForm form, Text *text)
{
    for (size_t i = 0; i < rule->actions.count; i++) {
        Str action = define_expression(schema, table, rule->actions.items[i], form);
        text_addf(text, "%s%.*s", i == 0 ? "(" : "; ", STR_ARG(action));
    }
    text_add_c(text, rule->actions.count == 0 ? "NOTHING" : ")");
}

Str define_rule(const Schema *schema, const Rule *rule, DefineForm form)
{
    const Table *table = schema_relation(schema, rule->table);
    Text text = text_new(schema->arena);
    text_addf(&text, "RULE %.*s AS ON %s TO %.*s", STR_ARG(catalog_quote(schema->arena, rule->object.name)),
              event_sql(rule->event), STR_ARG(object_sql(schema, &table->object)));
    if (rule->where != NULL)
        text_addf(&text, " WHERE %.*s", STR_ARG(define_expression(schema, table, rule->where, form)));
    text_addf(&text, " DO %s ", rule->instead ? "INSTEAD" : "ALSO");
    add_actions(schema, rule, table, form, &text);
    return text_str(&text);
}

const Rule *rule_named(const Schema *schema, ObjectId table, Str name)
{
    ObjectIds users = object_users(schema, table, OBJECT_RULE);
    for (size_t i = 0; i < users.count; i++) {
        const Rule *rule = schema_rule(schema, users.items[i]);
        if (rule->table == table && str_equal(rule->object.name, name))
            return rule;
    }
    return NULL;
}
