/* stem.h: the name of a migration without the extension that the tool which wrote it gave it. */
#ifndef STEM_H
#define STEM_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes of `name` before its extension, when that is one that Knex or migc knows (.js .cjs .mjs .ts .cts .mts .coffee
 * .ls .sql .mig and a few more); else all of it. One extension is taken off, never two. */
size_t stem_length(const char *name);

/* Both names have the same stem. */
bool stem_equal(const char *a, const char *b);

#endif
