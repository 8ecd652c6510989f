/* Tokens, trees and what SQL is lowered to are of one file; changes and plans only mean something with all that came
 * before. */
#include "command_line.h"
#include "project.h"
#include "sql.h"
#include "stages.h"

#include <stdio.h>

typedef enum Stage { STAGE_TOKENS, STAGE_TREE, STAGE_LOWERED, STAGE_CHANGES, STAGE_PLAN, STAGE_COUNT } Stage;

static const char *const stage_names[STAGE_COUNT] = {"tokens", "tree", "lowered", "changes", "plan"};

/* What the blocks of SQL come to. */
static void dump_lowered(Invocation *inv, Sql *sql, NodeList statements, Text *out)
{
    sql_begin_session(sql);
    for (size_t i = 0; i < statements.count; i++) {
        SqlStatements lowered = {0};
        if (statements.items[i]->kind != NODE_SQL_BLOCK)
            continue;
        if (sql_lower(sql, &inv->syntax, (const NodeSqlBlock *) statements.items[i], &lowered))
            sql_statements_dump(inv->c, &lowered, out);
    }
}

static void dump_lowered_file(Invocation *inv, const Node *tree, Text *out)
{
    Sql sql = sql_new(inv->c, settings_default(STR("")).postgres);
    if (tree->kind != NODE_MIGRATION)
        return;
    const NodeMigration *migration = (const NodeMigration *) tree;
    if (migration->up != NULL)
        dump_lowered(inv, &sql, ((const NodeUp *) migration->up)->statements, out);
    if (migration->down != NULL && migration->down->kind == NODE_DOWN_WRITTEN)
        dump_lowered(inv, &sql, ((const NodeDownWritten *) migration->down)->statements, out);
}

static void dump_file(Invocation *inv, Stage stage, Str path, Text *out)
{
    uint32_t file = project_read_file(&inv->syntax, path);
    if (file == 0)
        return;
    if (stage == STAGE_TOKENS) {
        syntax_dump_tokens(&inv->syntax, file, out);
        return;
    }
    Node *tree = syntax_parse(&inv->syntax, file);
    if (tree != NULL && stage == STAGE_LOWERED)
        dump_lowered_file(inv, tree, out);
    else if (tree != NULL)
        node_dump(&inv->c->sources, out, tree);
}

static void dump_folder(Invocation *inv, Stage stage, Text *out)
{
    Arena *arena = &inv->c->arena;
    Str folder = chosen_folder(inv);
    StrList names = {0};
    int failure = project_migration_names(arena, folder, &names);
    if (failure != 0)
        project_report_folder(inv->c, folder, failure);
    for (size_t i = 0; i < names.count; i++) {
        Str path = path_join(arena, path_join(arena, folder, STR("migrations")), names.items[i]);
        text_addf(out, "%s-- %.*s\n", i == 0 ? "" : "\n", STR_ARG(path));
        dump_file(inv, stage, path, out);
    }
}

static void dump_history(Invocation *inv, Stage stage, Text *out)
{
    History history;
    Plan plan;
    if (stage == STAGE_CHANGES && run_check(inv, &history))
        history_dump(inv->c, &history, out);
    else if (stage == STAGE_PLAN && run_plan(inv, &history, &plan))
        plan_dump(inv->c, &plan, out);
}

static bool choose_stage(Invocation *inv, Stage *stage)
{
    size_t choice = 0;
    if (!option_given(inv, OPTION_STAGE)) {
        usage_error("dump what?");
        hint("`--stage` is tokens, tree, lowered, changes or plan");
        return false;
    }
    bool known = option_choice(inv, OPTION_STAGE, stage_names, STAGE_COUNT, &choice);
    *stage = (Stage) choice;
    return known;
}

ExitCode dump_command(Invocation *inv)
{
    Stage stage;
    Text out = text_new(&inv->c->arena);
    if (!choose_stage(inv, &stage))
        return EXIT_USAGE;
    Str path = argument_or(inv, 0, STR("db"));
    bool is_file = !path_is_folder(str_to_c(&inv->c->arena, path)) && str_ends_with(path, STR(".mig"));
    if (is_file && stage >= STAGE_CHANGES) {
        usage_error("the %s of one migration depend on those before it", stage_names[stage]);
        hint("give the project's folder instead of a file");
        return EXIT_USAGE;
    }
    if (is_file)
        dump_file(inv, stage, path, &out);
    else if (stage >= STAGE_CHANGES)
        dump_history(inv, stage, &out);
    else
        dump_folder(inv, stage, &out);
    fwrite(text_str(&out).data, 1, out.len, stdout);
    return show_reports(inv);
}
