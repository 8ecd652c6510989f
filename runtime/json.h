/* json.h: the object that --json prints, written member by member while a verb goes on, and put out at its end. Every
 * member is a row of fields.def. NULL instead of an object is an object that nobody wants: all calls do nothing. */
#ifndef JSON_H
#define JSON_H

#include <stdbool.h>

typedef enum Field {
#define FIELD(symbol, name, type, meaning) FIELD_##symbol,
#include "fields.def"
#undef FIELD
    FIELD_COUNT
} Field;

typedef struct Json Json;

/* The outermost object is open. */
Json *json_new(void);

/* Closes it, prints it as one line on stdout, and frees it. */
void json_print(Json *json);

/* NULL is null. */
void json_text(Json *json, Field field, const char *text);
void json_format(Json *json, Field field, const char *format, ...) __attribute__((format(printf, 3, 4)));
void json_number(Json *json, Field field, long long number);
void json_truth(Json *json, Field field, bool truth);
void json_null(Json *json, Field field);

void json_list(Json *json, Field field);
void json_list_end(Json *json);

/* An element of a list: an object, or a text. */
void json_item(Json *json);
void json_item_text(Json *json, const char *text);

/* An object as a member. */
void json_object(Json *json, Field field);

/* Ends either. */
void json_object_end(Json *json);

#endif
