/* The SQL of a change; private to this folder. */
#ifndef PLAN_SQL_TEXT_H
#define PLAN_SQL_TEXT_H

#include "depend.h"

/* Appends the statements that make the change, in order. `schema` is the one before the change. */
void change_sql(const Schema *schema, const Change *change, StrList *statements);

/* Appends what sets the attributes (define_attributes) that the thing the change has made comes with. `after` is the
 * schema behind the change. */
void change_attributes_sql(const Schema *after, const Change *change, StrList *statements);

/* What of the properties that statements of their own set: those that may be set at once, the late ones, or both. */
typedef enum AttributeTime { ATTRIBUTES_AT_ONCE, ATTRIBUTES_LATE, ATTRIBUTES_ALL } AttributeTime;

/* Where a whole schema is made default privileges, which are late themselves, have given nothing to anything.
 *
 * Appends what sets those properties that are set of an object (part 0), or of a column or constraint of it. */
void attributes_sql(const Schema *after, Part part, AttributeTime time, StrList *statements);

/* Appends what sets the property; the value may be the present one. */
void set_sql(const Schema *schema, const SetChange *set, StrList *statements);

/* "TABLE": the word of CREATE, ALTER, DROP and COMMENT ON. */
const char *object_sql_word(ObjectKind kind);
const char *altered_sql_word(ObjectKind kind);  /* behind ALTER: what is said of tables holds for foreign ones, too */

/* Appends a statement to the list. */
void statement_add(const Schema *schema, StrList *statements, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
