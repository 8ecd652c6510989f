#include "sql_array.h"

#include "memory.h"

void sql_array_begin(SqlArray *array)
{
    *array = (SqlArray) {0};
    array->stream = memory_stream(&array->text, &array->size);
    fputc('{', array->stream);
}

void sql_array_add(SqlArray *array, const char *item)
{
    fputs(array->count++ == 0 ? "\"" : ",\"", array->stream);
    for (const char *c = item; *c != '\0'; c++)
        fprintf(array->stream, "%s%c", *c == '"' || *c == '\\' ? "\\" : "", *c);
    fputc('"', array->stream);
}

char *sql_array_end(SqlArray *array)
{
    fputc('}', array->stream);
    memory_stream_end(array->stream);
    return array->text;
}
