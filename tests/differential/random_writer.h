/* What the writers of random statements share. */
#ifndef RANDOM_WRITER_H
#define RANDOM_WRITER_H

#include "random_statement.h"

#include "change.h"

#define COUNT(array) (unsigned) (sizeof(array) / sizeof *(array))
#define PICK(w, array) pick((w), (array), COUNT(array))

enum { TABLE_NAMES = 7 };
extern const char *const table_names[TABLE_NAMES];

typedef struct Writer {
    Arena *arena;
    Random *random;
    const Schema *schema;
    Text mig, sql;
    Text later; /* SQL behind the statement: indexes that the language has inside tables */
} Writer;

unsigned below(Writer *w, unsigned limit);
bool chance(Writer *w, unsigned percent);
const char *pick(Writer *w, const char *const *items, unsigned count);

/* Writes in both languages. */
void both(Writer *w, Str text);
void both_c(Writer *w, const char *text);
void end_statement(Writer *w);

/* "alter table NAME "; NULL: it may not be there. */
const Table *begin_alter(Writer *w);

const Object *random_object(Writer *w, ObjectKind kind);
const ColumnInfo *random_column(Writer *w, const Table *table);

/* One that is there, more often than not. */
Str some_table(Writer *w, const Table **table);
Str some_column(Writer *w, const Table *table);

/* pg_type.typname; "" where it is not known. */
Str some_type_name(const Table *table, const ColumnInfo *column);

Str random_condition(Writer *w, const Table *table);
void write_columns(Writer *w, const Table *table, unsigned most);
void write_reference(Writer *w);

/* A statement that alters a table or an index that is there, or makes a table like another (random_alter.c). */
void random_alter(Writer *w);

#endif
