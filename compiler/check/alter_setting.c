/* Actions of `alter table` that set one thing of the table itself; some of them are of other objects too. */
#include "checker.h"
#include "bug.h"

void checker_set(Checker *k, Span span, SetChange set)
{
    checker_change(k, (Change) {.kind = CHANGE_SET, .span = span, .set = set});
}

/* ------------------------------------------------------------------ name and schema */

static void rename_table(Checker *k, const Table *table, const NodeRename *node)
{
    ObjectId namespace = table->object.schema;
    if (!check_new_name(k, node->to) || !check_relation_is_free(k, namespace, node->to) ||
        !check_type_is_free(k, namespace, node->to)) {
        silence(k, object_word(table->object.kind), namespace, node->to.name);
        return;
    }
    SetChange set = {.object = table->object.id, .property = PROPERTY_NAME, .value.text = node->to.name};
    checker_set(k, node->node.span, set);
}

/* A name that would come into the schema with the table. False: reported. */
static bool check_can_move(Checker *k, ObjectId namespace, NameSpace space, Str name, Word schema)
{
    const Object *other = schema_object(&k->schema, schema_find(&k->schema, space, namespace, name));
    if (other == NULL)
        return true;
    report(k->c, M_ALREADY_EXISTS, schema.span, "schema \"%.*s\" has a %s \"%.*s\" already", STR_ARG(schema.name),
           space == NAMES_TYPE ? "type" : "relation", STR_ARG(name));
    label(k->c, other->created, "created here");
    return false;
}

/* The table's own names, those of its keys' and columns', and those of what moves along: indexes and owned sequences
 * (AlterTableNamespaceInternal in src/backend/commands/tablecmds.c). */
static bool check_all_can_move(Checker *k, const Table *table, ObjectId namespace, Word schema)
{
    bool fine = check_can_move(k, namespace, NAMES_RELATION, table->object.name, schema) &&
                check_can_move(k, namespace, NAMES_TYPE, table->object.name, schema);
    for (size_t i = 0; i < table->constraints.count && fine; i++) {
        const Constraint *constraint = &table->constraints.items[i];
        fine = !constraint_has_index(constraint) ||
               check_can_move(k, namespace, NAMES_RELATION, constraint->name, schema);
    }
    for (size_t i = 0; i < table->columns.count && fine; i++) {
        const Identity *identity = &table->columns.items[i].identity;
        fine = identity->kind == IDENTITY_NONE ||
               check_can_move(k, namespace, NAMES_RELATION, identity->sequence, schema);
    }
    ObjectIds users = object_users(&k->schema, table->object.id, OBJECT_KIND_COUNT);
    for (size_t i = 0; i < users.count && fine; i++) {
        const Object *user = schema_object(&k->schema, users.items[i]);
        fine = !object_moves_with(&k->schema, user, table->object.id) ||
               check_can_move(k, namespace, NAMES_RELATION, user->name, schema);
    }
    return fine;
}

static void move_table(Checker *k, const Table *table, const NodeSetSchema *node)
{
    Ref ref = {.schema = node->schema, .span = node->node.span};
    ObjectId namespace = find_namespace(k, &ref);
    if (namespace == 0 || namespace == table->object.schema ||
        !check_all_can_move(k, table, namespace, node->schema))
        return;
    SetChange set = {.object = table->object.id, .property = PROPERTY_NAMESPACE, .value.object = namespace};
    checker_set(k, node->node.span, set);
}

/* ------------------------------------------------------------------ owner and comment */

/* Words that stand for a role, unless they are quoted. */
Str role_sql(Checker *k, Word role)
{
    static const char *const words[] = {"current_user", "session_user", "current_role"};
    Str written = span_text(&k->c->sources, role.span);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_is(role.name, words[i]) && written.len > 0 && written.data[0] != '"')
            return role.name;
    }
    return catalog_quote(CHECKER_ARENA(k), role.name);
}

void check_set_owner(Checker *k, ObjectId object, const NodeSetOwner *node)
{
    SetChange set = {.object = object, .property = PROPERTY_OWNER, .value.text = role_sql(k, node->owner)};
    checker_set(k, node->node.span, set);
}

/* An empty comment is none (CreateComments in src/backend/commands/comment.c). */
Str comment_text(const NodeComment *node)
{
    return node->comment.value.len > 0 ? node->comment.value : (Str) {0};
}

void check_set_comment(Checker *k, ObjectId object, const NodeComment *node)
{
    SetChange set = {.object = object, .property = PROPERTY_COMMENT, .value.text = comment_text(node)};
    checker_set(k, node->node.span, set);
}

/* ------------------------------------------------------------------ storage */

/* Where tables and indexes are is the server's business: tablespaces are not in the model. data == NULL: the default
 * one. False: reported. */
bool check_tablespace(Checker *k, Word name, Str *tablespace)
{
    *tablespace = str_is(name.name, "pg_default") ? (Str) {0} : name.name;
    if (!str_is(name.name, "pg_global"))
        return true;
    report(k->c, M_RESERVED_NAME, name.span, "tablespace \"pg_global\" holds what all databases share, and nothing else");
    return false;
}

/* False: reported. */
bool check_table_method(Checker *k, Word name, Str *method)
{
    const CatalogAccessMethod *found = catalog_access_method(&k->schema.view, name.name);
    *method = str_is(name.name, "heap") ? (Str) {0} : name.name;
    if (found != NULL && !found->is_index)
        return true;
    report(k->c, M_UNKNOWN_METHOD, name.span, "there is no table access method \"%.*s\"", STR_ARG(name.name));
    if (found != NULL)
        note(k->c, "it is one for indexes");
    help(k->c, "PostgreSQL has heap");
    return false;
}

static void set_tablespace(Checker *k, const Table *table, const NodeSetTablespace *node)
{
    SetChange set = {.object = table->object.id, .property = PROPERTY_TABLE_TABLESPACE};
    if (check_tablespace(k, node->tablespace, &set.value.text))
        checker_set(k, node->node.span, set);
}

static void set_method(Checker *k, const Table *table, const NodeSetAccessMethod *node)
{
    SetChange set = {.object = table->object.id, .property = PROPERTY_ACCESS_METHOD};
    bool fine = check_server(k, 15, node->node.span, "`set access method`");
    if (check_table_method(k, node->method, &set.value.text) && fine)
        checker_set(k, node->node.span, set);
}

static void set_options(Checker *k, const Table *table, const Node *node)
{
    SetChange set = {.object = table->object.id, .property = PROPERTY_TABLE_OPTIONS};
    if (changed_options(k, STR("table"), table->options, node, &set.value.options))
        checker_set(k, node->span, set);
}

/* ------------------------------------------------------------------ logged or not */

static bool report_persistence(Checker *k, const Constraint *key, Span span, bool unlogged, const Table *other)
{
    report(k->c, M_MIXED_PERSISTENCE, span, "a permanent table cannot refer to an unlogged one");
    label(k->c, key->created, "this foreign key would");
    help(k->c, "make table \"%.*s\" %s first", STR_ARG(other->object.name), unlogged ? "unlogged too" : "logged");
    return false;
}

/* What refers to an unlogged table must be unlogged too (ATPrepChangePersistence in tablecmds.c). */
static bool check_own_keys(Checker *k, const Table *table, Span span)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const Constraint *key = &table->constraints.items[i];
        const Table *target = key->kind == CONSTRAINT_FOREIGN ? schema_relation(&k->schema, key->target) : NULL;
        if (target != NULL && target->unlogged && target->object.id != table->object.id)
            return report_persistence(k, key, span, false, target);
    }
    return true;
}

static bool check_keys_to(Checker *k, const Table *table, Span span)
{
    ObjectIds users = object_users(&k->schema, table->object.id, OBJECT_TABLE);
    for (size_t i = 0; i < users.count; i++) {
        const Table *user = schema_relation(&k->schema, users.items[i]);
        for (size_t j = 0; j < user->constraints.count; j++) {
            const Constraint *key = &user->constraints.items[j];
            bool refers = key->kind == CONSTRAINT_FOREIGN && key->target == table->object.id;
            if (refers && !user->unlogged && user->object.id != table->object.id)
                return report_persistence(k, key, span, true, user);
        }
    }
    return true;
}

static void set_persistence(Checker *k, const Table *table, const NodeSetPersistence *node)
{
    bool unlogged = span_is_known(node->unlogged);
    SetChange set = {.object = table->object.id, .property = PROPERTY_PERSISTENCE, .value.flag = unlogged};
    Span span = node->node.span;
    if (unlogged == table->unlogged || !(unlogged ? check_keys_to : check_own_keys)(k, table, span))
        return;
    checker_set(k, span, set);
}

/* ------------------------------------------------------------------ row level security */

static void set_row_security(Checker *k, const Table *table, const NodeSetRowSecurity *node)
{
    bool force = node->setting == ROW_SECURITY_FORCE || node->setting == ROW_SECURITY_NO_FORCE;
    bool on = node->setting == ROW_SECURITY_ENABLE || node->setting == ROW_SECURITY_FORCE;
    SetChange set = {.object = table->object.id, .value.flag = on};
    set.property = force ? PROPERTY_FORCE_ROW_SECURITY : PROPERTY_ROW_SECURITY;
    checker_set(k, node->node.span, set);
}

/* ------------------------------------------------------------------ indexes that a table points at */

static bool refuse_index(Checker *k, const TableIndex *index, Word name, const char *why, const char *purpose)
{
    report(k->c, M_UNFIT_INDEX, name.span, "index \"%.*s\" %s, and cannot be %s", STR_ARG(name.name), why, purpose);
    label(k->c, index->created, "created here");
    return false;
}

bool find_table_index(Checker *k, const Table *table, Word name, TableIndex *found)
{
    ObjectId id = schema_find(&k->schema, NAMES_RELATION, table->object.schema, name.name);
    const Index *index = schema_index(&k->schema, id);
    const Table *owner = schema_relation(&k->schema, index == NULL ? id : index->table);
    const Constraint *key = owner == NULL || index != NULL ? NULL : table_constraint_named(owner, name.name);
    bool is_index = index != NULL || (key != NULL && constraint_has_index(key));
    *found = (TableIndex) {.index = index, .key = key};
    if (is_index && owner == table) {
        found->id = index != NULL ? index->object.id : key->id;
        found->created = index != NULL ? index->object.created : key->created;
        return true;
    }
    if (is_index) {
        report(k->c, M_WRONG_KIND, name.span, "index \"%.*s\" is not one of table \"%.*s\"", STR_ARG(name.name),
               STR_ARG(table->object.name));
        label(k->c, index != NULL ? index->object.created : key->created, "created here");
    } else {
        report_unknown(k, M_UNKNOWN_INDEX, OBJECT_INDEX, table->object.schema, name);
    }
    return false;
}

/* check_index_is_clusterable() in src/backend/commands/cluster.c; pg_am does not say which methods can. */
static bool check_clusterable(Checker *k, const TableIndex *found, Word name)
{
    static const char purpose[] = "what the table is clustered on";
    Str method = found->index != NULL ? found->index->method : constraint_method(found->key);
    const Expression *where = found->index != NULL ? found->index->where : constraint_predicate(found->key);
    if (!str_is(method, "btree") && !str_is(method, "gist"))
        return refuse_index(k, found, name, "is neither a btree nor a gist index", purpose);
    return where == NULL || refuse_index(k, found, name, "leaves rows out", purpose);
}

static void set_cluster(Checker *k, const Table *table, const NodeClusterOn *node)
{
    SetChange set = {.object = table->object.id, .property = PROPERTY_CLUSTER};
    TableIndex found = {0};
    if (word_is_written(node->index) &&
        (!find_table_index(k, table, node->index, &found) || !check_clusterable(k, &found, node->index)))
        return;
    set.value.object = found.id;
    checker_set(k, node->node.span, set);
}

static bool check_all_not_null(Checker *k, const Table *table, const TableIndex *found, Word name)
{
    ColumnIds columns = table_index_columns(CHECKER_ARENA(k), found);
    for (size_t i = 0; i < columns.count; i++) {
        const ColumnInfo *column = table_column(table, columns.items[i]);
        if (column == NULL || column->not_null)
            continue;
        report(k->c, M_UNFIT_INDEX, name.span, "column \"%.*s\" of this index may be null, and a replica identity may not",
               STR_ARG(column->name));
        label(k->c, column->created, "created here");
        return false;
    }
    return true;
}

/* ATExecReplicaIdentity() in tablecmds.c. */
static bool check_identifies(Checker *k, const Table *table, const TableIndex *found, Word name)
{
    static const char purpose[] = "a replica identity";
    const Index *index = found->index;
    bool unique = index != NULL ? index->unique : constraint_is_key(found->key);
    if (!unique)
        return refuse_index(k, found, name, "is not unique", purpose);
    if (index == NULL && found->key->timing != CONSTRAINT_IMMEDIATE)
        return refuse_index(k, found, name, "is deferrable", purpose);
    for (size_t i = 0; index != NULL && i < index->keys.count; i++) {
        if (index->keys.items[i].column == 0)
            return refuse_index(k, found, name, "has an expression", purpose);
    }
    if (index != NULL && index->where != NULL)
        return refuse_index(k, found, name, "leaves rows out", purpose);
    return check_all_not_null(k, table, found, name);
}

static void set_replica_identity(Checker *k, const Table *table, const NodeReplicaIdentity *node)
{
    static const ReplicaKind kinds[] = {
        [REPLICA_DEFAULT] = REPLICA_BY_KEY, [REPLICA_FULL] = REPLICA_BY_ROW,
        [REPLICA_NOTHING] = REPLICA_BY_NOTHING, [REPLICA_INDEX] = REPLICA_BY_INDEX,
    };
    TableIndex found = {0};
    SetChange set = {.object = table->object.id, .property = PROPERTY_REPLICA_IDENTITY};
    if (node->identity == REPLICA_INDEX && (!find_table_index(k, table, node->index, &found) ||
                                            !check_identifies(k, table, &found, node->index)))
        return;
    set.value.replica = (ReplicaIdentity) {kinds[node->identity], found.id};
    checker_set(k, node->node.span, set);
}

/* ------------------------------------------------------------------ all of them */

bool check_table_setting(Checker *k, const Table *table, const Node *action)
{
    switch ((int) action->kind) {
    case NODE_RENAME: rename_table(k, table, (const NodeRename *) action); return true;
    case NODE_SET_SCHEMA: move_table(k, table, (const NodeSetSchema *) action); return true;
    case NODE_SET_OWNER: check_set_owner(k, table->object.id, (const NodeSetOwner *) action); return true;
    case NODE_COMMENT: check_set_comment(k, table->object.id, (const NodeComment *) action); return true;
    case NODE_SET_OPTIONS:
    case NODE_RESET_OPTIONS: set_options(k, table, action); return true;
    case NODE_SET_TABLESPACE: set_tablespace(k, table, (const NodeSetTablespace *) action); return true;
    case NODE_SET_ACCESS_METHOD: set_method(k, table, (const NodeSetAccessMethod *) action); return true;
    case NODE_SET_PERSISTENCE: set_persistence(k, table, (const NodeSetPersistence *) action); return true;
    case NODE_SET_ROW_SECURITY: set_row_security(k, table, (const NodeSetRowSecurity *) action); return true;
    case NODE_CLUSTER_ON: set_cluster(k, table, (const NodeClusterOn *) action); return true;
    case NODE_REPLICA_IDENTITY: set_replica_identity(k, table, (const NodeReplicaIdentity *) action); return true;
    default: return false;
    }
}
