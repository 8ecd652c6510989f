/* `alter index`: of indexes of their own, and of those that belong to a constraint. */
#include "checker.h"

/* NULL: reported. The index is `found`, of the table. */
static const Table *find_altered(Checker *k, const Ref *ref, TableIndex *found)
{
    ObjectId namespace = find_namespace(k, ref);
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

static void alter_index(Checker *k, const Table *table, const TableIndex *found, const Node *action)
{
    switch ((int) action->kind) {
    case NODE_RENAME: rename_index(k, table, found, (const NodeRename *) action); break;
    case NODE_SET_OPTIONS:
    case NODE_RESET_OPTIONS: set_options(k, table, found, action); break;
    case NODE_SET_TABLESPACE: set_tablespace(k, table, found, (const NodeSetTablespace *) action); break;
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
