/* Collations of what a query gives: each expression takes that of what it is made of, as far as types are known
 * (src/backend/parser/parse_collate.c). */
#include "query.h"

#include "resolve.h"

/* CollateStrength: what is stronger wins; of two implicit ones that which is not the default, or neither. */
typedef enum Strength { STRENGTH_NONE, STRENGTH_IMPLICIT, STRENGTH_CONFLICT, STRENGTH_EXPLICIT } Strength;

typedef struct Collation {
    Strength strength;
    Str name;          /* as SQL; data == NULL: the default of the database */
    ObjectId object;   /* where a migration made it */
} Collation;

static void merge(Collation *sum, Collation more)
{
    bool equal = str_equal(sum->name, more.name) && sum->object == more.object;
    bool implicit = more.strength == STRENGTH_IMPLICIT && sum->strength == STRENGTH_IMPLICIT;
    if (more.strength > sum->strength || (implicit && sum->name.data == NULL))
        *sum = more;
    else if (implicit && more.name.data != NULL && !equal)
        sum->strength = STRENGTH_CONFLICT;
}

/* That of a type: the one that was written, of a domain its own, of names always the same. */
static Collation type_collation(const Schema *schema, const Type *type)
{
    const Domain *domain = schema_domain(schema, type->object);
    Collation own = {STRENGTH_IMPLICIT, type->collation, type->collation_object};
    if (own.name.data == NULL && domain != NULL)
        return type_collation(schema, &domain->type);
    if (own.name.data == NULL && type->catalog != NULL && str_is(type->catalog->name, "name"))
        own.name = STR("\"C\"");
    return own;
}

static Collation collation_of(Reader *r, const PgQuery__Node *node);

static void merge_all(Reader *r, Collation *sum, size_t count, PgQuery__Node *const *nodes)
{
    for (size_t i = 0; i < count; i++)
        merge(sum, collation_of(r, nodes[i]));
}

static Collation call_collation(Reader *r, const PgQuery__FuncCall *call)
{
    Collation sum = {0};
    merge_all(r, &sum, call->n_args, call->args);
    for (size_t i = 0; call->agg_within_group && i < call->n_agg_order; i++)
        merge(&sum, collation_of(r, call->agg_order[i]->sort_by->node));
    return sum;
}

static Collation case_collation(Reader *r, const PgQuery__CaseExpr *expression)
{
    Collation sum = {0};
    for (size_t i = 0; i < expression->n_args; i++)
        merge(&sum, collation_of(r, expression->args[i]->case_when->result));
    if (expression->defresult != NULL)
        merge(&sum, collation_of(r, expression->defresult));
    return sum;
}

static Collation sides_collation(Reader *r, const PgQuery__AExpr *expression)
{
    Collation sum = {0};
    if (expression->lexpr != NULL)
        merge(&sum, collation_of(r, expression->lexpr));
    if (expression->rexpr != NULL)
        merge(&sum, collation_of(r, expression->rexpr));
    return sum;
}

static Collation clause_collation(Reader *r, const PgQuery__CollateClause *clause)
{
    Collation collation = {.strength = STRENGTH_EXPLICIT};
    collation.name = tree_qualified_sql(READER_ARENA(r), clause->n_collname, clause->collname);
    collation.object = resolve_own_collation(r->names.schema, clause->n_collname, clause->collname);
    return collation;
}

/* A domain that has a collation of its own gives that, whatever is cast to it; a constant is one of the new type. */
static Collation cast_collation(Reader *r, const PgQuery__TypeCast *cast, const Type *type)
{
    bool constant = cast->arg->node_case == PG_QUERY__NODE__NODE_A_CONST;
    Collation own = type_collation(r->names.schema, type);
    bool fixed = schema_domain(r->names.schema, type->object) != NULL && own.name.data != NULL;
    return constant || fixed ? own : collation_of(r, cast->arg);
}

/* That of the parts, for a type that has collations; NONE: no part has one. */
static Collation parts_collation(Reader *r, const PgQuery__Node *node, const Type *type)
{
    Collation sum = {0};
    switch ((int) node->node_case) {
    case PG_QUERY__NODE__NODE_TYPE_CAST: return cast_collation(r, node->type_cast, type);
    case PG_QUERY__NODE__NODE_FUNC_CALL: return call_collation(r, node->func_call);
    case PG_QUERY__NODE__NODE_A_EXPR: return sides_collation(r, node->a_expr);
    case PG_QUERY__NODE__NODE_A_INDIRECTION: return collation_of(r, node->a_indirection->arg);
    case PG_QUERY__NODE__NODE_CASE_EXPR: return case_collation(r, node->case_expr);
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
        merge_all(r, &sum, node->coalesce_expr->n_args, node->coalesce_expr->args);
        return sum;
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
        merge_all(r, &sum, node->min_max_expr->n_args, node->min_max_expr->args);
        return sum;
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
        merge_all(r, &sum, node->a_array_expr->n_elements, node->a_array_expr->elements);
        return sum;
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE: return clause_collation(r, node->collate_clause);
    default: return sum;
    }
}

static Collation collation_for(Reader *r, const PgQuery__Node *node, const Type *type)
{
    Type base = type_base(r->names.schema, type);
    bool literal = base.catalog != NULL && str_is(base.catalog->name, "unknown");
    if (base.catalog == NULL || !(base.catalog->collatable || literal))
        return (Collation) {0};
    Collation parts = parts_collation(r, node, type);
    return parts.strength != STRENGTH_NONE ? parts : type_collation(r->names.schema, type);
}

static Collation collation_of(Reader *r, const PgQuery__Node *node)
{
    Type type = query_type(r, node);
    return collation_for(r, node, &type);
}

Type query_collated_type(Reader *r, const PgQuery__Node *node)
{
    Type type = query_type(r, node), plain = type;
    Collation found = collation_for(r, node, &type);
    plain.collation = (Str) {0};
    plain.collation_object = 0;
    Collation own = type_collation(r->names.schema, &plain);
    bool same = found.strength == STRENGTH_NONE || found.strength == STRENGTH_CONFLICT ||
                (str_equal(own.name, found.name) && own.object == found.object);
    if (same)
        return plain;
    plain.collation = found.name.data == NULL ? STR("pg_catalog.\"default\"") : found.name;
    plain.collation_object = found.object;
    return plain;
}
