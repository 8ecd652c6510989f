/* CREATE, DROP and ALTER of what only SQL defines. */
#include "definition_sql.h"

#include "bug.h"
#include "family.h"
#include "publication.h"
#include "trigger_state.h"

/* ------------------------------------------------------------------ attributes */

static Str clause_sql(const Schema *schema, const Definition *definition, Attribute attribute)
{
    if (attribute.clause != NULL)
        return define_text(schema, &definition->object, attribute.clause, DEFINE_SQL);
    Str usual = attribute_default(schema->arena, attribute.key);
    if (usual.data == NULL)
        BUG("nothing takes back the attribute %.*s", STR_ARG(attribute.key));
    return define_shape(schema, usual);
}

/* An option is added, set or dropped, a mapping added or altered; all else is a clause of ALTER. */
static const char *attribute_verb(Attribute attribute, bool there)
{
    if (attribute.clause != NULL && str_starts_with(attribute.key, STR("mapping ")))
        return there ? "ALTER MAPPING " : "ADD MAPPING ";
    if (str_starts_with(attribute.key, STR("element ")))
        return "SET (";
    if (!str_starts_with(attribute.key, STR("option ")))
        return "";
    if (attribute.clause == NULL)
        return "OPTIONS (";
    return there ? "OPTIONS (SET " : "OPTIONS (ADD ";
}

/* The state of a trigger is said of its table. A partition's triggers below it fire like it then. */
static void set_firing(const Schema *schema, const Definition *d, Str clause, StrList *statements)
{
    const Object *trigger = d->object.kind == OBJECT_TRIGGER ? &d->object : schema_object(schema, trigger_state_of(d));
    statement_add(schema, statements, "ALTER TABLE %.*s %.*s TRIGGER %.*s",
                  STR_ARG(object_sql(schema, schema_object(schema, d->of))), STR_ARG(clause),
                  STR_ARG(catalog_quote(schema->arena, trigger->name)));
}

static void alter_attribute(const Schema *schema, const Definition *d, Attribute attribute, bool there,
                            StrList *statements)
{
    Str clause = clause_sql(schema, d, attribute), identity = definition_identity(schema, d);
    const char *word = definition_sql_word(d->object.kind);
    if (d->object.kind == OBJECT_TRIGGER || d->object.kind == OBJECT_TRIGGER_STATE) {
        set_firing(schema, d, clause, statements);
        return;
    }
    bool inside = str_starts_with(attribute.key, STR("option ")) ||
                  str_starts_with(attribute.key, STR("element "));
    statement_add(schema, statements, "ALTER %s %.*s %s%.*s%s", word, STR_ARG(identity),
                  attribute_verb(attribute, there), STR_ARG(clause), inside ? ")" : "");
}

/* The key of one of the settings, by its place among them; "": there are not so many. */
static Str setting_at(Attributes attributes, size_t place)
{
    for (size_t i = 0; i < attributes.count; i++) {
        if (attribute_is_setting(attributes.items[i].key) && place-- == 0)
            return attributes.items[i].key;
    }
    return STR("");
}

/* What need not be taken back on the way: a setting that is to come behind others is made anew. */
static Attributes attributes_that_stay(const Schema *schema, Attributes before, Attributes after)
{
    Attributes stay = {0};
    size_t settings = 0;
    bool in_order = true;
    for (size_t i = 0; i < before.count; i++) {
        Str key = before.items[i].key;
        if (attribute_clause(after, key) == NULL)
            continue;
        if (attribute_is_setting(key))
            in_order = in_order && str_equal(setting_at(after, settings++), key);
        if (in_order || !attribute_is_setting(key))
            list_push(schema->arena, &stay, before.items[i]);
    }
    return stay;
}

void set_attributes_sql(const Schema *schema, const Definition *definition, Attributes before, Attributes after,
                        StrList *statements)
{
    const Object *object = &definition->object;
    Attributes stay = attributes_that_stay(schema, before, after);
    for (size_t i = 0; i < before.count; i++) {
        if (attribute_clause(stay, before.items[i].key) == NULL)
            alter_attribute(schema, definition, (Attribute) {before.items[i].key, NULL}, true, statements);
    }
    for (size_t i = 0; i < after.count; i++) {
        Attribute attribute = after.items[i];
        const Expression *old = attribute_clause(stay, attribute.key);
        bool same = old != NULL && str_equal(define_text(schema, object, old, DEFINE_SQL),
                                             define_text(schema, object, attribute.clause, DEFINE_SQL));
        if (!same)
            alter_attribute(schema, definition, attribute, old != NULL, statements);
    }
}

/* ------------------------------------------------------------------ create and drop */

static Str publication_sql(const Schema *schema, const Definition *part)
{
    return catalog_quote(schema->arena, schema_object(schema, publication_of(part))->name);
}

/* A range that was renamed is made under its first name, which the functions that come with it keep. */
static void create_range_sql(const Schema *schema, const Definition *range, StrList *statements)
{
    Definition first = *range;
    first.object.name = range->range->constructor;
    Str text = define_definition(schema, &first, DEFINE_SQL);
    statement_add(schema, statements, "CREATE %.*s", STR_ARG(text));
    if (!str_equal(first.object.name, range->object.name))
        statement_add(schema, statements, "ALTER TYPE %.*s RENAME TO %.*s", STR_ARG(object_sql(schema, &first.object)),
                      STR_ARG(catalog_quote(schema->arena, range->object.name)));
}

/* A body that was read by another search_path is not to be read by this one. */
static void create_plainly(const Schema *schema, const Definition *d, bool replace, Str text, StrList *statements)
{
    bool elsewhere = d->routine != NULL && d->routine->elsewhere;
    if (elsewhere)
        statement_add(schema, statements, "SET check_function_bodies TO off");
    bool shell = d->object.kind == OBJECT_BASE_TYPE || d->object.kind == OBJECT_OPERATOR;  /* is what it replaces */
    statement_add(schema, statements, "CREATE %s%.*s", replace && !shell ? "OR REPLACE " : "", STR_ARG(text));
    if (elsewhere)
        statement_add(schema, statements, "RESET check_function_bodies");
}

static bool is_granted_only(const Definition *d)
{
    return d->object.kind == OBJECT_DEFAULT_PRIVILEGES || d->object.kind == OBJECT_SERVER_PRIVILEGES;
}

/* A trigger's state is an attribute and nothing else; a publication's table is added to it, and a member to its family;
 * default privileges, and
 * those on what is the server's, come with what is granted; the shell of an operator with what is linked with it. */
void create_definition_sql(const Schema *schema, const Definition *d, bool replace, StrList *statements)
{
    if (is_granted_only(d) || d->shell)
        return;
    Str text = define_definition(schema, d, DEFINE_SQL);
    if (d->object.kind == OBJECT_RANGE)
        create_range_sql(schema, d, statements);
    else if (d->object.kind == OBJECT_PUBLICATION_TABLE)
        statement_add(schema, statements, "ALTER PUBLICATION %.*s %.*s", STR_ARG(publication_sql(schema, d)),
                      STR_ARG(text));
    else if (d->object.kind == OBJECT_OPERATOR_MEMBER)
        statement_add(schema, statements, "ALTER OPERATOR FAMILY %.*s ADD %.*s", STR_ARG(member_family(schema, d)),
                      STR_ARG(text));
    else if (d->object.kind != OBJECT_TRIGGER_STATE)
        create_plainly(schema, d, replace, text, statements);
    if (!definition_says_attributes(d->object.kind))
        set_attributes_sql(schema, d, d->created, d->attributes, statements);
}

/* Only the functions of a base type are left that depend on it, and they do not go before it. */
void drop_definition_sql(const Schema *schema, const Definition *d, StrList *statements)
{
    if (is_granted_only(d)) {
        set_privileges_sql(schema, &d->object, (Privileges) {0}, statements);
        return;
    }
    if (d->object.kind == OBJECT_TRIGGER_STATE) {
        set_firing(schema, d, trigger_firing_above(schema, trigger_state_of(d), d->of), statements);
        return;
    }
    Str identity = definition_identity(schema, d);
    const Object *of = schema_object(schema, d->of);
    if (d->object.kind == OBJECT_PUBLICATION_TABLE)
        statement_add(schema, statements, "ALTER PUBLICATION %.*s DROP %s %.*s", STR_ARG(publication_sql(schema, d)),
                      of->kind == OBJECT_NAMESPACE ? "TABLES IN SCHEMA" : "TABLE ONLY",
                      STR_ARG(object_sql(schema, of)));
    else if (d->object.kind == OBJECT_OPERATOR_MEMBER)
        statement_add(schema, statements, "ALTER OPERATOR FAMILY %.*s DROP %.*s", STR_ARG(member_family(schema, d)),
                      STR_ARG(identity));
    else
        statement_add(schema, statements, "DROP %s %.*s%s", definition_sql_word(d->object.kind), STR_ARG(identity),
                      d->base != NULL && !d->base->shell ? " CASCADE" : "");
}
