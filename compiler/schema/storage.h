/* How values of a type are stored: pg_type.typstorage, which the snapshots of the catalog do not hold. */
#ifndef SCHEMA_STORAGE_H
#define SCHEMA_STORAGE_H

#include "schema.h"

/* What a column of the type has by itself: "plain", which is all that it can have, "main" or "extended". Of an
 * extension's type it is not known, and taken for "extended". */
const char *type_storage(const Schema *schema, const Type *type);

/* Whether all values of it are of one length. */
bool type_is_fixed(const Schema *schema, const Type *type);

#endif
