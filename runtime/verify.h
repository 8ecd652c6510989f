/* verify.h: the database compared with what the first so many migrations make of it. */
#ifndef VERIFY_H
#define VERIFY_H

#include "history.h"
#include "json.h"

/* Prints the differences, and writes them into the object. OUTCOME_DRIFT when there are any. */
Outcome verify_compare(const History *history, size_t migrations, Json *json);

#endif
