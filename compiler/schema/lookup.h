/* Looking a name up and, where it is not there, saying so: with the place of what was searched and the name that may have been
 * meant. */
#ifndef SCHEMA_LOOKUP_H
#define SCHEMA_LOOKUP_H

#include "report.h"
#include "schema.h"

/* The nearest of some names, if it is near enough to be meant. */
typedef struct Nearest {
    Str wanted;
    Str best;      /* data == NULL: none is near */
    size_t distance;
} Nearest;

Nearest nearest_to(Str wanted);
void nearest_try(Nearest *nearest, Str name);

/* Ends the newest report with "did you mean", if there is something. */
void nearest_help(Compilation *c, const Nearest *nearest);

bool enum_has_label(const Enum *type, Str label);
void report_unknown_label(Compilation *c, const Enum *type, Str label, Span span);
void report_unknown_column(Compilation *c, const Table *table, Str name, Span span);

#endif
