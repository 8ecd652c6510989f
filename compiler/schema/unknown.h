/* Extensions that no snapshot knows. One may bring anything, so a name that nothing else has is taken for one of its,
 * in every place where extensions bring something; what is named so depends on it, so that it is not dropped before. */
#ifndef SCHEMA_UNKNOWN_H
#define SCHEMA_UNKNOWN_H

#include "schema.h"

/* The extension that something with the qualifier ("" for none) may come with: it lives in its home, or in a schema
 * that the extension itself has made. Of several it is the newest: things are created before they are used. 0: none. */
ObjectId unknown_extension(const Schema *schema, Str qualifier);

/* What may come with one under the name, and which that is: the same whenever it is asked for, so that it can be
 * compared by address. NULL: nothing. */
const CatalogType *unknown_type(const Schema *schema, Str qualifier, Str name, ObjectId *extension);
const CatalogAccessMethod *unknown_method(const Schema *schema, Str name, ObjectId *extension);

#endif
