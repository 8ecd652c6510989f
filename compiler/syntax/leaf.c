#include "leaf.h"

#include "parser.h"

Str trim_end(Str line)
{
    while (line.len > 0 && strchr(" \t\r\f\v", line.data[line.len - 1]) != NULL)
        line.len--;
    return line;
}

uint32_t count_breaks(Str text)
{
    uint32_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += text.data[i] == '\n';
    return count;
}

uint32_t column_behind(uint32_t column, Str text)
{
    size_t line = text.len;
    while (line > 0 && text.data[line - 1] != '\n')
        line--;
    return (line == 0 ? column : 0) + (uint32_t) display_width(str_slice(text, line, text.len));
}

static void add_leaf(Arena *arena, Leaves *leaves, int kind, Span span)
{
    uint32_t start = 0, column = 0;
    if (leaves->count > 0) {
        const Leaf *before = &leaves->items[leaves->count - 1];
        start = before->span.end;
        column = column_behind(before->column, span_text(leaves->sources, before->span));
    }
    Str gap = span_text(leaves->sources, (Span) {start, span.start, span.file});
    list_push(arena, leaves, (Leaf) {
        .kind = kind, .span = span, .text = span_text(leaves->sources, span), .breaks = count_breaks(gap),
        .column = column_behind(column, gap), .anchor = NO_LEAF,
    });
}

static bool is_opening(int kind)
{
    return kind == T_LEFT_PAREN || kind == T_LEFT_BRACKET || kind == T_LEFT_BRACE;
}

static bool is_closing(int kind)
{
    return kind == T_RIGHT_PAREN || kind == T_RIGHT_BRACKET || kind == T_RIGHT_BRACE;
}

static void pair_brackets(Arena *arena, Leaves *leaves)
{
    LIST(uint32_t) open = {0};
    for (uint32_t i = 0; i < leaves->count; i++) {
        Leaf *leaf = &leaves->items[i];
        if (is_opening(leaf->kind)) {
            list_push(arena, &open, i);
        } else if (is_closing(leaf->kind)) {
            leaf->partner = open.items[--open.count];
            leaves->items[leaf->partner].partner = i;
        }
    }
}

Leaves leaves_read(Syntax *syntax, uint32_t file)
{
    Compilation *c = syntax->c;
    Lexer lexer = lexer_new(c, &syntax->keywords, file);
    Leaves leaves = {.sources = &c->sources};
    Span comment;
    for (;;) {
        while (lexer_comment(&lexer, &comment))
            add_leaf(&c->arena, &leaves, LEAF_COMMENT, comment);
        Token token = lexer_next(&lexer);
        if (token_is_end(token))
            break;
        add_leaf(&c->arena, &leaves, token.kind, token.span);
        if (token_is_keyword(token))
            leaves.items[leaves.count - 1].text = token.text;
    }
    pair_brackets(&c->arena, &leaves);
    return leaves;
}
