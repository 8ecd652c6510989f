/* Columns. Every piece of one begins at a location of the tree and ends where the next begins. */
#include "lower.h"

static const PgQuery__Constraint *constraint_at(PgQuery__Node *const *constraints, size_t index)
{
    return constraints[index]->constraint;
}

static bool is_attribute(const PgQuery__Constraint *constraint)
{
    return constraint->contype >= PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE;
}

/* ------------------------------------------------------------------ deferrable and the like */

static Timing *timing_of(Node *node)
{
    if (node->kind == NODE_KEY)
        return &((NodeKey *) node)->timing;
    return node->kind == NODE_FOREIGN_KEY ? &((NodeForeignKey *) node)->timing : NULL;
}

static bool contradicts(const PgQuery__Constraint *attribute, const PgQuery__Constraint *before)
{
    int first = (int) before->contype, second = (int) attribute->contype;
    int never = PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_NOT_DEFERRABLE, late = PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED;
    return (first == never && second == late) || (first == late && second == never);
}

/* The rules of transformConstraintAttrs() in src/backend/parser/parse_utilcmd.c, of which two are kept: an attribute
 * follows a key, and what is deferred is deferrable. */
static void apply_attribute(Lower *l, NodeList clauses, PgQuery__Node *const *constraints, size_t index, Span span)
{
    const PgQuery__Constraint *attribute = constraint_at(constraints, index);
    Node *node = clauses.count == 0 ? NULL : clauses.items[clauses.count - 1];
    Timing *timing = node == NULL ? NULL : timing_of(node);
    if (timing == NULL) {
        report(l->c, M_SQL_SYNTAX, span, "this belongs behind a key or a foreign key");
        return;
    }
    if (contradicts(attribute, constraint_at(constraints, index - 1)))
        report(l->c, M_SQL_SYNTAX, span, "a constraint that is initially deferred must be deferrable");
    node->span = span_join(node->span, span);
    if (attribute->contype == PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED)
        *timing = TIMING_DEFERRED;
    else if (attribute->contype == PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE && *timing == TIMING_IMMEDIATE)
        *timing = TIMING_DEFERRABLE;
}

/* ------------------------------------------------------------------ clauses */

static Node *lower_default(Lower *l, Cursor part, Span span)
{
    NodeDefault *n = lower_node(l, DEFAULT, Default, span);
    cursor_take(&part, "default");
    n->expression = cursor_span(part);
    return &n->node;
}

static Node *lower_generated(Lower *l, Cursor part, Span span)
{
    NodeGenerated *n = lower_node(l, GENERATED, Generated, span);
    cursor_take(&part, "generated always as");
    n->expression = cursor_span(cursor_inside(&part));
    return &n->node;
}

Node *lower_identity(Lower *l, Cursor part)
{
    NodeIdentity *n = lower_node(l, IDENTITY, Identity, cursor_span(part));
    n->always = cursor_find(part, "always");
    cursor_seek(&part, "identity");
    cursor_take(&part, "identity");
    if (cursor_is_sign(part, '('))
        n->options = cursor_span(cursor_inside(&part));
    return &n->node;
}

/* Servers that give it no name take one that is written, and forget it. */
static Node *lower_not_null(Lower *l, Span span, Word name)
{
    enum { NAMED_SINCE = 18 };
    NodeNotNull *n = lower_node(l, NOT_NULL, NotNull, span);
    if (l->sql->major >= NAMED_SINCE)
        n->name = name;
    return &n->node;
}

static Node *lower_clause(Lower *l, Cursor part, const PgQuery__Constraint *constraint)
{
    Cursor whole = part;
    Span span = cursor_span(whole);
    Word name = lower_constraint_name(&part);
    switch ((int) constraint->contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_NULL: return &lower_node(l, NULLABLE, Nullable, span)->node;
    case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL: return lower_not_null(l, span, name);
    case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT: return lower_default(l, part, span);
    case PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY: return lower_identity(l, part);
    case PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED: return lower_generated(l, part, span);
    default: return lower_constraint(l, whole, constraint, true);
    }
}

/* `null` and `not null` may be said twice. */
static bool is_repeated(NodeList clauses, const Node *node)
{
    for (size_t i = 0; i < clauses.count; i++) {
        if (clauses.items[i]->kind == node->kind && (node->kind == NODE_NULLABLE || node->kind == NODE_NOT_NULL))
            return true;
    }
    return false;
}

static Node *lower_collation(Lower *l, Cursor part)
{
    NodeCollation *n = lower_node(l, COLLATION, Collation, cursor_span(part));
    n->collation = n->node.span;
    return &n->node;
}

static void add_clause(Lower *l, NodeList *clauses, Node *node)
{
    if (node != NULL && !is_repeated(*clauses, node))
        list_push(l->arena, clauses, node);
}

/* A collation that stands behind a constraint is none of the tree's constraints. */
NodeList lower_clauses(Lower *l, Cursor *rest, size_t count, PgQuery__Node *const *constraints)
{
    NodeList clauses = {0};
    for (size_t i = 0; i < count; i++) {
        int32_t next = i + 1 < count ? constraint_at(constraints, i + 1)->location : -1;
        Cursor collation = cursor_before_location(rest, next);
        Cursor part = cursor_before(&collation, "collate");
        if (is_attribute(constraint_at(constraints, i)))
            apply_attribute(l, clauses, constraints, i, cursor_span(part));
        else
            add_clause(l, &clauses, lower_clause(l, part, constraint_at(constraints, i)));
        if (!cursor_is_empty(collation))
            add_clause(l, &clauses, lower_collation(l, collation));
    }
    return clauses;
}

/* ------------------------------------------------------------------ null or not */

static bool is_in_key(const PgQuery__Constraint *key, const char *name)
{
    for (size_t i = 0; key != NULL && i < key->n_keys; i++) {
        if (strcmp(key->keys[i]->string->sval, name) == 0)
            return true;
    }
    return false;
}

static bool is_serial(const PgQuery__ColumnDef *column)
{
    return column->type_name != NULL && tree_serial_integer(column->type_name) != NULL;
}

/* Whether `null` gives way to a primary key: to one of the table it always does, to the column's own until 17
 * (transformColumnDefinition() in src/backend/parser/parse_utilcmd.c). */
static bool null_gives_way(const Lower *l, const PgQuery__ColumnDef *column, const PgQuery__Constraint *key)
{
    enum { CONFLICTS_SINCE = 18 };
    bool primary = is_in_key(key, column->colname);
    for (size_t i = 0; i < column->n_constraints; i++) {
        switch ((int) constraint_at(column->constraints, i)->contype) {
        case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
        case PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY: return false;
        case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY: primary = primary || l->sql->major < CONFLICTS_SINCE; break;
        default: break;
        }
    }
    return primary && !is_serial(column);
}

/* Whether a clause says, or implies, something of null. */
static bool is_settled(const PgQuery__ColumnDef *column)
{
    for (size_t i = 0; i < column->n_constraints; i++) {
        switch ((int) constraint_at(column->constraints, i)->contype) {
        case PG_QUERY__CONSTR_TYPE__CONSTR_NULL:
        case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
        case PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY:
        case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY: return true;
        default: break;
        }
    }
    return is_serial(column);
}

/* ------------------------------------------------------------------ the whole */

/* `compression method`, which stands behind the type and before its collation. */
static void take_compression(Lower *l, Cursor *type, NodeList *clauses)
{
    Cursor collation = *type;
    Cursor compression = cursor_before(&collation, "collate");
    compression.at = type->end = compression.end - 2;
    NodeSetCompression *n = lower_node(l, SET_COMPRESSION, SetCompression, cursor_span(compression));
    cursor_take(&compression, "compression");
    n->compression = cursor_word(&compression);
    list_push(l->arena, clauses, &n->node);
    if (!cursor_is_empty(collation))
        list_push(l->arena, clauses, lower_collation(l, collation));
}

/* Between the type and what else is said of it stand `options (…)`. */
static void take_wrapper_options(Lower *l, Cursor *type, const PgQuery__ColumnDef *column, NodeList *clauses)
{
    Cursor rest = *type;
    type->end = cursor_before(&rest, "options").end;
    list_push(l->arena, clauses, lower_wrapper_options(l, &rest, column->n_fdwoptions, column->fdwoptions));
    if (!cursor_is_empty(rest))
        list_push(l->arena, clauses, lower_collation(l, rest));
}

Node *lower_column(Lower *l, Cursor part, const PgQuery__ColumnDef *column, const PgQuery__Constraint *key)
{
    NodeColumn *n = lower_node(l, COLUMN, Column, cursor_span(part));
    n->name = cursor_word(&part);
    int32_t first = column->n_constraints > 0 ? constraint_at(column->constraints, 0)->location : -1;
    Cursor type = cursor_before_location(&part, first);
    if (!is_settled(column) && !is_in_key(key, column->colname))
        list_push(l->arena, &n->clauses, &lower_node(l, NULLABLE, Nullable, n->name.span)->node);
    if (column->n_fdwoptions > 0)
        take_wrapper_options(l, &type, column, &n->clauses);
    if (column->compression[0] != '\0')
        take_compression(l, &type, &n->clauses);
    if (column->type_name != NULL)  /* of a partition's column there is none */
        n->type = cursor_span(type);
    NodeList clauses = lower_clauses(l, &part, column->n_constraints, column->constraints);
    bool gives_way = null_gives_way(l, column, key);
    for (size_t i = 0; i < clauses.count; i++) {
        if (!gives_way || clauses.items[i]->kind != NODE_NULLABLE)
            list_push(l->arena, &n->clauses, clauses.items[i]);
    }
    return &n->node;
}

Node *lower_attribute(Lower *l, Cursor part)
{
    NodeColumn *n = lower_node(l, COLUMN, Column, cursor_span(part));
    n->name = cursor_word(&part);
    n->type = cursor_span(part);
    return &n->node;
}
