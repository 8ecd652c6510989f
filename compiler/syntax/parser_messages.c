/* What is said about statements that this version, or nobody, understands. What the parser did not expect is in
 * unexpected.c. */
#include "parser_support.h"

#include "literal.h"

/* Statements of the language's design that this version does not have. A row is what was written, in lower case. */
static const char *const later_objects[] = {"domain", "type", "sequence", "enum", "schema", "index", "extension"};

/* Kinds of objects and statements that belong inside `sql { … }`. */
static const char *const sql_objects[] = {
    "view", "materialized", "function", "procedure", "aggregate", "trigger", "policy", "rule", "cast", "operator",
    "or", "collation", "server", "foreign", "publication", "subscription", "statistics", "text", "event", "role",
    "user", "routine", "constraint", "temp", "temporary", "recursive", "default", "conversion", "language", "transform",
};
static const char *const sql_verbs[] = {
    "insert", "update", "delete", "select", "grant", "revoke", "truncate", "copy", "merge", "do", "refresh", "reindex",
    "vacuum", "analyze", "cluster", "lock", "set", "reset", "security", "explain", "notify", "reassign", "import",
};
static const char *const later_verbs[] = {"backfill", "require", "call", "comment"};
static const char *const transaction_verbs[] = {"begin", "commit", "rollback", "start", "savepoint", "end", "abort"};
static const char *const verbs[] = {"create", "alter", "drop", "sql"};
static const char *const objects[] = {"schema", "extension", "enum", "table", "index"};
static const char *const actions[] = {"add", "drop", "rename", "alter"};
/* What goes on in a second word. */
static const char *const long_objects[][2] = {
    {"or", "or replace"}, {"materialized", "materialized view"}, {"foreign", "foreign table"},
    {"event", "event trigger"}, {"text", "text search"},
};
static const char *const later_actions[] = {
    "type", "validate", "attach", "detach", "enable", "disable", "force", "owner", "set", "rename", "comment", "add",
    "replica", "inherit", "cluster", "reset",
};

static const char *const later_items[] = {"exclude", "index"};

#define AMONG(word, table) is_among((word), (table), sizeof(table) / sizeof *(table))

static bool is_among(Str word, const char *const *table, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_is(word, table[i]))
            return true;
    }
    return false;
}

Node *report_later(Parser *p, Span span, const char *what)
{
    report(p->c, M_NOT_YET, span, "`%s` is not understood by this version of migc", what);
    help(p->c, "`migc explain M0105` lists what this version understands");
    return NULL;
}

Node *report_later_setting(Parser *p, Word name)
{
    Str what = str_format(&p->c->arena, "%.*s { … }", STR_ARG(name.name));
    return report_later(p, name.span, str_to_c(&p->c->arena, what));
}

/* "did you mean" the word of the table that is close to what was written; else the other help. */
static void suggest(Parser *p, Str written, const char *const *table, size_t count, const char *otherwise)
{
    size_t most = written.len <= 3 ? 1 : 2;
    for (size_t i = 0; i < count; i++) {
        if (str_distance(written, str_from(table[i])) <= most) {
            help(p->c, "did you mean `%s`?", table[i]);
            return;
        }
    }
    help(p->c, "%s", otherwise);
}

#define SUGGEST(p, written, table, otherwise) \
    suggest((p), (written), (table), sizeof(table) / sizeof *(table), (otherwise))

/* How the statement begins, as the user wrote it. */
static Str statement_head(Parser *p, Word verb, Word object)
{
    Str second = object.name;
    if (!word_is_written(object))
        return verb.name;
    for (size_t i = 0; i < sizeof long_objects / sizeof *long_objects; i++) {
        if (str_is(second, long_objects[i][0]))
            second = str_from(long_objects[i][1]);
    }
    return str_format(&p->c->arena, "%.*s %.*s", STR_ARG(verb.name), STR_ARG(second));
}

static void report_unknown(Parser *p, Word verb, Word object, Span span, Str head)
{
    report(p->c, M_UNKNOWN_STATEMENT, span, "`%.*s` is not a statement", STR_ARG(head));
    if (!word_is_written(object))
        SUGGEST(p, verb.name, verbs, "a statement begins with create, alter, drop or sql");
    else if (str_is(verb.name, "alter"))
        help(p->c, "what can be altered: table");
    else
        SUGGEST(p, object.name, objects, "what can be created and dropped: schema, extension, enum, table, index");
}

Node *report_statement(Parser *p, Word verb, Word object)
{
    Str head = statement_head(p, verb, object);
    Span span = word_is_written(object) ? span_join(verb.span, object.span) : verb.span;
    if (AMONG(object.name, later_objects) || AMONG(verb.name, later_verbs)) {
        report_later(p, span, str_to_c(&p->c->arena, head));
    } else if (AMONG(object.name, sql_objects) || (!word_is_written(object) && AMONG(verb.name, sql_verbs))) {
        report(p->c, M_BELONGS_IN_SQL, span, "`%.*s` is not a native statement", STR_ARG(head));
        help(p->c, "write it inside `sql { … }`");
    } else if (AMONG(verb.name, transaction_verbs)) {
        report(p->c, M_SQL_TRANSACTION, span, "`%.*s` is not for migrations", STR_ARG(head));
        help(p->c, "leave it out: every migration runs in a transaction");
    } else {
        report_unknown(p, verb, object, span, head);
    }
    return NULL;
}

Node *report_action(Parser *p, Word verb, Word object)
{
    Str head = statement_head(p, verb, object);
    Span span = word_is_written(object) ? span_join(verb.span, object.span) : verb.span;
    if (AMONG(verb.name, later_actions) && (!str_is(verb.name, "add") || AMONG(object.name, later_items)))
        return report_later(p, span, str_to_c(&p->c->arena, head));
    report(p->c, M_UNKNOWN_STATEMENT, span, "`%.*s` is not something to do to a table", STR_ARG(head));
    if (word_is_written(object))
        help(p->c, "to add a column, write `add column %.*s …`", STR_ARG(object.name));
    else
        SUGGEST(p, verb.name, actions,
                "what can be done: add column, drop column, rename column, alter column, add, drop constraint");
    return NULL;
}

Node *report_missing_down(Parser *p, Span span)
{
    report(p->c, M_NO_DOWN, span_head(span, 1), "this migration has no way down");
    help(p->c, "write `down auto;`, `down { … }` or `down irreversible because '…';` after `up { … }`");
    return NULL;
}

void report_after_down(Parser *p, Span span)
{
    report(p->c, M_SYNTAX, span, "nothing may follow the way down");
    help(p->c, "clauses such as `stored as` stand before `up`");
}

void report_match_partial(Parser *p, Span span)
{
    report(p->c, M_BAD_ACTION, span, "PostgreSQL does not implement `match partial`");
    help(p->c, "use `match full`, or leave the clause out for `match simple`");
}

void report_stray_semicolon(Parser *p, Span span)
{
    report(p->c, M_SYNTAX, span, "this `;` ends nothing");
    help(p->c, "none follows a `}`");
}
