/* Bodies as libpg_query reads them. Its PL/pgSQL is compiled without a catalog: it knows neither the parameters that
 * are given back, without which RETURN NEXT wants an expression, nor that a variable is a cursor, over which FOR goes.
 * Both are spelled in another way, on the same lines. */
#include "plpgsql.h"

#include "literal.h"
#include "tree.h"

typedef struct Body {
    Arena *arena;
    Str text;
    const PgQuery__ScanResult *scan;
    StrList cursors;   /* the variables that are declared as cursors with their query */
    Text out;
    size_t done;       /* what of the text is in `out` */
} Body;

/* The token as a folded word, or a quoted name; "" behind the last one. */
static Str token(const Body *b, size_t i)
{
    if (i >= b->scan->n_tokens)
        return STR("");
    Str written = tree_token(b->scan, b->text, i);
    return written.data[0] == '"' ? literal_decode(b->arena, written).value : literal_fold(b->arena, written);
}

static void insert_before(Body *b, size_t i, const char *words)
{
    size_t at = (size_t) b->scan->tokens[i]->start;
    text_add(&b->out, str_slice(b->text, b->done, at));
    text_add(&b->out, str_from(words));
    b->done = at;
}

/* `name [no] [scroll] cursor` */
static void note_cursor(Body *b, size_t i)
{
    if (!str_is(token(b, i), "cursor"))
        return;
    size_t name = i;
    name -= name > 0 && str_is(token(b, name - 1), "scroll");
    name -= name > 0 && name < i && str_is(token(b, name - 1), "no");
    if (name > 0)
        list_push(b->arena, &b->cursors, token(b, name - 1));
}

static bool is_cursor(const Body *b, Str name)
{
    for (size_t i = 0; i < b->cursors.count; i++) {
        if (str_equal(b->cursors.items[i], name))
            return true;
    }
    return false;
}

/* Behind the parentheses that open at the token, if they do. */
static size_t behind_arguments(const Body *b, size_t i)
{
    size_t depth = 0;
    do {
        Str word = token(b, i);
        if (!str_is(word, "(") && depth == 0)
            return i;
        depth += str_is(word, "(");
        depth -= str_is(word, ")");
        i++;
    } while (depth > 0 && i < b->scan->n_tokens);
    return i;
}

/* `in cursor [(…)] loop`: a loop over numbers declares its variable, too. */
static void spell_loop(Body *b, size_t i)
{
    if (str_is(token(b, i), "in") && is_cursor(b, token(b, i + 1)) &&
        str_is(token(b, behind_arguments(b, i + 2)), "loop"))
        insert_before(b, i + 1, "1 .. ");
}

static void spell_return(Body *b, size_t i)
{
    if (str_is(token(b, i), "return") && str_is(token(b, i + 1), "next") && str_is(token(b, i + 2), ";"))
        insert_before(b, i + 2, " null");
}

Str plpgsql_text(Arena *arena, Str body, bool gives_parameters)
{
    Body b = {.arena = arena, .text = body, .scan = tree_scan(arena, body), .out = text_new(arena)};
    for (size_t i = 0; b.scan != NULL && i < b.scan->n_tokens; i++) {
        note_cursor(&b, i);
        spell_loop(&b, i);
        if (gives_parameters)
            spell_return(&b, i);
    }
    text_add(&b.out, str_slice(body, b.done, body.len));
    return text_str(&b.out);
}
