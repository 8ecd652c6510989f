/* What is never null, where it is a constraint with a name (schema/not_null.h). Private to this folder. */
#ifndef PLAN_NOT_NULL_SQL_H
#define PLAN_NOT_NULL_SQL_H

#include "alter_sql.h"
#include "not_null.h"

/* Whether a constraint that is there becomes another one, or has a comment: then it is a statement of its own. */
bool not_null_is_altered(const Schema *schema, const SetChange *set);

void set_not_null_sql(const Schema *schema, const SetChange *set, StrList *statements);
void set_domain_not_null_sql(const Schema *schema, const SetChange *set, StrList *statements);
void comment_not_null_sql(const Schema *schema, const SetChange *set, StrList *statements);

#endif
