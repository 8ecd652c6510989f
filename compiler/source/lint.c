#include "lint.h"

typedef struct LintInfo {
    const char *name;
    LintLevel level;
} LintInfo;

static const LintInfo lints[LINT_COUNT] = {
    [LINT_ERROR] = {NULL, LEVEL_DENY},
#define LINT(SYMBOL, name, LEVEL) [LINT_##SYMBOL] = {name, LEVEL_##LEVEL},
#include "lints.def"
#undef LINT
};

const char *lint_name(Lint lint)
{
    return lints[lint].name;
}

Lint lint_find(Str name)
{
    for (Lint lint = LINT_ERROR + 1; lint < LINT_COUNT; lint++) {
        if (str_is(name, lints[lint].name))
            return lint;
    }
    return LINT_ERROR;
}

LintLevel lint_default(Lint lint)
{
    return lints[lint].level;
}
