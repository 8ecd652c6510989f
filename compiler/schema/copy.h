/* Expressions and parts of one table for another that has the same columns under other numbers. */
#ifndef SCHEMA_COPY_H
#define SCHEMA_COPY_H

#include "schema.h"

typedef struct ColumnPair {
    ColumnId from, to;
} ColumnPair;

typedef LIST(ColumnPair) ColumnPairs;

ColumnIds copy_columns(Arena *arena, ColumnIds columns, ColumnPairs pairs);

/* NULL for NULL. */
const Expression *copy_expression(Arena *arena, const Expression *expression, ColumnPairs pairs);
IndexKey copy_key(Arena *arena, IndexKey key, ColumnPairs pairs);

#endif
