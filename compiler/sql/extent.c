/* The statement was accepted by PostgreSQL's parser, so brackets match, and what is looked for is there. Where it were
 * not, a cursor stands still and parts are empty: nothing is read beyond the end. */
#include "extent.h"

/* ------------------------------------------------------------------ tokens */

static void pair_brackets(Tokens *tokens)
{
    LIST(size_t) open = {0};
    for (size_t i = 0; i < tokens->list.count; i++) {
        int depth = token_depth(tokens->list.items[i]);
        list_push(&tokens->c->arena, &tokens->partners, i);
        if (depth > 0)
            list_push(&tokens->c->arena, &open, i);
        else if (depth < 0 && open.count > 0)
            tokens->partners.items[open.items[--open.count]] = i;
    }
}

Tokens *tokens_read(Syntax *syntax, Span body)
{
    Tokens *tokens = arena_new(&syntax->c->arena, Tokens);
    tokens->c = syntax->c;
    tokens->list = tokens_within(syntax->c, &syntax->keywords, body);
    tokens->base = body.start;
    tokens->file = body.file;
    pair_brackets(tokens);
    return tokens;
}

void tokens_refuse(Tokens *tokens, Span span, const char *what, const char *help_text)
{
    tokens->refused = true;
    if (tokens->unchecked)
        return;
    report(tokens->c, M_SQL_NOT_FOLLOWED, span, "%s is not followed by this version of migc", what);
    if (help_text != NULL)
        help(tokens->c, "%s", help_text);
}

static Token token_at(Cursor cursor, size_t index)
{
    return cursor.tokens->list.items[index];
}

/* The first token that ends behind the offset of the file. */
static size_t index_at(const Tokens *tokens, uint32_t offset)
{
    size_t low = 0, high = tokens->list.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (tokens->list.items[middle].span.end <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

Cursor cursor_over(Tokens *tokens, Span span)
{
    Cursor cursor = {tokens, index_at(tokens, span.start), 0};
    cursor.end = cursor.at;
    while (cursor.end < tokens->list.count && tokens->list.items[cursor.end].span.start < span.end)
        cursor.end++;
    return cursor;
}

bool cursor_is_empty(Cursor cursor)
{
    return cursor.at >= cursor.end;
}

Span cursor_span(Cursor cursor)
{
    if (!cursor_is_empty(cursor))
        return span_join(token_at(cursor, cursor.at).span, token_at(cursor, cursor.end - 1).span);
    uint32_t place = cursor.at == 0 ? cursor.tokens->base : token_at(cursor, cursor.at - 1).span.end;
    return (Span) {place, place, cursor.tokens->file};
}

/* The token behind the one at the index, or behind the brackets that open there. */
static size_t behind(Cursor cursor, size_t index)
{
    size_t next = cursor.tokens->partners.items[index] + 1;
    return next > cursor.end ? cursor.end : next;
}

/* ------------------------------------------------------------------ words */

/* The number of the words when they stand at the index, else 0. */
static size_t words_at(Cursor cursor, size_t index, const char *words)
{
    size_t count = 0;
    while (*words != '\0') {
        size_t length = strcspn(words, " ");
        if (index + count >= cursor.end || !token_is_word(token_at(cursor, index + count), (Str) {words, length}))
            return 0;
        count++;
        words += length + (words[length] == ' ');
    }
    return count;
}

bool cursor_is(Cursor cursor, const char *words)
{
    return words_at(cursor, cursor.at, words) > 0;
}

bool cursor_is_sign(Cursor cursor, char sign)
{
    return !cursor_is_empty(cursor) && token_is_sign(token_at(cursor, cursor.at), sign);
}

Span cursor_take_span(Cursor *cursor, const char *words)
{
    size_t count = words_at(*cursor, cursor->at, words);
    if (count == 0)
        return (Span) {0};
    Cursor taken = {cursor->tokens, cursor->at, cursor->at + count};
    cursor->at = taken.end;
    return cursor_span(taken);
}

bool cursor_take(Cursor *cursor, const char *words)
{
    return span_is_known(cursor_take_span(cursor, words));
}

bool cursor_seek(Cursor *cursor, const char *words)
{
    for (size_t i = cursor->at; i < cursor->end; i = behind(*cursor, i)) {
        if (words_at(*cursor, i, words) > 0) {
            cursor->at = i;
            return true;
        }
    }
    return false;
}

bool cursor_seek_sign(Cursor *cursor, char sign)
{
    for (size_t i = cursor->at; i < cursor->end; i = behind(*cursor, i)) {
        if (token_is_sign(token_at(*cursor, i), sign)) {
            cursor->at = i + 1;
            return true;
        }
    }
    return false;
}

Span cursor_find(Cursor cursor, const char *words)
{
    return cursor_seek(&cursor, words) ? cursor_take_span(&cursor, words) : (Span) {0};
}

/* ------------------------------------------------------------------ parts */

static Cursor cut(Cursor *cursor, size_t end)
{
    Cursor part = {cursor->tokens, cursor->at, end};
    cursor->at = end;
    return part;
}

Cursor cursor_before(Cursor *cursor, const char *words)
{
    Cursor found = *cursor;
    return cut(cursor, cursor_seek(&found, words) ? found.at : cursor->end);
}

Cursor cursor_before_sign(Cursor *cursor, char sign)
{
    Cursor found = *cursor;
    return cut(cursor, cursor_seek_sign(&found, sign) ? found.at - 1 : cursor->end);
}

Cursor cursor_before_location(Cursor *cursor, int32_t location)
{
    size_t end = cursor->end;
    if (location >= 0)
        end = index_at(cursor->tokens, cursor->tokens->base + (uint32_t) location);
    return cut(cursor, end < cursor->at ? cursor->at : end > cursor->end ? cursor->end : end);
}

Cursor cursor_inside(Cursor *cursor)
{
    if (!cursor_is_sign(*cursor, '('))
        return (Cursor) {cursor->tokens, cursor->at, cursor->at};
    Cursor inside = {cursor->tokens, cursor->at + 1, cursor->tokens->partners.items[cursor->at]};
    cursor->at = behind(*cursor, cursor->at);
    return inside;
}

static Cursor part_before(Cursor *cursor, char sign)
{
    size_t i = cursor->at;
    while (i < cursor->end && !token_is_sign(token_at(*cursor, i), sign))
        i = behind(*cursor, i);
    Cursor part = {cursor->tokens, cursor->at, i};
    cursor->at = i < cursor->end ? i + 1 : i;
    return part;
}

Cursor cursor_item(Cursor *cursor)
{
    return part_before(cursor, ',');
}

Cursor cursor_statement(Cursor *cursor)
{
    return part_before(cursor, ';');
}

/* `with grant option` is the end of one, and a name behind `as` may be any word. */
static bool begins_element(Cursor cursor, size_t index)
{
    if (words_at(cursor, index, "create") == 0 && words_at(cursor, index, "grant") == 0)
        return false;
    return words_at(cursor, index - 1, "with") == 0 && words_at(cursor, index - 1, "as") == 0;
}

Cursor cursor_element(Cursor *cursor)
{
    Cursor part = {cursor->tokens, cursor->at, cursor->end};
    if (cursor_is_empty(part))
        return part;
    for (size_t i = behind(part, part.at); i < part.end; i = behind(part, i)) {
        if (begins_element(part, i)) {
            part.end = i;
            break;
        }
    }
    cursor->at = part.end;
    return part;
}

/* The parser joins strings on lines below each other, and takes UESCAPE for a part of one. */
Span cursor_string(Cursor *cursor)
{
    Cursor string = {cursor->tokens, cursor->at, cursor->at};
    while (string.end < cursor->end && (token_is_string(token_at(*cursor, string.end)) ||
                                        (string.end > string.at && words_at(*cursor, string.end, "uescape") > 0)))
        string.end++;
    cursor->at = string.end;
    return cursor_span(string);
}

void cursor_end_before_behavior(Cursor *cursor, size_t least)
{
    if (cursor->end <= cursor->at + least)
        return;
    size_t last = cursor->end - 1;
    bool named = words_at(*cursor, last, "cascade") > 0 || words_at(*cursor, last, "restrict") > 0;
    if (named && !token_is_sign(token_at(*cursor, last - 1), '.'))
        cursor->end--;
}

Span cursor_next(Cursor *cursor)
{
    Cursor one = {cursor->tokens, cursor->at, cursor->at < cursor->end ? cursor->at + 1 : cursor->at};
    cursor->at = one.end;
    return cursor_span(one);
}

/* ------------------------------------------------------------------ names */

/* U&"…" UESCAPE '…' is a name of three tokens, whose escapes the lexer has not read as they are meant. */
static size_t name_length(Cursor cursor, size_t index)
{
    bool escaped = token_at(cursor, index).quoted && words_at(cursor, index + 1, "uescape") > 0;
    if (!escaped || index + 2 >= cursor.end)
        return 1;
    tokens_refuse(cursor.tokens, token_at(cursor, index + 1).span, "UESCAPE of a name",
                  "write the name in U&\"…\" with backslashes, or as it is");
    return 3;
}

Word cursor_word(Cursor *cursor)
{
    if (cursor_is_empty(*cursor) || !token_is_name(token_at(*cursor, cursor->at)))
        return (Word) {0};
    Token token = token_at(*cursor, cursor->at);
    cursor->at += name_length(*cursor, cursor->at);
    return (Word) {token.text, token.span};
}

Word cursor_number(Cursor *cursor)
{
    if (cursor_is_empty(*cursor) || strcmp(token_kind_name(token_at(*cursor, cursor->at).kind), "number") != 0)
        return (Word) {0};
    Token token = token_at(*cursor, cursor->at++);
    return (Word) {token.text, token.span};
}

Word cursor_last_word(Cursor *cursor)
{
    if (cursor_is_empty(*cursor) || !token_is_name(token_at(*cursor, cursor->end - 1)))
        return (Word) {0};
    Token token = token_at(*cursor, --cursor->end);
    return (Word) {token.text, token.span};
}

static bool take_dot(Cursor *cursor)
{
    if (!cursor_is_sign(*cursor, '.'))
        return false;
    cursor->at++;
    return true;
}

Ref cursor_ref(Cursor *cursor)
{
    Ref ref = {.name = cursor_word(cursor)};
    ref.span = ref.name.span;
    if (!word_is_written(ref.name) || !take_dot(cursor))
        return ref;
    ref.schema = ref.name;
    ref.name = cursor_word(cursor);
    if (take_dot(cursor)) {
        tokens_refuse(cursor->tokens, ref.schema.span, "the name of a database",
                      "leave it out: a migration works in the database that it is connected to");
        ref.schema = ref.name;
        ref.name = cursor_word(cursor);
    }
    ref.span = span_join(ref.span, ref.name.span);
    return ref;
}

WordList cursor_words(Cursor cursor)
{
    WordList words = {0};
    while (!cursor_is_empty(cursor)) {
        Cursor item = cursor_item(&cursor);
        list_push(&cursor.tokens->c->arena, &words, cursor_word(&item));
    }
    return words;
}

RefList cursor_refs(Cursor cursor)
{
    RefList refs = {0};
    while (!cursor_is_empty(cursor)) {
        Cursor item = cursor_item(&cursor);
        list_push(&cursor.tokens->c->arena, &refs, cursor_ref(&item));
    }
    return refs;
}
