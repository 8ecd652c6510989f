/* What an expression is called where it has no name of its own; private to this folder. */
#ifndef SQL_FIGURE_H
#define SQL_FIGURE_H

#include "tree.h"

/* data == NULL: nothing. */
Str figure_name(const PgQuery__Node *node);

#endif
