/* `sql { … }`: what PostgreSQL's parser accepts and the model need not follow. */
#include "checker.h"

static void refuse_statement(Checker *k, const SqlStatement *statement, Span span)
{
    Span head = span_head(span, (uint32_t) strlen(statement->what));
    switch (statement->effect) {
    case SQL_FREE: break;
    case SQL_MODELLED:
        report(k->c, M_SQL_NOT_FOLLOWED, head, "%s inside `sql` would change the schema behind the compiler's back",
               statement->what);
        help(k->c, "write it as a statement of the language, outside `sql { … }`, where this version has one");
        break;
    case SQL_TRANSACTION:
        report(k->c, M_SQL_TRANSACTION, span_head(span, 8),
               "a migration runs in a transaction that is not its own to end");
        help(k->c, "remove it: everything pending is applied in one transaction, or not at all");
        break;
    case SQL_NO_TRANSACTION:
        report(k->c, M_SQL_NO_TRANSACTION, head, "%s cannot run inside a transaction", statement->what);
        help(k->c, "this version runs every migration in a transaction: run it by hand, outside the deploy");
        break;
    }
}

void check_sql_block(Checker *k, const NodeSqlBlock *node)
{
    SqlStatements statements = {0};
    if (!sql_block(&k->sql, node->body, &statements))
        return;
    if (statements.count == 0)
        report(k->c, M_SQL_EMPTY, node->node.span, "this block holds no statement");
    for (size_t i = 0; i < statements.count; i++) {
        const SqlStatement *statement = &statements.items[i];
        Span span = syntax_trim(k->syntax, statement->span);
        if (statement->effect != SQL_FREE) {
            refuse_statement(k, statement, span);
            continue;
        }
        RunSqlChange run = {span_text(&k->c->sources, span), statement->functions};
        checker_change(k, (Change) {.kind = CHANGE_RUN_SQL, .span = span, .run_sql = run});
    }
}
