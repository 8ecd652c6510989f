/* The SQL of a change; private to this folder. */
#ifndef PLAN_SQL_TEXT_H
#define PLAN_SQL_TEXT_H

#include "change.h"

/* Appends the statements that make the change, in order. `schema` is the one before the change. */
void change_sql(const Schema *schema, const Change *change, StrList *statements);

#endif
