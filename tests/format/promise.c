#include "promise.h"

#include "syntax.h"

#include <ctype.h>

/* One text, read and formatted. */
typedef struct Reading {
    Compilation c;
    Syntax syntax;
    uint32_t file;
    Node *tree;
} Reading;

/* False: it has errors. */
static bool read_text(Reading *reading, Str text)
{
    reading->c = (Compilation) {0};
    reading->syntax = syntax_new(&reading->c);
    Str copy = str_copy(&reading->c.arena, text);
    reading->file = source_add(&reading->c.arena, &reading->c.sources, STR("x.mig"), copy);
    if (!syntax_check_bytes(&reading->syntax, reading->file))
        return false;
    reading->tree = syntax_parse(&reading->syntax, reading->file);
    return reading->tree != NULL && reading->c.errors == 0;
}

/* White space may change within a fragment, at its ends and within a comment, and nowhere else: the checksum sees
 * the rest. */
static Str without_space(Arena *arena, Str text)
{
    Text out = text_new(arena);
    for (size_t i = 0; i < text.len; i++) {
        if (!isspace((unsigned char) text.data[i]))
            text_add_char(&out, text.data[i]);
    }
    return text_str(&out);
}

/* All comments, a line each. */
static Str comments_of(Reading *reading)
{
    Arena *arena = &reading->c.arena;
    Lexer lexer = lexer_new(&reading->c, &reading->syntax.keywords, reading->file);
    Text out = text_new(arena);
    Span comment;
    do {
        while (lexer_comment(&lexer, &comment))
            text_addf(&out, "%.*s\n", STR_ARG(without_space(arena, span_text(&reading->c.sources, comment))));
    } while (!token_is_end(lexer_next(&lexer)));
    return text_str(&out);
}

static Str tree_of(Reading *reading)
{
    Text out = text_new(&reading->c.arena);
    node_dump(&reading->c.sources, &out, reading->tree);
    return without_space(&reading->c.arena, text_str(&out));
}

static const char *compare(Reading *before, Reading *after, Str formatted)
{
    if (!str_equal(syntax_checksum(&before->syntax, before->file), syntax_checksum(&after->syntax, after->file)))
        return "the checksum changes";
    if (!str_equal(comments_of(before), comments_of(after)))
        return "the comments change";
    if (!str_equal(tree_of(before), tree_of(after)))
        return "the tree changes";
    if (!str_equal(syntax_format(&after->syntax, after->tree), formatted))
        return "formatting again changes it";
    return NULL;
}

static const char *check_result(Reading *before, Str formatted)
{
    Reading after;
    const char *problem = "the result has errors";
    if (read_text(&after, formatted))
        problem = compare(before, &after, formatted);
    compilation_free(&after.c);
    return problem;
}

Str broken_promise(Arena *arena, Str text, bool *formatted)
{
    Reading before;
    Str broken = {0};
    *formatted = read_text(&before, text);
    if (*formatted) {
        Str result = syntax_format(&before.syntax, before.tree);
        const char *problem = check_result(&before, result);
        if (problem != NULL)
            broken = str_format(arena, "%s:\n%.*s", problem, STR_ARG(result));
    }
    compilation_free(&before.c);
    return broken;
}
