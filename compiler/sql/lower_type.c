/* Enums, domains and composite types. */
#include "lower.h"

static Literal literal(Lower *l, Cursor *at, const char *value)
{
    return (Literal) {str_copy(l->arena, str_from(value)), cursor_string(at)};
}

/* ------------------------------------------------------------------ enums */

Node *lower_create_enum(Lower *l, Cursor at, const PgQuery__CreateEnumStmt *create)
{
    NodeCreateEnum *n = lower_node(l, CREATE_ENUM, CreateEnum, l->statement);
    cursor_take(&at, "create type");
    n->name = cursor_ref(&at);
    cursor_take(&at, "as enum");
    Cursor inside = cursor_inside(&at);
    for (size_t i = 0; i < create->n_vals; i++) {
        Cursor label = cursor_item(&inside);
        list_push(l->arena, &n->labels, literal(l, &label, create->vals[i]->string->sval));
    }
    return &n->node;
}

static Node *lower_add_value(Lower *l, Cursor part, const PgQuery__AlterEnumStmt *alter)
{
    NodeAddValue *n = lower_node(l, ADD_VALUE, AddValue, cursor_span(part));
    cursor_take(&part, "add value");
    cursor_take(&part, "if not exists");
    n->label = literal(l, &part, alter->new_val);
    if (cursor_take(&part, "before"))
        n->place = LABEL_BEFORE;
    else if (cursor_take(&part, "after"))
        n->place = LABEL_AFTER;
    if (n->place != LABEL_LAST)
        n->neighbour = literal(l, &part, alter->new_val_neighbor);
    return lower_if_not_exists(l, alter->skip_if_new_val_exists, &n->node);
}

static Node *lower_rename_value(Lower *l, Cursor part, const PgQuery__AlterEnumStmt *alter)
{
    NodeRenameValue *n = lower_node(l, RENAME_VALUE, RenameValue, cursor_span(part));
    cursor_take(&part, "rename value");
    n->label = literal(l, &part, alter->old_val);
    cursor_take(&part, "to");
    n->to = literal(l, &part, alter->new_val);
    return &n->node;
}

Node *lower_alter_enum(Lower *l, Cursor at, const PgQuery__AlterEnumStmt *alter)
{
    NodeAlterEnum *n = lower_node(l, ALTER_ENUM, AlterEnum, l->statement);
    cursor_take(&at, "alter type");
    n->name = cursor_ref(&at);
    bool renames = alter->old_val[0] != '\0' || cursor_is(at, "rename");
    n->actions = lower_one(l, renames ? lower_rename_value(l, at, alter) : lower_add_value(l, at, alter));
    return &n->node;
}

/* ------------------------------------------------------------------ domains */

Node *lower_create_domain(Lower *l, Cursor at, const PgQuery__CreateDomainStmt *create)
{
    NodeCreateDomain *n = lower_node(l, CREATE_DOMAIN, CreateDomain, l->statement);
    cursor_take(&at, "create domain");
    n->name = cursor_ref(&at);
    cursor_take(&at, "as");
    int32_t first = create->n_constraints > 0 ? create->constraints[0]->constraint->location : -1;
    n->type = cursor_span(cursor_before_location(&at, first));
    n->clauses = lower_clauses(l, &at, create->n_constraints, create->constraints);
    for (size_t i = 0; i < n->clauses.count; i++) {
        if (n->clauses.items[i]->kind == NODE_COLLATION)
            lower_refuse(l, n->clauses.items[i]->span, "COLLATE behind another clause of the domain");
    }
    return &n->node;
}

static Node *lower_domain_constraint(Lower *l, Cursor part, Span span, const PgQuery__AlterDomainStmt *alter)
{
    if (cursor_take(&part, "add")) {
        NodeAddConstraint *add = lower_node(l, ADD_CONSTRAINT, AddConstraint, span);
        add->constraint = lower_constraint(l, part, alter->def->constraint, false);
        return add->constraint == NULL ? NULL : &add->node;
    }
    if (cursor_take(&part, "validate constraint")) {
        NodeValidateConstraint *validate = lower_node(l, VALIDATE_CONSTRAINT, ValidateConstraint, span);
        validate->name = cursor_word(&part);
        return &validate->node;
    }
    NodeDropConstraint *drop = lower_node(l, DROP_CONSTRAINT, DropConstraint, span);
    cursor_take(&part, "drop constraint");
    if (alter->missing_ok)
        cursor_take(&part, "if exists");
    drop->name = cursor_word(&part);
    if (alter->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE)
        drop->cascade = cursor_find(part, "cascade");
    return lower_if_exists(l, alter->missing_ok, &drop->node);
}

/* The subtypes are the letters of AlterDomainStmt in src/include/nodes/parsenodes.h. */
Node *lower_alter_domain(Lower *l, Cursor at, const PgQuery__AlterDomainStmt *alter)
{
    NodeAlterDomain *n = lower_node(l, ALTER_DOMAIN, AlterDomain, l->statement);
    cursor_take(&at, "alter domain");
    n->name = cursor_ref(&at);
    Span span = cursor_span(at);
    switch (alter->subtype[0]) {
    case 'T': n->actions = lower_one(l, lower_set_default(l, at, span)); break;
    case 'N': n->actions = lower_one(l, &lower_node(l, SET_NULL, SetNull, span)->node); break;
    case 'O': n->actions = lower_one(l, &lower_node(l, SET_NOT_NULL, SetNotNull, span)->node); break;
    default: n->actions = lower_one(l, lower_domain_constraint(l, at, span, alter)); break;
    }
    return &n->node;
}

/* ------------------------------------------------------------------ composite types */

Node *lower_create_type(Lower *l, Cursor at)
{
    NodeCreateType *n = lower_node(l, CREATE_TYPE, CreateType, l->statement);
    cursor_take(&at, "create type");
    n->name = cursor_ref(&at);
    cursor_take(&at, "as");
    Cursor inside = cursor_inside(&at);
    while (!cursor_is_empty(inside)) {
        Cursor part = cursor_item(&inside);
        list_push(l->arena, &n->attributes, lower_attribute(l, part));
    }
    return &n->node;
}
