/* What was compiled in, as SQL. No database is asked. */
#include "blueprint.h"
#include "command.h"
#include "course.h"
#include "memory.h"
#include "report.h"

#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------ a migration */

static void add_steps(FILE *out, const Migration *migration, const StepList *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        const MigrateStep *step = steps->items[i];
        const char *place = (step->flags & MIGRATE_OUTSIDE) != 0 ? ", outside transactions"
                            : (step->flags & MIGRATE_ALONE) != 0 ? ", in a transaction of its own" : "";
        if (step->backfill != NULL)
            place = ", in batches, a transaction each";
        const char *behind = (step->flags & MIGRATE_COMMIT_BEFORE) != 0 ? ", behind a commit" : "";
        fprintf(out, "-- %s:%u%s%s\n%s;\n", migration->file, step->line, place, behind, step->sql);
    }
}

static void put_out(const Request *request, char *text, size_t size)
{
    if (size > 0 && text[size - 1] == '\n')
        text[size - 1] = '\0';
    if (size > 0)
        report_result("%s", text);
    json_text(request->json, FIELD_SQL, text);
    free(text);
}

static Outcome refuse_irreversible(const Migration *migration)
{
    report_error("the migration \"%s\" is irreversible: %s", migration->stored,
                 migration->irreversible == NULL ? "it has no way down" : migration->irreversible);
    return OUTCOME_REFUSED;
}

Outcome command_sql(const Request *request)
{
    bool up = strcmp(request->words[0], "up") == 0;
    if (!up && strcmp(request->words[0], "down") != 0) {
        report_error("`migrate sql` wants up or down, and the name of a migration");
        report_help("`migrate status` lists the migrations");
        return OUTCOME_USAGE;
    }
    const Migration *migration = selection_find(&request->project, request->name);
    if (migration == NULL)
        return selection_unknown(&request->project, request->name);
    if (!up && migration->down == NULL)
        return refuse_irreversible(migration);
    char *text = NULL;
    size_t size = 0;
    FILE *out = memory_stream(&text, &size);
    StepList steps = steps_of(migration, up);
    for (size_t i = 0; i < migration->loss_count && !up; i++)
        fprintf(out, "-- does not bring back the data of %s\n", migration->losses[i]);
    add_steps(out, migration, &steps);
    steps_clear(&steps);
    memory_stream_end(out);
    put_out(request, text, size);
    return OUTCOME_DONE;
}

/* ------------------------------------------------------------------ the schema */

/* Names that need quotes get them; which words are reserved is the server's to know, so all others are quoted, too. */
static void add_identifier(FILE *out, const char *name, size_t length)
{
    fputc('"', out);
    for (size_t i = 0; i < length; i++) {
        if (name[i] == '"')
            fputc('"', out);
        fputc(name[i], out);
    }
    fputc('"', out);
}

static void add_name(void *context, BlueprintMark mark, const char *name, size_t length, FILE *out)
{
    (void) context;
    (void) mark;
    add_identifier(out, name, length);
}

/* What the compiler does not follow cannot be in here. */
static void add_unfollowed(FILE *out, const Blueprint *blueprint)
{
    for (size_t i = 0; i < blueprint->unfollowed_count; i++) {
        const MigratePiece *piece = blueprint->unfollowed[i];
        fputs(i == 0 ? "\n-- Not in here, since the compiler does not follow it:\n" : "", out);
        for (size_t j = 0; j < piece->count; j++) {
            const char *sql = piece->steps[j].sql;
            fprintf(out, "--   %.*s\n", (int) strcspn(sql, "\n"), sql);
        }
    }
}

static void add_schema(FILE *out, const Request *request, size_t migrations)
{
    const MigrateProject *project = &request->project;
    Blueprint blueprint;
    blueprint_make(&blueprint, project, migrations);
    if (migrations == 0)
        fprintf(out, "-- The schema of %s before the first migration.\n\n", project->name);
    else
        fprintf(out, "-- The schema of %s behind %s.\n\n", project->name, project->migrations[migrations - 1]->name);
    if (strcmp(project->schema, "public") != 0) {
        fputs("CREATE SCHEMA IF NOT EXISTS ", out);
        add_identifier(out, project->schema, strlen(project->schema));
        fputs(";\n", out);
    }
    fputs("SET search_path = ", out);
    add_identifier(out, project->schema, strlen(project->schema));
    fputs(";\nSET check_function_bodies = off;\n", out);
    for (size_t i = 0; i < blueprint.count; i++) {
        fprintf(out, "\n-- %s\n", blueprint.pieces[i]->what);
        for (size_t j = 0; j < blueprint.pieces[i]->count; j++)
            blueprint_write(blueprint.pieces[i]->steps[j].sql, add_name, NULL, out);
    }
    add_unfollowed(out, &blueprint);
    blueprint_clear(&blueprint);
}

Outcome command_schema(const Request *request)
{
    const MigrateProject *project = &request->project;
    const char *at = request->values[OPTION_AT];
    size_t migrations = project->count;
    if (at != NULL) {
        const Migration *last = selection_find(project, at);
        if (last == NULL)
            return selection_unknown(project, at);
        for (migrations = 1; project->migrations[migrations - 1] != last;)
            migrations++;
    }
    char *text = NULL;
    size_t size = 0;
    FILE *out = memory_stream(&text, &size);
    add_schema(out, request, migrations);
    memory_stream_end(out);
    put_out(request, text, size);
    return OUTCOME_DONE;
}
