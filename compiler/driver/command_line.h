/* From argv to an Invocation. */
#ifndef DRIVER_COMMAND_LINE_H
#define DRIVER_COMMAND_LINE_H

#include "command.h"

/* Fills in what the command line says: the command, its arguments and options, all checked against the tables.
 * Anything but EXIT_CLEAN: the command line is wrong, and that was said. */
ExitCode command_line_read(Invocation *inv, int argc, char **argv);

/* The tokens of an option that has a fixed set of values: its place among them, from 0. False: reported. */
bool option_choice(Invocation *inv, OptionId option, const char *const *choices, size_t count, size_t *choice);

#endif
