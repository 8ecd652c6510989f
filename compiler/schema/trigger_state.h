/* Row triggers of partitioned tables are triggers of their partitions, too, which the server makes by itself, and which
 * fire as the trigger above them does. Where one fires otherwise, that is a definition of its own: on the partition and
 * of the trigger, with both of which it goes. */
#ifndef SCHEMA_TRIGGER_STATE_H
#define SCHEMA_TRIGGER_STATE_H

#include "schema.h"

#define TRIGGER_FIRING "enabled"   /* the key of that attribute, of a trigger as of a state */

/* The state of the trigger at one partition; it is to get its number and that attribute. */
Definition *trigger_state_new(Arena *arena, const Definition *trigger, ObjectId partition);

/* The trigger that it is a state of. */
ObjectId trigger_state_of(const Definition *state);

/* NULL: the partition has none of its own. */
const Definition *trigger_state_find(const Schema *schema, ObjectId trigger, ObjectId partition);

/* "ENABLE", "DISABLE", …: how the trigger fires on its table, or a partition; how it would without that one's own. */
Str trigger_firing(const Schema *schema, ObjectId trigger, ObjectId table);
Str trigger_firing_above(const Schema *schema, ObjectId trigger, ObjectId partition);

#endif
