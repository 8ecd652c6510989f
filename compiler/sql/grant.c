/* GRANT and REVOKE (ExecuteGrantStmt in src/backend/catalog/aclchk.c). */
#include "read_definition.h"

#include "privilege.h"

/* ------------------------------------------------------------------ privileges */

static void read_privilege(DefinitionReader *r, const PgQuery__AccessPriv *tree, Cursor at)
{
    SqlGrant *grant = &r->out->grant;
    bool all = tree->priv_name == NULL || tree->priv_name[0] == '\0';
    Privilege privilege = all ? 0 : privilege_named(str_from(tree->priv_name));
    if (privilege == PRIVILEGE_COUNT) {
        definition_report(r, M_BAD_GRANT, cursor_span(at), "there is no privilege %s", tree->priv_name);
        return;
    }
    if (tree->n_cols == 0) {
        grant->bits |= all ? 0 : PRIVILEGE_BIT(privilege);
        return;
    }
    cursor_seek_sign(&at, '(');
    SqlColumnGrant columns = {.bits = all ? 0 : PRIVILEGE_BIT(privilege), .all = all};
    at.end--;
    columns.columns = cursor_words(at);
    list_push(r->arena, &grant->columns, columns);
}

/* From the verb to ON. */
static void read_privileges(DefinitionReader *r, const PgQuery__GrantStmt *tree)
{
    Cursor list = cursor_before(&r->at, "on");
    cursor_next(&list);
    cursor_take(&list, "grant option for");
    r->out->grant.all = tree->n_privileges == 0;
    for (size_t i = 0; i < tree->n_privileges; i++) {
        Cursor item = cursor_item(&list);
        read_privilege(r, tree->privileges[i]->access_priv, item);
    }
}

/* ------------------------------------------------------------------ objects */

static void add_target(DefinitionReader *r, ObjectId id, Span span)
{
    list_push(r->arena, &r->out->targets, (SqlTarget) {id, 0, span});
}

static void grant_on_relation(DefinitionReader *r, Cursor item)
{
    Ref ref = cursor_ref(&item);
    bool placed = namespace_of(r, &ref, false) != 0;
    const Object *object =
        placed ? schema_named(r->schema, NAMES_RELATION, ref_qualifier(&ref), ref.name.name) : NULL;
    bool own = object != NULL && str_equal(object->name, ref.name.name);
    if (own && object->kind == OBJECT_SEQUENCE) {
        add_target(r, object->id, ref.span);
        return;
    }
    r->outside = r->outside || (object == NULL && unknown_is_named(r, &ref));
    if (r->outside)
        return;
    const Table *relation = read_relation(r, &ref);
    if (relation != NULL)
        add_target(r, relation->object.id, ref.span);
}

static void grant_on_schema(DefinitionReader *r, Cursor item)
{
    Ref ref = {.schema = cursor_word(&item)};
    ref.span = ref.schema.span;
    ObjectId namespace = namespace_of(r, &ref, false);
    if (namespace != 0)
        add_target(r, namespace, ref.span);
}

static void grant_on_type(DefinitionReader *r, Cursor item)
{
    Ref ref = cursor_ref(&item);
    bool placed = namespace_of(r, &ref, false) != 0;
    const Object *type = placed ? schema_named(r->schema, NAMES_TYPE, ref_qualifier(&ref), ref.name.name) : NULL;
    if (type != NULL) {
        add_target(r, type->id, ref.span);
        return;
    }
    r->outside = r->outside || catalog_type(&r->schema->view, ref.name.name) != NULL || unknown_is_named(r, &ref);
    if (!r->outside)
        definition_report(r, M_UNKNOWN_TYPE, ref.span, "there is no type \"%.*s\" at this point",
                          STR_ARG(ref.name.name));
}

static void skip_words(Cursor *at)
{
    static const char *const words[] = {"table",    "sequence", "function", "procedure", "routine",
                                        "schema",   "type",     "domain",   "language",  "foreign data wrapper",
                                        "foreign server"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        Cursor behind = *at;
        if (cursor_take(&behind, words[i]) && !cursor_is_empty(behind) && !cursor_is_sign(behind, ',') &&
            !cursor_is_sign(behind, '.')) {
            *at = behind;
            return;
        }
    }
}

/* FUNCTION stands for aggregates, too, and not for procedures. */
static void check_no_procedure(DefinitionReader *r)
{
    SqlTarget last = r->out->targets.items[r->out->targets.count - 1];
    const Object *object = schema_object(r->schema, last.object);
    if (object->kind != OBJECT_PROCEDURE)
        return;
    definition_report(r, M_WRONG_KIND, last.span, "\"%.*s\" is a procedure", STR_ARG(object->name));
    label(r->c, object->created, "created here");
}

static void grant_on_object(DefinitionReader *r, const PgQuery__GrantStmt *tree, size_t index, Cursor item)
{
    switch ((int) tree->objtype) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE: grant_on_relation(r, item); break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA: grant_on_schema(r, item); break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN: grant_on_type(r, item); break;
    default: {
        bool aggregate = tree->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION;
        PgQuery__ObjectType type = aggregate ? PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE : tree->objtype;
        if (read_target(r, type, tree->objects[index], &item, false) && aggregate)
            check_no_procedure(r);
    }
    }
}

/* ------------------------------------------------------------------ ALL … IN SCHEMA */

static bool is_among(PgQuery__ObjectType type, const Object *object)
{
    switch ((int) type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
        return object_is_relation(object) && object->kind != OBJECT_COMPOSITE;
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE: return object->kind == OBJECT_SEQUENCE;
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
        return object->kind == OBJECT_FUNCTION || object->kind == OBJECT_AGGREGATE;
    case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE: return object->kind == OBJECT_PROCEDURE;
    default: return object_is_routine(object->kind);
    }
}

static void grant_on_all(DefinitionReader *r, const PgQuery__GrantStmt *tree, Cursor list)
{
    cursor_seek(&list, "in schema");
    cursor_take(&list, "in schema");
    while (!cursor_is_empty(list)) {
        Cursor item = cursor_item(&list);
        Ref ref = {.schema = cursor_word(&item)};
        ref.span = ref.schema.span;
        ObjectId namespace = read_namespace(r, &ref);
        for (size_t i = 1; i < r->schema->objects.count && namespace != 0; i++) {
            const Object *object = r->schema->objects.items[i];
            if (object != NULL && object->schema == namespace && is_among(tree->objtype, object))
                add_target(r, object->id, ref.span);
        }
    }
}

/* ------------------------------------------------------------------ the statement */

static void read_roles(DefinitionReader *r, const PgQuery__GrantStmt *tree)
{
    for (size_t i = 0; i < tree->n_grantees; i++)
        list_push(r->arena, &r->out->grant.roles, role_name(r->arena, tree->grantees[i]->role_spec));
}

void read_grant_clauses(DefinitionReader *r, const PgQuery__GrantStmt *tree)
{
    r->out->verb = SQL_GRANT;
    r->out->grant.revoke = !tree->is_grant;
    r->out->grant.option = tree->grant_option;
    r->out->grant.on_tables = tree->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE;
    r->out->grant.cascade = tree->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
    read_roles(r, tree);
    read_privileges(r, tree);
    cursor_take(&r->at, "on");
}

void read_grant(DefinitionReader *r, const PgQuery__GrantStmt *tree)
{
    read_grant_clauses(r, tree);
    Cursor list = cursor_before(&r->at, tree->is_grant ? "to" : "from");
    if (tree->targtype == PG_QUERY__GRANT_TARGET_TYPE__ACL_TARGET_ALL_IN_SCHEMA) {
        grant_on_all(r, tree, list);
        r->out->verb = !r->refused && r->out->targets.count == 0 ? SQL_NOTHING : SQL_GRANT;
        return;
    }
    skip_words(&list);
    size_t followed = 0;
    for (size_t i = 0; i < tree->n_objects; i++) {
        Cursor item = cursor_item(&list);
        size_t before = r->out->targets.count + r->out->defaults.count;
        if (!grant_on_servers(r, tree, i))
            grant_on_object(r, tree, i, item);
        followed += r->out->targets.count + r->out->defaults.count > before;
    }
    if (!r->refused && followed == 0)
        r->out->verb = SQL_OPAQUE;
    else if (!r->refused && followed < tree->n_objects)
        definition_report(r, M_BAD_GRANT, r->statement->span,
                          "privileges on what is the server's own or an extension's want a statement of their own");
}

/* ------------------------------------------------------------------ ALTER DEFAULT PRIVILEGES */

static ObjectKind default_kind(PgQuery__ObjectType type)
{
    switch ((int) type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE: return OBJECT_SEQUENCE;
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE: return OBJECT_FUNCTION;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE: return OBJECT_ENUM;
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA: return OBJECT_NAMESPACE;
    default: return OBJECT_TABLE;
    }
}

/* Those of one role in one namespace; "" and 0 for the role that makes everything, and for all namespaces. */
static void add_default(DefinitionReader *r, Str role, ObjectId namespace)
{
    Definition *d = arena_new(r->arena, Definition);
    d->object = (Object) {.kind = OBJECT_DEFAULT_PRIVILEGES, .name = role, .created = r->statement->span};
    d->of = namespace;
    d->variant = str_from(privileges_word(r->out->granted_kind));
    Text sql = text_new(r->arena);
    text_add_c(&sql, "DEFAULT PRIVILEGES");
    if (role.len > 0)
        text_addf(&sql, " FOR ROLE %.*s", STR_ARG(role));
    Expression *head = arena_copy(r->arena, text_constant(r->arena, text_str(&sql)), sizeof(Expression));
    if (namespace != 0) {
        head->sql = str_format(r->arena, "%.*s IN SCHEMA x", STR_ARG(head->sql));
        Use use = {.offset = (uint32_t) head->sql.len - 1, .length = 1, .object = namespace, .form = USE_NAME};
        list_push(r->arena, &head->uses, use);
    }
    d->text = head;
    list_push(r->arena, &r->out->defaults, d);
}

static void add_defaults(DefinitionReader *r, Str role, const PgQuery__DefElem *schemas, Cursor names)
{
    if (schemas == NULL)
        add_default(r, role, 0);
    while (schemas != NULL && !cursor_is_empty(names)) {
        Cursor item = cursor_item(&names);
        Ref ref = {.schema = cursor_word(&item)};
        ref.span = ref.schema.span;
        ObjectId namespace = read_namespace(r, &ref);
        if (namespace != 0)
            add_default(r, role, namespace);
    }
}

static const PgQuery__DefElem *find_default_option(const PgQuery__AlterDefaultPrivilegesStmt *alter, const char *name)
{
    for (size_t i = 0; i < alter->n_options; i++) {
        if (strcmp(alter->options[i]->def_elem->defname, name) == 0)
            return alter->options[i]->def_elem;
    }
    return NULL;
}

void read_default_privileges(DefinitionReader *r, const PgQuery__AlterDefaultPrivilegesStmt *alter)
{
    const PgQuery__DefElem *roles = find_default_option(alter, "roles");
    const PgQuery__DefElem *schemas = find_default_option(alter, "schemas");
    const char *verb = alter->action->is_grant ? "grant" : "revoke";
    Cursor head = cursor_before(&r->at, verb), names = {head.tokens, head.end, head.end};
    if (cursor_seek(&head, "in schema")) {
        cursor_take(&head, "in schema");
        Cursor for_role = head;
        names = cursor_before(&for_role, "for");
    }
    read_grant_clauses(r, alter->action);
    r->out->granted_kind = default_kind(alter->action->objtype);
    size_t count = roles == NULL ? 1 : roles->arg->list->n_items;
    for (size_t i = 0; i < count; i++) {
        Str role = roles == NULL ? STR("") : role_name(r->arena, roles->arg->list->items[i]->role_spec);
        add_defaults(r, str_is(role, "CURRENT_USER") ? STR("") : role, schemas, names);
    }
}
