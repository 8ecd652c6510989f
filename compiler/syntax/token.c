#include "lexer.h"
#include "parser.h"

bool token_is_name(Token token)
{
    return token.kind == T_IDENTIFIER || token_is_keyword(token);
}

bool token_is_word(Token token, Str word)
{
    return token_is_name(token) && !token.quoted && str_equal(token.text, word);
}

bool token_is_string(Token token)
{
    return token.kind == T_STRING;
}

bool token_is_sign(Token token, char sign)
{
    static const struct {
        char sign;
        int kind;
    } signs[] = {{',', T_COMMA}, {'.', T_DOT}, {';', T_SEMICOLON}, {'(', T_LEFT_PAREN}, {')', T_RIGHT_PAREN}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (signs[i].sign == sign)
            return token.kind == signs[i].kind;
    }
    return token.kind == T_OPERATOR && token.text.len == 1 && token.text.data[0] == sign;
}

int token_depth(Token token)
{
    if (token.kind == T_LEFT_PAREN || token.kind == T_LEFT_BRACKET)
        return 1;
    return token.kind == T_RIGHT_PAREN || token.kind == T_RIGHT_BRACKET ? -1 : 0;
}

TokenList tokens_within(Compilation *c, const Map *keywords, Span span)
{
    Lexer lexer = lexer_new(c, keywords, span.file);
    TokenList tokens = {0};
    lexer.cursor += span.start;
    lexer.limit = lexer.start + span.end;
    for (Token token = lexer_next(&lexer); !token_is_end(token); token = lexer_next(&lexer))
        list_push(&c->arena, &tokens, token);
    return tokens;
}
