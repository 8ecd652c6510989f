/* The SQL of what is required of data; private to this folder. */
#ifndef PLAN_DATA_SQL_H
#define PLAN_DATA_SQL_H

#include "change.h"

/* Appends what does it. */
void require_sql(const Schema *schema, const RequireChange *require, StrList *statements);

#endif
