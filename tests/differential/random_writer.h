/* What the writers of random statements share. A writer is a function write_NAME with a row in random_makers.def. */
#ifndef RANDOM_WRITER_H
#define RANDOM_WRITER_H

#include "random_statement.h"

#include "define.h"
#include "definition.h"
#include "depend.h"

#define COUNT(array) (unsigned) (sizeof(array) / sizeof *(array))
#define PICK(w, array) pick((w), (array), COUNT(array))

enum { TABLE_NAMES = 9, COLUMN_NAMES = 7 };
extern const char *const table_names[TABLE_NAMES];
extern const char *const column_names[COLUMN_NAMES];

typedef struct Writer {
    Arena *arena;
    Random *random;
    const Schema *schema;
    Text mig, sql;
    Text later;      /* SQL behind the statement: indexes that the language has inside tables */
    Text down;
    const Table *altered; /* by the statement that is being written, of which several actions are a part; NULL: none */
    bool sql_only;   /* the language does not have the statement */
    bool inexact;    /* see Statement */
} Writer;

#define MAKER(name, weight) void write_##name(Writer *w);
#include "random_makers.def"
#undef MAKER

unsigned below(Writer *w, unsigned limit);
bool chance(Writer *w, unsigned percent);
const char *pick(Writer *w, const char *const *items, unsigned count);

/* Writes in both languages. */
void both(Writer *w, Str text);
void both_c(Writer *w, const char *text);
void bothf(Writer *w, const char *format, ...) __attribute__((format(printf, 2, 3)));
void end_statement(Writer *w);

/* The pattern with the name for each @. */
Str fill(Arena *arena, const char *pattern, Str name);

/* "alter table NAME "; NULL: it may not be there. */
const Table *begin_alter(Writer *w);

/* One that a migration made; NULL: there is none. */
const Object *random_object(Writer *w, ObjectKind kind);

/* A table, view or materialized view. */
const Table *random_relation(Writer *w);
const ColumnInfo *random_column(Writer *w, const Table *table);
Str column_sql(Writer *w, const ColumnInfo *column);

/* One that is there, more often than not. */
Str some_table(Writer *w, const Table **table);
Str some_column(Writer *w, const Table *table);

/* A name for something new, in any schema; free more often than not. */
Str new_name(Writer *w, ObjectKind kind, const char *const *names, unsigned count);
#define NEW_NAME(w, kind, names) new_name((w), (kind), (names), COUNT(names))

/* pg_type.typname; "" where it is not known. */
Str some_type_name(const Table *table, const ColumnInfo *column);

/* A type that columns can have. */
Str random_type(Writer *w);

/* A default for the type; "" for none. */
Str random_default(Writer *w, Str type);
Str random_condition(Writer *w, const Table *table);

/* A query; it may be about any relation. */
Str random_query(Writer *w);

/* A function that gives the type; NULL: there is none. */
const Definition *random_function(Writer *w, const char *result);

void write_columns(Writer *w, const Table *table, unsigned most);
void write_reference(Writer *w);

/* A role that is there. */
const char *random_role(Writer *w);

#endif
