/* Keys of known values compare by bytes as the values do. What is written in any but the plainest way stays unknown:
 * nothing is then said of overlaps, and the server finds them. */
#include "bound_value.h"

#include "lookup.h"

#include <errno.h>
#include <stdlib.h>

static BoundValue known(Str key)
{
    return (BoundValue) {.kind = BOUND_KNOWN, .key = key};
}

static BoundValue known_equal(Str key)
{
    return (BoundValue) {.kind = BOUND_KNOWN, .key = key, .equality_only = true};
}

static const BoundValue unknown = {.kind = BOUND_UNKNOWN};

static bool is_digits(Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
    }
    return text.len > 0;
}

/* ------------------------------------------------------------------ numbers */

static BoundValue integer_value(Arena *arena, Str text)
{
    char *end;
    Str digits = str_starts_with(text, STR("-")) ? str_slice(text, 1, text.len) : text;
    if (!is_digits(digits))
        return unknown;
    errno = 0;
    long long value = strtoll(str_to_c(arena, text), &end, 10);
    if (errno != 0)
        return unknown;
    return known(str_format(arena, "%020llu", (unsigned long long) value + (1ULL << 63)));
}

/* Digits of a negative number are turned around, so that the greater one is less. */
static Str decimal_key(Arena *arena, bool negative, Str whole, Str fraction)
{
    enum { WHOLE_DIGITS = 64 };
    Text key = text_new(arena);
    text_add_char(&key, negative ? '0' : '1');
    for (size_t i = whole.len; i < WHOLE_DIGITS; i++)
        text_add_char(&key, negative ? '9' : '0');
    for (size_t i = 0; i < whole.len + fraction.len; i++) {
        char digit = i < whole.len ? whole.data[i] : fraction.data[i - whole.len];
        text_add_char(&key, negative ? (char) ('0' + '9' - digit) : digit);
    }
    if (negative)
        text_add_char(&key, ':'); /* behind all digits: -1.5 is less than -1 */
    return whole.len > WHOLE_DIGITS ? (Str) {0} : text_str(&key);
}

/* A value with more digits than the type keeps is rounded: that is left to the server. */
static BoundValue decimal_value(Arena *arena, const Type *type, Str text)
{
    bool negative = str_starts_with(text, STR("-"));
    Str digits = negative ? str_slice(text, 1, text.len) : text;
    size_t point = 0;
    while (point < digits.len && digits.data[point] != '.')
        point++;
    Str whole = str_slice(digits, 0, point), fraction = {digits.data, 0};
    if (point < digits.len)
        fraction = str_slice(digits, point + 1, digits.len);
    while (fraction.len > 0 && fraction.data[fraction.len - 1] == '0')
        fraction.len--;
    while (whole.len > 0 && whole.data[0] == '0')
        whole = str_slice(whole, 1, whole.len);
    bool fits = (whole.len == 0 || is_digits(whole)) && (fraction.len == 0 || is_digits(fraction));
    size_t scale = type->modifiers.count > 1 ? (size_t) type->modifiers.items[1] : 0;
    if (!fits || (type->modifiers.count > 0 && fraction.len > scale))
        return unknown;
    if (whole.len == 0 && fraction.len == 0)
        negative = false;
    Str key = decimal_key(arena, negative, whole, fraction);
    return key.data == NULL ? unknown : known(key);
}

/* ------------------------------------------------------------------ dates and times */

/* Whether the text has the form, where 9 stands for any digit. */
static bool has_form(Str text, const char *form)
{
    Str wanted = str_from(form);
    for (size_t i = 0; i < text.len && text.len == wanted.len; i++) {
        bool digit = text.data[i] >= '0' && text.data[i] <= '9';
        if (form[i] == '9' ? !digit : text.data[i] != form[i])
            return false;
    }
    return text.len == wanted.len;
}

static BoundValue date_value(Str text)
{
    return has_form(text, "9999-99-99") ? known(text) : unknown;
}

/* With a zone it depends on that, and on the session's where others have none. */
static BoundValue time_value(Arena *arena, Str text)
{
    if (has_form(text, "9999-99-99"))
        return known(str_format(arena, "%.*s 00:00:00", STR_ARG(text)));
    if (has_form(text, "9999-99-99 99:99"))
        return known(str_format(arena, "%.*s:00", STR_ARG(text)));
    return has_form(text, "9999-99-99 99:99:99") ? known(text) : unknown;
}

/* ------------------------------------------------------------------ the rest */

static BoundValue boolean_value(Str text)
{
    if (str_is(text, "t") || str_is(text, "true"))
        return known(STR("1"));
    return str_is(text, "f") || str_is(text, "false") ? known(STR("0")) : unknown;
}

static BoundValue uuid_value(Arena *arena, Str text)
{
    enum { LENGTH = 36 };
    Text key = text_new(arena);
    for (size_t i = 0; i < text.len && text.len == LENGTH; i++) {
        char c = text.data[i] >= 'A' && text.data[i] <= 'F' ? (char) (text.data[i] + 'a' - 'A') : text.data[i];
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        if (dash ? c != '-' : !hex)
            return unknown;
        text_add_char(&key, c);
    }
    return text.len == LENGTH ? known(text_str(&key)) : unknown;
}

/* How strings sort depends on the collation; which are equal does not, as long as it is deterministic. */
static BoundValue text_value(const Type *type, Str text)
{
    Str collation = type->collation;
    bool bytes = collation.data != NULL && (str_is(collation, "\"C\"") || str_is(collation, "\"POSIX\""));
    if (bytes)
        return known(text);
    return type->collation.data == NULL ? known_equal(text) : unknown;
}

static bool is_one_of(Str name, const char *const *names)
{
    for (size_t i = 0; names[i] != NULL; i++) {
        if (str_is(name, names[i]))
            return true;
    }
    return false;
}

BoundValue bound_value(const Schema *schema, const Type *type, Str text)
{
    static const char *const integers[] = {"int2", "int4", "int8", NULL}, *const strings[] = {"text", "varchar", NULL};
    static const char *const times[] = {"timestamp", "timestamptz", NULL};
    Arena *arena = schema->arena;
    const Enum *labels = type == NULL || type->array ? NULL : schema_enum(schema, type->object);
    if (labels != NULL) {
        const EnumLabel *found = enum_label(labels, text);
        return found == NULL ? unknown : known_equal(str_format(arena, "%u", (unsigned) found->id));
    }
    if (type == NULL || type->catalog == NULL || type->array || type->object != 0)
        return unknown;
    Str name = type->catalog->name;
    if (is_one_of(name, integers))
        return integer_value(arena, text);
    if (is_one_of(name, strings))
        return text_value(type, text);
    if (is_one_of(name, times))
        return type->modifiers.count > 0 ? unknown : time_value(arena, text);
    if (str_is(name, "numeric"))
        return decimal_value(arena, type, text);
    if (str_is(name, "date"))
        return date_value(text);
    if (str_is(name, "bool"))
        return boolean_value(text);
    return str_is(name, "uuid") ? uuid_value(arena, text) : unknown;
}
