/* Range types. With each comes a multirange, and for both functions of their first names that make values of them. */
#ifndef SCHEMA_RANGE_H
#define SCHEMA_RANGE_H

#include "schema.h"

/* The range that the object is; NULL: it is none. */
const Definition *schema_range(const Schema *schema, ObjectId id);

/* The type of the multirange that comes with the range, for the catalog's questions. */
const CatalogType *range_multirange(const Schema *schema, ObjectId range);

/* What the server calls the multirange: "int4range" gives "int4multirange" (makeMultirangeTypeName in
 * src/backend/catalog/pg_type.c). */
Str range_multirange_name(Arena *arena, Str range);

/* The type that the function of the name makes a value of; without a catalog type: it is none of these functions. */
Type range_constructed(const Schema *schema, Str qualifier, Str name);

#endif
