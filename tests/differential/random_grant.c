/* Who may do what. */
#include "random_writer.h"

static void write_to(Writer *w, bool grant)
{
    static const char *const roles[] = {"app_role", "clerk", "public", "app_role, clerk"};
    bothf(w, " %s %s", grant ? "to" : "from", PICK(w, roles));
    end_statement(w);
}

static const char *relation_rights(Writer *w)
{
    static const char *const rights[] = {"select", "select, insert", "update", "all", "delete, truncate", "trigger"};
    return PICK(w, rights);
}

static void begin_grant(Writer *w, bool grant, const char *rights, const char *word, Str name)
{
    w->sql_only = true;
    bothf(w, "%s %s on %s %.*s", grant ? "grant" : "revoke", rights, word, STR_ARG(name));
}

void write_grant(Writer *w)
{
    static const ObjectKind kinds[] = {OBJECT_TABLE, OBJECT_TABLE, OBJECT_VIEW, OBJECT_SEQUENCE, OBJECT_NAMESPACE,
                                       OBJECT_FUNCTION, OBJECT_ENUM, OBJECT_DOMAIN, OBJECT_MATERIALIZED_VIEW};
    ObjectKind kind = kinds[below(w, COUNT(kinds))];
    const Object *object = random_object(w, kind);
    bool grant = chance(w, 65);
    if (object == NULL)
        begin_grant(w, grant, "usage", "schema", STR("public"));
    else if (kind == OBJECT_SEQUENCE)
        begin_grant(w, grant, chance(w, 50) ? "usage" : "select, update", "sequence", object_sql(w->schema, object));
    else if (kind == OBJECT_NAMESPACE)
        begin_grant(w, grant, chance(w, 50) ? "usage" : "all", "schema", catalog_quote(w->arena, object->name));
    else if (kind == OBJECT_FUNCTION)
        begin_grant(w, grant, "execute", "function", definition_identity(w->schema, (const Definition *) object));
    else if (kind == OBJECT_ENUM || kind == OBJECT_DOMAIN)
        begin_grant(w, grant, "usage", "type", object_sql(w->schema, object));
    else
        begin_grant(w, grant, relation_rights(w), "table", object_sql(w->schema, object));
    write_to(w, grant);
}

void write_grant_columns(Writer *w)
{
    static const char *const rights[] = {"select", "update", "insert", "references", "all"};
    const Table *table;
    Str name = some_table(w, &table), column = some_column(w, table);
    bool grant = chance(w, 65);
    w->sql_only = true;
    bothf(w, "%s %s (%.*s) on %.*s", grant ? "grant" : "revoke", PICK(w, rights), STR_ARG(column), STR_ARG(name));
    write_to(w, grant);
}

/* Not on sequences: those of identity columns have no privileges in the model. */
void write_default_privileges(Writer *w)
{
    static const char *const what[] = {"select on tables", "execute on functions", "usage on types"};
    const Object *place = random_object(w, OBJECT_NAMESPACE);
    bool grant = chance(w, 60);
    w->sql_only = true;
    both_c(w, "alter default privileges");
    if (chance(w, 30))
        bothf(w, " for role %s", chance(w, 50) ? "app_role" : "clerk");
    if (place != NULL && chance(w, 70))
        bothf(w, " in schema %.*s", STR_ARG(catalog_quote(w->arena, place->name)));
    bothf(w, " %s %s", grant ? "grant" : "revoke", PICK(w, what));
    write_to(w, grant);
}

/* On what the server has from the start. */
void write_grant_servers(Writer *w)
{
    static const char *const what[] = {"execute on function pg_catalog.now()", "select on pg_catalog.pg_class",
                                       "usage on type pg_catalog.int4", "usage on language plpgsql",
                                       "execute on function pg_catalog.pg_ls_waldir()",
                                       "usage on schema information_schema"};
    bool grant = chance(w, 60);
    w->sql_only = true;
    bothf(w, "%s %s", grant ? "grant" : "revoke", PICK(w, what));
    write_to(w, grant);
}
