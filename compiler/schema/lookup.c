#include "lookup.h"

Nearest nearest_to(Str wanted)
{
    return (Nearest) {.wanted = wanted, .distance = wanted.len <= 4 ? 2 : 3};
}

void nearest_try(Nearest *nearest, Str name)
{
    size_t distance = str_distance(nearest->wanted, name);
    if (distance < nearest->distance) {
        nearest->distance = distance;
        nearest->best = name;
    }
}

void nearest_help(Compilation *c, const Nearest *nearest)
{
    if (nearest->best.data != NULL)
        help(c, "did you mean \"%.*s\"?", STR_ARG(nearest->best));
}

bool enum_has_label(const Enum *type, Str label)
{
    for (size_t i = 0; i < type->labels.count; i++) {
        if (str_equal(type->labels.items[i], label))
            return true;
    }
    return false;
}

void report_unknown_label(Compilation *c, const Enum *type, Str wanted, Span span)
{
    Nearest nearest = nearest_to(wanted);
    report(c, M_UNKNOWN_LABEL, span, "enum \"%.*s\" has no label '%.*s'", STR_ARG(type->object.name), STR_ARG(wanted));
    label(c, type->object.created, "created here");
    for (size_t i = 0; i < type->labels.count; i++)
        nearest_try(&nearest, type->labels.items[i]);
    if (nearest.best.data != NULL)
        help(c, "did you mean '%.*s'?", STR_ARG(nearest.best));
}

void report_unknown_column(Compilation *c, const Table *table, Str name, Span span)
{
    Nearest nearest = nearest_to(name);
    report(c, M_UNKNOWN_COLUMN, span, "table \"%.*s\" has no column \"%.*s\"", STR_ARG(table->object.name), STR_ARG(name));
    label(c, table->object.created, "created here");
    for (size_t i = 0; i < table->columns.count; i++)
        nearest_try(&nearest, table->columns.items[i].name);
    nearest_help(c, &nearest);
}
