#include "sql.h"

static const char *class_name(SqlClass class)
{
    switch (class) {
    case SQL_NODE: return "node";
    case SQL_DATA: return "data";
    case SQL_MAINTENANCE: return "maintenance";
    case SQL_DEFINITION: return "definition";
    case SQL_NOT_FOLLOWED: return "not-followed";
    case SQL_SEARCH_PATH: return "search-path";
    case SQL_FIXED_SETTING: return "fixed-setting";
    case SQL_TRANSACTION: return "transaction";
    case SQL_OUTSIDE: return "outside";
    case SQL_NO_TRANSACTION: return "no-transaction";
    case SQL_CLIENT: return "client";
    case SQL_REPORTED: return "reported";
    }
    return "";
}

void sql_statements_dump(Compilation *c, const SqlStatements *statements, Text *out)
{
    for (size_t i = 0; i < statements->count; i++) {
        const SqlStatement *statement = &statements->items[i];
        if (statement->class == SQL_NODE)
            node_dump(&c->sources, out, statement->node);
        else
            text_addf(out, "%s `%.*s`\n", class_name(statement->class),
                      STR_ARG(span_text(&c->sources, statement->span)));
        sql_statements_dump(c, &statement->elements, out);
    }
}
