/* Random statements, each as it stands in a migration, and in SQL that leaves every name to the server. */
#ifndef RANDOM_STATEMENT_H
#define RANDOM_STATEMENT_H

#include "schema.h"

typedef struct Random {
    uint64_t state;
} Random;

/* A number from 0 to below the limit. */
unsigned random_below(Random *random, unsigned limit);

typedef struct Statement {
    Str mig;        /* with its `;` or `}`; in the language, or in a block of SQL */
    Str sql;        /* with its `;` */
    Str down;       /* the way down in the language, where none can be derived; "" otherwise */
    bool inexact;   /* no way down leads back: the server has nothing that could */
} Statement;

/* A statement that makes sense for the schema more often than not. */
Statement statement_random(Arena *arena, Random *random, const Schema *schema, size_t maker);

/* The makers of statements: the rows of random_makers.def. */
size_t maker_count(void);
size_t maker_random(Random *random);   /* by their weights */
const char *maker_name(size_t maker);

/* Drops the newest object that nothing needs, or one with what needs it; `mig` is empty where there is none left. */
Statement statement_drop_next(Arena *arena, const Schema *schema);

#endif
