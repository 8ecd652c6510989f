#include "text_search.h"

typedef enum TokenClass { TOKEN_NONE, TOKEN_SIMPLE, TOKEN_ASCII, TOKEN_WORD } TokenClass;

static const struct {
    const char *name;
    unsigned since;
    const char *ascii;
} languages[] = {
#define LANGUAGE(name, since, ascii) {#name, since, #ascii},
#include "text_search.def"
};

static const struct {
    TextSearchKind kind;
    const char *name, *extension;
} others[] = {
#define TEXT_SEARCH(KIND, name, extension) {TEXT_SEARCH_##KIND, name, extension},
#include "text_search.def"
};

static const struct {
    const char *name;
    TokenClass class;
} tokens[] = {
#define TOKEN(name, CLASS) {#name, TOKEN_##CLASS},
#include "text_search.def"
};

enum {
    LANGUAGES = sizeof languages / sizeof *languages,
    OTHERS = sizeof others / sizeof *others,
    TOKENS = sizeof tokens / sizeof *tokens
};

static const char stem[] = "_stem";

bool text_search_is_there(unsigned major, TextSearchKind kind, Str name, Str *extension)
{
    *extension = STR("");
    size_t end = kind == TEXT_SEARCH_DICTIONARY ? sizeof stem - 1 : 0;
    bool language = kind == TEXT_SEARCH_CONFIGURATION ||
                    (kind == TEXT_SEARCH_DICTIONARY && str_ends_with(name, STR("_stem")));
    for (size_t i = 0; i < LANGUAGES && language; i++) {
        if (languages[i].since <= major && str_is(str_slice(name, 0, name.len - end), languages[i].name))
            return true;
    }
    for (size_t i = 0; i < OTHERS; i++) {
        *extension = str_from(others[i].extension);
        if (others[i].kind == kind && str_is(name, others[i].name))
            return true;
    }
    return false;
}

Str text_search_token(size_t index)
{
    return index < TOKENS ? str_from(tokens[index].name) : STR("");
}

static TokenClass class_of(Str token)
{
    for (size_t i = 0; i < TOKENS; i++) {
        if (str_is(token, tokens[i].name))
            return tokens[i].class;
    }
    return TOKEN_NONE;
}

bool text_search_has_token(Str name)
{
    size_t i = 0;
    while (i < TOKENS && !str_is(name, tokens[i].name))
        i++;
    return i < TOKENS;
}

Str text_search_mapping(Arena *arena, Str configuration, Str token)
{
    TokenClass class = class_of(token);
    if (class == TOKEN_NONE)
        return STR("");
    for (size_t i = 0; i < LANGUAGES && class != TOKEN_SIMPLE; i++) {
        if (str_is(configuration, languages[i].name))
            return str_format(arena, "%s%s", class == TOKEN_ASCII ? languages[i].ascii : languages[i].name, stem);
    }
    return STR("simple");
}
