/* What is never null: a property of columns and domains, and from 18 on (of domains: 17) a constraint with a name
 * (schema/not_null.h). Private to this folder. */
#ifndef CHECK_NULL_H
#define CHECK_NULL_H

#include "checker.h"
#include "not_null.h"

/* What is written of constraints that columns of the build are not null, and names for those that have none. */
void build_not_nulls(Checker *k, TableBuild *build, PendingConstraints pending);

/* `set not null` and `set null`, `drop not null`. */
void check_set_null(Checker *k, const Table *table, const ColumnInfo *column, const Node *node);

/* `add [constraint …] not null …` */
void check_add_not_null(Checker *k, const Table *table, const NodeNotNull *node);

/* The columns of a primary key that is added get constraints before it, where these have names. False: reported. */
bool require_not_null(Checker *k, const Table *table, const Constraint *primary, Span span);

/* An action on a constraint by the name of one of these. False: it is none. */
bool check_not_null_action(Checker *k, const Table *table, const Node *action);

/* Whether a child could have what its parent has. False: reported. */
bool check_not_null_joins(Checker *k, const Table *child, const ColumnInfo *above, const ColumnInfo *column,
                          Span span);

/* Whether the server knows `not null` as a constraint, as which it is written. False: reported. */
bool check_not_null_written(Checker *k, const NodeNotNull *node, bool domain);

#endif
