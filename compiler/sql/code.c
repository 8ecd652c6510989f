/* What runs by itself: a block of DO, or a function that a statement calls. Whether and how often its statements run
 * the code decides, so those that would change the model cannot be followed. They are found by the tokens of the code,
 * as libpg_query's PL/pgSQL does not take all that the server takes. */
#include "code.h"

#include "extent.h"
#include "lower.h"
#include "plpgsql.h"

typedef struct Code {
    Sql *sql;
    Str text;
    const PgQuery__ScanResult *scan;
} Code;

/* A statement of it that would change the model, by its tokens. */
typedef struct Defining {
    size_t first, end;
    bool executes;   /* it is EXECUTE, */
    bool unseen;     /* of a text that does not begin with a string */
} Defining;

/* ------------------------------------------------------------------ tokens */

static Code code_of(Sql *sql, Str text)
{
    return (Code) {.sql = sql, .text = text, .scan = tree_scan(&sql->c->arena, text)};
}

static bool is_word(const Code *c, size_t i, const char *word)
{
    return tree_token_is(c->scan, c->text, i, str_from(word));
}

static bool begins_statement(const Code *c, size_t i)
{
    static const char *const before[] = {";", "begin", "then", "else", "loop"};
    bool found = i == 0;
    for (size_t j = 0; j < sizeof before / sizeof *before && !found; j++)
        found = is_word(c, i - 1, before[j]);
    return found;
}

/* Its `;`. */
static size_t statement_end(const Code *c, size_t i)
{
    while (i < c->scan->n_tokens && !is_word(c, i, ";"))
        i++;
    return i;
}

/* ------------------------------------------------------------------ statements */

static bool changes_model(Sql *sql, const PgQuery__Node *node)
{
    SqlStatement statement = {0};
    SqlSettings settings = sql->settings;
    statement_classify(sql, node, &statement);
    sql->settings = settings;
    if (statement.class == SQL_DEFINITION)
        return !definition_is_opaque(node);
    return class_defines(statement.class) || statement.class == SQL_SEARCH_PATH ||
           statement.class == SQL_FIXED_SETTING;
}

/* What only reads or writes rows begins otherwise; there INTO is not SQL's. */
static bool may_define(const Code *c, size_t i)
{
    static const char *const verbs[] = {"create", "alter", "drop", "comment", "grant", "revoke", "security", "reassign",
                                        "refresh", "import", "set", "reset"};
    for (size_t j = 0; j < sizeof verbs / sizeof *verbs; j++) {
        if (is_word(c, i, verbs[j]))
            return true;
    }
    return false;
}

static bool statement_defines(const Code *c, size_t first, size_t end)
{
    Str text = str_slice(c->text, (size_t) c->scan->tokens[first]->start, (size_t) c->scan->tokens[end - 1]->end);
    const Fragment fragment = {.sql = text};
    const PgQuery__ParseResult *tree = may_define(c, first) ? tree_try(c->sql, &fragment) : NULL;
    return tree != NULL && tree->n_stmts == 1 && changes_model(c->sql, tree->stmts[0]->stmt);
}

/* ------------------------------------------------------------------ EXECUTE */

static bool is_string(const PgQuery__ScanToken *token)
{
    return token->token == PG_QUERY__TOKEN__SCONST || token->token == PG_QUERY__TOKEN__USCONST;
}

/* Whether the text begins as what reads or writes rows does. */
static bool is_data(const Code *c, Str text)
{
    static const char *const verbs[] = {"select", "insert", "update", "delete", "merge", "with", "values", "truncate",
                                        "lock", "analyze", "notify", "copy", "explain", "table"};
    Code executed = code_of(c->sql, text);
    bool empty = executed.scan == NULL || executed.scan->n_tokens == 0;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs && !empty; i++) {
        if (is_word(&executed, 0, verbs[i]))
            return true;
    }
    return false;
}

/* What is executed begins with the first string of what it is put together from. */
static bool execute_defines(const Code *c, Defining *found)
{
    size_t i = found->first;
    while (i < found->end && !is_string(c->scan->tokens[i]))
        i++;
    found->executes = true;
    found->unseen = i == found->end;
    return found->unseen || !is_data(c, tree_string(&c->sql->c->arena, tree_token(c->scan, c->text, i)));
}

/* ------------------------------------------------------------------ the code as a whole */

static bool find_defining(const Code *c, Defining *found)
{
    for (size_t i = 0; c->scan != NULL && i < c->scan->n_tokens; i++) {
        if (!begins_statement(c, i))
            continue;
        *found = (Defining) {.first = i, .end = statement_end(c, i)};
        if (is_word(c, i, "execute") ? execute_defines(c, found) : statement_defines(c, i, found->end))
            return true;
    }
    return false;
}

static bool statements_define(Sql *sql, Str text)
{
    const Fragment fragment = {.sql = text};
    const PgQuery__ParseResult *tree = tree_try(sql, &fragment);
    for (size_t i = 0; tree != NULL && i < tree->n_stmts; i++) {
        if (changes_model(sql, tree->stmts[i]->stmt))
            return true;
    }
    return false;
}

/* What the code makes temporary is so in it alone, as it does not run now. */
bool code_defines(Sql *sql, Str language, Str text)
{
    Map outside = sql->temporary;
    Code code = code_of(sql, text);
    Defining found;
    sql->temporary = map_new(&sql->c->arena);
    bool defines = str_is(language, "sql") ? statements_define(sql, text)
                                           : str_is(language, "plpgsql") && find_defining(&code, &found);
    sql->temporary = outside;
    return defines;
}

/* ------------------------------------------------------------------ DO */

/* The string that is not behind `language`. */
static Span find_literal(const SqlStatement *statement)
{
    Cursor at = cursor_over(statement->tokens, statement->span);
    Span found = {0};
    while (!cursor_is_empty(at) && !span_is_known(found)) {
        if (cursor_take(&at, "language"))
            cursor_next(&at);
        Span string = cursor_string(&at);
        if (string.end > string.start)
            found = string;
        else
            cursor_next(&at);
    }
    return found;
}

/* Only between dollars the code stands there as it is. */
static Span defining_place(const Code *c, const Defining *found, Span literal)
{
    Str written = span_text(&c->sql->c->sources, literal);
    uint32_t code = literal.start + (uint32_t) (written.len - c->text.len) / 2;
    if (written.data[0] != '$')
        return literal;
    return (Span) {code + (uint32_t) c->scan->tokens[found->first]->start,
                   code + (uint32_t) c->scan->tokens[found->end - 1]->end, literal.file};
}

/* The first one is enough. */
static bool refuse_defining(Sql *sql, Str text, Span literal)
{
    Code code = code_of(sql, text);
    Defining found;
    if (!find_defining(&code, &found))
        return true;
    report(sql->c, M_SQL_NOT_FOLLOWED, defining_place(&code, &found, literal),
           found.executes ? "what is executed here may change the schema behind the compiler's back"
                          : "inside a `do` block this would change the schema behind the compiler's back");
    help(sql->c, found.unseen ? "begin it with a string that says what it does, `execute 'update …' || …`, or put the "
                                "block into `unchecked sql { … }`"
                              : "write it as a statement of its own: whether it is needed is known, so it wants no "
                                "condition; or put the block into `unchecked sql { … }`");
    return false;
}

bool do_check(Sql *sql, const SqlStatement *statement, const PgQuery__DoStmt *block)
{
    PlpgsqlBody body = {.statement = statement, .literal = find_literal(statement)};
    Str language = STR("plpgsql");
    for (size_t i = 0; i < block->n_args; i++) {
        const PgQuery__DefElem *option = block->args[i]->def_elem;
        Str value = option->arg == NULL ? STR("") : str_from(option->arg->string->sval);
        if (strcmp(option->defname, "as") == 0)
            body.text = value;
        else
            language = value;
    }
    if (!span_is_known(body.literal))
        return true;
    if (str_is(language, "plpgsql"))
        return plpgsql_check(sql->c, &body, NULL) && refuse_defining(sql, body.text, body.literal);
    report(sql->c, M_SQL_NOT_FOLLOWED, span_head(statement->span, 2),
           "code in %.*s is not read, and may change the schema behind the compiler's back", STR_ARG(language));
    help(sql->c, "put the block into `unchecked sql { … }`");
    return false;
}
