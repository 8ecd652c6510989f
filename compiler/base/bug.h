/* BUG("…"): for what cannot be. Never for user input: that is reported (source/report.h). */
#ifndef BASE_BUG_H
#define BASE_BUG_H

#include <stdnoreturn.h>

#define BUG(...) bug_found(__FILE__, __LINE__, __VA_ARGS__)

/* Prints the place and the message to stderr and aborts. */
noreturn void bug_found(const char *file, int line, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
