/* Values of partition bounds, brought into a form that compares; private to this folder. */
#ifndef SQL_BOUND_VALUE_H
#define SQL_BOUND_VALUE_H

#include "tree.h"

/* The text of a constant as a value of the type: KNOWN with a key, or UNKNOWN. */
BoundValue bound_value(const Schema *schema, const Type *type, Str text);

#endif
