/* What goes along with a change while it is worked out: what along.c and remake.c share. */
#ifndef SCHEMA_DESCENT_H
#define SCHEMA_DESCENT_H

#include "inherit.h"
#include "key.h"

typedef struct Descent {
    Schema *schema;
    Change *change;
    ChangeList later;  /* steps behind a drop */
    ObjectId made;     /* a partition that is being created: its own keys come after those of its parent */
} Descent;

/* One more step, which is taken at once. */
void descent_step(Descent *d, Change along);
void descent_set(Descent *d, Part part, Property property, PropertyValue value);
void descent_set_number(Descent *d, Part part, Property property, int32_t number);
void descent_set_flag(Descent *d, Part part, Property property, bool flag);

/* The names that the server makes up for a child's part of an index or key, a partition's part of a foreign key, and a
 * foreign key that is made beside another one for a partition of what that refers to. */
Str descent_chosen_name(Descent *d, const KeyView *view, const Table *child);
Str descent_foreign_name(Descent *d, const Table *table, const Constraint *foreign, const Table *child);
Str descent_shadow_name(Descent *d, const Table *table, const Constraint *foreign);

/* What a change of type makes anew below the relation (remake.c). */
void remake_parts(Descent *d, ObjectId table, ColumnId column);

#endif
