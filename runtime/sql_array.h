/* sql_array.h: a list of texts as a literal of text[], for a parameter. */
#ifndef SQL_ARRAY_H
#define SQL_ARRAY_H

#include <stdio.h>

typedef struct SqlArray {
    FILE *stream;
    char *text;
    size_t size;
    size_t count;
} SqlArray;

void sql_array_begin(SqlArray *array);
void sql_array_add(SqlArray *array, const char *item);

/* To be freed. */
char *sql_array_end(SqlArray *array);

#endif
