/* DO: whether and how often its statements run the code decides, so those that would change the model are refused. They
 * are found by the tokens of the code, as libpg_query's PL/pgSQL does not take all that the server takes. */
#include "do_block.h"

#include "extent.h"
#include "literal.h"
#include "lower.h"
#include "plpgsql.h"

typedef struct Block {
    Sql *sql;
    Str code;
    Span place;    /* of the code */
    bool verbatim; /* it stands there as it is, between dollars */
    const PgQuery__ScanResult *scan;
} Block;

static const char by_itself[] = "write it as a statement of its own: whether it is needed is known, so it wants no "
                                "condition; or put the block into `unchecked sql { … }`";

/* ------------------------------------------------------------------ the code */

/* The string that is not behind `language`. */
static Span find_code(const SqlStatement *statement)
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

static Str token_text(const Block *b, size_t i)
{
    const PgQuery__ScanToken *token = b->scan->tokens[i];
    return str_slice(b->code, (size_t) token->start, (size_t) token->end);
}

static bool is_word(const Block *b, size_t i, const char *word)
{
    return str_is(literal_fold(&b->sql->c->arena, token_text(b, i)), word);
}

/* From one token up to another. */
static Span tokens_place(const Block *b, size_t first, size_t end)
{
    uint32_t start = (uint32_t) b->scan->tokens[first]->start, stop = (uint32_t) b->scan->tokens[end - 1]->end;
    return b->verbatim ? (Span) {b->place.start + start, b->place.start + stop, b->place.file} : b->place;
}

static bool begins_statement(const Block *b, size_t i)
{
    static const char *const before[] = {";", "begin", "then", "else", "loop"};
    bool found = i == 0;
    for (size_t j = 0; j < sizeof before / sizeof *before && !found; j++)
        found = is_word(b, i - 1, before[j]);
    return found;
}

/* Its `;`. */
static size_t statement_end(const Block *b, size_t i)
{
    while (i < b->scan->n_tokens && !is_word(b, i, ";"))
        i++;
    return i;
}

/* ------------------------------------------------------------------ statements */

static bool changes_model(Block *b, const PgQuery__Node *node)
{
    SqlStatement statement = {0};
    SqlSettings settings = b->sql->settings;
    statement_classify(b->sql, node, &statement);
    b->sql->settings = settings;
    switch (statement.class) {
    case SQL_NODE:
    case SQL_NOT_FOLLOWED:
    case SQL_SEARCH_PATH:
    case SQL_FIXED_SETTING: return true;
    case SQL_DEFINITION: return !definition_is_opaque(node);
    case SQL_DATA:
    case SQL_MAINTENANCE:
    case SQL_TRANSACTION:
    case SQL_OUTSIDE:
    case SQL_NO_TRANSACTION:
    case SQL_CLIENT:
    case SQL_REPORTED: break;
    }
    return false;
}

/* What only reads or writes rows begins otherwise; there INTO is not SQL's. */
static bool may_define(const Block *b, size_t i)
{
    static const char *const verbs[] = {"create", "alter", "drop", "comment", "grant", "revoke", "security", "reassign",
                                        "refresh", "import", "set", "reset"};
    for (size_t j = 0; j < sizeof verbs / sizeof *verbs; j++) {
        if (is_word(b, i, verbs[j]))
            return true;
    }
    return false;
}

/* False: reported. */
static bool check_statement(Block *b, size_t first, size_t end)
{
    Span place = tokens_place(b, first, end);
    Str text = str_slice(b->code, (size_t) b->scan->tokens[first]->start, (size_t) b->scan->tokens[end - 1]->end);
    Fragment fragment = {.sql = text, .span = place};
    const PgQuery__ParseResult *tree = tree_try(b->sql, &fragment);
    if (tree == NULL || tree->n_stmts != 1 || !changes_model(b, tree->stmts[0]->stmt))
        return true;
    report(b->sql->c, M_SQL_NOT_FOLLOWED, place,
           "inside a `do` block this would change the schema behind the compiler's back");
    help(b->sql->c, "%s", by_itself);
    return false;
}

/* ------------------------------------------------------------------ EXECUTE */

static bool is_string(const PgQuery__ScanToken *token)
{
    return token->token == PG_QUERY__TOKEN__SCONST || token->token == PG_QUERY__TOKEN__USCONST;
}

/* Whether the text begins as what reads or writes rows does. */
static bool is_data(const Block *b, Str text)
{
    static const char *const verbs[] = {"select", "insert", "update", "delete", "merge", "with", "values", "truncate",
                                        "lock", "analyze", "notify", "copy", "explain", "table"};
    Arena *arena = &b->sql->c->arena;
    const PgQuery__ScanResult *scan = tree_scan(arena, text);
    if (scan == NULL || scan->n_tokens == 0)
        return false;
    Str head = str_slice(text, (size_t) scan->tokens[0]->start, (size_t) scan->tokens[0]->end);
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (str_is(literal_fold(arena, head), verbs[i]))
            return true;
    }
    return false;
}

/* What is executed begins with the first string of what it is put together from. False: reported. */
static bool check_execute(Block *b, size_t first, size_t end)
{
    size_t i = first;
    while (i < end && !is_string(b->scan->tokens[i]))
        i++;
    if (i < end && is_data(b, tree_string(&b->sql->c->arena, token_text(b, i))))
        return true;
    report(b->sql->c, M_SQL_NOT_FOLLOWED, tokens_place(b, first, end),
           "what is executed here may change the schema behind the compiler's back");
    help(b->sql->c, i == end ? "begin it with a string that says what it does, `execute 'update …' || …`, or put the "
                               "block into `unchecked sql { … }`"
                             : "%s", by_itself);
    return false;
}

/* ------------------------------------------------------------------ the block */

/* The first that is found is enough. False: reported. */
static bool check_statements(Block *b)
{
    for (size_t i = 0; b->scan != NULL && i < b->scan->n_tokens; i++) {
        size_t end = statement_end(b, i);
        if (!begins_statement(b, i))
            continue;
        if (is_word(b, i, "execute") ? !check_execute(b, i, end) : may_define(b, i) && !check_statement(b, i, end))
            return false;
    }
    return true;
}

static bool check_code(Sql *sql, const SqlStatement *statement, Str code, Span literal)
{
    PlpgsqlBody body = {.statement = statement, .literal = literal, .text = code};
    if (!plpgsql_check(sql->c, &body, NULL))
        return false;
    Str written = span_text(&sql->c->sources, literal);
    Block block = {.sql = sql, .code = code, .place = literal, .scan = tree_scan(&sql->c->arena, code)};
    block.verbatim = written.data[0] == '$';
    if (block.verbatim)
        block.place.start += (uint32_t) (written.len - code.len) / 2;
    return check_statements(&block);
}

bool do_check(Sql *sql, const SqlStatement *statement, const PgQuery__DoStmt *block)
{
    Span literal = find_code(statement);
    Str code = STR(""), language = STR("plpgsql");
    for (size_t i = 0; i < block->n_args; i++) {
        const PgQuery__DefElem *option = block->args[i]->def_elem;
        Str value = option->arg == NULL ? STR("") : str_from(option->arg->string->sval);
        if (strcmp(option->defname, "as") == 0)
            code = value;
        else
            language = value;
    }
    if (!span_is_known(literal))
        return true;
    if (str_is(language, "plpgsql"))
        return check_code(sql, statement, code, literal);
    report(sql->c, M_SQL_NOT_FOLLOWED, span_head(statement->span, 2),
           "code in %.*s is not read, and may change the schema behind the compiler's back", STR_ARG(language));
    help(sql->c, "put the block into `unchecked sql { … }`");
    return false;
}
