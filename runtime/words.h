/* words.h: what kind of statement it is, by its first word. */
#ifndef WORDS_H
#define WORDS_H

#include <stdbool.h>

/* It reads and writes rows, and locks nothing that others read or write rows of. */
bool words_are_data(const char *sql);

/* It cannot stand in a pipeline: it begins or ends a transaction, speaks with the client, or throws away what is
 * prepared. */
bool words_are_alone(const char *sql);

#endif
