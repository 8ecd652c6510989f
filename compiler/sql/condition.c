/* Conditions of triggers and policies, and defaults of parameters: expressions about rows that have a name, or are just
 * there. */
#include "read_definition.h"

static bool find_subquery(void *context, const ProtobufCMessage *message)
{
    const PgQuery__SubLink **found = context;
    if (tree_is(message, pg_query__sub_link))
        *found = (const PgQuery__SubLink *) message;
    return *found == NULL;
}

/* Only policies may ask other tables. */
static bool check_subqueries(DefinitionReader *r, const PgQuery__Node *tree, const char *place)
{
    const PgQuery__SubLink *found = NULL;
    tree_walk(&tree->base, find_subquery, &found);
    if (found == NULL)
        return true;
    definition_report(r, M_BAD_EXPRESSION, reader_span(r, found->location, 1), "a subquery cannot stand in %s", place);
    return false;
}

const Expression *read_condition(DefinitionReader *r, Span span, const PgQuery__Node *tree, ConditionPlace place)
{
    QueryScope scope = {.schema = r->schema, .place = place.name, .kept = true, .filters = place.filters,
                        .condition = place.condition};
    Fragment fragment = syntax_fragment(r->sql->syntax, span);
    if (!place.subqueries && !check_subqueries(r, tree, place.name))
        return NULL;
    for (size_t i = 0; i < place.count; i++) {
        const ConditionRow *row = &place.rows[i];
        QueryRow query_row = {.name = row->name == NULL ? row->table->object.name : str_from(row->name),
                              .table = row->table, .bare = row->name == NULL, .named = row->name == NULL};
        list_push(r->arena, &scope.rows, query_row);
    }
    const SqlQuery *query = sql_condition(r->sql, &scope, &fragment);
    r->refused = r->refused || query == NULL;
    if (query != NULL && place.type != NULL)
        *place.type = query->outputs.items[0].type;
    return query == NULL ? NULL : query->expression;
}
