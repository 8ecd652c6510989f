/* DO; private to this folder. */
#ifndef SQL_DO_BLOCK_H
#define SQL_DO_BLOCK_H

#include "tree.h"

/* The code's syntax, and that nothing of it would change what the model holds: when it runs, and whether, depends on
 * what it finds. False: reported. */
bool do_check(Sql *sql, const SqlStatement *statement, const PgQuery__DoStmt *block);

#endif
