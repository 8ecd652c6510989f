/* Code that runs statements: blocks of DO, and bodies of functions that are called; private to this folder. */
#ifndef SQL_CODE_H
#define SQL_CODE_H

#include "tree.h"

/* The syntax of the block's code, and that nothing of it would change what the model holds: when it runs, and whether,
 * depends on what it finds. False: reported. */
bool do_check(Sql *sql, const SqlStatement *statement, const PgQuery__DoStmt *block);

/* Whether a body in SQL or PL/pgSQL has statements that would change it, or executes what is not seen to be about
 * rows. */
bool code_defines(Sql *sql, Str language, Str code);

#endif
