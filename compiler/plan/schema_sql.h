/* The schema of one moment as a file of SQL, for people and for psql. */
#ifndef PLAN_SCHEMA_SQL_H
#define PLAN_SCHEMA_SQL_H

#include "history.h"

/* What an empty database is to be told to get the schema after so many migrations. */
Str schema_sql(Arena *arena, const History *history, size_t count);

#endif
