#include "sequence.h"

/* ------------------------------------------------------------------ what is meant when nothing is said */

int64_t sequence_type_minimum(const CatalogType *type)
{
    if (type != NULL && str_is(type->name, "int2"))
        return INT16_MIN;
    return type != NULL && str_is(type->name, "int4") ? INT32_MIN : INT64_MIN;
}

int64_t sequence_type_maximum(const CatalogType *type)
{
    if (type != NULL && str_is(type->name, "int2"))
        return INT16_MAX;
    return type != NULL && str_is(type->name, "int4") ? INT32_MAX : INT64_MAX;
}

int64_t sequence_default_minimum(const SequenceSettings *settings)
{
    return settings->increment > 0 ? 1 : sequence_type_minimum(settings->type);
}

int64_t sequence_default_maximum(const SequenceSettings *settings)
{
    return settings->increment > 0 ? sequence_type_maximum(settings->type) : -1;
}

int64_t sequence_default_start(const SequenceSettings *settings)
{
    return settings->increment > 0 ? settings->minimum : settings->maximum;
}

SequenceSettings sequence_defaults(const CatalogType *type)
{
    return (SequenceSettings) {.type = type, .increment = 1, .minimum = 1, .maximum = sequence_type_maximum(type),
                               .start = 1, .cache = 1};
}

SequenceSettings sequence_with_type(SequenceSettings settings, const CatalogType *type)
{
    if (settings.maximum == sequence_type_maximum(settings.type))
        settings.maximum = sequence_type_maximum(type);
    if (settings.minimum == sequence_type_minimum(settings.type))
        settings.minimum = sequence_type_minimum(type);
    settings.type = type;
    return settings;
}

static int64_t between(int64_t value, int64_t least, int64_t most)
{
    return value < least ? least : value > most ? most : value;
}

SequenceSettings sequence_within(SequenceSettings settings, const CatalogType *type)
{
    int64_t least = sequence_type_minimum(type), most = sequence_type_maximum(type);
    settings.type = type;
    if (settings.minimum < least || settings.minimum >= most)
        settings.minimum = sequence_default_minimum(&settings);
    if (settings.maximum > most || settings.maximum <= settings.minimum)
        settings.maximum = sequence_default_maximum(&settings);
    settings.start = between(settings.start, settings.minimum, settings.maximum);
    return settings;
}

bool identity_has_sequence(const Identity *identity)
{
    return identity->kind != IDENTITY_NONE && identity->sequence.data != NULL;
}

Identity identity_with_type(Identity identity, const CatalogType *type, const CatalogType *column)
{
    if (!identity_has_sequence(&identity))
        return identity;
    identity.settings = sequence_with_type(identity.settings, type);
    identity.type = type == column ? NULL : type;
    return identity;
}

bool sequence_settings_equal(const SequenceSettings *a, const SequenceSettings *b)
{
    return a->type == b->type && a->increment == b->increment && a->minimum == b->minimum &&
           a->maximum == b->maximum && a->start == b->start && a->cache == b->cache && a->cycle == b->cycle;
}

/* ------------------------------------------------------------------ as SQL */

static void add_setting(Text *text, const char *word, int64_t value, int64_t usual)
{
    if (value != usual)
        text_addf(text, " %s %lld", word, (long long) value);
}

Str define_sequence_options(Arena *arena, const SequenceSettings *settings)
{
    Text text = text_new(arena);
    add_setting(&text, "INCREMENT", settings->increment, 1);
    add_setting(&text, "MINVALUE", settings->minimum, sequence_default_minimum(settings));
    add_setting(&text, "MAXVALUE", settings->maximum, sequence_default_maximum(settings));
    add_setting(&text, "START", settings->start, sequence_default_start(settings));
    add_setting(&text, "CACHE", settings->cache, 1);
    if (settings->cycle)
        text_add_c(&text, " CYCLE");
    return text_str(&text);
}

Str define_sequence_settings(Arena *arena, const SequenceSettings *settings)
{
    Str options = define_sequence_options(arena, settings);
    return str_format(arena, "AS %.*s%.*s", STR_ARG(settings->type->display), STR_ARG(options));
}

Str define_sequence_difference(Arena *arena, const SequenceSettings *before, const SequenceSettings *after)
{
    Text text = text_new(arena);
    add_setting(&text, "SET INCREMENT", after->increment, before->increment);
    add_setting(&text, "SET MINVALUE", after->minimum, before->minimum);
    add_setting(&text, "SET MAXVALUE", after->maximum, before->maximum);
    add_setting(&text, "SET START", after->start, before->start);
    add_setting(&text, "SET CACHE", after->cache, before->cache);
    if (after->cycle != before->cycle)
        text_add_c(&text, after->cycle ? " SET CYCLE" : " SET NO CYCLE");
    return text_str(&text);
}
