/* GRANT and REVOKE: what leads from one list of privileges to another. */
#include "definition_sql.h"

#include "privilege.h"

typedef struct Granting {
    const Schema *schema;
    const char *prefix;   /* ALTER DEFAULT PRIVILEGES …, or nothing */
    Str on;               /* "TABLE t" */
    Str column;           /* " (c)", or nothing */
    StrList *statements;
} Granting;

/* "SELECT (c), UPDATE (c)". */
static Str bits_sql(const Granting *g, uint32_t bits)
{
    Text text = text_new(g->schema->arena);
    for (Privilege privilege = 0; privilege < PRIVILEGE_COUNT; privilege++) {
        if (bits & PRIVILEGE_BIT(privilege))
            text_addf(&text, "%s%s%.*s", text.len == 0 ? "" : ", ", privilege_sql(privilege), STR_ARG(g->column));
    }
    return text_str(&text);
}

static void say(const Granting *g, const char *verb, uint32_t bits, const char *word, Str role, const char *option)
{
    if (bits != 0)
        statement_add(g->schema, g->statements, "%s%s %.*s ON %.*s %s %.*s%s", g->prefix, verb,
                      STR_ARG(bits_sql(g, bits)), STR_ARG(g->on), word, STR_ARG(role), option);
}

/* What REVOKE says, and REVOKE GRANT OPTION FOR. */
static uint32_t bits_gone(Grant before, Grant after)
{
    return (before.granted & ~after.granted) | (after.revoked & ~before.revoked);
}

static uint32_t bits_less(Grant before, Grant after)
{
    return before.grantable & ~after.grantable & after.granted;
}

static void change_role(const Granting *g, Grant before, Grant after)
{
    uint32_t new = after.granted & ~before.granted & ~after.grantable;
    say(g, "REVOKE", bits_gone(before, after), "FROM", after.role, "");
    say(g, "REVOKE GRANT OPTION FOR", bits_less(before, after), "FROM", after.role, "");
    say(g, "GRANT", new | (before.revoked & ~after.revoked), "TO", after.role, "");
    say(g, "GRANT", after.grantable & ~before.grantable, "TO", after.role, " WITH GRANT OPTION");
}

/* What a column has from the start is nothing, what an object has may come of default privileges. */
static void change_list(const Granting *g, Privileges before, Privileges after)
{
    for (size_t i = 0; i < before.count; i++) {
        Str role = before.items[i].role;
        change_role(g, before.items[i], privileges_find(&after, role));
    }
    for (size_t i = 0; i < after.count; i++) {
        Grant old = privileges_find(&before, after.items[i].role);
        if (old.granted == 0 && old.revoked == 0)
            change_role(g, old, after.items[i]);
    }
}

static Str object_on(const Schema *schema, const Object *object)
{
    bool definition = object_is_definition(object);
    Str name = definition ? definition_identity(schema, (const Definition *) object) : object_sql(schema, object);
    bool table = object_is_relation(object) && object->kind != OBJECT_COMPOSITE;
    const char *word = table ? "TABLE" : object_sql_word(object->kind);
    if (object->kind == OBJECT_DATA_WRAPPER)
        word = "FOREIGN DATA WRAPPER";
    else if (object->kind == OBJECT_SERVER)
        word = "FOREIGN SERVER";
    else if (object->kind == OBJECT_AGGREGATE)
        word = "FUNCTION";
    return str_format(schema->arena, "%s %.*s", word, STR_ARG(name));
}

static Granting granting_on(const Schema *schema, const Object *object, StrList *statements)
{
    Granting g = {schema, "", {0}, STR(""), statements};
    if (object->kind == OBJECT_DEFAULT_PRIVILEGES) {
        const Definition *d = (const Definition *) object;
        g.prefix = str_format(schema->arena, "ALTER %.*s ", STR_ARG(define_definition(schema, d, DEFINE_SQL))).data;
        g.on = d->variant;
    } else if (object->kind == OBJECT_SERVER_PRIVILEGES) {
        g.on = object->name;
    } else {
        g.on = object_on(schema, object);
    }
    return g;
}

static Granting granting_on_column(const Schema *schema, const Table *table, const ColumnInfo *column,
                                   StrList *statements)
{
    Granting g = {schema, "", object_on(schema, &table->object), STR(""), statements};
    g.column = str_format(schema->arena, " (%.*s)", STR_ARG(catalog_quote(schema->arena, column->name)));
    return g;
}

/* What is revoked from a table goes from its columns, too (ExecGrant_Relation in src/backend/catalog/aclchk.c): it is
 * given to those again that are to keep it. */
static void keep_column_privileges(const Schema *schema, const Table *table, Privileges before, Privileges after,
                                   StrList *statements)
{
    for (size_t i = 0; i < table->columns.count; i++) {
        const ColumnInfo *column = table->columns.items[i];
        Granting g = granting_on_column(schema, table, column, statements);
        for (size_t j = 0; j < column->privileges.count; j++) {
            Grant kept = column->privileges.items[j], left = kept;
            Grant old = privileges_find(&before, kept.role), new = privileges_find(&after, kept.role);
            left.granted &= ~bits_gone(old, new);
            left.grantable &= ~(bits_gone(old, new) | bits_less(old, new));
            change_role(&g, left, kept);
        }
    }
}

/* What something new has, whose owner is said already: what that role would have by default it has as the owner. */
static Privileges privileges_of_new(const Schema *schema, const Object *object)
{
    Privileges given = privileges_by_default(schema, STR(""), object->kind, object->schema);
    if (object->owner.data == NULL)
        return given;
    return privileges_of_owner(schema->arena, given, STR("CURRENT_USER"), object->owner, false);
}

void set_privileges_sql(const Schema *schema, const Object *object, Privileges after, StrList *statements)
{
    Granting g = granting_on(schema, object, statements);
    bool new = privileges_equal(object->privileges, after);
    Privileges before = new ? privileges_of_new(schema, object) : object->privileges;
    change_list(&g, before, after);
    if (!new && object_is_relation(object))
        keep_column_privileges(schema, (const Table *) object, before, after, statements);
}

void all_privileges_sql(const Schema *schema, const Object *object, StrList *statements)
{
    Granting g = granting_on(schema, object, statements);
    change_list(&g, (Privileges) {0}, object->privileges);
}

void set_column_privileges_sql(const Schema *schema, const Table *table, ColumnId column, Privileges after,
                               StrList *statements)
{
    const ColumnInfo *info = table_column(table, column);
    Granting g = granting_on_column(schema, table, info, statements);
    change_list(&g, privileges_equal(info->privileges, after) ? (Privileges) {0} : info->privileges, after);
}
