/* GRANT and REVOKE on what the server brings: functions, types, relations and schemas of its own, languages. They are
 * definitions of their own, while somebody has more or less than in a new database. What that is the catalog knows of
 * everyone; other roles have nothing, but for the server's own, of which it is not known. */
#include "read_definition.h"

#include "privilege.h"

/* "FUNCTION pg_catalog.pg_sleep(double precision)"; data == NULL: it is not followed. */
typedef Str Target;

static bool is_servers_schema(Str schema)
{
    return schema.len == 0 || str_is(schema, "pg_catalog");
}

/* ------------------------------------------------------------------ what */

static bool takes(DefinitionReader *r, const CatalogFunction *function, const PgQuery__ObjectWithArgs *tree)
{
    bool same = tree->args_unspecified || function->argument_count == tree->n_objargs;
    for (size_t i = 0; same && !tree->args_unspecified && i < tree->n_objargs; i++) {
        Type type = {0};
        same = tree->objargs[i]->node_case == PG_QUERY__NODE__NODE_TYPE_NAME &&
               resolve_known_type(r->names, tree->objargs[i]->type_name, &type) &&
               type_catalog(&type) == function->arguments[i];
    }
    return same;
}

static Str function_sql(Arena *arena, const CatalogFunction *function)
{
    Text text = text_new(arena);
    text_addf(&text, "FUNCTION pg_catalog.%.*s(", STR_ARG(catalog_quote(arena, function->name)));
    for (size_t i = 0; i < function->argument_count; i++)
        text_addf(&text, "%s%.*s", i == 0 ? "" : ", ", STR_ARG(function->arguments[i]->display));
    text_add_c(&text, ")");
    return text_str(&text);
}

/* The only one that may be meant. */
static Target function_target(DefinitionReader *r, const PgQuery__ObjectWithArgs *tree)
{
    Str name = tree_name(tree->n_objname, tree->objname);
    const CatalogFunction *found = NULL;
    if (!is_servers_schema(tree_qualifier(tree->n_objname, tree->objname)))
        return (Target) {0};
    CatalogFunctions functions = catalog_functions_in(&r->schema->view.catalog->core, name);
    for (size_t i = 0; i < functions.count; i++) {
        if (!takes(r, catalog_at(functions, i), tree))
            continue;
        if (found != NULL)
            return (Target) {0};
        found = catalog_at(functions, i);
    }
    return found == NULL ? (Target) {0} : function_sql(r->arena, found);
}

static Target relation_target(DefinitionReader *r, const PgQuery__RangeVar *tree)
{
    const CatalogExtension *owner = NULL;
    const CatalogRelation *found =
        catalog_relation_named(r->schema, str_from(tree->schemaname), str_from(tree->relname), &owner);
    if (found == NULL || owner != &r->schema->view.catalog->core)
        return (Target) {0};
    return str_format(r->arena, "TABLE %.*s.%.*s", STR_ARG(found->schema),
                      STR_ARG(catalog_quote(r->arena, found->name)));
}

static Target type_target(DefinitionReader *r, size_t count, PgQuery__Node *const *names)
{
    const CatalogType *type = catalog_type_in(&r->schema->view.catalog->core, tree_name(count, names));
    if (type == NULL || !is_servers_schema(tree_qualifier(count, names)))
        return (Target) {0};
    return str_format(r->arena, "TYPE pg_catalog.%.*s", STR_ARG(catalog_quote(r->arena, type->name)));
}

static Target named_target(DefinitionReader *r, const char *word, Str name)
{
    return str_format(r->arena, "%s %.*s", word, STR_ARG(catalog_quote(r->arena, name)));
}

static Target find_target(DefinitionReader *r, const PgQuery__GrantStmt *tree, const PgQuery__Node *object)
{
    bool string = object->node_case == PG_QUERY__NODE__NODE_STRING;
    Str name = string ? str_from(object->string->sval) : (Str) {0};
    bool schema = tree->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA && string;
    bool language = tree->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_LANGUAGE && string;
    if (object->node_case == PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS)
        return function_target(r, object->object_with_args);
    if (object->node_case == PG_QUERY__NODE__NODE_RANGE_VAR)
        return relation_target(r, object->range_var);
    if (object->node_case == PG_QUERY__NODE__NODE_LIST)
        return type_target(r, object->list->n_items, object->list->items);
    if (schema && (str_is(name, "pg_catalog") || str_is(name, "information_schema")))
        return named_target(r, "SCHEMA", name);
    if (language && (str_is(name, "plpgsql") || str_is(name, "sql")))
        return named_target(r, "LANGUAGE", name);
    return (Target) {0};
}

/* ------------------------------------------------------------------ who */

/* Roles of the server's, and whoever owns what is its own, are not strangers. */
static bool is_stranger(Str role)
{
    return !str_is(role, "CURRENT_USER") && !str_is(role, "SESSION_USER") && !str_is(role, "CURRENT_ROLE") &&
           !str_is(role, "postgres") && !str_starts_with(role, STR("pg_"));
}

static bool start_is_known(const DefinitionReader *r, ObjectKind kind, Target target)
{
    const SqlGrant *grant = &r->out->grant;
    uint32_t bits;
    bool known = grant->columns.count == 0;
    for (size_t i = 0; i < grant->roles.count && known; i++) {
        Str role = grant->roles.items[i];
        known = str_is(role, "PUBLIC") ? privileges_on_servers(r->schema, kind, target, &bits) : is_stranger(role);
    }
    return known;
}

static ObjectKind granted_kind(PgQuery__ObjectType type)
{
    switch ((int) type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE: return OBJECT_TABLE;
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA: return OBJECT_NAMESPACE;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE: return OBJECT_ENUM;
    case PG_QUERY__OBJECT_TYPE__OBJECT_LANGUAGE: return OBJECT_LANGUAGE;
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE: return OBJECT_FUNCTION;
    default: return OBJECT_KIND_COUNT;
    }
}

/* ExecGrant_Language() in src/backend/catalog/aclchk.c */
static bool is_untrusted(DefinitionReader *r, const PgQuery__GrantStmt *tree, const PgQuery__Node *object)
{
    if (tree->objtype != PG_QUERY__OBJECT_TYPE__OBJECT_LANGUAGE || object->node_case != PG_QUERY__NODE__NODE_STRING)
        return false;
    Str name = str_from(object->string->sval);
    bool untrusted = str_is(name, "c") || str_is(name, "internal");
    if (untrusted)
        definition_report(r, M_BAD_GRANT, r->statement->span,
                          "language \"%.*s\" is not trusted: nothing can be granted on it", STR_ARG(name));
    return untrusted;
}

bool grant_on_servers(DefinitionReader *r, const PgQuery__GrantStmt *tree, size_t index)
{
    if (is_untrusted(r, tree, tree->objects[index]))
        return true;
    SqlGrant *grant = &r->out->grant;
    ObjectKind kind = granted_kind(tree->objtype);
    uint32_t there = kind == OBJECT_KIND_COUNT ? 0 : privileges_of(kind, false, r->schema->view.catalog->major);
    Target target = there == 0 ? (Target) {0} : find_target(r, tree, tree->objects[index]);
    if (target.data == NULL || (grant->bits & ~there) != 0 || !start_is_known(r, kind, target))
        return target.data != NULL;
    Definition *d = arena_new(r->arena, Definition);
    d->object = (Object) {.kind = OBJECT_SERVER_PRIVILEGES, .name = target, .created = r->statement->span};
    d->text = text_constant(r->arena, target);
    r->out->granted_kind = kind;
    list_push(r->arena, &r->out->defaults, d);
    return true;
}
