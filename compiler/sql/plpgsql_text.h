/* Bodies in PL/pgSQL, for libpg_query; private to this folder. */
#ifndef SQL_PLPGSQL_TEXT_H
#define SQL_PLPGSQL_TEXT_H

#include "text.h"

/* The body in words that libpg_query understands, line by line. `gives_parameters`: its function has some that are
 * given back, one by one or as a table. */
Str plpgsql_text(Arena *arena, Str body, bool gives_parameters);

#endif
