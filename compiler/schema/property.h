/* Writing properties; private to this folder. */
#ifndef SCHEMA_PROPERTY_H
#define SCHEMA_PROPERTY_H

#include "change.h"
#include "edit.h"

/* `object` is one to be changed. */
void property_set(Arena *arena, Object *object, Property property, uint32_t part, const PropertyValue *value);

/* Those of a relation or a domain that is being edited. */
ConstraintList *constraints_edit(Object *object);

#endif
