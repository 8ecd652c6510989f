/* GRANT and REVOKE: the privileges that they come to. */
#include "checker.h"
#include "definition.h"
#include "privilege.h"

/* A statement while it is applied to one object. */
typedef struct Granting {
    Checker *k;
    Span span;
    const SqlGrant *grant;
    bool idle;              /* some of it changes nothing that the model knows */
} Granting;

/* What there is without a grant: everyone's, and the owner's, who may grant it, too. */
typedef struct Start {
    uint32_t public;
    Str owner;              /* "": of nobody */
    uint32_t owned;
} Start;

static Privileges changed(const Granting *g, Privileges before, uint32_t bits, Start start)
{
    Arena *arena = CHECKER_ARENA(g->k);
    for (size_t i = 0; i < g->grant->roles.count; i++) {
        Str role = g->grant->roles.items[i];
        bool owner = str_equal(role, start.owner);
        uint32_t has = owner ? start.owned : str_is(role, "PUBLIC") ? start.public : 0;
        before = g->grant->revoke ? privileges_revoke(arena, before, role, bits, g->grant->option, has)
                                  : privileges_grant(arena, before, role, bits, g->grant->option && !owner, has);
    }
    return before;
}

static void set_privileges(Granting *g, ObjectId object, Property property, uint32_t part, Privileges before,
                           Privileges after)
{
    SetChange set = {.object = object, .property = property, .part = part, .value.privileges = after};
    if (privileges_equal(before, after))
        g->idle = true;
    else
        checker_change(g->k, (Change) {.kind = CHANGE_SET, .span = g->span, .set = set});
}

/* False: the kind does not have them, which was reported. */
static bool check_bits(Granting *g, const Object *object, uint32_t bits, bool column, Span span)
{
    Str wrong = privilege_list(CHECKER_ARENA(g->k),
                               bits & ~privileges_of(object->kind, column, g->k->settings.postgres));
    if (wrong.len == 0)
        return true;
    report(g->k->c, M_BAD_GRANT, span, "%s %s cannot have the privilege %.*s", column ? "a column of a" : "a",
           object_word(object->kind), STR_ARG(wrong));
    return false;
}

/* A language that only superusers may use (ExecGrant_Language() in src/backend/catalog/aclchk.c). */
static bool check_trusted(Granting *g, const Object *object, Span span)
{
    static const char word[] = "trusted";
    const Definition *language =
        object->kind == OBJECT_LANGUAGE ? schema_definition(&g->k->schema, object->id) : NULL;
    if (language == NULL || strncasecmp(str_to_c(CHECKER_ARENA(g->k), language->text->sql), word, strlen(word)) == 0)
        return true;
    report(g->k->c, M_BAD_GRANT, span, "language \"%.*s\" is not trusted: nothing can be granted on it",
           STR_ARG(object->name));
    label(g->k->c, object->created, "created here");
    return false;
}

/* ------------------------------------------------------------------ columns */

static void grant_column(Granting *g, const Table *table, ColumnId column, uint32_t bits)
{
    Privileges before = table_column(schema_relation(&g->k->schema, table->object.id), column)->privileges;
    Privileges after = changed(g, before, bits, (Start) {0});
    set_privileges(g, table->object.id, PROPERTY_COLUMN_PRIVILEGES, column, before, after);
}

static void grant_columns(Granting *g, const Table *table, const SqlColumnGrant *columns, Span span)
{
    uint32_t bits = columns->all ? privileges_of(table->object.kind, true, g->k->settings.postgres) : columns->bits;
    if (!check_bits(g, &table->object, bits, true, span))
        return;
    for (size_t i = 0; i < columns->columns.count; i++) {
        const ColumnInfo *column = find_column(g->k, table, columns->columns.items[i]);
        if (column != NULL)
            grant_column(g, table, column->id, bits);
    }
}

/* What is revoked from a table goes from its columns, too; from them first, so that they are known not to keep it. */
static void revoke_from_columns(Granting *g, const Table *table, uint32_t bits)
{
    for (size_t i = 0; i < table->columns.count; i++) {
        const ColumnInfo *column = table->columns.items[i];
        if (!privileges_equal(column->privileges, changed(g, column->privileges, bits, (Start) {0})))
            grant_column(g, table, column->id, bits);
    }
}

/* ------------------------------------------------------------------ objects */

static Str owner_of(const Object *object)
{
    return object->owner.data == NULL ? STR("CURRENT_USER") : object->owner;
}

static void grant_object(Granting *g, const Object *object, Span span)
{
    const SqlGrant *grant = g->grant;
    uint32_t possible = privileges_of(object->kind, false, g->k->settings.postgres);
    uint32_t bits = grant->all ? possible : grant->bits;
    if (grant->on_tables && object->kind == OBJECT_SEQUENCE)
        bits &= possible;
    if (bits == 0 || !check_bits(g, object, bits, false, span) || !check_trusted(g, object, span))
        return;
    Start start = {.public = privileges_from_start(&g->k->schema, object), .owner = owner_of(object)};
    start.owned = possible;
    Privileges before = object->privileges, after = changed(g, before, bits, start);
    if (grant->revoke && object_is_relation(object))
        revoke_from_columns(g, (const Table *) object, bits);
    set_privileges(g, object->id, PROPERTY_PRIVILEGES, 0, before, after);
}

/* ------------------------------------------------------------------ owners */

static Privileges without_owners(Checker *k, Privileges privileges, Str old, Str new)
{
    Privileges others = {0};
    for (size_t i = 0; i < privileges.count; i++) {
        Grant grant = privileges.items[i];
        if (!str_equal(grant.role, old) && !str_equal(grant.role, new))
            list_push(CHECKER_ARENA(k), &others, grant);
    }
    return others;
}

static void put_privileges(Checker *k, Span span, ObjectId object, ColumnId column, Privileges privileges)
{
    const Table *table = schema_relation(&k->schema, object);
    Privileges now = column != 0 ? table_column(table, column)->privileges
                                 : schema_object(&k->schema, object)->privileges;
    if (!privileges_equal(now, privileges))
        checker_set(k, span, object, column != 0 ? PROPERTY_COLUMN_PRIVILEGES : PROPERTY_PRIVILEGES, column,
                    (PropertyValue) {.privileges = privileges});
}

/* The server mixes what the two owners had, which no way back could part: it is taken away before, and given to the
 * new one behind. */
void check_new_owner(Checker *k, Span span, ObjectId id, Str new)
{
    const Object *object = schema_object(&k->schema, id);
    const Table *table = object_is_relation(object) ? schema_relation(&k->schema, id) : NULL;
    Str old = owner_of(object);
    bool same = str_equal(old, new);
    Privileges own = object->privileges;
    for (size_t i = 0; table != NULL && !same && i < table->columns.count; i++)
        put_privileges(k, span, id, table->columns.items[i]->id,
                       without_owners(k, table->columns.items[i]->privileges, old, new));
    if (!same)
        put_privileges(k, span, id, 0, without_owners(k, own, old, new));
    checker_set(k, span, id, PROPERTY_OWNER, 0, (PropertyValue) {.text = new});
    if (!same)
        put_privileges(k, span, id, 0, privileges_of_owner(CHECKER_ARENA(k), own, old, new, false));
    for (size_t i = 0; table != NULL && !same && i < table->columns.count; i++)
        put_privileges(k, span, id, table->columns.items[i]->id,
                       privileges_of_owner(CHECKER_ARENA(k), table->columns.items[i]->privileges, old, new, true));
}

/* ------------------------------------------------------------------ default privileges */

/* What is the server's own. */
static Start start_of_servers(const Schema *schema, const Definition *like, ObjectKind kind)
{
    Start start = {0};
    privileges_on_servers(schema, kind, like->object.name, &start.public);
    return start;
}

/* In the whole database they begin with what is there without them, the role's own privileges among it; in a schema
 * with nothing (SetDefaultACL() in src/backend/catalog/aclchk.c). */
static Start start_of_default(const Definition *like, ObjectKind kind, uint32_t every)
{
    Str role = like->object.name.len > 0 ? like->object.name : STR("CURRENT_USER");
    return like->of != 0 ? (Start) {0} : (Start) {privileges_public(kind), role, every};
}

/* An object of their own, while there are any. */
static void grant_default(Granting *g, Definition *like, ObjectKind kind)
{
    const Definition *old = definition_find(&g->k->schema, like);
    uint32_t every = privileges_of(kind, false, g->k->settings.postgres);
    uint32_t bits = g->grant->all ? every : g->grant->bits;
    Privileges before = old == NULL ? (Privileges) {0} : old->object.privileges;
    bool servers = like->object.kind == OBJECT_SERVER_PRIVILEGES;
    Start start = servers ? start_of_servers(&g->k->schema, like, kind) : start_of_default(like, kind, every);
    Privileges after = changed(g, before, bits, start);
    like->object.id = old != NULL ? old->object.id : schema_new_id(&g->k->schema);
    if (old == NULL && after.count > 0)
        checker_change(g->k, (Change) {.kind = CHANGE_CREATE, .span = g->span, .create = {&like->object}});
    if (old == NULL && after.count == 0)
        g->idle = true;
    else
        set_privileges(g, like->object.id, PROPERTY_PRIVILEGES, 0, before, after);
    if (old != NULL && after.count == 0)
        checker_change(g->k, (Change) {.kind = CHANGE_DROP, .span = g->span, .drop = {like->object.id}});
}

bool check_grant(Checker *k, Span span, const SqlDefinition *statement)
{
    Granting g = {k, span, &statement->grant, false};
    for (size_t i = 0; i < statement->targets.count; i++) {
        SqlTarget target = statement->targets.items[i];
        grant_object(&g, schema_object(&k->schema, target.object), target.span);
        const Table *table = schema_relation(&k->schema, target.object);
        if (statement->grant.columns.count > 0 && table == NULL)
            report(k->c, M_SQL_NOT_FOLLOWED, target.span, "privileges of a sequence's columns are not followed");
        for (size_t j = 0; j < statement->grant.columns.count && table != NULL; j++)
            grant_columns(&g, table, &statement->grant.columns.items[j], target.span);
    }
    for (size_t i = 0; i < statement->defaults.count; i++)
        grant_default(&g, statement->defaults.items[i], statement->granted_kind);
    return !g.idle;
}
