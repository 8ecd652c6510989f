/* The SQL of views and rules; private to this folder. */
#ifndef PLAN_VIEW_SQL_H
#define PLAN_VIEW_SQL_H

#include "sql_text.h"
#include "view.h"

/* CREATE [OR REPLACE], and the defaults of a view's columns. The object need not be in the schema. */
void create_view_sql(const Schema *schema, const Table *view, bool replace, StrList *statements);
/* Fills a materialized view, or empties it. */
void refresh_sql(const Schema *schema, const Table *view, bool no_data, StrList *statements);

void create_rule_sql(const Schema *schema, const Rule *rule, bool replace, StrList *statements);

/* "name ON table" */
Str rule_name_sql(const Schema *schema, const Rule *rule);

/* "ALTER TABLE t DISABLE RULE r" */
void rule_firing_sql(const Schema *schema, const Rule *rule, RuleFiring firing, StrList *statements);

#endif
