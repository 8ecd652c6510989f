/* Lints: messages that a project can turn into errors or silence, and that a migration can be excused from. */
#ifndef SOURCE_LINT_H
#define SOURCE_LINT_H

#include "source.h"

typedef enum Lint {
    LINT_ERROR,  /* of a message: it is none, and always an error */
#define LINT(SYMBOL, name, LEVEL) LINT_##SYMBOL,
#include "lints.def"
#undef LINT
    LINT_COUNT
} Lint;

typedef enum LintLevel { LEVEL_DEFAULT, LEVEL_ALLOW, LEVEL_WARN, LEVEL_DENY } LintLevel;

/* `allow LINT because '…'` of a migration. */
typedef struct LintExcuse {
    Lint lint;
    Span span;   /* of the clause */
    bool used;   /* it silenced something */
} LintExcuse;

typedef struct Lints {
    LintLevel levels[LINT_COUNT];   /* that the project has chosen */
    LIST(LintExcuse) excuses;
} Lints;

const char *lint_name(Lint lint);
Lint lint_find(Str name);                /* LINT_ERROR: there is none of that name */
LintLevel lint_default(Lint lint);

#endif
