/* The command line of migc. */
#ifndef DRIVER_DRIVER_H
#define DRIVER_DRIVER_H

/* Does what the command line says and returns the exit code: 0 clean, 1 errors were reported, 2 wrong usage, 3
 * trouble with the machine (a file cannot be written, there is no C compiler). */
int driver_run(int argc, char **argv);

#endif
