/* Checks of parents that are not valid, and those of children that are what they are. A child that is created has them
 * as valid ones, one that is there gets them as they are, and each can be validated by itself. */
#ifndef SCHEMA_VALIDITY_H
#define SCHEMA_VALIDITY_H

#include "inherit.h"

/* Whether it is a check that the table has from its parents alone, at least one of which has it as not valid. */
bool check_is_doubtful_above(const Schema *schema, const Table *table, const Constraint *check);

/* What makes a check not valid again that is so in the schema, and is there as a valid one: it is dropped, with all
 * that it is inherited from, and made anew. `merged`: it is there as what parents have, even if it is its table's
 * own, too. */
ChangeList check_renewal(const Schema *schema, Part check, bool merged);

/* What is to be set of checks that come along with those of parents: comments, and that they have been validated. They
 * are in an order that has parents first. */
ChangeList check_settings(const Schema *schema, Parts checks);

#endif
