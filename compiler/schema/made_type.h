/* The types that objects make; private to this folder. */
#ifndef SCHEMA_MADE_TYPE_H
#define SCHEMA_MADE_TYPE_H

#include "schema.h"

MadeTypes *made_types_new(Arena *arena);

#endif
