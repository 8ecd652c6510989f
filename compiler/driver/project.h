/* The project on disk: DIR/project.mig, which may be absent, and the migrations in DIR/migrations. */
#ifndef DRIVER_PROJECT_H
#define DRIVER_PROJECT_H

#include "check.h"

typedef struct Project {
    Str folder;                   /* DIR, as it is shown */
    Settings settings;
    ParsedMigrations migrations;  /* in the byte order of their file names */
} Project;

/* DIR as it is shown in paths: without "./" before and slashes behind. */
Str project_folder(Arena *arena, Str written);

/* Finds, reads and parses everything. What is wrong is reported; false: something was an error, and the trees are
 * not fit for checking. */
bool project_load(Compilation *c, Syntax *syntax, Str folder, Project *project);

/* The migrations' file names in their order, without a look inside. Returns 0 or an errno value. */
int project_migration_names(Arena *arena, Str folder, StrList *names);

/* Reports that the project has no migrations folder, or none that can be read. */
void project_report_folder(Compilation *c, Str folder, int failure);

/* DIR/migrations/FILE. */
Str project_migration_path(Arena *arena, Str folder, Str file_name);

/* Reads a file into the sources. 0: it cannot be read or is no text, and that was reported. */
uint32_t project_read_file(Syntax *syntax, Str path);

/* The same for a file that may be no text. */
uint32_t project_read_bytes(Compilation *c, Str path);

/* A place that is a file as a whole. */
Span project_file_place(Compilation *c, Str path);

#endif
