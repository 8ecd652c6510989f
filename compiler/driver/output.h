/* Emitted files on disk. */
#ifndef DRIVER_OUTPUT_H
#define DRIVER_OUTPUT_H

#include "command.h"
#include "emit.h"

/* Writes the files into the folder, which is made where it is missing. Files that are there with the same text are left
 * alone. */
ExitCode output_write(Invocation *inv, Str folder, const EmittedFiles *files);

/* Removes from the folder what migc once wrote there and does not any more. */
ExitCode output_remove_stale(Invocation *inv, Str folder, const EmittedFiles *files);

#endif
