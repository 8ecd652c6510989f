/* Lints: what the project says about them, what migrations are excused from, and those that look at what a migration
 * has come to. */
#include "checker.h"
#include "define.h"
#include "key.h"

static void unknown_lint(Compilation *c, DiagnosticCode code, Word name)
{
    Nearest nearest = nearest_to(name.name);
    report(c, code, name.span, "there is no lint \"%.*s\"", STR_ARG(name.name));
    for (Lint lint = LINT_ERROR + 1; lint < LINT_COUNT; lint++)
        nearest_try(&nearest, str_from(lint_name(lint)));
    if (nearest.best.data != NULL)
        nearest_help(c, &nearest);
    else
        help(c, "`migc explain` names them behind their messages");
}

/* ------------------------------------------------------------------ db/project.mig */

static LintLevel find_level(Compilation *c, Word word)
{
    if (str_is(word.name, "deny"))
        return LEVEL_DENY;
    if (str_is(word.name, "warn"))
        return LEVEL_WARN;
    if (str_is(word.name, "allow"))
        return LEVEL_ALLOW;
    report(c, M_BAD_SETTING, word.span, "a lint cannot be set to \"%.*s\"", STR_ARG(word.name));
    help(c, "say `deny`, `warn` or `allow`");
    return LEVEL_DEFAULT;
}

static const NodeLintLevel *earlier_level(const NodeLints *node, size_t index)
{
    const NodeLintLevel *level = (const NodeLintLevel *) node->levels.items[index];
    for (size_t i = 0; i < index; i++) {
        const NodeLintLevel *other = (const NodeLintLevel *) node->levels.items[i];
        if (str_equal(other->lint.name, level->lint.name))
            return other;
    }
    return NULL;
}

void lints_read(Compilation *c, const NodeLints *node)
{
    for (size_t i = 0; i < node->levels.count; i++) {
        const NodeLintLevel *written = (const NodeLintLevel *) node->levels.items[i];
        const NodeLintLevel *earlier = earlier_level(node, i);
        LintLevel level = find_level(c, written->level);
        Lint lint = lint_find(written->lint.name);
        if (lint == LINT_ERROR) {
            unknown_lint(c, M_UNKNOWN_ALLOW, written->lint);
        } else if (earlier != NULL) {
            report(c, M_WRITTEN_TWICE, written->lint.span, "lint \"%.*s\" is set twice", STR_ARG(written->lint.name));
            label(c, earlier->lint.span, "the first time");
        } else {
            c->lints.levels[lint] = level;
        }
    }
}

/* ------------------------------------------------------------------ allow */

/* Before anything is reported of the migrations; what is wrong with the clauses comes when they are checked. */
void excuses_read(Compilation *c, const NodeMigration *tree)
{
    for (size_t i = 0; i < tree->clauses.count; i++) {
        const NodeAllow *allow = (const NodeAllow *) tree->clauses.items[i];
        Lint lint = allow->node.kind == NODE_ALLOW ? lint_find(allow->lint.name) : LINT_ERROR;
        if (lint != LINT_ERROR)
            list_push(&c->arena, &c->lints.excuses, (LintExcuse) {lint, allow->node.span, false});
    }
}

void check_allow(Checker *k, const NodeMigration *tree, const NodeAllow *allow)
{
    if (lint_find(allow->lint.name) == LINT_ERROR)
        unknown_lint(k->c, M_UNKNOWN_ALLOW, allow->lint);
    for (size_t i = 0; tree->clauses.items[i] != &allow->node; i++) {
        const NodeAllow *other = (const NodeAllow *) tree->clauses.items[i];
        if (other->node.kind != NODE_ALLOW || !str_equal(other->lint.name, allow->lint.name))
            continue;
        report(k->c, M_WRITTEN_TWICE, allow->lint.span, "`allow %.*s` is written twice", STR_ARG(allow->lint.name));
        label(k->c, other->lint.span, "the first time");
        return;
    }
}

static void report_unused(Compilation *c, const LintExcuse *excuse)
{
    if (excuse->used)
        return;
    report(c, M_UNUSED_ALLOW, excuse->span, "`allow %s` allows nothing: there is nothing of the kind",
           lint_name(excuse->lint));
    help(c, "remove it");
}

/* That of unused ones is used, or not, by what is said of the others. */
void excuses_report_unused(Compilation *c)
{
    for (int last = 0; c->errors == 0 && last <= 1; last++) {
        for (size_t i = 0; i < c->lints.excuses.count; i++) {
            if ((c->lints.excuses.items[i].lint == LINT_UNUSED_ALLOW) == (last == 1))
                report_unused(c, &c->lints.excuses.items[i]);
        }
    }
}

/* ------------------------------------------------------------------ ways down that lose data */

void report_lossy_down(Checker *k, const MigrationInfo *migration, Span down)
{
    const Losses *losses = &migration->losses;
    if (migration->grade != GRADE_LOSSY)
        return;
    report(k->c, M_LOSSY_DOWN, span_head(down, 4), "the way down cannot bring back %.*s",
           STR_ARG(losses->items[0].what));
    label(k->c, span_head(losses->items[0].span, 60), "taken away here");
    if (losses->count > 1)
        note(k->c, "nor %zu more", losses->count - 1);
    help(k->c, "say `allow lossy_down because '…';` before `up` if that is fine");
}

/* ------------------------------------------------------------------ foreign keys without an index */

static ColumnIds leading_columns(Checker *k, const KeyView *view)
{
    ColumnIds columns = {0};
    if (view->constraint != NULL && constraint_is_key(view->constraint))
        return view->constraint->columns;
    for (size_t i = 0; view->index != NULL && view->index->where == NULL && i < view->index->keys.count; i++)
        list_push(CHECKER_ARENA(k), &columns, view->index->keys.items[i].column);
    return columns;
}

/* In whatever order: all of them are known where it is used. */
static bool begins_with(ColumnIds index, ColumnIds columns)
{
    for (size_t i = 0; i < columns.count; i++) {
        if (i >= index.count || !column_ids_contain(columns, index.items[i]))
            return false;
    }
    return true;
}

static bool has_index_for(Checker *k, const Table *table, ColumnIds columns)
{
    KeyViews views = key_views(&k->schema, table->object.id);
    for (size_t i = 0; i < views.count; i++) {
        if (begins_with(leading_columns(k, &views.items[i]), columns))
            return true;
    }
    return false;
}

static void report_unindexed(Checker *k, const Table *table, const Constraint *foreign)
{
    const Object *target = schema_object(&k->schema, foreign->target);
    Str columns = define_columns(&k->schema, table, foreign->columns);
    report(k->c, M_MISSING_FK_INDEX, foreign->created, "no index begins with the columns of foreign key \"%.*s\"",
           STR_ARG(foreign->name));
    help(k->c, "add `index %.*s;` to table \"%.*s\": without it each delete from \"%.*s\" reads all of it",
         STR_ARG(columns), STR_ARG(table->object.name), STR_ARG(target->name));
}

void report_unindexed_keys(Checker *k, size_t before)
{
    ObjectIds touched = schema_touched(&k->schema, before);
    for (size_t i = 0; i < touched.count; i++) {
        const Table *table = schema_table(&k->schema, touched.items[i]);
        for (size_t j = 0; table != NULL && j < table->constraints.count; j++) {
            const Constraint *foreign = table->constraints.items[j];
            bool ours = foreign->kind == CONSTRAINT_FOREIGN && foreign->parent == 0 &&
                        foreign->created.file == k->file;
            if (ours && !has_index_for(k, table, foreign->columns))
                report_unindexed(k, table, foreign);
        }
    }
}
