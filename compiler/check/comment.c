/* `comment on`, of every kind of object and of their parts. */
#include "checker.h"
#include "not_null.h"

typedef struct Comment {
    Span span;
    PropertyValue value;
} Comment;

static void set_comment(Checker *k, const Comment *comment, ObjectId object, Property property, uint32_t part)
{
    checker_set(k, comment->span, object, property, part, comment->value);
}

/* ------------------------------------------------------------------ parts */

/* Of any relation, and attributes of composite types. */
bool find_subject_column(Checker *k, const Ref *ref, Word name, ObjectId *relation, ColumnId *column)
{
    const Object *object = named_object(k, NAMES_RELATION, ref);
    bool own = object_is_relation(object) && str_equal(object->name, ref->name.name);
    const Table *table = own ? (const Table *) object : find_table(k, ref);
    const ColumnInfo *found = table == NULL ? NULL : find_column(k, table, name);
    if (found == NULL)
        return false;
    *relation = table->object.id;
    *column = found->id;
    return true;
}

static void comment_column(Checker *k, const NodeCommentOn *node, const Comment *comment)
{
    ObjectId relation;
    ColumnId column;
    if (find_subject_column(k, &node->name, node->part, &relation, &column))
        set_comment(k, comment, relation, PROPERTY_COLUMN_COMMENT, column);
}

/* Whether there is a constraint of the name that says it. */
static bool comment_not_null(Checker *k, const Object *object, Word name, const Comment *comment)
{
    const Domain *domain = schema_domain(&k->schema, object->id);
    const Table *table = schema_relation(&k->schema, object->id);
    const ColumnInfo *column = table == NULL ? NULL : table_not_null_named(table, name.name);
    bool of_domain = domain != NULL && str_equal(domain->not_null.name, name.name);
    if (of_domain)
        set_comment(k, comment, object->id, PROPERTY_DOMAIN_NOT_NULL_COMMENT, 0);
    else if (column != NULL)
        set_comment(k, comment, object->id, PROPERTY_NOT_NULL_COMMENT, column->id);
    return of_domain || column != NULL;
}

static void comment_constraint(Checker *k, const Object *object, Word name, const Comment *comment)
{
    const Constraint *constraint = object == NULL ? NULL : object_constraint_named(object, name.name);
    if (constraint != NULL)
        set_comment(k, comment, object->id, PROPERTY_CONSTRAINT_COMMENT, constraint->id);
    else if (object != NULL && !comment_not_null(k, object, name, comment))
        report_unknown_constraint(k, object, name);
}

static const Object *find_table_object(Checker *k, const Ref *ref)
{
    const Table *table = find_table(k, ref);
    return table == NULL ? NULL : &table->object;
}

/* ------------------------------------------------------------------ what belongs to a table */

/* The index of a key, and the sequence of an identity column, are the table's own. False: it is neither. */
static bool comment_own(Checker *k, const NodeCommentOn *node, const Comment *comment)
{
    const Object *object = named_object(k, NAMES_RELATION, &node->name);
    Str name = node->name.name.name;
    if (!object_is_relation(object) || str_equal(object->name, name))
        return false;
    const Table *table = (const Table *) object;
    for (size_t i = 0; i < table->constraints.count && node->object == WORD_INDEX; i++) {
        const Constraint *constraint = table->constraints.items[i];
        if (!constraint_has_index(constraint) || !str_equal(constraint->name, name))
            continue;
        set_comment(k, comment, object->id, PROPERTY_CONSTRAINT_INDEX_COMMENT, constraint->id);
        return true;
    }
    for (size_t i = 0; i < table->columns.count && node->object == WORD_SEQUENCE; i++) {
        const ColumnInfo *column = table->columns.items[i];
        if (!identity_has_sequence(&column->identity) || !str_equal(column->identity.sequence, name))
            continue;
        set_comment(k, comment, object->id, PROPERTY_IDENTITY_COMMENT, column->id);
        return true;
    }
    return false;
}

void check_comment_on(Checker *k, const NodeCommentOn *node)
{
    Comment comment = {.span = node->node.span};
    comment.value.text = node->comment.value.len > 0 ? node->comment.value : (Str) {0};
    if (node->object == WORD_COLUMN) {
        comment_column(k, node, &comment);
    } else if (node->object == WORD_CONSTRAINT) {
        comment_constraint(k, find_table_object(k, &node->name), node->part, &comment);
    } else if (node->object == WORD_DOMAIN_CONSTRAINT) {
        comment_constraint(k, find_made_type(k, &node->name, OBJECT_DOMAIN), node->part, &comment);
    } else if (node->object == WORD_RULE) {
        check_comment_on_rule(k, node);
    } else if (!comment_own(k, node, &comment)) {
        const Object *object = find_by_word(k, node->object, &node->name);
        if (object != NULL)
            set_comment(k, &comment, object->id, PROPERTY_COMMENT, 0);
    }
}
