/* What PostgreSQL's parser here is too old for. It only says where it stopped; what stands there, and around it, tells
 * what was meant (release notes, appendix E). */
#include "tree.h"

typedef struct Younger {
    const char *within;   /* the call that it stands in, or, behind "^", the statement's first word; NULL: anywhere */
    const char *before;   /* the word before it, `*` for any name; NULL: whatever it is */
    const char *at;       /* what the parser stopped at, and the words behind it; NULL: whatever it is */
    const char *message;  /* how the parser's words begin; NULL: whatever they are */
    unsigned since;
    const char *what;
    const char *instead;  /* how the language says it; NULL: it does not */
} Younger;

static const Younger younger[] = {
    {.within = "^alter", .at = "enforced", .since = 18, .what = "`[not] enforced`",
     .instead = "alter table t alter constraint c not enforced"},
    {.at = "enforced", .since = 18, .what = "`not enforced`", .instead = "check (…) not enforced"},
    {.at = "virtual", .since = 18, .what = "`virtual`", .instead = "total numeric generated always as (…) virtual"},
    {.before = "set", .at = "expression", .since = 17, .what = "`set expression`",
     .instead = "alter table t alter column c set expression as (…)"},
    {.at = "without overlaps", .since = 18, .what = "`without overlaps`", .instead = "unique (a, b without overlaps)"},
    {.before = "period", .since = 18, .what = "`period`",
     .instead = "foreign key (a, period b) references t (c, period d)"},
    {.before = ",", .at = "not null", .since = 18, .what = "a not-null constraint of a table",
     .instead = "constraint n not null c"},
    {.before = "(", .at = "not null", .since = 18, .what = "a not-null constraint of a table",
     .instead = "constraint n not null c"},
    {.before = "add", .at = "not null", .since = 18, .what = "a not-null constraint of a table",
     .instead = "alter table t add constraint n not null c"},
    {.before = "*", .at = "not null", .since = 18, .what = "a not-null constraint of a table",
     .instead = "alter table t add constraint n not null c"},
    {.before = "null", .at = "no inherit", .since = 18, .what = "`not null … no inherit`",
     .instead = "c int constraint n not null no inherit"},
    {.message = "ALTER CONSTRAINT statement constraints cannot be marked NO INHERIT", .since = 18,
     .what = "`alter constraint … no inherit`", .instead = "alter table t alter constraint n no inherit"},
    {.within = "^grant", .before = "with", .at = "inherit", .since = 16, .what = "`grant … with inherit`"},
    {.within = "^grant", .before = "admin", .since = 16, .what = "`grant … with admin true`"},
    {.within = "^grant", .before = "with", .at = "set", .since = 16, .what = "`grant … with set`"},
    {.before = "*", .at = "inherit", .since = 18, .what = "`alter constraint … inherit`",
     .instead = "alter table t alter constraint n inherit"},
    {.before = "storage", .at = "default", .since = 16, .what = "`set storage default`",
     .instead = "alter table t alter column c set storage default"},
    {.before = "statistics", .at = "default", .since = 17, .what = "`set statistics default`",
     .instead = "alter table t alter column c set statistics default"},
    {.before = "*", .at = "storage", .since = 16, .what = "`storage` of a new column",
     .instead = "alter table t alter column c set storage …"},
    {.before = "method", .at = "default", .since = 17, .what = "`set access method default`",
     .instead = "alter table t set access method default"},
    {.within = "^vacuum", .at = "only", .since = 18, .what = "`vacuum only`"},
    {.within = "^analyze", .at = "only", .since = 18, .what = "`analyze only`"},
    {.before = "on", .at = "large", .since = 18, .what = "default privileges of large objects"},
    {.before = "matched", .at = "by", .since = 17, .what = "`not matched by`"},
    {.within = "^with", .at = "returning", .since = 17, .what = "`merge … returning`"},
    {.within = "^merge", .at = "returning", .since = 17, .what = "`merge … returning`"},
    {.before = "returning", .at = "with", .since = 18, .what = "`returning with (…)`"},
    {.before = "at", .at = "local", .since = 17, .what = "`at local`"},
    {.before = "is", .at = "json", .since = 16, .what = "`is json`"},
    {.before = "statistics", .at = "on", .since = 16, .what = "statistics without a name"},
    {.within = "json_object", .since = 16, .what = "`json_object`"},
    {.within = "json_objectagg", .since = 16, .what = "`json_objectagg`"},
    {.within = "json_array", .since = 16, .what = "`json_array`"},
    {.within = "json_arrayagg", .since = 16, .what = "`json_arrayagg`"},
    {.within = "json_exists", .since = 17, .what = "`json_exists`"},
    {.within = "json_value", .since = 17, .what = "`json_value`"},
    {.within = "json_query", .since = 17, .what = "`json_query`"},
    {.within = "json_serialize", .since = 17, .what = "`json_serialize`"},
    {.within = "json_table", .since = 17, .what = "`json_table`"},
    {.within = "xmlserialize", .at = "indent", .since = 16, .what = "`xmlserialize (… indent)`"},
    {.within = "xmlserialize", .at = "no indent", .since = 16, .what = "`xmlserialize (… no indent)`"},
    {.message = "subquery in FROM must have an alias", .since = 16, .what = "a subquery without an alias"},
    {.message = "VALUES in FROM must have an alias", .since = 16, .what = "a subquery without an alias"},
    {.message = "trailing junk after numeric literal", .since = 16, .what = "a number such as `0x1F` or `1_000`"},
};

typedef struct Place {
    Str sql;
    const PgQuery__ScanResult *scan;  /* NULL: the scanner refuses it, too */
    size_t at;                        /* the token where the parser stopped */
} Place;

static bool is_word(const Place *p, size_t at, const char *word, size_t length)
{
    return at < p->scan->n_tokens && tree_token_is(p->scan, p->sql, at, (Str) {word, length});
}

static bool are_words(const Place *p, size_t at, const char *words)
{
    for (; *words != '\0'; at++) {
        size_t length = strcspn(words, " ");
        if (!is_word(p, at, words, length))
            return false;
        words += length + (words[length] == ' ');
    }
    return true;
}

static bool is_any_name(const Place *p, size_t at)
{
    const PgQuery__ScanToken *token = p->scan->tokens[at];
    return token->token == PG_QUERY__TOKEN__IDENT || token->keyword_kind != PG_QUERY__KEYWORD_KIND__NO_KEYWORD;
}

/* The name before the innermost parenthesis that is open there. */
static bool is_within_call(const Place *p, const char *name)
{
    size_t depth = 1;
    for (size_t i = p->at; i > 0; i--) {
        PgQuery__Token sign = p->scan->tokens[i - 1]->token;
        depth += sign == PG_QUERY__TOKEN__ASCII_41;
        depth -= sign == PG_QUERY__TOKEN__ASCII_40;
        if (depth == 0)
            return i > 1 && is_word(p, i - 2, name, strlen(name));
    }
    return false;
}

static bool is_within(const Place *p, const char *where)
{
    return where[0] == '^' ? is_word(p, 0, where + 1, strlen(where + 1)) : is_within_call(p, where);
}

static bool is_before(const Place *p, const char *word)
{
    if (p->at == 0)
        return false;
    return word[0] == '*' ? is_any_name(p, p->at - 1) : is_word(p, p->at - 1, word, strlen(word));
}

static bool matches(const Younger *row, const Place *p, Str message)
{
    if (row->message != NULL)
        return str_starts_with(message, str_from(row->message));
    return p->scan != NULL && (row->within == NULL || is_within(p, row->within)) &&
           (row->before == NULL || is_before(p, row->before)) && (row->at == NULL || are_words(p, p->at, row->at));
}

static const Younger *find(Arena *arena, Str sql, size_t offset, Str message)
{
    Place place = {.sql = sql, .scan = tree_scan(arena, sql)};
    while (place.scan != NULL && place.at < place.scan->n_tokens &&
           (size_t) place.scan->tokens[place.at]->start < offset)
        place.at++;
    for (size_t i = 0; i < sizeof younger / sizeof *younger; i++) {
        if (matches(&younger[i], &place, message))
            return &younger[i];
    }
    return NULL;
}

static const char unread[] = "`unchecked sql { … }` lets a statement pass that is newer than the parser";

static void explain(Sql *sql, const Younger *row)
{
    note(sql->c, "%s came with PostgreSQL %u, and SQL is read as version %d has it", row->what, row->since,
         PARSER_MAJOR);
    if (row->instead != NULL)
        help(sql->c, "the language has it: `%s`", row->instead);
    else if (sql->major >= row->since)
        help(sql->c, "%s", unread);
}

void explain_refusal(Sql *sql, Str text, size_t offset, Str message)
{
    const Younger *row = find(&sql->c->arena, text, offset, message);
    if (row != NULL) {
        explain(sql, row);
    } else if (sql->major > PARSER_MAJOR) {
        note(sql->c, "SQL is read as PostgreSQL %d has it", PARSER_MAJOR);
        help(sql->c, "%s", unread);
    }
}

/* The names of calls that are SQL's own, which the parser takes for functions where they look like them. */
bool explain_unknown_function(Sql *sql, Str name)
{
    for (size_t i = 0; i < sizeof younger / sizeof *younger; i++) {
        const Younger *row = &younger[i];
        bool call = row->within != NULL && row->at == NULL && row->before == NULL;
        if (!call || !str_is(name, row->within))
            continue;
        explain(sql, row);
        return true;
    }
    return false;
}
