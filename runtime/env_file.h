/* env_file.h: `.env`, as the programs read it that applications keep it for: NAME=value lines, which stand in for
 * variables that the environment does not have. Only those that matter here are taken: DATABASE_URL and PG…. */
#ifndef ENV_FILE_H
#define ENV_FILE_H

#include "outcome.h"

/* Reads the file, where it is there. Reports, by its line, what is wrong with one that matters; values are never
 * repeated. */
Outcome env_file_load(const char *path);

#endif
