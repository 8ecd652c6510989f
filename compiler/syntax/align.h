/* What stands below each other: the parts of a table's columns, and comments behind what they speak of. Private to
 * this folder. */
#ifndef SYNTAX_ALIGN_H
#define SYNTAX_ALIGN_H

#include "measure.h"

/* Columns that follow each other. */
typedef struct Alignment {
    Arena *arena;
    Leaves *leaves;
    LIST(uint32_t) names;  /* where each begins; CELL_TYPE and CELL_REST are found behind */
} Alignment;

Alignment alignment_new(Arena *arena, Leaves *leaves);

/* The next item of the block. One that is no column ends the run; comments do not. */
void alignment_add(Alignment *run, uint32_t from, uint32_t to);

/* Sets the pads of the columns added so far, and begins a new run. */
void alignment_end(Alignment *run);

/* Aligns the comments behind lines that follow each other with the same indentation. All leaves have been placed. */
void align_comments(Leaves *leaves);

#endif
