/* Actions of `alter table` that set one thing of the table itself. */
#include "definition.h"
#include "foreign.h"
#include "inherit.h"
#include "unknown.h"

/* ------------------------------------------------------------------ comment */

/* An empty comment is none (CreateComments in src/backend/commands/comment.c). */
Str comment_text(const NodeComment *node)
{
    return node->comment.value.len > 0 ? node->comment.value : (Str) {0};
}

void check_set_comment(Checker *k, ObjectId object, const NodeComment *node)
{
    PropertyValue value = {.text = comment_text(node)};
    checker_set(k, node->node.span, object, PROPERTY_COMMENT, 0, value);
}

static void set_table(Checker *k, Span span, const Table *table, Property property, PropertyValue value)
{
    checker_set(k, span, table->object.id, property, 0, value);
}

/* ------------------------------------------------------------------ storage */

/* Where tables and indexes are is the server's business: tablespaces are not in the model. data == NULL: the default
 * one. False: reported. */
bool check_tablespace(Checker *k, Word name, Str *tablespace)
{
    *tablespace = str_is(name.name, "pg_default") ? (Str) {0} : name.name;
    if (!str_is(name.name, "pg_global"))
        return true;
    report(k->c, M_RESERVED_NAME, name.span,
           "tablespace \"pg_global\" holds what all databases share, and nothing else");
    return false;
}

bool choose_tablespace(Checker *k, Word written, Str *tablespace)
{
    Word chosen = {k->sql.settings.tablespace, written.span};
    return (!word_is_written(written) && chosen.name.data == NULL) ||
           check_tablespace(k, word_is_written(written) ? written : chosen, tablespace);
}

bool choose_table_method(Checker *k, Word written, Str *method)
{
    Word chosen = {k->sql.settings.method, written.span};
    return (!word_is_written(written) && chosen.name.data == NULL) ||
           check_table_method(k, NULL, word_is_written(written) ? written : chosen, method);
}

/* That of a partitioned table is for its partitions, and is said or not. False: reported. */
bool check_table_method(Checker *k, const Table *table, Word name, Str *method)
{
    const CatalogAccessMethod *found = catalog_access_method(&k->schema.view, name.name);
    *method = str_is(name.name, "heap") && !table_is_partitioned(table) ? (Str) {0} : name.name;
    if ((found != NULL && !found->is_index) || definition_table_method(&k->schema, name.name) != NULL ||
        (found == NULL && unknown_extension(&k->schema, STR("")) != 0))
        return true;
    report(k->c, M_UNKNOWN_METHOD, name.span, "there is no table access method \"%.*s\"", STR_ARG(name.name));
    if (found != NULL)
        note(k->c, "it is one for indexes");
    help(k->c, "PostgreSQL has heap");
    return false;
}

static void set_tablespace(Checker *k, const Table *table, const NodeSetTablespace *node)
{
    PropertyValue value = {0};
    if (check_tablespace(k, node->tablespace, &value.text))
        set_table(k, node->node.span, table, PROPERTY_TABLE_TABLESPACE, value);
}

static void set_method(Checker *k, const Table *table, const NodeSetAccessMethod *node)
{
    PropertyValue value = {0};
    bool usual = str_is(node->method.name, "default");
    bool fine = usual ? check_server(k, 17, node->node.span, "`set access method default`")
                      : check_server(k, 15, node->node.span, "`set access method`");
    if (usual && !table_is_partitioned(table))
        value.text = k->sql.settings.method;
    if ((usual || check_table_method(k, table, node->method, &value.text)) && fine)
        set_table(k, node->node.span, table, PROPERTY_ACCESS_METHOD, value);
}

static void set_options(Checker *k, const Table *table, const Node *node)
{
    PropertyValue value = {0};
    if (changed_options(k, STR("table"), table->options, node, &value.options))
        set_table(k, node->span, table, PROPERTY_TABLE_OPTIONS, value);
}

/* ------------------------------------------------------------------ logged or not */

static bool report_persistence(Checker *k, const Constraint *key, Span span, bool unlogged, const Table *other)
{
    report(k->c, M_MIXED_PERSISTENCE, span, "a permanent table cannot refer to an unlogged one");
    label(k->c, key->created, "this foreign key would");
    help(k->c, "make table \"%.*s\" %s first", STR_ARG(other->object.name), unlogged ? "unlogged" : "logged");
    return false;
}

/* What refers to an unlogged table must be unlogged too (ATPrepChangePersistence in tablecmds.c). */
static bool check_own_keys(Checker *k, const Table *table, Span span)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const Constraint *key = table->constraints.items[i];
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
            const Constraint *key = user->constraints.items[j];
            bool refers = key->kind == CONSTRAINT_FOREIGN && key->target == table->object.id;
            if (refers && !user->unlogged && user->object.id != table->object.id)
                return report_persistence(k, key, span, true, user);
        }
    }
    return true;
}

static bool check_not_published(Checker *k, const Table *table, Span span)
{
    ObjectIds ids = object_users(&k->schema, table->object.id, OBJECT_PUBLICATION_TABLE);
    for (size_t i = 0; i < ids.count; i++) {
        const Definition *published = schema_definition(&k->schema, ids.items[i]);
        if (published->of != table->object.id)
            continue;
        report(k->c, M_BAD_PUBLICATION, span, "table \"%.*s\" is published, and only permanent tables can be",
               STR_ARG(table->object.name));
        label(k->c, published->object.created, "here");
        return false;
    }
    return true;
}

/* Of a partitioned table it changes nothing: ATRewriteTables() passes over what has no rows of its own. */
static void set_persistence(Checker *k, const Table *table, const NodeSetPersistence *node)
{
    bool unlogged = span_is_known(node->unlogged);
    Span span = node->node.span;
    if (unlogged == table->unlogged || !(unlogged ? check_keys_to : check_own_keys)(k, table, span) ||
        (unlogged && !check_not_published(k, table, span)))
        return;
    if (!table_is_partitioned(table) && check_not_held(k, table, span))
        set_table(k, span, table, PROPERTY_PERSISTENCE, (PropertyValue) {.flag = unlogged});
}

/* ------------------------------------------------------------------ row level security */

static void set_row_security(Checker *k, const Table *table, const NodeSetRowSecurity *node)
{
    bool force = node->setting == ROW_SECURITY_FORCE || node->setting == ROW_SECURITY_NO_FORCE;
    bool on = node->setting == ROW_SECURITY_ENABLE || node->setting == ROW_SECURITY_FORCE;
    Property property = force ? PROPERTY_FORCE_ROW_SECURITY : PROPERTY_ROW_SECURITY;
    set_table(k, node->node.span, table, property, (PropertyValue) {.flag = on});
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

ColumnIds table_index_columns(Arena *arena, const TableIndex *found)
{
    ColumnIds columns = {0};
    if (found->index == NULL && found->key != NULL && constraint_is_key(found->key))
        return found->key->columns;
    for (size_t i = 0; found->index != NULL && i < found->index->keys.count; i++) {
        if (found->index->keys.items[i].column != 0)
            list_push(arena, &columns, found->index->keys.items[i].column);
    }
    return columns;
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
    TableIndex found = {0};
    if (word_is_written(node->index) &&
        (!find_table_index(k, table, node->index, &found) || !check_clusterable(k, &found, node->index)))
        return;
    set_table(k, node->node.span, table, PROPERTY_CLUSTER, (PropertyValue) {.object = found.id});
}

static bool check_all_not_null(Checker *k, const Table *table, const TableIndex *found, Word name)
{
    ColumnIds columns = table_index_columns(CHECKER_ARENA(k), found);
    for (size_t i = 0; i < columns.count; i++) {
        const ColumnInfo *column = table_column(table, columns.items[i]);
        if (column == NULL || column->not_null.holds)
            continue;
        report(k->c, M_UNFIT_INDEX, name.span,
               "column \"%.*s\" of this index may be null, and a replica identity may not", STR_ARG(column->name));
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
    if (node->identity == REPLICA_INDEX && (!find_table_index(k, table, node->index, &found) ||
                                            !check_identifies(k, table, &found, node->index)))
        return;
    PropertyValue value = {.replica = {kinds[node->identity], found.id}};
    set_table(k, node->node.span, table, PROPERTY_REPLICA_IDENTITY, value);
}

/* ------------------------------------------------------------------ all of them */

bool check_table_setting(Checker *k, const Table *table, const Node *action)
{
    switch ((int) action->kind) {
    case NODE_COMMENT: check_set_comment(k, table->object.id, (const NodeComment *) action); return true;
    case NODE_SET_OPTIONS:
    case NODE_RESET_OPTIONS: set_options(k, table, action); return true;
    case NODE_SET_TABLESPACE: set_tablespace(k, table, (const NodeSetTablespace *) action); return true;
    case NODE_SET_ACCESS_METHOD: set_method(k, table, (const NodeSetAccessMethod *) action); return true;
    case NODE_SET_PERSISTENCE: set_persistence(k, table, (const NodeSetPersistence *) action); return true;
    case NODE_SET_TRIGGER: check_set_trigger(k, table, (const NodeSetTrigger *) action); return true;
    case NODE_SET_ROW_SECURITY: set_row_security(k, table, (const NodeSetRowSecurity *) action); return true;
    case NODE_WRAPPER_OPTIONS: check_set_wrapper_options(k, table, action); return true;
    case NODE_CLUSTER_ON: set_cluster(k, table, (const NodeClusterOn *) action); return true;
    case NODE_SET_RULE: check_set_rule(k, table, (const NodeSetRule *) action); return true;
    case NODE_REPLICA_IDENTITY: set_replica_identity(k, table, (const NodeReplicaIdentity *) action); return true;
    default: return check_object_action(k, table->object.id, action);
    }
}
