/* `alter index`: of indexes of their own, and of those that belong to a constraint. */
#include "inherit.h"
#include "key.h"
#include "partition.h"

#include <stdlib.h>

/* NULL: reported. The index is `found`, of the table. */
static const Table *find_altered(Checker *k, const Ref *ref, TableIndex *found)
{
    ObjectId namespace = find_place(k, NAMES_RELATION, ref);
    if (namespace == 0)
        return NULL;
    const Object *object =
        schema_object(&k->schema, schema_find(&k->schema, NAMES_RELATION, namespace, ref->name.name));
    const Index *index = object == NULL ? NULL : schema_index(&k->schema, object->id);
    const Table *table = schema_relation(&k->schema, index != NULL ? index->table : object == NULL ? 0 : object->id);
    const Constraint *key = table == NULL || index != NULL ? NULL : table_constraint_named(table, ref->name.name);
    if (index != NULL || (key != NULL && constraint_has_index(key)))
        return find_table_index(k, table, ref->name, found) ? table : NULL;
    if (object == NULL) {
        report_unknown(k, M_UNKNOWN_INDEX, OBJECT_INDEX, namespace, ref->name);
    } else {
        report(k->c, M_WRONG_KIND, ref->name.span, "\"%.*s\" is not an index", STR_ARG(ref->name.name));
        label(k->c, object->created, "created here");
    }
    return NULL;
}

static void set_index(Checker *k, Span span, const Table *table, const TableIndex *found, Property of_index,
                      Property of_constraint, PropertyValue value)
{
    if (found->index != NULL)
        checker_set(k, span, found->id, of_index, 0, value);
    else
        checker_set(k, span, table->object.id, of_constraint, found->id, value);
}

static void set_options(Checker *k, const Table *table, const TableIndex *found, const Node *action)
{
    PropertyValue value = {0};
    if (table_is_partitioned(table)) {
        report(k->c, M_PARTITIONED_CANNOT, action->span, "an index of a partitioned table has no storage parameters");
        label(k->c, table->object.created, "partitioned");
        return;
    }
    Str method = found->index != NULL ? found->index->method : constraint_method(found->key);
    StorageOptions before = found->index != NULL ? found->index->options : found->key->options;
    if (changed_options(k, method, before, action, &value.options))
        set_index(k, action->span, table, found, PROPERTY_INDEX_OPTIONS, PROPERTY_CONSTRAINT_OPTIONS, value);
}

static void set_tablespace(Checker *k, const Table *table, const TableIndex *found, const NodeSetTablespace *node)
{
    PropertyValue value = {0};
    if (check_tablespace(k, node->tablespace, &value.text))
        set_index(k, node->node.span, table, found, PROPERTY_INDEX_TABLESPACE, PROPERTY_CONSTRAINT_TABLESPACE, value);
}

/* The index of a constraint and the constraint have one name. */
static void rename_index(Checker *k, const Table *table, const TableIndex *found, const NodeRename *node)
{
    if (found->index != NULL)
        check_object_action(k, found->id, &node->node);
    else
        rename_constraint(k, node->node.span, table, found->key, node->to);
}

/* ------------------------------------------------------------------ indexes of partitions
 *
 * ATExecAttachPartitionIdx in src/backend/commands/tablecmds.c. */

static bool cannot_join(Checker *k, Span span, Span where, const char *why)
{
    report(k->c, M_UNFIT_INDEX, span, "%s", why);
    label(k->c, where, "created here");
    return false;
}

static KeyView view_of(Checker *k, const Table *table, const TableIndex *found)
{
    bool index = found->index != NULL;
    return key_view(&k->schema, index ? (Part) {found->id, PART_WHOLE, 0}
                                      : (Part) {table->object.id, PART_CONSTRAINT, found->id});
}

static bool check_may_join(Checker *k, const KeyView *whole, const KeyView *part, Span span)
{
    Span where = part->index != NULL ? part->index->object.created : part->constraint->created;
    if (!object_ids_contain(part->table->parents, whole->table->object.id) || part->table->bound == NULL)
        return cannot_join(k, span, part->table->object.created, "this is not an index of a partition of the table");
    if (key_view_parent(part) != 0)
        return cannot_join(k, span, where, "this index is a part of another one already");
    KeyViews others = key_views(&k->schema, part->table->object.id);
    for (size_t i = 0; i < others.count; i++) {
        if (key_view_parent(&others.items[i]) == key_view_id(whole))
            return cannot_join(k, span, whole->table->object.created, "the partition has such an index already");
    }
    return key_view_matches(&k->schema, whole, part) ||
           cannot_join(k, span, where, "this index is over other columns, or works in another way");
}

static void attach_index(Checker *k, const Table *table, const TableIndex *found, const NodeAttachPartition *node)
{
    TableIndex other;
    const Table *child = find_altered(k, &node->partition, &other);
    if (child == NULL)
        return;
    KeyView whole = view_of(k, table, found), part = view_of(k, child, &other);
    bool joined = key_view_parent(&part) != 0 && key_view_parent(&part) == key_view_id(&whole);
    if (joined || !check_may_join(k, &whole, &part, node->partition.span))
        return;
    PropertyValue value = {.object = key_view_id(&whole)};
    set_index(k, node->node.span, child, &other, PROPERTY_INDEX_PARENT, PROPERTY_CONSTRAINT_PARENT, value);
}

/* Of a key that is an expression; other columns have theirs in the table. */
static bool check_key_number(Checker *k, const Index *index, Word number, long *key)
{
    char *end;
    *key = strtol(str_to_c(CHECKER_ARENA(k), number.name), &end, 10);
    if (*end == '\0' && *key >= 1 && (size_t) *key <= index->keys.count && index->keys.items[*key - 1].column == 0)
        return true;
    bool column = *end == '\0' && *key >= 1 && (size_t) *key <= index->keys.count + index->include.count;
    if (column)
        report(k->c, M_BAD_COLUMN_SETTING, number.span, "this is a column of the table, which has the statistics");
    else
        report(k->c, M_UNKNOWN_COLUMN, number.span, "index \"%.*s\" has no key %.*s", STR_ARG(index->object.name),
               STR_ARG(number.name));
    label(k->c, index->object.created, "created here");
    return false;
}

static void set_statistics(Checker *k, const TableIndex *found, const NodeAlterColumn *node)
{
    const Node *action = node->actions.items[0];
    long key = 0;
    int32_t target = 0;
    if (found->index == NULL || action->kind != NODE_SET_STATISTICS) {
        report_not_yet(k, node->node.span);
        return;
    }
    if (!check_key_number(k, found->index, node->name, &key) ||
        !read_statistics(k, ((const NodeSetStatistics *) action)->target, found->created, &target))
        return;
    PropertyValue value = {.statistics = found->index->statistics};
    value.statistics.targets[key - 1] = (int16_t) target;
    checker_set(k, node->node.span, found->id, PROPERTY_INDEX_STATISTICS, 0, value);
}

static void alter_index(Checker *k, const Table *table, const TableIndex *found, const Node *action)
{
    switch ((int) action->kind) {
    case NODE_RENAME: rename_index(k, table, found, (const NodeRename *) action); break;
    case NODE_SET_OPTIONS:
    case NODE_RESET_OPTIONS: set_options(k, table, found, action); break;
    case NODE_ALTER_COLUMN: set_statistics(k, found, (const NodeAlterColumn *) action); break;
    case NODE_SET_TABLESPACE: set_tablespace(k, table, found, (const NodeSetTablespace *) action); break;
    case NODE_SET_OWNER: break;  /* the server warns that it is the table's, and does nothing */
    case NODE_ATTACH_PARTITION: attach_index(k, table, found, (const NodeAttachPartition *) action); break;
    default: report_not_yet(k, action->span);
    }
}

void check_alter_index(Checker *k, const NodeAlterIndex *node)
{
    TableIndex found;
    const Table *table = find_altered(k, &node->name, &found);
    if (table == NULL)
        return;
    ObjectId id = table->object.id;
    for (size_t i = 0; i < node->actions.count; i++) {
        table = schema_relation(&k->schema, id);
        if (found.index != NULL)
            found.index = schema_index(&k->schema, found.id);
        else
            found.key = table_constraint(table, found.id);
        alter_index(k, table, &found, node->actions.items[i]);
    }
}
