#include "stages.h"

ExitCode check_command(Invocation *inv)
{
    History history;
    Plan plan;
    bool clean = run_build(inv, &history, &plan);
    ExitCode code = show_reports(inv);
    if (clean)
        say(inv, "checked %.*s", STR_ARG(count_migrations(&inv->c->arena, history.migrations.count)));
    return code;
}
