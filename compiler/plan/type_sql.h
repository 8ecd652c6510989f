/* The SQL of user-defined types; private to this folder. */
#ifndef PLAN_TYPE_SQL_H
#define PLAN_TYPE_SQL_H

#include "schema.h"

/* Each appends what creates the type. */
void create_domain_sql(const Schema *schema, const Domain *domain, StrList *statements);
void create_composite_sql(const Schema *schema, const Table *type, StrList *statements);

#endif
