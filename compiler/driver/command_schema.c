#include "point.h"
#include "schema_sql.h"
#include "stages.h"

#include <errno.h>
#include <stdio.h>

static ExitCode write_schema(Invocation *inv, Str text)
{
    if (!option_given(inv, OPTION_OUTPUT)) {
        fwrite(text.data, 1, text.len, stdout);
        return EXIT_CLEAN;
    }
    Str path = inv->options[OPTION_OUTPUT];
    int failure = file_write(&inv->c->arena, str_to_c(&inv->c->arena, path), text);
    if (failure != 0)
        return environment_error("cannot write \"%.*s\": %s", STR_ARG(path), strerror(failure));
    say(inv, "wrote %.*s", STR_ARG(path));
    return EXIT_CLEAN;
}

ExitCode schema_command(Invocation *inv)
{
    History history;
    bool clean = run_check(inv, &history);
    ExitCode code = show_reports(inv);
    size_t count = history.migrations.count;
    if (!clean)
        return code;
    if (option_given(inv, OPTION_AT) && !point_find(inv, &history, inv->options[OPTION_AT], &count))
        return EXIT_USAGE;
    return write_schema(inv, schema_sql(&inv->c->arena, &history, count));
}
