/* The statements of `sql { … }`: read by PostgreSQL's parser, sorted by what they are to the model, and lowered into
 * the language's own tree where the language has them. So one checker serves both. */
#include "lower.h"

#include "bug.h"

/* ------------------------------------------------------------------ what the parts share */

Node *lower_refuse(Lower *l, Span span, const char *what)
{
    tokens_refuse(l->tokens, span, what, NULL);
    return NULL;
}

NodeList lower_one(Lower *l, Node *node)
{
    NodeList list = {0};
    if (node != NULL)
        list_push(l->arena, &list, node);
    return list;
}

Node *lower_if_exists(Lower *l, bool said, Node *node)
{
    if (!said || node == NULL)
        return node;
    NodeIfExists *n = lower_node(l, IF_EXISTS, IfExists, node->span);
    n->what = node;
    return &n->node;
}

Node *lower_if_not_exists(Lower *l, bool said, Node *node)
{
    if (!said || node == NULL)
        return node;
    NodeIfNotExists *n = lower_node(l, IF_NOT_EXISTS, IfNotExists, node->span);
    n->what = node;
    return &n->node;
}

Ref lower_relation(Cursor *at, const PgQuery__RangeVar *relation, Span *only)
{
    *only = relation->inh ? (Span) {0} : cursor_take_span(at, "only");
    if (cursor_is_sign(*at, '(')) {
        Cursor inside = cursor_inside(at);
        return cursor_ref(&inside);
    }
    Ref ref = cursor_ref(at);
    if (cursor_is_sign(*at, '*'))
        cursor_next(at);
    return ref;
}

void lower_skip_kind(Cursor *at)
{
    if (!cursor_take(at, "materialized view") && !cursor_take(at, "foreign table"))
        cursor_next(at);
}

/* ------------------------------------------------------------------ lowering */

static Node *lower_statement(Lower *l, Cursor at, const PgQuery__Node *node)
{
    switch ((int) node->node_case) {
    case PG_QUERY__NODE__NODE_CREATE_STMT: return lower_create_table(l, at, node->create_stmt);
    case PG_QUERY__NODE__NODE_CREATE_FOREIGN_TABLE_STMT:
        return lower_create_foreign_table(l, at, node->create_foreign_table_stmt);
    case PG_QUERY__NODE__NODE_INDEX_STMT: return lower_create_index(l, at, node->index_stmt);
    case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT: return lower_alter_table(l, at, node->alter_table_stmt);
    case PG_QUERY__NODE__NODE_CREATE_SCHEMA_STMT: return lower_create_schema(l, at, node->create_schema_stmt);
    case PG_QUERY__NODE__NODE_CREATE_EXTENSION_STMT: return lower_create_extension(l, at, node->create_extension_stmt);
    case PG_QUERY__NODE__NODE_ALTER_EXTENSION_STMT: return lower_alter_extension(l, at, node->alter_extension_stmt);
    case PG_QUERY__NODE__NODE_CREATE_SEQ_STMT: return lower_create_sequence(l, at, node->create_seq_stmt);
    case PG_QUERY__NODE__NODE_ALTER_SEQ_STMT: return lower_alter_sequence(l, at, node->alter_seq_stmt);
    case PG_QUERY__NODE__NODE_CREATE_ENUM_STMT: return lower_create_enum(l, at, node->create_enum_stmt);
    case PG_QUERY__NODE__NODE_ALTER_ENUM_STMT: return lower_alter_enum(l, at, node->alter_enum_stmt);
    case PG_QUERY__NODE__NODE_CREATE_DOMAIN_STMT: return lower_create_domain(l, at, node->create_domain_stmt);
    case PG_QUERY__NODE__NODE_ALTER_DOMAIN_STMT: return lower_alter_domain(l, at, node->alter_domain_stmt);
    case PG_QUERY__NODE__NODE_COMPOSITE_TYPE_STMT: return lower_create_type(l, at);
    case PG_QUERY__NODE__NODE_VIEW_STMT: return lower_create_view(l, at, node->view_stmt);
    case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT: return lower_create_table_as(l, at, node->create_table_as_stmt);
    case PG_QUERY__NODE__NODE_SELECT_STMT: return lower_select_into(l, at);
    case PG_QUERY__NODE__NODE_REFRESH_MAT_VIEW_STMT: return lower_refresh(l, at);
    case PG_QUERY__NODE__NODE_RULE_STMT: return lower_create_rule(l, at, node->rule_stmt);
    case PG_QUERY__NODE__NODE_DROP_STMT: return lower_drop(l, at, node->drop_stmt);
    case PG_QUERY__NODE__NODE_COMMENT_STMT: return lower_comment(l, at, node->comment_stmt);
    case PG_QUERY__NODE__NODE_SEC_LABEL_STMT: return lower_security_label(l, at, node->sec_label_stmt);
    case PG_QUERY__NODE__NODE_RENAME_STMT: return lower_rename(l, at, node->rename_stmt);
    case PG_QUERY__NODE__NODE_ALTER_OBJECT_SCHEMA_STMT:
        return lower_set_schema(l, at, node->alter_object_schema_stmt);
    case PG_QUERY__NODE__NODE_ALTER_OWNER_STMT: return lower_set_owner(l, at, node->alter_owner_stmt);
    default: BUG("lowering a statement of kind %d", (int) node->node_case);
    }
}

/* The table that a statement creates which is not followed: that it is not there must not be said again. */
static Ref created_table(Cursor at)
{
    Cursor head = cursor_before(&at, "table");
    if (!cursor_is(head, "create") || !cursor_take(&at, "table"))
        return (Ref) {0};
    cursor_take(&at, "if not exists");
    return cursor_ref(&at);
}

/* What is refused of a statement in an unchecked block makes all of it something that is not followed. */
static void lower_into(Lower *l, Cursor at, const PgQuery__Node *node, SqlStatement *statement)
{
    l->tokens->refused = false;
    statement->node = lower_statement(l, at, node);
    if (l->tokens->refused && l->unchecked)
        statement->class = SQL_NOT_FOLLOWED;
    else if (statement->node == NULL)
        statement->class = SQL_REPORTED;
}

SqlStatement lower_part(Lower *l, const PgQuery__Node *tree, Span span, const SqlStatement *whole)
{
    Cursor at = cursor_over(l->tokens, span);
    SqlStatement statement = {.span = span, .tree = (const SqlTree *) tree, .base = whole->base,
                              .tokens = whole->tokens, .body = whole->body};
    statement_classify(l->sql, tree, &statement);
    l->statement = statement.span;
    if (statement.class == SQL_NODE)
        lower_into(l, at, tree, &statement);
    if (statement.class == SQL_REPORTED || statement.class == SQL_NOT_FOLLOWED)
        statement.table = created_table(at);
    if (tree->node_case == PG_QUERY__NODE__NODE_CREATE_SCHEMA_STMT && tree->create_schema_stmt->n_schema_elts > 0)
        lower_schema_elements(l, at, tree->create_schema_stmt, &statement, &statement.elements);
    return statement;
}

static SqlStatement read_statement(Lower *l, const PgQuery__RawStmt *raw, Span body)
{
    uint32_t start = body.start + (uint32_t) raw->stmt_location;
    uint32_t end = raw->stmt_len == 0 ? body.end : start + (uint32_t) raw->stmt_len;
    Cursor at = cursor_over(l->tokens, (Span) {start, end, body.file});
    SqlStatement block = {.base = body.start, .tokens = l->tokens, .body = body};
    return lower_part(l, raw->stmt, cursor_span(at), &block);
}

static void read_statements(Lower *l, const PgQuery__ParseResult *tree, Span body, SqlStatements *statements)
{
    l->tokens = tokens_read(l->syntax, body);
    l->tokens->unchecked = l->unchecked;
    for (size_t i = 0; i < tree->n_stmts; i++)
        list_push(l->arena, statements, read_statement(l, tree->stmts[i], body));
}

/* ------------------------------------------------------------------ blocks with an error
 *
 * The parser stops at the first error of a text. So that the other statements are known all the same, and all errors
 * are seen at once, each statement is then parsed alone. */

/* Semicolons between `begin atomic` and `end` end no statement. */
static bool has_nested_statements(Cursor block)
{
    return span_is_known(cursor_find(block, "begin atomic"));
}

/* A project of newer servers may say in an unchecked block what the parser does not know. */
static bool may_be_newer(const Lower *l)
{
    return l->unchecked && l->sql->major > PARSER_MAJOR;
}

static void read_one_by_one(Lower *l, Cursor block, SqlStatements *statements)
{
    while (!cursor_is_empty(block)) {
        Cursor part = cursor_statement(&block);
        Span span = cursor_span(part);
        if (cursor_is_empty(part))
            continue;
        Fragment fragment = fragment_verbatim(l->arena, &l->c->sources, span);
        bool newer = may_be_newer(l);
        const PgQuery__ParseResult *tree = newer ? tree_try(l->sql, &fragment) : tree_parse(l->sql, "", &fragment, "");
        SqlStatement unread = {span, newer ? SQL_NOT_FOLLOWED : SQL_REPORTED, .table = created_table(part)};
        if (tree != NULL)
            read_statements(l, tree, span, statements);
        else
            list_push(l->arena, statements, unread);
    }
}

bool sql_lower(Sql *sql, Syntax *syntax, const NodeSqlBlock *block, SqlStatements *statements)
{
    Span body = block->body;
    Fragment fragment = fragment_verbatim(&sql->c->arena, &sql->c->sources, body);
    Lower lower = {.sql = sql, .c = sql->c, .arena = &sql->c->arena, .syntax = syntax,
                   .unchecked = span_is_known(block->unchecked)};
    const PgQuery__ParseResult *tree = tree_try(sql, &fragment);
    if (tree != NULL) {
        read_statements(&lower, tree, body, statements);
        return true;
    }
    Cursor all = cursor_over(tokens_read(syntax, body), body);
    if (has_nested_statements(all))
        return tree_parse(sql, "", &fragment, "") != NULL;
    read_one_by_one(&lower, all, statements);
    return true;
}
