/* Keys whose last column is a period, from 18 on: `without overlaps`, and foreign keys by `period`. Private to this
 * folder. */
#ifndef CHECK_TEMPORAL_H
#define CHECK_TEMPORAL_H

#include "checker.h"

/* Of a key without overlaps: its columns, and the operator classes of its gist index. False: reported. */
bool check_temporal_key(Checker *k, const Table *table, const NodeKey *node, Constraint *key);

/* Of a foreign key by a period. False: reported. */
bool check_period(Checker *k, const Table *table, const NodeForeignKey *node, const Constraint *foreign);

/* Whether the key that a foreign key would rest on is about a period as it is itself. False: reported. */
bool check_both_temporal(Checker *k, const NodeForeignKey *node, const Constraint *key);

/* A column of a key gets another type. False: reported. */
bool check_period_stays(Checker *k, const Table *table, const Constraint *key, const ColumnInfo *after, Span span);

#endif
