/* Bodies of functions in SQL. A string is read by the server when the function is made, and again when it runs: its
 * names must be there, but nothing follows them. What stands between `begin atomic` and `end`, or behind `return`, is
 * kept as what it means, like a view. */
#include "read_definition.h"

/* ------------------------------------------------------------------ the scope */

static QueryScope body_scope(DefinitionReader *r, const Routine *routine, bool kept)
{
    QueryScope scope = {.schema = r->schema, .place = "a function", .kept = kept, .can_modify = true};
    scope.fate = QUERY_REWRITTEN;
    scope.function = r->out->definition->object.name;
    scope.function_schema = r->out->definition->object.schema;
    for (size_t i = 0; i < routine->parameters.count; i++) {
        const Parameter *parameter = &routine->parameters.items[i];
        if (parameter->mode == PARAMETER_OUT || parameter->mode == PARAMETER_TABLE)
            continue;
        list_push(r->arena, &scope.variables, (QueryVariable) {parameter->name, parameter->type});
    }
    return scope;
}

/* ------------------------------------------------------------------ strings */

/* The inside of a string in which nothing is escaped: then its places are those of the file. */
static bool plain_inside(Str text, Span literal, Span *inside)
{
    size_t quote = 1;
    if (text.len > 1 && text.data[0] == '$') {
        while (quote < text.len && text.data[quote] != '$')
            quote++;
        quote++;
    } else if (text.len < 2 || text.data[0] != '\'') {
        return false;
    }
    *inside = (Span) {literal.start + (uint32_t) quote, literal.end - (uint32_t) quote, literal.file};
    Str body = str_slice(text, quote, text.len - quote);
    for (size_t i = 0; i < body.len && text.data[0] == '\''; i++) {
        if (body.data[i] == '\'')
            return false;
    }
    return true;
}

/* Statements that can be looked into without those before them having run. */
static bool is_plain_statement(const PgQuery__Node *node)
{
    switch ((int) node->node_case) {
    case PG_QUERY__NODE__NODE_SELECT_STMT: return node->select_stmt->into_clause == NULL;
    case PG_QUERY__NODE__NODE_INSERT_STMT:
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
    case PG_QUERY__NODE__NODE_DELETE_STMT: return true;
    default: return false;
    }
}

static bool all_plain(const PgQuery__ParseResult *tree)
{
    for (size_t i = 0; i < tree->n_stmts; i++) {
        if (!is_plain_statement(tree->stmts[i]->stmt))
            return false;
    }
    return true;
}

/* Names are looked up along the path that the function sets: it must be the project's own for us to know it. */
static bool has_own_path(const DefinitionReader *r)
{
    const Expression *path = attribute_clause(r->out->definition->created, STR("set search_path"));
    return path == NULL;
}

static void note_mentions(DefinitionReader *r, const Expression *expression)
{
    Definition *d = r->out->definition;
    for (size_t i = 0; i < expression->uses.count; i++) {
        Use use = expression->uses.items[i];
        bool label = use.part != 0 && schema_relation(r->schema, use.object) == NULL;
        if (use.object != 0 && use.form != USE_HIDDEN && use.form != USE_KEY && !label)
            list_push(r->arena, &d->mentions, (Mention) {use.object, use.part, d->object.created});
    }
}

/* A part of a string is taken as it stands: it may end where a token of the file would go on (`b'`). */
static const SqlQuery *read_statement(DefinitionReader *r, const QueryScope *scope, Span span)
{
    Fragment fragment = fragment_verbatim(r->arena, &r->c->sources, span);
    const SqlQuery *query = sql_query(r->sql, scope, &fragment);
    if (query == NULL)
        r->refused = true;
    else
        note_mentions(r, query->expression);
    return query;
}

/* What such a body means depends on the call; it is only parsed before (fmgr_sql_validator() in
 * src/backend/catalog/pg_proc.c). */
static bool takes_any_type(const Routine *routine)
{
    for (size_t i = 0; i < routine->parameters.count; i++) {
        const Parameter *parameter = &routine->parameters.items[i];
        bool input = parameter->mode != PARAMETER_OUT && parameter->mode != PARAMETER_TABLE;
        if (input && type_is_polymorphic(&parameter->type))
            return true;
    }
    return false;
}

/* The columns that the rows of the result have; 0: that is not known. */
static size_t result_columns(const DefinitionReader *r, const Routine *routine)
{
    const Type *result = &routine->result;
    bool procedure = r->out->definition->object.kind == OBJECT_PROCEDURE;
    size_t outputs = 0;
    for (size_t i = 0; i < routine->parameters.count; i++) {
        ParameterMode mode = routine->parameters.items[i].mode;
        outputs += mode != PARAMETER_IN && mode != PARAMETER_VARIADIC;
    }
    if (outputs > 1 || procedure)
        return outputs;
    const Table *relation = result->array ? NULL : schema_relation(r->schema, result->object);
    if (relation != NULL)
        return relation->columns.count;
    bool plain = result->array || result->catalog->kind == CATALOG_BASE || result->catalog->kind == CATALOG_ENUM;
    return plain ? 1 : 0;
}

/* One column may be the row as a whole. */
static bool may_be_row(const SqlQuery *query)
{
    const Type *type = &query->outputs.items[0].type;
    return query->outputs.count == 1 &&
           (type->catalog == NULL || type->object != 0 || type->catalog->kind != CATALOG_BASE);
}

/* check_sql_fn_retval() in src/backend/executor/functions.c, but for types. */
static void check_result(DefinitionReader *r, const Routine *routine, const SqlQuery *last, Span span)
{
    const CatalogType *result = routine->result.catalog;
    size_t wanted = result == NULL || str_is(result->name, "void") ? 0 : result_columns(r, routine);
    if (wanted == 0 || r->refused || (last != NULL && last->open))
        return;
    if (last == NULL || last->outputs.count == 0) {
        definition_report(r, M_BAD_FUNCTION, span,
                          "the last statement gives no rows, and the function returns something");
        help(r->c, "end with SELECT or RETURNING, or let it return void");
    } else if (last->outputs.count != wanted && !may_be_row(last)) {
        definition_report(r, M_BAD_FUNCTION, last->outputs.items[0].span,
                          "the function returns %zu column%s, and its last statement gives %zu", wanted,
                          wanted == 1 ? "" : "s", last->outputs.count);
    }
}

/* Of a string with escapes only the syntax is read: what it names has no place to point at. */
void check_sql_body(DefinitionReader *r, const Routine *routine, Str body, Span literal)
{
    Span inside = literal;
    bool plain = plain_inside(span_text(&r->c->sources, literal), literal, &inside);
    Fragment whole = {.sql = body, .span = literal};
    if (plain)
        whole = fragment_verbatim(r->arena, &r->c->sources, inside);
    else
        list_push(r->arena, &whole.pieces, (FragmentPiece) {0, literal.start});
    const PgQuery__ParseResult *tree = tree_parse(r->sql, "", &whole, "");
    r->refused = r->refused || tree == NULL;
    if (tree == NULL || !plain || !all_plain(tree) || !has_own_path(r) || takes_any_type(routine))
        return;
    QueryScope scope = body_scope(r, routine, false);
    const SqlQuery *last = NULL;
    for (size_t i = 0; i < tree->n_stmts; i++) {
        uint32_t start = inside.start + (uint32_t) tree->stmts[i]->stmt_location;
        uint32_t length = (uint32_t) tree->stmts[i]->stmt_len;
        last = read_statement(r, &scope, (Span) {start, length == 0 ? inside.end : start + length, inside.file});
    }
    check_result(r, routine, last, literal);
}

/* ------------------------------------------------------------------ bodies of the standard */

static void take_query(DefinitionReader *r, const QueryScope *scope, Cursor part, const PgQuery__Node *tree)
{
    Fragment fragment = syntax_fragment(r->sql->syntax, cursor_span(part));
    const SqlQuery *query = sql_query(r->sql, scope, &fragment);
    r->refused = r->refused || query == NULL;
    if (query != NULL)
        text_take_expression(&r->text, query->expression, &tree->base);
}

/* `return expression` */
static void take_return(DefinitionReader *r, const QueryScope *scope, Cursor part, const PgQuery__Node *tree)
{
    text_take(&r->text, cursor_take_span(&part, "return"));
    Fragment fragment = syntax_fragment(r->sql->syntax, cursor_span(part));
    QueryScope returned = *scope;
    returned.returned = true;
    const SqlQuery *query = sql_condition(r->sql, &returned, &fragment);
    r->refused = r->refused || query == NULL;
    if (query != NULL)
        text_take_expression(&r->text, query->expression, &tree->return_stmt->returnval->base);
}

static void take_part(DefinitionReader *r, const QueryScope *scope, Cursor part, const PgQuery__Node *tree)
{
    if (tree->node_case == PG_QUERY__NODE__NODE_RETURN_STMT)
        take_return(r, scope, part, tree);
    else
        take_query(r, scope, part, tree);
}

/* The cursor stands before the body, and goes behind it. */
void take_standard_body(DefinitionReader *r, const Routine *routine, Cursor *at, const PgQuery__Node *body)
{
    QueryScope scope = body_scope(r, routine, true);
    if (body->node_case != PG_QUERY__NODE__NODE_LIST) {
        take_part(r, &scope, *at, body);
        at->at = at->end;
        return;
    }
    text_take(&r->text, cursor_take_span(at, "begin atomic"));
    const PgQuery__List *list = body->list->n_items == 0 ? NULL : body->list->items[0]->list;
    for (size_t i = 0; list != NULL && i < list->n_items; i++) {
        Cursor part = cursor_before_sign(at, ';');
        cursor_next(at);
        take_part(r, &scope, part, list->items[i]);
        text_make(&r->text, STR(";"));
    }
    text_take(&r->text, cursor_take_span(at, "end"));
}
