#include "output.h"
#include "stages.h"

ExitCode emit_command(Invocation *inv)
{
    History history;
    Plan plan;
    bool clean = run_build(inv, &history, &plan);
    ExitCode code = show_reports(inv);
    if (!clean)
        return code;
    Str folder = option_given(inv, OPTION_OUTPUT) ? inv->options[OPTION_OUTPUT] : STR("generated");
    EmittedFiles files = emit_plan(inv->c, &plan);
    code = output_write(inv, folder, &files);
    if (code == EXIT_CLEAN)
        code = output_remove_stale(inv, folder, &files);
    if (code == EXIT_CLEAN)
        say(inv, "emitted %.*s into %.*s", STR_ARG(count_migrations(&inv->c->arena, history.migrations.count)),
            STR_ARG(folder));
    return code;
}
