/* Where the server keeps values of a type that it cannot try or write anew. */
#ifndef SCHEMA_HOLDER_H
#define SCHEMA_HOLDER_H

#include "depend.h"

typedef struct TypeHolder {
    Part part;
    bool makes;    /* by an expression; else it is a column that has them */
} TypeHolder;

/* Whether anything has values of the object's type in it: as they are, where that counts, or as elements, in rows, in
 * ranges, behind domains. That is a column of a table, or, anywhere else, an expression that makes such values. */
bool type_holder(const Schema *schema, ObjectId object, bool as_they_are, TypeHolder *found);

/* Of the table and those below it the first whose rows, which it has here itself, are in such a column as they are;
 * NULL: there is none. */
const Table *table_rows_held(const Schema *schema, const Table *table);

#endif
