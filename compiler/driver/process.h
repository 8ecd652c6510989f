/* Other programs, run without a shell. */
#ifndef DRIVER_PROCESS_H
#define DRIVER_PROCESS_H

#include "text.h"

/* Runs a program that is looked for in PATH and waits for it. Its input is empty; what it prints goes into the log
 * file. Returns its exit status, 128 + n when signal n ended it, or -1 and errno when it could not be started. While
 * it runs, an interrupt from the keyboard ends it and not us. */
int process_run(Arena *arena, StrList words, const char *log);

#endif
