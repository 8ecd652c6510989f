/* Identifiers in SQL: the rule of the server's quote_identifier (ruleutils.c). What is emitted runs on every major
 * version supported, so a word that any of them reserves is quoted. */
#include "catalog.h"

#include "snapshots.h"

#include <ctype.h>

static bool is_plain(Str identifier)
{
    if (identifier.len == 0 || (identifier.data[0] >= '0' && identifier.data[0] <= '9'))
        return false;
    for (size_t i = 0; i < identifier.len; i++) {
        char c = identifier.data[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_')
            return false;
    }
    return true;
}

static bool is_reserved(Str word)
{
    size_t low = 0;
    size_t high = catalog_reserved_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(catalog_reserved[middle], word);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

bool catalog_quote_needed(Str identifier)
{
    return !is_plain(identifier) || is_reserved(identifier);
}

Str catalog_quote(Arena *arena, Str identifier)
{
    if (!catalog_quote_needed(identifier))
        return str_copy(arena, identifier);
    Text text = text_new(arena);
    text_add_char(&text, '"');
    for (size_t i = 0; i < identifier.len; i++) {
        if (identifier.data[i] == '"')
            text_add_char(&text, '"');
        text_add_char(&text, identifier.data[i]);
    }
    text_add_char(&text, '"');
    return text_str(&text);
}

bool catalog_in_identifier(char c)
{
    return (unsigned char) c >= 0x80 || isalnum((unsigned char) c) || c == '_' || c == '$';
}
