/* Views, materialized views, and rules: relations and parts of relations that are queries. */
#ifndef SCHEMA_VIEW_H
#define SCHEMA_VIEW_H

#include "define.h"

bool object_is_view(const Object *object);   /* materialized or not */
const Table *schema_view(const Schema *schema, ObjectId id);
const Rule *schema_rule(const Schema *schema, ObjectId id);

/* What follows the name in CREATE: " (columns) WITH (…) AS query"; of the meaning the columns are no part. */
Str define_view(const Schema *schema, const Table *view, DefineForm form);

/* The materialized views without data that keep the query from being run, as it reads them, be it by way of views: each
 * behind what it would itself be filled from, so that the last is one that the query reads. */
ObjectIds query_empty_views(const Schema *schema, const Expression *query);

/* "RULE name AS ON UPDATE TO table DO INSTEAD …" */
Str define_rule(const Schema *schema, const Rule *rule, DefineForm form);

/* NULL: the relation has no rule of that name. */
const Rule *rule_named(const Schema *schema, ObjectId table, Str name);

/* Whether CREATE OR REPLACE can lead from the one to the other: the columns that are there keep their places, names
 * and types, and none goes. */
bool view_is_replaceable(const Table *before, const Table *after);

#endif
