#include "privilege.h"

#include <strings.h>

static const char *const names[] = {
#define PRIVILEGE(NAME, sql) sql,
#include "privileges.def"
#undef PRIVILEGE
};

const char *privilege_sql(Privilege privilege)
{
    return names[privilege];
}

Privilege privilege_named(Str word)
{
    Privilege found = 0;
    while (found < PRIVILEGE_COUNT &&
           (strlen(names[found]) != word.len || strncasecmp(names[found], word.data, word.len) != 0))
        found++;
    return found;
}

/* ------------------------------------------------------------------ what there is */

#define BIT(NAME) PRIVILEGE_BIT(PRIVILEGE_##NAME)

uint32_t privileges_of(ObjectKind kind, bool column, unsigned major)
{
    enum { MAINTAIN_SINCE = 17 };
    uint32_t of_columns = BIT(SELECT) | BIT(INSERT) | BIT(UPDATE) | BIT(REFERENCES);
    if (column)
        return of_columns;
    switch ((int) kind) {
    case OBJECT_FUNCTION:
    case OBJECT_PROCEDURE:
    case OBJECT_AGGREGATE: return BIT(EXECUTE);
    case OBJECT_SEQUENCE: return BIT(USAGE) | BIT(SELECT) | BIT(UPDATE);
    case OBJECT_NAMESPACE: return BIT(USAGE) | BIT(CREATE);
    case OBJECT_ENUM:
    case OBJECT_DOMAIN:
    case OBJECT_COMPOSITE:
    case OBJECT_RANGE:
    case OBJECT_BASE_TYPE:
    case OBJECT_LANGUAGE:
    case OBJECT_DATA_WRAPPER:
    case OBJECT_SERVER: return BIT(USAGE);
    case OBJECT_TABLE:
    case OBJECT_FOREIGN_TABLE:
    case OBJECT_VIEW:
    case OBJECT_MATERIALIZED_VIEW:
        return of_columns | BIT(DELETE) | BIT(TRUNCATE) | BIT(TRIGGER) | (major >= MAINTAIN_SINCE ? BIT(MAINTAIN) : 0);
    default: return 0;
    }
}

uint32_t privileges_public(ObjectKind kind)
{
    switch ((int) kind) {
    case OBJECT_FUNCTION:
    case OBJECT_PROCEDURE:
    case OBJECT_AGGREGATE: return BIT(EXECUTE);
    case OBJECT_ENUM:
    case OBJECT_DOMAIN:
    case OBJECT_COMPOSITE:
    case OBJECT_RANGE:
    case OBJECT_BASE_TYPE:
    case OBJECT_LANGUAGE: return BIT(USAGE);
    default: return 0;
    }
}

uint32_t privileges_from_start(const Schema *schema, const Object *object)
{
    enum { CLOSED_SINCE = 15 };
    bool first = object->kind == OBJECT_NAMESPACE && !span_is_known(object->created) && str_is(object->name, "public");
    if (!first)
        return privileges_public(object->kind);
    return schema->view.catalog->major < CLOSED_SINCE ? BIT(USAGE) | BIT(CREATE) : BIT(USAGE);
}

static const CatalogPrivilege *find_servers(const Catalog *catalog, Str target)
{
    for (size_t i = 0; i < catalog->privileges.count; i++) {
        const CatalogPrivilege *row = catalog_at(catalog->privileges, i);
        if (str_equal(row->target, target))
            return row;
    }
    return NULL;
}

bool privileges_on_servers(const Schema *schema, ObjectKind kind, Str target, uint32_t *bits)
{
    const CatalogPrivilege *row = find_servers(schema->view.catalog, target);
    *bits = kind == OBJECT_NAMESPACE ? BIT(USAGE) : kind == OBJECT_TABLE ? BIT(SELECT) : privileges_public(kind);
    if (row == NULL)
        return true;
    *bits = 0;
    for (size_t start = 0, end = 0; start < row->everyone.len; start = end + 1) {
        end = start;
        while (end < row->everyone.len && row->everyone.data[end] != ',' && row->everyone.data[end] != '?')
            end++;
        Privilege privilege = privilege_named(str_slice(row->everyone, start, end));
        *bits |= privilege == PRIVILEGE_COUNT ? 0 : PRIVILEGE_BIT(privilege);
    }
    return row->everyone.len == 0 || row->everyone.data[row->everyone.len - 1] != '?';
}

Str privilege_list(Arena *arena, uint32_t bits)
{
    Text text = text_new(arena);
    for (Privilege privilege = 0; privilege < PRIVILEGE_COUNT; privilege++) {
        if (bits & PRIVILEGE_BIT(privilege))
            text_addf(&text, "%s%s", text.len == 0 ? "" : ", ", names[privilege]);
    }
    return text_str(&text);
}

/* ------------------------------------------------------------------ lists, in the order of the roles */

Grant privileges_find(const Privileges *privileges, Str role)
{
    for (size_t i = 0; i < privileges->count; i++) {
        if (str_equal(privileges->items[i].role, role))
            return privileges->items[i];
    }
    return (Grant) {.role = role};
}

static bool grant_is_empty(const Grant *grant)
{
    return grant->granted == 0 && grant->revoked == 0;
}

static Privileges with(Arena *arena, Privileges privileges, Grant grant)
{
    Privileges result = {0};
    bool placed = grant_is_empty(&grant);
    for (size_t i = 0; i < privileges.count; i++) {
        Grant other = privileges.items[i];
        int order = str_compare(grant.role, other.role);
        if (order <= 0 && !placed) {
            list_push(arena, &result, grant);
            placed = true;
        }
        if (order != 0)
            list_push(arena, &result, other);
    }
    if (!placed)
        list_push(arena, &result, grant);
    return result;
}

/* What was taken away of the first privileges comes back; the rest is granted. */
Privileges privileges_grant(Arena *arena, Privileges privileges, Str role, uint32_t bits, bool option, uint32_t start)
{
    Grant grant = privileges_find(&privileges, role);
    uint32_t has = grant.revoked | start;
    grant.granted |= option ? bits : bits & ~has;
    grant.revoked &= ~bits;
    grant.grantable |= option ? bits : 0;
    return with(arena, privileges, grant);
}

Privileges privileges_revoke(Arena *arena, Privileges privileges, Str role, uint32_t bits, bool option_only,
                             uint32_t start)
{
    Grant grant = privileges_find(&privileges, role);
    grant.grantable &= ~bits;
    if (!option_only) {
        grant.granted &= ~bits;
        grant.revoked |= bits & start;
    }
    return with(arena, privileges, grant);
}

Privileges privileges_of_owner(Arena *arena, Privileges privileges, Str old, Str new, bool column)
{
    Grant former = privileges_find(&privileges, old), latter = privileges_find(&privileges, new);
    Grant owner = {.role = new};
    if (column) {
        owner.granted = former.granted | latter.granted;
        owner.grantable = former.grantable | latter.grantable;
    } else {
        owner.revoked = former.revoked & ~latter.granted;
    }
    return with(arena, with(arena, privileges, (Grant) {.role = old}), owner);
}

const char *privileges_word(ObjectKind kind)
{
    switch ((int) kind) {
    case OBJECT_SEQUENCE: return "SEQUENCES";
    case OBJECT_FUNCTION:
    case OBJECT_PROCEDURE:
    case OBJECT_AGGREGATE: return "FUNCTIONS";
    case OBJECT_ENUM:
    case OBJECT_DOMAIN:
    case OBJECT_COMPOSITE:
    case OBJECT_RANGE:
    case OBJECT_BASE_TYPE: return "TYPES";
    case OBJECT_NAMESPACE: return "SCHEMAS";
    case OBJECT_TABLE:
    case OBJECT_FOREIGN_TABLE:
    case OBJECT_VIEW:
    case OBJECT_MATERIALIZED_VIEW: return "TABLES";
    default: return "";
    }
}

/* What everyone has from the start is there already, unless it was taken away for the whole database: then a schema's
 * defaults bring it back. */
static Privileges add_default(const Schema *schema, Privileges sum, Grant more, ObjectKind kind)
{
    uint32_t start = str_is(more.role, "PUBLIC") ? privileges_public(kind) : 0;
    sum = privileges_revoke(schema->arena, sum, more.role, more.revoked, false, more.revoked);
    sum = privileges_grant(schema->arena, sum, more.role, more.granted & ~more.grantable, false, start);
    return privileges_grant(schema->arena, sum, more.role, more.grantable, true, start);
}

static Privileges add_defaults(const Schema *schema, Privileges sum, Str maker, ObjectId place, ObjectKind kind)
{
    ObjectIds ids = schema_definitions(schema, place, maker);
    for (size_t i = 0; i < ids.count; i++) {
        const Definition *d = schema_definition(schema, ids.items[i]);
        bool meant = d->object.kind == OBJECT_DEFAULT_PRIVILEGES && str_is(d->variant, privileges_word(kind));
        for (size_t j = 0; meant && j < d->object.privileges.count; j++) {
            Grant more = d->object.privileges.items[j];
            if (str_equal(more.role, maker))
                more.role = STR("CURRENT_USER");
            sum = add_default(schema, sum, more, kind);
        }
    }
    return sum;
}

Privileges privileges_by_default(const Schema *schema, Str maker, ObjectKind kind, ObjectId namespace)
{
    Privileges sum = add_defaults(schema, (Privileges) {0}, maker, 0, kind);
    return namespace == 0 ? sum : add_defaults(schema, sum, maker, namespace, kind);
}

bool privileges_equal(Privileges a, Privileges b)
{
    bool equal = a.count == b.count;
    for (size_t i = 0; i < a.count && equal; i++) {
        Grant x = a.items[i], y = b.items[i];
        equal = str_equal(x.role, y.role) && x.granted == y.granted && x.grantable == y.grantable &&
                x.revoked == y.revoked;
    }
    return equal;
}

static void add_words(Arena *arena, Text *text, const char *before, uint32_t bits, Str role, const char *after)
{
    if (bits != 0)
        text_addf(text, "%s%s%.*s to %.*s%s", text->len == 0 ? "" : "; ", before, STR_ARG(privilege_list(arena, bits)),
                  STR_ARG(role), after);
}

Str privileges_text(Arena *arena, Privileges privileges)
{
    Text text = text_new(arena);
    for (size_t i = 0; i < privileges.count; i++) {
        Grant grant = privileges.items[i];
        add_words(arena, &text, "", grant.granted & ~grant.grantable, grant.role, "");
        add_words(arena, &text, "", grant.grantable, grant.role, " with grant option");
        add_words(arena, &text, "not ", grant.revoked, grant.role, "");
    }
    return text.len == 0 ? STR("none") : text_str(&text);
}
