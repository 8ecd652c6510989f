/* Both moments in full: what is compared are facts, so that a change that was taken back shows nowhere. */
#include "compare.h"
#include "point.h"
#include "stages.h"

#include <stdio.h>

typedef struct Comparison {
    Arena *arena;
    Facts before, after;
    Differences differences;
} Comparison;

static Facts facts_at(Arena *arena, const History *history, size_t count)
{
    Schema schema = history_schema(arena, history, count);
    ObjectIds all = {0};
    for (ObjectId id = 1; id < schema.objects.count; id++)
        list_push(arena, &all, id);
    return schema_facts(&schema, all);
}

static const char *difference_word(DifferenceKind kind)
{
    switch (kind) {
    case DIFFERENCE_MISSING: return "removed";
    case DIFFERENCE_EXTRA: return "added";
    case DIFFERENCE_CHANGED: return "changed";
    case DIFFERENCE_ORDER: return "moved";
    }
    return "";
}

/* ------------------------------------------------------------------ text */

static void print_text(const char *mark, Str text)
{
    printf("  %s %.*s\n", mark, STR_ARG(text));
}

/* What comes or goes as a whole, with its parts. */
static void print_whole(const char *mark, const Facts *facts, const Fact *fact)
{
    print_text(mark, fact->text);
    for (size_t i = 0; i < facts->count; i++) {
        if (fact->owner.len == 0 && str_equal(facts->items[i].owner, fact->what))
            print_text(mark, facts->items[i].text);
    }
}

static void print_difference(const Comparison *comparison, const Difference *difference)
{
    const Fact *before = &difference->before, *after = &difference->after;
    const Fact *any = difference->kind == DIFFERENCE_EXTRA ? after : before;
    printf("%s %.*s\n", difference_word(difference->kind), STR_ARG(any->what));
    switch (difference->kind) {
    case DIFFERENCE_MISSING: print_whole("-", &comparison->before, before); break;
    case DIFFERENCE_EXTRA: print_whole("+", &comparison->after, after); break;
    case DIFFERENCE_CHANGED:
        print_text("-", before->text);
        print_text("+", after->text);
        break;
    case DIFFERENCE_ORDER: printf("    from place %u to %u\n", before->order, after->order); break;
    }
}

static void print_differences(Invocation *inv, const Comparison *comparison)
{
    for (size_t i = 0; i < comparison->differences.count; i++)
        print_difference(comparison, &comparison->differences.items[i]);
    if (comparison->differences.count == 0)
        say(inv, "no difference");
}

/* ------------------------------------------------------------------ JSON */

/* An array of what the object is or was: its own definition, then those of its parts. */
static void add_definitions(Text *out, const char *name, const Facts *facts, const Fact *fact, bool whole)
{
    bool there = fact->what.len > 0;
    text_addf(out, ", \"%s\": [", name);
    if (there)
        text_add_json(out, fact->text);
    for (size_t i = 0; there && whole && i < facts->count; i++) {
        if (!str_equal(facts->items[i].owner, fact->what))
            continue;
        text_add_c(out, ", ");
        text_add_json(out, facts->items[i].text);
    }
    text_add_char(out, ']');
}

static void add_json(Text *out, const Comparison *comparison, const Difference *difference)
{
    const Fact *before = &difference->before, *after = &difference->after;
    const Fact *any = difference->kind == DIFFERENCE_EXTRA ? after : before;
    bool whole = difference->kind == DIFFERENCE_MISSING || difference->kind == DIFFERENCE_EXTRA;
    text_addf(out, "{\"difference\": \"%s\", \"what\": ", difference_word(difference->kind));
    text_add_json(out, any->what);
    add_definitions(out, "before", &comparison->before, before, whole);
    add_definitions(out, "after", &comparison->after, after, whole);
    text_add_char(out, '}');
}

static void print_json(const Comparison *comparison)
{
    Text out = text_new(comparison->arena);
    for (size_t i = 0; i < comparison->differences.count; i++) {
        text_add_c(&out, i == 0 ? "[" : ",\n ");
        add_json(&out, comparison, &comparison->differences.items[i]);
    }
    text_add_c(&out, comparison->differences.count == 0 ? "[]\n" : "]\n");
    fwrite(out.data, 1, out.len, stdout);
}

/* ------------------------------------------------------------------ the command */

ExitCode diff_command(Invocation *inv)
{
    History history;
    size_t from = 0, to = 0;
    Comparison comparison = {.arena = &inv->c->arena};
    bool json = inv->render.format == FORMAT_JSON;
    bool clean = run_check(inv, &history);
    if (clean)
        inv->render.format = FORMAT_TEXT; /* one thing of JSON on stdout is enough */
    ExitCode code = show_reports(inv);
    if (!clean)
        return code;
    if (!point_find(inv, &history, inv->arguments.items[0], &from) ||
        !point_find(inv, &history, inv->arguments.items[1], &to))
        return EXIT_USAGE;
    comparison.before = facts_at(comparison.arena, &history, from);
    comparison.after = facts_at(comparison.arena, &history, to);
    comparison.differences = facts_compare(comparison.arena, comparison.before, comparison.after);
    if (json)
        print_json(&comparison);
    else
        print_differences(inv, &comparison);
    return EXIT_CLEAN;
}
