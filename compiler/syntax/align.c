#include "align.h"

#include "parser.h"

/* What is wider stands out instead of pushing everything else to the right. */
enum { WIDEST_CELL = 32, COMMENT_DISTANCE = 2 };

Alignment alignment_new(Arena *arena, Leaves *leaves)
{
    return (Alignment) {.arena = arena, .leaves = leaves};
}

/* The column's next part; NO_LEAF: it has none. */
static uint32_t find_cell(const Leaves *leaves, uint32_t from, Cell cell)
{
    for (uint32_t i = from; !leaf_is(leaves, i, T_SEMICOLON); i++) {
        if (leaves->items[i].cell == cell)
            return i;
    }
    return NO_LEAF;
}

/* The width of the part up to the next one; 0: it is not aligned. */
static uint32_t cell_width(const Leaves *leaves, uint32_t from, uint32_t to)
{
    bool ends;
    uint32_t width = measure(leaves, from, to, &ends);
    return ends || width > WIDEST_CELL ? 0 : width;
}

/* A part of a column, and the leaf where the next one begins. */
typedef struct Part {
    uint32_t width;  /* 0: it is not aligned */
    uint32_t next;   /* NO_LEAF: there is none */
} Part;

/* Behind a name that stands out nothing is aligned either. */
static Part find_part(const Alignment *run, size_t column, Cell cell, Cell next)
{
    uint32_t name = run->names.items[column], from = name, to = find_cell(run->leaves, name, next);
    if (to == NO_LEAF)
        return (Part) {0, to};
    uint32_t width = cell_width(run->leaves, name, find_cell(run->leaves, name, CELL_TYPE));
    if (cell == CELL_TYPE && width > 0) {
        from = find_cell(run->leaves, name, CELL_TYPE);
        width = cell_width(run->leaves, from, to);
    }
    return (Part) {width, to};
}

static uint32_t widest_part(const Alignment *run, Cell cell, Cell next)
{
    uint32_t widest = 0;
    for (size_t i = 0; i < run->names.count; i++) {
        Part part = find_part(run, i, cell, next);
        widest = part.width > widest ? part.width : widest;
    }
    return widest;
}

/* Pads what comes next, so that it stands at least `distance` behind the widest of the parts before it. */
static void pad_behind(Alignment *run, Cell cell, Cell next, uint32_t distance)
{
    uint32_t widest = widest_part(run, cell, next);
    for (size_t i = 0; i < run->names.count; i++) {
        Part part = find_part(run, i, cell, next);
        if (part.next != NO_LEAF)
            run->leaves->items[part.next].pad = distance + (part.width == 0 ? 0 : widest - part.width);
    }
}

void alignment_end(Alignment *run)
{
    pad_behind(run, CELL_NAME, CELL_TYPE, 2);
    pad_behind(run, CELL_TYPE, CELL_REST, 1);
    run->names.count = 0;
}

void alignment_add(Alignment *run, uint32_t from, uint32_t to)
{
    uint32_t first = from;
    while (first < to && leaf_is_comment(run->leaves, first))
        first++;
    if (first == to)
        return;
    if (run->leaves->items[first].cell == CELL_NAME)
        list_push(run->arena, &run->names, from);
    else
        alignment_end(run);
}

/* ------------------------------------------------------------------ comments */

/* The comments from `first` on up to the one at hand end lines that follow each other. */
typedef struct CommentRun {
    uint32_t first, end;  /* leaves; first == end: none */
    uint32_t line;        /* of the newest one */
    uint32_t indent;
    uint32_t column;      /* the widest of what stands before them */
} CommentRun;

static uint32_t end_before(const Leaf *comment)
{
    return comment->new_column - comment->blanks;
}

static void end_run(Leaves *leaves, const CommentRun *run)
{
    for (uint32_t i = run->first; i < run->end; i++) {
        Leaf *leaf = &leaves->items[i];
        if (leaf->trailing)
            leaf->blanks = run->column + COMMENT_DISTANCE - end_before(leaf);
    }
}

static void add_comment(Leaves *leaves, CommentRun *run, uint32_t i, uint32_t line, uint32_t indent)
{
    uint32_t column = end_before(&leaves->items[i]);
    if (run->first == run->end || run->line + 1 != line || run->indent != indent) {
        end_run(leaves, run);
        *run = (CommentRun) {.first = i, .indent = indent};
    }
    run->end = i + 1;
    run->line = line;
    run->column = column > run->column ? column : run->column;
}

void align_comments(Leaves *leaves)
{
    CommentRun run = {0};
    uint32_t line = 0, indent = 0;
    for (uint32_t i = 0; i < leaves->count; i++) {
        const Leaf *leaf = &leaves->items[i];
        line += leaf->new_breaks;
        indent = leaf->new_breaks > 0 ? leaf->blanks : indent;
        if (leaf->trailing)
            add_comment(leaves, &run, i, line, indent);
        line += count_breaks(leaf->text);
    }
    end_run(leaves, &run);
}
