/* The SQL of what only SQL defines, and of privileges; private to this folder. */
#ifndef PLAN_DEFINITION_SQL_H
#define PLAN_DEFINITION_SQL_H

#include "definition.h"
#include "sql_text.h"

/* CREATE [OR REPLACE], and what ALTER has changed since. The definition need not be in the schema. */
void create_definition_sql(const Schema *schema, const Definition *definition, bool replace, StrList *statements);
void drop_definition_sql(const Schema *schema, const Definition *definition, StrList *statements);

/* What leads from the ones to the others. */
void set_attributes_sql(const Schema *schema, const Definition *definition, Attributes before, Attributes after,
                        StrList *statements);

/* What leads from the object's privileges to these; with the present ones, what leads there from none. */
void set_privileges_sql(const Schema *schema, const Object *object, Privileges after, StrList *statements);
/* What leads to its privileges where it was created without any by default. */
void all_privileges_sql(const Schema *schema, const Object *object, StrList *statements);
void set_column_privileges_sql(const Schema *schema, const Table *table, ColumnId column, Privileges after,
                               StrList *statements);

#endif
