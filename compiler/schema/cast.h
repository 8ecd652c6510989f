/* Casts that migrations make. The catalog's view of the schema has them among its own, so that whoever asks what
 * becomes of what (catalog_coercible() and its like) is answered by both. */
#ifndef SCHEMA_CAST_H
#define SCHEMA_CAST_H

#include "schema.h"

/* Lets the view know the cast, or no longer. */
CatalogView cast_view(const Schema *schema, const Definition *cast, bool add);

/* The cast of a migration that converts values of the one type to the other, or those of their arrays; NULL: none
 * does. */
const Definition *schema_conversion(const Schema *schema, const CatalogType *source, const CatalogType *target);

/* How far a conversion of values, written or not, may be counted on, through text as well. */
CatalogVolatility conversion_volatility(const Schema *schema, const CatalogType *source, const CatalogType *target);

#endif
