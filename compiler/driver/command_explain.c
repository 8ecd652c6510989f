#include "command.h"

#include "suggest.h"

#include <stdio.h>

/* What it is unless the project says something else. */
static const char *kind_of(const DiagnosticInfo *info)
{
    switch (lint_default(info->lint)) {
    case LEVEL_DEFAULT:
    case LEVEL_ALLOW: return "allowed";
    case LEVEL_WARN: return "warning";
    case LEVEL_DENY: return "error";
    }
    return "";
}

static void print_list(void)
{
    for (DiagnosticCode code = 0; code < DIAGNOSTIC_COUNT; code++) {
        const DiagnosticInfo *info = diagnostic_info(code);
        bool lint = info->lint != LINT_ERROR;
        printf("%s  %-7s  %s%s%s%s\n", info->code, kind_of(info), info->title, lint ? " (lint " : "",
               lint ? lint_name(info->lint) : "", lint ? ")" : "");
    }
}

static ExitCode unknown_code(Invocation *inv, Str written)
{
    StrList known = {0};
    for (DiagnosticCode code = 0; code < DIAGNOSTIC_COUNT; code++)
        list_push(&inv->c->arena, &known, str_from(diagnostic_info(code)->code));
    Str close = suggest(written, known);
    usage_error("there is no message \"%.*s\"", STR_ARG(written));
    if (written.len == strlen("M0000") && close.data != NULL)
        hint("did you mean `migc explain %.*s`?", STR_ARG(close));
    else
        hint("`migc explain` lists them all");
    return EXIT_USAGE;
}

ExitCode explain_command(Invocation *inv)
{
    if (inv->arguments.count == 0) {
        print_list();
        return EXIT_CLEAN;
    }
    const DiagnosticInfo *info = diagnostic_find(inv->arguments.items[0]);
    if (info == NULL)
        return unknown_code(inv, inv->arguments.items[0]);
    fputs(info->page, stdout);
    return EXIT_CLEAN;
}
