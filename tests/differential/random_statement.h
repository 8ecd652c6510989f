/* Random statements, each in the language and in SQL that leaves every name to the server. */
#ifndef RANDOM_STATEMENT_H
#define RANDOM_STATEMENT_H

#include "schema.h"

typedef struct Random {
    uint64_t state;
} Random;

/* A number from 0 to below the limit. */
unsigned random_below(Random *random, unsigned limit);

typedef struct Statement {
    Str mig;   /* with its `;` or `}` */
    Str sql;   /* with its `;` */
} Statement;

/* A statement that makes sense for the schema more often than not. */
Statement statement_random(Arena *arena, Random *random, const Schema *schema);

/* Drops all objects of the kind in one statement; empty where there are none. */
Statement statement_drop_all(Arena *arena, const Schema *schema, ObjectKind kind);

#endif
