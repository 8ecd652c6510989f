/* The SQL of changes of data; private to this folder. */
#ifndef PLAN_DATA_SQL_H
#define PLAN_DATA_SQL_H

#include "change.h"

/* Each appends what does it. */
void backfill_sql(const Schema *schema, const BackfillChange *backfill, StrList *statements);
void require_sql(const Schema *schema, const RequireChange *require, StrList *statements);

#endif
