/* A child as it is made where it is not made for the first time: with names for everything. */
#ifndef SCHEMA_CHILD_H
#define SCHEMA_CHILD_H

#include "inherit.h"

/* Whether CREATE TABLE … INHERITS puts the columns as they stand: then it is a child from the start, for that alone
 * makes what is not its own. Else it is a table by itself first, and joins its parents in the end; partitions
 * always do, and what the server would make for them is found to be there. */
bool child_is_born(const Schema *schema, const Table *table);

/* Makes the copy of a table, whose lists it gives items of its own, what CREATE TABLE has to say; `born`: of the table
 * itself, with all that it has. */
void child_make(const Schema *schema, Table *copy, bool born);

/* A constraint by itself: what makes it a part of something follows when it joins that. */
const Constraint *constraint_alone(Arena *arena, const Constraint *constraint);

/* What is to be set when it is made: inherited columns that are unlike the parents'. */
ChangeList child_settings(const Schema *schema, const Table *table, const Table *made);

/* What makes an index of a table alone, which is not complete, and has the indexes join it that are a part of it. */
ChangeList index_creation(const Schema *schema, const Index *index);

/* The same for a key. */
ChangeList constraint_creation(const Schema *schema, const Table *table, const Constraint *key);

/* What makes it a child in the end. */
ChangeList child_joins(const Schema *schema, const Table *table);

#endif
