#include "command.h"

#include <stdio.h>

ExitCode version_command(Invocation *inv)
{
    (void) inv;
    puts("migc " MIGC_VERSION);
    return EXIT_CLEAN;
}
