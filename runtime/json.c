#include "json.h"

#include "memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct Json {
    char *text;
    size_t size;
    FILE *out;
    bool behind;  /* another member or element stands before the next one */
};

static const char *const names[] = {
#define FIELD(symbol, name, type, meaning) name,
#include "fields.def"
#undef FIELD
};

/* Names of things may hold bytes that are no UTF-8 where the database's encoding is SQL_ASCII; they are left alone. */
static void add_string(Json *json, const char *text)
{
    fputc('"', json->out);
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\')
            fprintf(json->out, "\\%c", *c);
        else if (*c == '\n')
            fputs("\\n", json->out);
        else if ((unsigned char) *c < 0x20)
            fprintf(json->out, "\\u%04x", (unsigned) (unsigned char) *c);
        else
            fputc(*c, json->out);
    }
    fputc('"', json->out);
}

static void add_comma(Json *json)
{
    if (json->behind)
        fputs(", ", json->out);
    json->behind = true;
}

static void add_name(Json *json, Field field)
{
    add_comma(json);
    add_string(json, names[field]);
    fputs(": ", json->out);
}

static void begin(Json *json, char bracket)
{
    fputc(bracket, json->out);
    json->behind = false;
}

static void end(Json *json, char bracket)
{
    if (json == NULL)
        return;
    fputc(bracket, json->out);
    json->behind = true;
}

Json *json_new(void)
{
    Json *json = memory_take(1, sizeof(*json));
    json->out = memory_stream(&json->text, &json->size);
    begin(json, '{');
    return json;
}

void json_print(Json *json)
{
    if (json == NULL)
        return;
    end(json, '}');
    memory_stream_end(json->out);
    puts(json->text);
    fflush(stdout);
    free(json->text);
    free(json);
}

void json_text(Json *json, Field field, const char *text)
{
    if (json == NULL)
        return;
    add_name(json, field);
    if (text == NULL)
        fputs("null", json->out);
    else
        add_string(json, text);
}

void json_format(Json *json, Field field, const char *format, ...)
{
    char *text = NULL;
    size_t size = 0;
    if (json == NULL)
        return;
    va_list arguments;
    va_start(arguments, format);
    FILE *out = memory_stream(&text, &size);
    vfprintf(out, format, arguments);
    memory_stream_end(out);
    va_end(arguments);
    json_text(json, field, text);
    free(text);
}

void json_number(Json *json, Field field, long long number)
{
    if (json == NULL)
        return;
    add_name(json, field);
    fprintf(json->out, "%lld", number);
}

void json_truth(Json *json, Field field, bool truth)
{
    if (json == NULL)
        return;
    add_name(json, field);
    fputs(truth ? "true" : "false", json->out);
}

void json_null(Json *json, Field field)
{
    json_text(json, field, NULL);
}

void json_list(Json *json, Field field)
{
    if (json == NULL)
        return;
    add_name(json, field);
    begin(json, '[');
}

void json_list_end(Json *json)
{
    end(json, ']');
}

void json_item(Json *json)
{
    if (json == NULL)
        return;
    add_comma(json);
    begin(json, '{');
}

void json_item_text(Json *json, const char *text)
{
    if (json == NULL)
        return;
    add_comma(json);
    add_string(json, text);
}

void json_object(Json *json, Field field)
{
    if (json == NULL)
        return;
    add_name(json, field);
    begin(json, '{');
}

void json_object_end(Json *json)
{
    end(json, '}');
}
