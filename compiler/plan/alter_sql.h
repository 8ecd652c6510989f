/* ALTER TABLE and its like (ALTER TYPE of a composite type, ALTER DOMAIN) as a head and actions, which is what can
 * become one statement (merge.h). Private to this folder. */
#ifndef PLAN_ALTER_SQL_H
#define PLAN_ALTER_SQL_H

#include "change.h"

/* "ALTER TABLE ONLY name" */
Str alter_head(const Schema *schema, ObjectId object, bool only);

/* "ADD COLUMN a integer": what the change does, an item an action; none where it is not said so. `schema` is the one
 * before the change. */
StrList alter_actions(const Schema *schema, const Change *change);

/* The same for what sets the default of a column, or whether it may be null; and of a domain. */
Str column_action(const Schema *schema, const SetChange *set);
Str default_action(const Schema *schema, const SetChange *set);

#endif
