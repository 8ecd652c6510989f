/* Plan to C. */
#ifndef EMIT_EMIT_H
#define EMIT_EMIT_H

#include "plan.h"

/* How every emitted file begins. */
#define EMIT_MARK "/* Written by migc"

typedef struct EmittedFile {
    Str name;  /* inside the output folder: "20260225190000_initial_baseline.c" */
    Str text;
} EmittedFile;

typedef LIST(EmittedFile) EmittedFiles;

/* A file a migration, then migrations.c, the table of them all. The same plan gives the same bytes. All file-level
 * names are unique over the files, so that they may be compiled one by one or included into one translation unit. */
EmittedFiles emit_plan(Compilation *c, const Plan *plan);

#endif
