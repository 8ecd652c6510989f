/* Bodies in PL/pgSQL; private to this folder. */
#ifndef SQL_PLPGSQL_H
#define SQL_PLPGSQL_H

#include "read_definition.h"

/* A body, and the statement that has it. */
typedef struct PlpgsqlBody {
    const SqlStatement *statement;
    Span literal;           /* of it */
    Str text;
    bool gives_parameters;  /* its function has some that are given back, one by one or as a table */
} PlpgsqlBody;

/* Whether the parser of the language takes it; false: reported. The reader, if there is one, gets what it mentions. */
bool plpgsql_check(Compilation *c, const PlpgsqlBody *body, DefinitionReader *reader);

/* The body in words that libpg_query understands, line by line. */
Str plpgsql_text(Arena *arena, Str body, bool gives_parameters);

#endif
