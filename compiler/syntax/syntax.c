#include "syntax.h"

#include "parser.h"

#include <openssl/evp.h>
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

/* A token counts as its class and its text: names folded, strings decoded. Two spellings of one name or string are
 * one token: what the server gets is what counts. A keyword and a quoted name of its letters are two. */
static char token_class(Token token)
{
    if (token_is_keyword(token))
        return 'k';
    if (token.kind == T_IDENTIFIER)
        return 'n';
    return token.kind == T_STRING ? 's' : 'p';
}

static void hash_token(EVP_MD_CTX *hash, Token token)
{
    char class = token_class(token);
    uint32_t length = (uint32_t) token.text.len;
    unsigned char head[5] = {(unsigned char) class, (unsigned char) (length >> 24), (unsigned char) (length >> 16),
                             (unsigned char) (length >> 8), (unsigned char) length};
    EVP_DigestUpdate(hash, head, sizeof head);
    EVP_DigestUpdate(hash, token.text.data, token.text.len);
}

Str syntax_checksum(Syntax *syntax, uint32_t file)
{
    Compilation *c = syntax->c;
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    EVP_MD_CTX *hash = EVP_MD_CTX_new();
    EVP_DigestInit_ex(hash, EVP_sha256(), NULL);
    Lexer lexer = lexer_new(c, &syntax->keywords, file);
    for (Token token = lexer_next(&lexer); !token_is_end(token); token = lexer_next(&lexer))
        hash_token(hash, token);
    EVP_DigestFinal_ex(hash, digest, &length);
    EVP_MD_CTX_free(hash);
    Text text = text_new(&c->arena);
    for (unsigned int i = 0; i < length; i++)
        text_addf(&text, "%02x", (unsigned) digest[i]);
    return text_str(&text);
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
