/* `if exists` and `if not exists`, which only SQL has: the model knows whether what is named is there, so the statement
 * or action is either checked as if the words were not there, or left out. */
#include "checker.h"
#include "bug.h"
#include "not_null.h"

/* ------------------------------------------------------------------ what is there */

const Object *named_object(Checker *k, NameSpace space, const Ref *ref)
{
    bool global = space == NAMES_NAMESPACE || space == NAMES_EXTENSION;
    return global ? schema_object(&k->schema, schema_find(&k->schema, space, 0, ref->name.name))
                  : schema_named(&k->schema, space, ref_qualifier(ref), ref->name.name);
}

static bool is_there(Checker *k, NameSpace space, const Ref *ref)
{
    return named_object(k, space, ref) != NULL;
}

bool is_named_there(Checker *k, ObjectWord word, const Ref *ref)
{
    switch (word) {
    case WORD_SCHEMA: return is_there(k, NAMES_NAMESPACE, ref);
    case WORD_EXTENSION: return is_there(k, NAMES_EXTENSION, ref);
    case WORD_ENUM:
    case WORD_DOMAIN:
    case WORD_TYPE:
    case WORD_ANY_TYPE: return is_there(k, NAMES_TYPE, ref);
    case WORD_SEQUENCE:
    case WORD_TABLE:
    case WORD_INDEX:
    case WORD_VIEW:
    case WORD_MATERIALIZED_VIEW:
    case WORD_FOREIGN_TABLE: return is_there(k, NAMES_RELATION, ref);
    case WORD_COLUMN:
    case WORD_CONSTRAINT:
    case WORD_RULE:
    case WORD_DOMAIN_CONSTRAINT: break;
    }
    BUG("a part of a table among objects");
}

/* ------------------------------------------------------------------ statements */

/* Of what would be made, where it would be. */
static bool is_taken(Checker *k, Ref ref)
{
    ObjectId namespace = schema_next_place(&k->schema, ref_qualifier(&ref), 0);
    return namespace != 0 && schema_find(&k->schema, NAMES_RELATION, namespace, ref.name.name) != 0;
}

/* An index lives where its table does. */
static bool is_index_there(Checker *k, const NodeCreateIndex *node)
{
    ObjectId namespace = schema_place(&k->schema, NAMES_RELATION, ref_qualifier(&node->table), node->table.name.name);
    return namespace != 0 && schema_find(&k->schema, NAMES_RELATION, namespace, node->name.name) != 0;
}

static bool is_subject_there(Checker *k, const Node *node)
{
    Ref ref = {0};
    switch ((int) node->kind) {
    case NODE_CREATE_SCHEMA: ref.name = ((const NodeCreateSchema *) node)->name; break;
    case NODE_CREATE_EXTENSION: ref.name = ((const NodeCreateExtension *) node)->name; break;
    case NODE_CREATE_TABLE: return is_taken(k, ((const NodeCreateTable *) node)->name);
    case NODE_CREATE_INDEX: return is_index_there(k, (const NodeCreateIndex *) node);
    case NODE_CREATE_SEQUENCE: return is_taken(k, ((const NodeCreateSequence *) node)->name);
    case NODE_CREATE_VIEW: return is_taken(k, ((const NodeCreateView *) node)->name);
    case NODE_CREATE_TABLE_AS: return is_taken(k, ((const NodeCreateTableAs *) node)->name);
    case NODE_ALTER_VIEW: return is_there(k, NAMES_RELATION, &((const NodeAlterView *) node)->name);
    case NODE_ALTER_TABLE: return is_there(k, NAMES_RELATION, &((const NodeAlterTable *) node)->name);
    case NODE_ALTER_INDEX: return is_there(k, NAMES_RELATION, &((const NodeAlterIndex *) node)->name);
    case NODE_ALTER_SEQUENCE: return is_there(k, NAMES_RELATION, &((const NodeAlterSequence *) node)->name);
    default: BUG("a condition on a statement of kind %d", (int) node->kind);
    }
    return is_there(k, node->kind == NODE_CREATE_SCHEMA ? NAMES_NAMESPACE : NAMES_EXTENSION, &ref);
}

const Node *statement_to_check(Checker *k, const Node *node)
{
    const Node *what = node;
    if (node->kind == NODE_IF_EXISTS)
        what = ((const NodeIfExists *) node)->what;
    else if (node->kind == NODE_IF_NOT_EXISTS)
        what = ((const NodeIfNotExists *) node)->what;
    if (what == node)
        return node;
    return is_subject_there(k, what) == (node->kind == NODE_IF_EXISTS) ? what : NULL;
}

/* ------------------------------------------------------------------ actions */

static bool is_part_of_table(const Table *table, const Node *action)
{
    switch ((int) action->kind) {
    case NODE_ADD_COLUMN: {
        const NodeColumn *column = (const NodeColumn *) ((const NodeAddColumn *) action)->column;
        return table_column_named(table, column->name.name) != NULL;
    }
    case NODE_DROP_COLUMN:
        return table_column_named(table, ((const NodeDropColumn *) action)->name.name) != NULL;
    case NODE_DROP_CONSTRAINT:
        return table_constraint_named(table, ((const NodeDropConstraint *) action)->name.name) != NULL ||
               table_not_null_named(table, ((const NodeDropConstraint *) action)->name.name) != NULL;
    default: BUG("a condition on an action of kind %d", (int) action->kind);
    }
}

static bool is_part_there(const Object *object, const Node *action)
{
    if (object->kind == OBJECT_DOMAIN && action->kind == NODE_DROP_CONSTRAINT)
        return object_constraint_named(object, ((const NodeDropConstraint *) action)->name.name) != NULL ||
               str_equal(((const Domain *) object)->not_null.name, ((const NodeDropConstraint *) action)->name.name);
    if (object_is_relation(object))
        return is_part_of_table((const Table *) object, action);
    if (object->kind == OBJECT_ENUM && action->kind == NODE_ADD_VALUE)
        return enum_label((const Enum *) object, ((const NodeAddValue *) action)->label.value) != NULL;
    BUG("a condition on a part of an object of kind %d", (int) object->kind);
}

const Node *action_to_check(const Object *object, const Node *action)
{
    if (action->kind == NODE_IF_EXISTS) {
        const Node *what = ((const NodeIfExists *) action)->what;
        return is_part_there(object, what) ? what : NULL;
    }
    if (action->kind == NODE_IF_NOT_EXISTS) {
        const Node *what = ((const NodeIfNotExists *) action)->what;
        return is_part_there(object, what) ? NULL : what;
    }
    return action;
}
