/* Two descriptions of a database, compared.
 *
 * The server writes expressions with the casts that its types ask for, and reads them again when a column gets another
 * type (RememberAllDependentForRebuilding and ATPostAlterTypeParse in src/backend/commands/tablecmds.c, which go by
 * pg_get_constraintdef and pg_get_indexdef): what they look like then depends on all types that the column has had, and
 * a column that a way down adds again has had none. The model has them as they were written. So behind the first change
 * of a type, expressions of constraints and indexes are compared without casts and parentheses. */
#include "random_replay.h"

#include <ctype.h>

static bool is_name_byte(char byte)
{
    return isalnum((unsigned char) byte) || byte == '_' || byte == '.' || byte == '"' || (byte & 0x80) != 0;
}

/* What can follow the first word of a type: " varying", " without time zone", "(10,2)", "[]". */
static size_t type_end(Str line, size_t at)
{
    static const char *const words[] = {" varying", " precision", " without time zone", " with time zone"};
    while (at < line.len && is_name_byte(line.data[at]))
        at++;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_starts_with(str_slice(line, at, line.len), str_from(words[i])))
            at += strlen(words[i]);
    }
    while (at < line.len && line.data[at] == '(' && at + 1 < line.len && isdigit((unsigned char) line.data[at + 1])) {
        while (at < line.len && line.data[at++] != ')') {}
    }
    return str_starts_with(str_slice(line, at, line.len), STR("[]")) ? at + 2 : at;
}

/* Without casts, parentheses, and the word of an array of constants, which one cast can be written before or behind. */
static void add_loosely(Text *text, Str line)
{
    for (size_t at = 0; at < line.len;) {
        Str rest = str_slice(line, at, line.len);
        if (str_starts_with(rest, STR("::")))
            at = type_end(line, at + 2);
        else if (str_starts_with(rest, STR("ARRAY[")))
            at += 5;
        else if (line.data[at] == '(' || line.data[at] == ')')
            at++;
        else
            text_add_char(text, line.data[at++]);
    }
    text_add_char(text, '\n');
}

/* The line that begins there; from then on the next one. */
static Str next_line(Str state, size_t *at)
{
    size_t start = *at;
    while (*at < state.len && state.data[*at] != '\n')
        (*at)++;
    return str_slice(state, start, (*at)++);
}

static Str loosely(Arena *arena, Str state)
{
    Text text = text_new(arena);
    for (size_t at = 0; at < state.len;) {
        Str line = next_line(state, &at);
        if (str_starts_with(line, STR("constraint ")) || str_starts_with(line, STR("index ")))
            add_loosely(&text, line);
        else
            text_addf(&text, "%.*s\n", STR_ARG(line));
    }
    return text_str(&text);
}

static Str without_made_names(Arena *arena, Str state)
{
    Text text = text_new(arena);
    for (size_t at = 0; at < state.len;) {
        Str line = next_line(state, &at);
        if (!str_starts_with(line, STR("made name ")))
            text_addf(&text, "%.*s\n", STR_ARG(line));
    }
    return text_str(&text);
}

static bool sets_type(const Statements *statements)
{
    for (size_t i = 0; i < statements->count; i++) {
        if (strstr(statements->items[i].sql.data, " type ") != NULL)
            return true;
    }
    return false;
}

bool replay_same_state(const Replay *r, const Statements *next, Str a, Str b)
{
    Arena arena = {0};
    bool same = str_equal(a, b), retyped = next != NULL && sets_type(next);
    for (size_t i = 0; i < r->accepted.count && !retyped; i++)
        retyped = sets_type(&r->accepted.items[i].statements);
    if (!same && retyped)
        same = str_equal(loosely(&arena, a), loosely(&arena, b));
    arena_free(&arena);
    return same;
}

bool replay_restored(const Replay *r, const Statements *next, Str found, Str wanted)
{
    Arena arena = {0};
    bool same = replay_same_state(r, next, without_made_names(&arena, found), without_made_names(&arena, wanted));
    arena_free(&arena);
    return same;
}
