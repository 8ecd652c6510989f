/* `comment on`. */
#include "checker.h"

static Str text_of(const NodeCommentOn *node)
{
    bool none = span_is_known(node->none) || node->comment.value.len == 0;
    return none ? (Str) {0} : node->comment.value;
}

static void set_comment(Checker *k, const NodeCommentOn *node, ObjectId object, Property property, uint32_t part)
{
    checker_set(k, node->node.span, object, property, part, (PropertyValue) {.text = text_of(node)});
}

/* A column of a table or of a view. */
static const Table *find_holder(Checker *k, const NodeCommentOn *node)
{
    const Object *object = named_object(k, NAMES_RELATION, &node->name);
    bool view = object != NULL && object_is_relation(object) && str_equal(object->name, node->name.name.name);
    return view ? (const Table *) object : find_table(k, &node->name);
}

static void comment_on_column(Checker *k, const NodeCommentOn *node)
{
    const Table *table = find_holder(k, node);
    const ColumnInfo *column = table == NULL ? NULL : find_column(k, table, node->part);
    if (column != NULL)
        set_comment(k, node, table->object.id, PROPERTY_COLUMN_COMMENT, column->id);
}

static void comment_on_constraint(Checker *k, const NodeCommentOn *node)
{
    const Table *table = find_table(k, &node->name);
    const Constraint *constraint = table == NULL ? NULL : find_constraint(k, table, node->part);
    if (constraint != NULL)
        set_comment(k, node, table->object.id, PROPERTY_CONSTRAINT_COMMENT, constraint->id);
}

void check_comment_on(Checker *k, const NodeCommentOn *node)
{
    const Object *object;
    switch ((int) node->object) {
    case WORD_COLUMN: comment_on_column(k, node); return;
    case WORD_CONSTRAINT: comment_on_constraint(k, node); return;
    case WORD_RULE: check_comment_on_rule(k, node); return;
    case WORD_DOMAIN_CONSTRAINT: report_not_yet(k, node->node.span); return;
    default: break;
    }
    object = find_by_word(k, node->object, &node->name);
    if (object != NULL)
        set_comment(k, node, object->id, PROPERTY_COMMENT, 0);
}
