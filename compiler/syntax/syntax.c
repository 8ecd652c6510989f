#include "syntax.h"

#include "digest.h"
#include "parser.h"

#include <utf8proc.h>

Syntax syntax_new(Compilation *c)
{
    return (Syntax) {c, keywords_new(&c->arena)};
}

/* The length of the character that begins the text; 0 for a NUL and for bytes that are no UTF-8. */
static uint32_t character_length(Str text)
{
    utf8proc_int32_t character;
    utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t *) text.data, (utf8proc_ssize_t) text.len,
                                               &character);
    return length > 0 && character != 0 ? (uint32_t) length : 0;
}

bool syntax_check_bytes(Syntax *syntax, uint32_t file)
{
    Str text = source_file(&syntax->c->sources, file)->text;
    uint32_t length;
    for (uint32_t i = 0; i < text.len; i += length) {
        length = character_length(str_slice(text, i, text.len));
        if (length > 0)
            continue;
        unsigned byte = (unsigned char) text.data[i];
        report(syntax->c, M_BAD_CHARACTER, (Span) {i, i + 1, file}, "byte 0x%02x is not %s", byte,
               byte == 0 ? "text" : "valid UTF-8");
        help(syntax->c, "save the file as UTF-8");
        return false;
    }
    return true;
}

Node *syntax_parse(Syntax *syntax, uint32_t file)
{
    Parser parser = {.c = syntax->c, .lexer = lexer_new(syntax->c, &syntax->keywords, file)};
    parser_parse(&parser);
    return parser.result;
}

void syntax_dump_tokens(Syntax *syntax, uint32_t file, Text *out)
{
    Compilation *c = syntax->c;
    Lexer lexer = lexer_new(c, &syntax->keywords, file);
    for (Token token = lexer_next(&lexer); !token_is_end(token); token = lexer_next(&lexer)) {
        Position at = span_position(&c->arena, &c->sources, file, token.span.start);
        const char *kind = token_is_keyword(token) ? "keyword" : token_kind_name(token.kind);
        text_addf(out, "%u:%u %s %.*s\n", (unsigned) at.line, (unsigned) at.column, kind,
                  STR_ARG(span_text(&c->sources, token.span)));
    }
}

/* A token counts as its class and its text: words folded, strings decoded. Two spellings of one string are one token:
 * what the server gets is what counts. Whether a bare word is a keyword does not count, as a later version of the
 * language may have more of them, and no merged migration may become another one by that. */
static char token_class(Token token)
{
    if (token.kind == T_IDENTIFIER && token.quoted)
        return 'q';
    if (token.kind == T_IDENTIFIER || token_is_keyword(token))
        return 'w';
    return token.kind == T_STRING ? 's' : 'p';
}

static void hash_token(Digest *digest, Token token)
{
    char class = token_class(token);
    uint32_t length = (uint32_t) token.text.len;
    char head[5] = {class, (char) (length >> 24), (char) (length >> 16), (char) (length >> 8), (char) length};
    digest_add(digest, (Str) {head, sizeof head});
    digest_add(digest, token.text);
}

Str syntax_checksum(Syntax *syntax, uint32_t file)
{
    Compilation *c = syntax->c;
    Digest digest = digest_new();
    Lexer lexer = lexer_new(c, &syntax->keywords, file);
    for (Token token = lexer_next(&lexer); !token_is_end(token); token = lexer_next(&lexer))
        hash_token(&digest, token);
    return digest_end(&digest, &c->arena);
}

static Lexer lexer_within(Syntax *syntax, Span span)
{
    Lexer lexer = lexer_new(syntax->c, &syntax->keywords, span.file);
    lexer.cursor += span.start;
    lexer.limit = lexer.start + span.end;
    return lexer;
}

Fragment syntax_fragment(Syntax *syntax, Span span)
{
    Compilation *c = syntax->c;
    Lexer lexer = lexer_within(syntax, span);
    Text text = text_new(&c->arena);
    Fragment fragment = {.span = span};
    uint32_t end = span.start;
    for (Token token = lexer_next(&lexer); !token_is_end(token); token = lexer_next(&lexer)) {
        bool gap = token.span.start > end;
        if (gap && text.len > 0)
            text_add_char(&text, ' ');
        if (gap || text.len == 0)
            list_push(&c->arena, &fragment.pieces, (FragmentPiece) {(uint32_t) text.len, token.span.start});
        text_add(&text, span_text(&c->sources, token.span));
        end = token.span.end;
    }
    fragment.sql = text_str(&text);
    return fragment;
}

SpanList syntax_split(Syntax *syntax, Span span)
{
    Arena *arena = &syntax->c->arena;
    Lexer lexer = lexer_within(syntax, span);
    SpanList parts = {0};
    Span part = {0};
    int depth = 0;
    for (Token token = lexer_next(&lexer); !token_is_end(token); token = lexer_next(&lexer)) {
        depth += token_depth(token);
        if (token.kind == T_COMMA && depth == 0) {
            list_push(arena, &parts, span_is_known(part) ? part : span_head(token.span, 0));
            part = (Span) {0};
        } else {
            part = span_join(part, token.span);
        }
    }
    if (span_is_known(part))
        list_push(arena, &parts, part);
    return parts;
}

Span syntax_trim(Syntax *syntax, Span span)
{
    Lexer lexer = lexer_within(syntax, span);
    Span trimmed = {0};
    for (Token token = lexer_next(&lexer); !token_is_end(token); token = lexer_next(&lexer))
        trimmed = span_join(trimmed, token.span);
    return span_is_known(trimmed) ? trimmed : span_head(span, 0);
}
