/* How leaves stand beside each other; private to this folder. */
#ifndef SYNTAX_MEASURE_H
#define SYNTAX_MEASURE_H

#include "leaf.h"

/* What stands between the leaf and the one before it, in the file; data == NULL before the first one. */
Str leaf_gap(const Leaves *leaves, uint32_t i);

/* A leaf inside a fragment of SQL but for its first one: what stands before it is the author's. */
bool leaf_is_inner(const Leaves *leaves, uint32_t i);

/* Of the kind, and not inside SQL. */
bool leaf_is(const Leaves *leaves, uint32_t i, int kind);

bool leaf_is_comment(const Leaves *leaves, uint32_t i);

/* The blanks before a leaf that is to stand on the line of the one before it. */
uint32_t blanks_before(const Leaves *leaves, uint32_t i);

/* The width of what is to stand between it and the one before it, on one line. */
uint32_t gap_width(const Leaves *leaves, uint32_t i);

/* A line end before the leaf that is kept: inside SQL, and beside a comment the one behind it and the one before a
 * comment that has its line for itself. */
bool keeps_break(const Leaves *leaves, uint32_t i);

/* A list that is broken in the file: behind its parenthesis, or by comments. */
bool is_open_list(const Leaves *leaves, uint32_t open);

/* The width from leaf to leaf on one line, up to the first line end that is kept; *ends says whether there is one. */
uint32_t measure(const Leaves *leaves, uint32_t from, uint32_t to, bool *ends);

#endif
