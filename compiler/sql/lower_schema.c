/* CREATE SCHEMA, and what it creates in the new schema: statements of their own, in the order in which the server does
 * them (transformCreateSchemaStmt() in src/backend/parser/parse_utilcmd.c). */
#include "lower.h"

Node *lower_create_schema(Lower *l, Cursor at, const PgQuery__CreateSchemaStmt *create)
{
    NodeCreateSchema *n = lower_node(l, CREATE_SCHEMA, CreateSchema, l->statement);
    cursor_take(&at, "create schema");
    if (create->if_not_exists)
        cursor_take(&at, "if not exists");
    if (!cursor_is(at, "authorization"))
        n->name = cursor_word(&at);
    if (cursor_take(&at, "authorization"))
        n->owner = cursor_word(&at);
    if (!word_is_written(n->name))
        n->name = n->owner;
    return lower_if_not_exists(l, create->if_not_exists, &n->node);
}

/* ------------------------------------------------------------------ elements */

enum { ORDER_INDEX = 3 };

/* Where it stands in the server's order, and the relation that it creates or is about; NULL: of grants. */
static int element_order(const PgQuery__Node *element, const PgQuery__RangeVar **relation)
{
    *relation = NULL;
    switch ((int) element->node_case) {
    case PG_QUERY__NODE__NODE_CREATE_SEQ_STMT: *relation = element->create_seq_stmt->sequence; return 0;
    case PG_QUERY__NODE__NODE_CREATE_STMT: *relation = element->create_stmt->relation; return 1;
    case PG_QUERY__NODE__NODE_VIEW_STMT: *relation = element->view_stmt->view; return 2;
    case PG_QUERY__NODE__NODE_INDEX_STMT: *relation = element->index_stmt->relation; return ORDER_INDEX;
    case PG_QUERY__NODE__NODE_CREATE_TRIG_STMT: *relation = element->create_trig_stmt->relation; return 4;
    default: return 5;
    }
}

static bool is_made_here(const PgQuery__CreateSchemaStmt *create, const char *name)
{
    for (size_t i = 0; i < create->n_schema_elts; i++) {
        const PgQuery__RangeVar *relation;
        bool made = element_order(create->schema_elts[i], &relation) < ORDER_INDEX;
        if (made && strcmp(relation->relname, name) == 0)
            return true;
    }
    return false;
}

/* setSchemaName(); a temporary relation goes into the session's own schema. An index or trigger is for what is created
 * with it: the schema holds nothing else yet. */
static bool check_element(Lower *l, const PgQuery__CreateSchemaStmt *create, const PgQuery__Node *element, Span span,
                          Str schema)
{
    const PgQuery__RangeVar *relation;
    int order = element_order(element, &relation);
    if (relation == NULL)
        return true;
    bool elsewhere = relation->schemaname[0] != '\0' && !str_equal(str_from(relation->schemaname), schema);
    bool temporary = relation->relpersistence[0] == 't';
    if (elsewhere || temporary)
        report(l->c, M_SCHEMA_ELEMENT, span, "%s is not created in schema \"%.*s\"",
               temporary ? "a temporary relation" : "this", STR_ARG(schema));
    if (elsewhere && !temporary)
        help(l->c, "leave the name of the schema out, or make a statement of its own of it");
    if (elsewhere || temporary)
        return false;
    if (order < ORDER_INDEX || is_made_here(create, relation->relname))
        return true;
    report(l->c, M_UNKNOWN_TABLE, span, "there is no table \"%s\" in schema \"%.*s\"", relation->relname,
           STR_ARG(schema));
    help(l->c, "this is for what is created here with it: make a statement of its own of it");
    return false;
}

void lower_schema_elements(Lower *l, Cursor at, const PgQuery__CreateSchemaStmt *create, const SqlStatement *whole,
                           SqlStatements *elements)
{
    enum { ORDERS = 6 };
    LIST(Span) spans = {0};
    const NodeCreateSchema *node = (const NodeCreateSchema *) whole->node;
    cursor_take(&at, "create schema");
    cursor_element(&at);
    for (size_t i = 0; i < create->n_schema_elts; i++)
        list_push(l->arena, &spans, cursor_span(cursor_element(&at)));
    for (int order = 0; order < ORDERS; order++) {
        for (size_t i = 0; i < create->n_schema_elts; i++) {
            const PgQuery__RangeVar *relation;
            const PgQuery__Node *element = create->schema_elts[i];
            if (element_order(element, &relation) == order &&
                check_element(l, create, element, spans.items[i], node->name.name))
                list_push(l->arena, elements, lower_part(l, element, spans.items[i], whole));
        }
    }
}
