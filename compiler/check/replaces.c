/* `replaces`: a migration that stands for others, whose files are gone. To the model it is like any other: the history
 * that is replayed has it in their place. */
#include "checker.h"

/* "20260101000000_a.mig" is 20260101000000_a, and so is what another program has stored. */
static Str without_extension(Str name)
{
    size_t dot = name.len;
    while (dot > 0 && name.data[dot - 1] != '.')
        dot--;
    return dot > 1 ? str_slice(name, 0, dot - 1) : name;
}

static bool is_called(const MigrationInfo *migration, Str name)
{
    return str_equal(name, migration->stored) || str_equal(name, migration->name) ||
           str_equal(without_extension(name), migration->name);
}

void check_replaces(Checker *k, const NodeReplaces *node, MigrationInfo *migration)
{
    for (size_t i = 0; i < node->names.count; i++) {
        const Literal *name = &node->names.items[i];
        if (check_stored_name(k, *name))
            list_push(CHECKER_ARENA(k), &migration->replaces, name->value);
    }
}

/* ------------------------------------------------------------------ all migrations together */

static void check_gone(Checker *k, const History *history, const MigrationInfo *squash, const Literal *name)
{
    for (size_t i = 0; i < history->migrations.count; i++) {
        const MigrationInfo *other = &history->migrations.items[i];
        if (!is_called(other, name->value))
            continue;
        if (other == squash)
            report(k->c, M_STILL_THERE, name->span, "a migration cannot replace itself");
        else
            report(k->c, M_STILL_THERE, name->span, "migration \"%.*s\" is replaced, and still there",
                   STR_ARG(other->name));
        if (other != squash)
            label(k->c, (Span) {0, 0, other->file}, "its file");
        help(k->c, "remove %s: what is replaced does not run any more", other == squash ? "the name" : "the file");
    }
}

typedef LIST(const Literal *) Literals;

static void check_once(Checker *k, Map *seen, Literals *names, const Literal *name)
{
    Str key = without_extension(name->value);
    uint64_t first = map_get(seen, key);
    if (first != 0) {
        report(k->c, M_WRITTEN_TWICE, name->span, "'%.*s' is replaced twice", STR_ARG(name->value));
        label(k->c, names->items[first - 1]->span, "the first time");
        return;
    }
    list_push(CHECKER_ARENA(k), names, name);
    map_set(seen, key, names->count);
}

void check_squashes(Checker *k, const History *history, ParsedMigrations parsed)
{
    Map seen = map_new(CHECKER_ARENA(k));
    Literals names = {0};
    for (size_t i = 0; i < parsed.count; i++) {
        const NodeMigration *tree = parsed.items[i].tree;
        for (size_t j = 0; j < tree->clauses.count; j++) {
            const NodeReplaces *node = (const NodeReplaces *) tree->clauses.items[j];
            for (size_t n = 0; node->node.kind == NODE_REPLACES && n < node->names.count; n++) {
                check_once(k, &seen, &names, &node->names.items[n]);
                check_gone(k, history, &history->migrations.items[i], &node->names.items[n]);
            }
        }
    }
}
