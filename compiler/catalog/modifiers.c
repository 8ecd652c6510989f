/* Type modifiers: what each type takes, and how a column's type is written with them.
 *
 * modifiers.def names the rule of each type. An array has its element's rule, as the server's array types have their
 * element's typmodin; a domain takes none.
 */
#include "catalog.h"

#include "bug.h"

#include <inttypes.h>
#include <string.h>

typedef enum Rule {
    LENGTH,
    NUMERIC,
    PRECISION,
    INTERVAL,
} Rule;

typedef struct Modifier {
    const char *type;
    Rule rule;
    int32_t minimum;
    int32_t maximum;
} Modifier;

static const Modifier modifiers_of_types[] = {
#define MODIFIER(type, rule, minimum, maximum) {#type, rule, minimum, maximum},
#include "modifiers.def"
#undef MODIFIER
};

/* The bits of the server's datetime.h. */
enum {
    MONTH = 1 << 1,
    YEAR = 1 << 2,
    DAY = 1 << 3,
    HOUR = 1 << 10,
    MINUTE = 1 << 11,
    SECOND = 1 << 12,
    ALL = 0x7FFF,
};

/* NULL: not fields that an interval may be limited to. */
static const char *interval_words(int32_t mask)
{
    static const struct {
        int32_t mask;
        const char *words;
    } limits[] = {
#define INTERVAL(mask, words) {mask, words},
#include "interval.def"
#undef INTERVAL
    };
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        if (limits[i].mask == mask)
            return limits[i].words;
    }
    return NULL;
}

/* The rule of a type that is no array; NULL: it takes no modifiers. */
static const Modifier *modifier_of(const CatalogType *type)
{
    if (!type->takes_modifiers)
        return NULL;
    for (size_t i = 0; i < sizeof modifiers_of_types / sizeof *modifiers_of_types; i++) {
        if (str_is(type->name, modifiers_of_types[i].type))
            return &modifiers_of_types[i];
    }
    BUG("no rule for the modifiers of %.*s", STR_ARG(type->name));
}

static const CatalogModifierCheck fine = {.problem = CATALOG_MODIFIERS_FINE};

static CatalogModifierCheck check_count(size_t count, size_t minimum, size_t maximum)
{
    if (count >= minimum && count <= maximum)
        return fine;
    return (CatalogModifierCheck) {CATALOG_MODIFIERS_COUNT, 0, (int64_t) count, (int64_t) minimum, (int64_t) maximum};
}

static CatalogModifierCheck check_range(size_t index, int32_t value, int32_t minimum, int32_t maximum)
{
    if (value >= minimum && value <= maximum)
        return fine;
    return (CatalogModifierCheck) {CATALOG_MODIFIERS_RANGE, index, value, minimum, maximum};
}

static CatalogModifierCheck check_precision(const Modifier *rule, size_t index, int32_t value)
{
    CatalogModifierCheck check = check_range(index, value, rule->minimum, rule->maximum);
    if (value > rule->maximum)
        check.problem = CATALOG_MODIFIERS_REDUCED;
    return check;
}

static CatalogModifierCheck check_numeric(unsigned major, const Modifier *rule, const int32_t *modifiers, size_t count)
{
    CatalogModifierCheck check = check_range(0, modifiers[0], rule->minimum, rule->maximum);
    if (check.problem != CATALOG_MODIFIERS_FINE || count == 1)
        return check;
    /* Since 15 a scale may be negative, or greater than the precision. */
    return major < 15 ? check_range(1, modifiers[1], 0, modifiers[0]) : check_range(1, modifiers[1], -1000, 1000);
}

static CatalogModifierCheck check_interval(const Modifier *rule, const int32_t *modifiers, size_t count)
{
    if (interval_words(modifiers[0]) == NULL)
        return (CatalogModifierCheck) {.problem = CATALOG_MODIFIERS_FIELDS, .value = modifiers[0]};
    return count == 1 ? fine : check_precision(rule, 1, modifiers[1]);
}

CatalogModifierCheck catalog_check_modifiers(unsigned major, const CatalogType *type, const int32_t *modifiers,
                                             size_t count)
{
    if (count == 0)
        return fine;
    const Modifier *rule = modifier_of(type->element != NULL ? type->element : type);
    if (rule == NULL)
        return (CatalogModifierCheck) {.problem = CATALOG_MODIFIERS_NOT_TAKEN, .value = (int64_t) count};
    CatalogModifierCheck check = check_count(count, 1, rule->rule == NUMERIC || rule->rule == INTERVAL ? 2 : 1);
    if (check.problem != CATALOG_MODIFIERS_FINE)
        return check;
    switch (rule->rule) {
    case LENGTH:
        return check_range(0, modifiers[0], rule->minimum, rule->maximum);
    case NUMERIC:
        return check_numeric(major, rule, modifiers, count);
    case PRECISION:
        return check_precision(rule, 0, modifiers[0]);
    case INTERVAL:
        return check_interval(rule, modifiers, count);
    }
    BUG("rule %d", (int) rule->rule);
}

static int32_t reduced(const Modifier *rule, int32_t precision)
{
    return precision > rule->maximum ? rule->maximum : precision;
}

/* "timestamp with time zone" takes its precision after the first word. */
static void add_precision(Text *text, const CatalogType *type, int32_t precision)
{
    size_t first = 0;
    while (first < type->display.len && type->display.data[first] != ' ')
        first++;
    text_add(text, str_slice(type->display, 0, first));
    text_addf(text, "(%" PRId32 ")", precision);
    text_add(text, str_slice(type->display, first, type->display.len));
}

static void add_interval(Text *text, const CatalogType *type, const Modifier *rule, const int32_t *modifiers,
                         size_t count)
{
    text_add(text, type->display);
    text_add_c(text, interval_words(modifiers[0]));
    if (count == 2)
        text_addf(text, "(%" PRId32 ")", reduced(rule, modifiers[1]));
}

static void add_modified(Text *text, const CatalogType *type, const int32_t *modifiers, size_t count)
{
    const Modifier *rule = modifier_of(type);
    switch (rule->rule) {
    case LENGTH:
        text_add(text, type->display);
        text_addf(text, "(%" PRId32 ")", modifiers[0]);
        break;
    case NUMERIC:
        text_add(text, type->display);
        text_addf(text, "(%" PRId32 ",%" PRId32 ")", modifiers[0], count == 2 ? modifiers[1] : 0);
        break;
    case PRECISION:
        add_precision(text, type, reduced(rule, modifiers[0]));
        break;
    case INTERVAL:
        add_interval(text, type, rule, modifiers, count);
        break;
    }
}

Str catalog_format_type(Arena *arena, const CatalogType *type, const int32_t *modifiers, size_t count,
                        unsigned dimensions)
{
    Text text = text_new(arena);
    bool in_brackets = dimensions > 0;
    if (count == 0) {
        text_add(&text, type->stored);
    } else {
        in_brackets = in_brackets || type->element != NULL;
        add_modified(&text, type->element != NULL ? type->element : type, modifiers, count);
    }
    if (in_brackets)
        text_add_c(&text, "[]");
    return text_str(&text);
}
