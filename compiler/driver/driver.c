#include "driver.h"

#include "command_line.h"

#include <errno.h>
#include <stdio.h>

/* A full disk or a closed pipe shows itself only now. */
static ExitCode close_output(ExitCode code)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return code;
    return environment_error("cannot write the output: %s", strerror(errno));
}

int driver_run(int argc, char **argv)
{
    Compilation c = {0};
    Invocation inv = {.c = &c, .syntax = syntax_new(&c)};
    ExitCode code = command_line_read(&inv, argc, argv);
    if (code == EXIT_CLEAN)
        code = inv.command->run(&inv);
    compilation_free(&c);
    return (int) close_output(code);
}
