/* history_probe: for each project folder that stdin names, FOLDER/printed with what the compiler reports, FOLDER/plan
 * with the plan, and FOLDER/schema.sql with the final schema; both empty where there is none. FOLDER/model is empty
 * unless the plan breaks the promise of model_promise.h. A name is printed when its folder is done.
 *
 * Hundreds of small projects are compiled by one process: starting a sanitized one takes longer than the work. */
#include "model_promise.h"
#include "project.h"
#include "schema_sql.h"

#include <stdio.h>
#include <stdlib.h>

static void write_or_end(Arena *arena, Str folder, Str name, Str text)
{
    if (file_write(arena, str_to_c(arena, path_join(arena, folder, name)), text) != 0)
        exit(1);
}

static void compile_folder(Compilation *c, Str folder)
{
    Syntax syntax = syntax_new(c);
    Project project;
    Text text = text_new(&c->arena);
    Str schema = STR(""), breaks = STR("");
    bool loaded = project_load(c, &syntax, folder, &project);
    if (loaded) {
        History history = check_history(c, &syntax, project.settings, project.migrations);
        Plan plan = {0};
        if (c->errors == 0)
            plan = plan_history(&c->arena, &history);
        if (c->errors == 0)
            breaks = model_breaks(&c->arena, &plan);
        if (c->errors == 0)
            schema = schema_sql(&c->arena, &history, history.migrations.count);
        plan_dump(c, &plan, &text);
    }
    write_or_end(&c->arena, folder, STR("plan"), text_str(&text));
    write_or_end(&c->arena, folder, STR("schema.sql"), schema);
    write_or_end(&c->arena, folder, STR("model"), breaks);
    write_or_end(&c->arena, folder, STR("printed"), reports_render(c, (RenderOptions) {.format = FORMAT_TEXT}));
}

int main(void)
{
    char line[4096];
    while (fgets(line, sizeof line, stdin) != NULL) {
        Compilation c = {0};
        Str folder = str_trim(str_from(line));
        compile_folder(&c, str_copy(&c.arena, folder));
        printf("%.*s\n", STR_ARG(folder));
        fflush(stdout);
        compilation_free(&c);
    }
    return 0;
}
