/* What is said about statements that this version, or nobody, understands. What the parser did not expect is in
 * unexpected.c. */
#include "parser_support.h"

#include "literal.h"

/* Kinds of objects and statements that belong inside `sql { … }`. A row is what was written, in lower case. */
static const char *const sql_objects[] = {
    "view", "materialized", "function", "procedure", "aggregate", "trigger", "policy", "rule", "cast", "operator",
    "or", "collation", "server", "foreign", "publication", "subscription", "statistics", "text", "event", "role",
    "user", "routine", "constraint", "temp", "temporary", "recursive", "default", "conversion", "language", "transform",
    "access", "database", "large", "group",
};
static const char *const sql_verbs[] = {
    "insert", "update", "delete", "select", "grant", "revoke", "truncate", "copy", "merge", "do", "refresh", "reindex",
    "vacuum", "analyze", "cluster", "lock", "set", "reset", "security", "explain", "notify", "reassign", "import",
    "call", "values",
};
static const char *const transaction_verbs[] = {"begin", "commit", "rollback", "start", "savepoint", "end", "abort"};
static const char *const verbs[] = {"create", "alter", "drop", "comment", "backfill", "require", "call", "sql"};
static const char *const objects[] = {
    "schema", "extension", "enum", "domain", "type", "sequence", "table", "index",
};
/* What goes on in a second word. */
static const char *const long_objects[][2] = {
    {"or", "or replace"}, {"materialized", "materialized view"}, {"foreign", "foreign table"},
    {"event", "event trigger"}, {"text", "text search"}, {"access", "access method"},
};

/* What can be done to things of a kind, by the first word. */
typedef struct Actions {
    const char *object;
    const char *words[16];  /* up to the first NULL */
} Actions;

static const Actions all_actions[] = {
    {"schema", {"rename", "owner"}},
    {"extension", {"update", "set"}},
    {"enum", {"add", "rename", "set", "owner"}},
    {"domain", {"add", "drop", "rename", "validate", "set", "owner"}},
    {"type", {"add", "drop", "rename", "alter", "set", "owner"}},
    {"sequence", {"rename", "set", "owner", "owned", "increment", "minvalue", "maxvalue", "start", "restart", "cache",
                  "cycle", "as"}},
    {"index", {"rename", "set", "reset", "attach"}},
    {"table", {"add", "drop", "rename", "alter", "validate", "set", "reset", "owner", "comment", "enable", "disable",
               "attach", "detach", "inherit", "replica", "cluster"}},
    {"column", {"type", "set", "drop", "add", "restart", "reset", "comment"}},
};

#define AMONG(word, table) is_among((word), (table), sizeof(table) / sizeof *(table))

static bool is_among(Str word, const char *const *table, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_is(word, table[i]))
            return true;
    }
    return false;
}

/* "did you mean" the word of the table that is closest to what was written. False: none is close. */
static bool suggest(Parser *p, Str written, const char *const *table, size_t count)
{
    size_t most = written.len <= 3 ? 1 : 2, least = most + 1;
    const char *meant = NULL;
    for (size_t i = 0; i < count; i++) {
        size_t distance = str_distance(written, str_from(table[i]));
        if (distance < least) {
            least = distance;
            meant = table[i];
        }
    }
    if (meant != NULL)
        help(p->c, "did you mean `%s`?", meant);
    return meant != NULL;
}

#define SUGGEST(p, written, table) suggest((p), (written), (table), sizeof(table) / sizeof *(table))

static void help_with_list(Parser *p, const char *intro, const char *const *words, size_t count)
{
    Text list = text_new(&p->c->arena);
    for (size_t i = 0; i < count; i++)
        text_addf(&list, "%s%s", i == 0 ? "" : ", ", words[i]);
    Str text = text_str(&list);
    help(p->c, "%s: %.*s", intro, STR_ARG(text));
}

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
    if (word_is_written(object)) {
        if (!SUGGEST(p, object.name, objects))
            help_with_list(p, "what can be created, altered and dropped", objects, sizeof objects / sizeof *objects);
    } else if (!SUGGEST(p, verb.name, verbs)) {
        help_with_list(p, "a statement begins with one of", verbs, sizeof verbs / sizeof *verbs);
    }
}

Node *report_statement(Parser *p, Word verb, Word object)
{
    Str head = statement_head(p, verb, object);
    Span span = word_is_written(object) ? span_join(verb.span, object.span) : verb.span;
    if (AMONG(object.name, sql_objects) || (!word_is_written(object) && AMONG(verb.name, sql_verbs))) {
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

Node *report_comment(Parser *p, Span verb, Word object)
{
    return report_statement(p, (Word) {STR("comment on"), verb}, object);
}

/* ------------------------------------------------------------------ actions */

static void help_with_action(Parser *p, const char *object, Word verb)
{
    for (size_t i = 0; i < sizeof all_actions / sizeof *all_actions; i++) {
        const Actions *actions = &all_actions[i];
        size_t count = 0;
        if (strcmp(actions->object, object) != 0)
            continue;
        while (count < sizeof actions->words / sizeof *actions->words && actions->words[count] != NULL)
            count++;
        if (!suggest(p, verb.name, actions->words, count))
            help_with_list(p, "what can be done begins with one of", actions->words, count);
    }
}

/* SQL leaves `column` out; and it has an index there, which is a statement here. */
static void help_with_word(Parser *p, Word verb, Word word)
{
    if (str_is(word.name, "index"))
        help(p->c, "an index is a statement of its own: `create index`, `drop index`, `alter index`");
    else if (str_is(verb.name, "set") && str_is(word.name, "data"))
        help(p->c, "write `type …`");
    else if (!str_is(verb.name, "set"))
        help(p->c, "to %.*s a column, write `%.*s column %.*s …`", STR_ARG(verb.name), STR_ARG(verb.name),
             STR_ARG(word.name));
}

Node *report_action(Parser *p, const char *object, Word verb, Word word)
{
    Str head = statement_head(p, verb, word);
    Span span = word_is_written(word) ? span_join(verb.span, word.span) : verb.span;
    if (str_is(verb.name, "exists")) {
        report(p->c, M_SYNTAX, span, "unexpected \"exists\"");
        help(p->c, "there is no `if exists`: the compiler knows what exists");
        return NULL;
    }
    report(p->c, M_UNKNOWN_STATEMENT, span, "`%.*s` is not something to do to %s %s", STR_ARG(head),
           strchr("aeiou", *object) == NULL ? "a" : "an", object);
    if (word_is_written(word))
        help_with_word(p, verb, word);
    else
        help_with_action(p, object, verb);
    return NULL;
}

Node *report_drop_value(Parser *p, Span span)
{
    report(p->c, M_UNKNOWN_STATEMENT, span, "PostgreSQL cannot drop a value of an enum");
    help(p->c, "make a new enum without it, and change the type of the columns");
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
