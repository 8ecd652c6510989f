/* What there is of text search before anyone creates anything. */
#ifndef CATALOG_TEXT_SEARCH_H
#define CATALOG_TEXT_SEARCH_H

#include "text.h"

typedef enum TextSearchKind {
    TEXT_SEARCH_PARSER,
    TEXT_SEARCH_TEMPLATE,
    TEXT_SEARCH_DICTIONARY,
    TEXT_SEARCH_CONFIGURATION
} TextSearchKind;

/* Whether the server of the version has it, or some extension brings it. *extension: that one; "": the server. */
bool text_search_is_there(unsigned major, TextSearchKind kind, Str name, Str *extension);

/* The tokens of the parser `default`, from 0 on; "": there are no more. */
Str text_search_token(size_t index);
bool text_search_has_token(Str name);

/* The dictionary that a configuration of the server's has for a token; "": none. */
Str text_search_mapping(Arena *arena, Str configuration, Str token);

#endif
