/* The types that objects make; private to this folder. */
#ifndef SCHEMA_MADE_TYPE_H
#define SCHEMA_MADE_TYPE_H

#include "schema.h"

/* What unknown extensions were taken to bring (unknown.h). */
typedef struct UnknownType {
    const CatalogType *type;
    ObjectId extension;
} UnknownType;

typedef struct UnknownMethod {
    CatalogAccessMethod method;
    ObjectId extension;
} UnknownMethod;

typedef struct UnknownNames {
    Map types;      /* "qualifier.name" → UnknownType */
    Map methods;    /* name → UnknownMethod */
} UnknownNames;

MadeTypes *made_types_new(Arena *arena);
UnknownNames *made_unknown(MadeTypes *made);

#endif
