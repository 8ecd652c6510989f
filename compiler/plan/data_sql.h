/* The SQL of what is required of data, and of native functions; private to this folder. */
#ifndef PLAN_DATA_SQL_H
#define PLAN_DATA_SQL_H

#include "change.h"

/* Appends what does it; of a native function, what names it. */
void require_sql(const Schema *schema, const RequireChange *require, StrList *statements);
void native_sql(const Schema *schema, const NativeChange *native, StrList *statements);

#endif
