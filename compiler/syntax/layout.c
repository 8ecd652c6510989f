/* Where the leaves of a file are to stand.
 *
 * The layout follows the brackets. A block of braces holds items, each on a line of its own, unless it stood on
 * one line and fits into one. An item is clauses; one that would cross the margin begins a new line. A list in
 * parentheses is on one line unless it was broken behind the parenthesis, holds a comment that ends a line, or is
 * too long: then an entry a line. Fragments of SQL keep their line ends and move as a whole.
 *
 * Every decision depends only on what the output shows again: the words and their widths, line ends inside SQL,
 * beside comments and behind opening brackets. This is why formatting twice changes nothing. */
#include "align.h"
#include "parser.h"

enum { MARGIN = 100, STEP = 2, CONTINUATION = 4 };

typedef struct Layout {
    Arena *arena;
    Leaves *leaves;
    Leaf *leaf;         /* all of them */
    uint32_t count;
    uint32_t column;    /* behind the leaf that was placed last */
    uint32_t line;      /* where its line begins */
    uint32_t indent;    /* the same, but for lines inside a fragment: of the line that the fragment begins on */
    bool opens_lists;   /* the lists of this clause do not fit on a line */
} Layout;

/* What stands between two line ends, or between `;` and `;`. */
typedef struct Item {
    uint32_t from, to;
    uint32_t head;      /* the first leaf that is no comment */
    uint32_t indent;
    bool flat;          /* its blocks are on one line */
} Item;

/* ------------------------------------------------------------------ placing a leaf */

static uint32_t shifted(uint32_t column, uint32_t from, uint32_t to)
{
    return column + to > from ? column + to - from : 0;
}

/* A line of a comment behind its first, moved as the first one is. */
static void add_comment_line(Text *out, Str line, uint32_t from, uint32_t to)
{
    Str words = str_trim(line);
    Str blanks = str_slice(line, 0, words.len == 0 ? 0 : (size_t) (words.data - line.data));
    text_add_char(out, '\n');
    if (words.len > 0)
        text_add_repeated(out, ' ', shifted((uint32_t) display_width(blanks), from, to));
    text_add(out, words);
}

static Str comment_text(Arena *arena, Str written, uint32_t from, uint32_t to)
{
    Text out = text_new(arena);
    size_t start = 0;
    for (size_t i = 0; i <= written.len; i++) {
        if (i < written.len && written.data[i] != '\n')
            continue;
        if (start == 0)
            text_add(&out, trim_end(str_slice(written, 0, i)));
        else
            add_comment_line(&out, str_slice(written, start, i), from, to);
        start = i + 1;
    }
    return text_str(&out);
}

/* Where the line in the file that holds the leaf begins. */
static uint32_t line_column(const Layout *l, uint32_t i)
{
    while (i > 0 && l->leaf[i].breaks == 0)
        i--;
    return l->leaf[i].column;
}

/* Do all lines of the fragment stand below its first word, or further right? */
static bool hangs_on_word(const Layout *l, uint32_t first)
{
    bool hangs = true;
    for (uint32_t i = first + 1; i < l->count && l->leaf[i].anchor == first && hangs; i++)
        hangs = l->leaf[i].breaks == 0 || l->leaf[i].column >= l->leaf[first].column;
    return hangs;
}

/* The lines of a fragment move as its first word does, or as the line that it begins on. */
static void start_fragment(Layout *l, uint32_t first)
{
    Leaf *leaf = &l->leaf[first];
    bool hangs = hangs_on_word(l, first);
    leaf->moves_from = hangs ? leaf->column : line_column(l, first);
    leaf->moves_to = hangs ? leaf->new_column : l->line;
}

static void finish_place(Layout *l, uint32_t i)
{
    Leaf *leaf = &l->leaf[i];
    leaf->new_column = l->column;
    if (leaf->anchor == i)
        start_fragment(l, i);
    if (leaf->kind == LEAF_COMMENT)
        leaf->text = comment_text(l->arena, leaf->text, leaf->column, leaf->new_column);
    l->column = column_behind(l->column, leaf->text);
}

static void place_on_line(Layout *l, uint32_t i, uint32_t breaks, uint32_t indent)
{
    Leaf *leaf = &l->leaf[i];
    leaf->new_breaks = breaks;
    leaf->blanks = indent;
    l->column = l->line = l->indent = indent;
    finish_place(l, i);
}

static void place_beside(Layout *l, uint32_t i, uint32_t blanks)
{
    l->leaf[i].blanks = blanks;
    l->column += blanks;
    finish_place(l, i);
}

/* Inside a fragment: as in the file, but lines move. */
static void place_inner(Layout *l, uint32_t i, uint32_t from, uint32_t to)
{
    Leaf *leaf = &l->leaf[i];
    if (leaf->breaks > 0) {
        place_on_line(l, i, leaf->breaks > 1 ? 2 : 1, shifted(leaf->column, from, to));
        return;
    }
    leaf->keeps_gap = true;
    l->column += (uint32_t) display_width(leaf_gap(l->leaves, i));
    finish_place(l, i);
}

static void place_with_anchor(Layout *l, uint32_t i)
{
    uint32_t indent = l->indent;
    const Leaf *anchor = &l->leaf[l->leaf[i].anchor];
    place_inner(l, i, anchor->moves_from, anchor->moves_to);
    l->indent = indent;  /* what follows the fragment is indented as what came before it */
}

/* The leaf behind the comments that begin here and stand on one line. */
static uint32_t comments_end(const Layout *l, uint32_t from, uint32_t end)
{
    uint32_t i = from;
    while (i < end && leaf_is_comment(l->leaves, i) && (i == from || l->leaf[i].breaks == 0))
        i++;
    return i;
}

/* A comment with nothing but comments between it and the end of its line, or of the list or block that ends at
 * `end`. */
static bool ends_line(const Layout *l, uint32_t i, uint32_t end)
{
    uint32_t next = comments_end(l, i, end);
    return next > i && (next == end || l->leaf[next].breaks > 0);
}

/* The same behind something on its line. */
static bool is_trailing(const Layout *l, uint32_t i, uint32_t end)
{
    return l->leaf[i].breaks == 0 && ends_line(l, i, end);
}

/* What is aligned moves once more: so it has one line, and nothing stands behind it. A brace that opens or ends a
 * block of several lines has nothing to do with its neighbours. */
static bool is_alignable(const Layout *l, uint32_t i)
{
    const Leaf *before = &l->leaf[i - 1];
    bool brace = before->kind == T_LEFT_BRACE || (before->kind == T_RIGHT_BRACE && before->new_breaks > 0);
    bool alone = before->kind != LEAF_COMMENT && comments_end(l, i, l->count) == i + 1;
    return alone && !brace && count_breaks(l->leaf[i].text) == 0;
}

static void place_trailing(Layout *l, uint32_t i)
{
    place_beside(l, i, leaf_is_comment(l->leaves, i - 1) ? 1 : STEP);
    l->leaf[i].trailing = is_alignable(l, i);
}

/* ------------------------------------------------------------------ clauses */

static bool is_clause_word(int kind)
{
    return kind == T_REFERENCES || kind == T_ON || kind == T_MATCH || kind == T_DEFERRABLE || kind == T_INCLUDE ||
           kind == T_WITH || kind == T_WHERE || kind == T_USING || kind == T_BECAUSE || kind == T_GENERATED ||
           kind == T_PARTITION || kind == T_INHERITS || kind == T_TABLESPACE || kind == T_IS || kind == T_BATCH;
}

/* Words that would be lonely at the end of a line: `comment` before `on`, `exclude` before `using`. */
static bool goes_with_next(const Layout *l, uint32_t i)
{
    const Leaf *leaf = &l->leaf[i];
    return !leaf->is_name && leaf->anchor == NO_LEAF &&
           (leaf->kind == T_COMMENT || leaf->kind == T_CLUSTER || leaf->kind == T_EXCLUDE || leaf->kind == T_ATTACH ||
            leaf->kind == T_DETACH || leaf->kind == T_INDEX || leaf->kind == T_CONCURRENTLY || leaf->kind == T_SET);
}

/* `constraint NAME` goes on. */
static bool is_named(const Layout *l, uint32_t i)
{
    return i > 1 && l->leaf[i - 1].is_name && leaf_is(l->leaves, i - 2, T_CONSTRAINT);
}

/* The bounds of a partition are SQL, but one that begins with a word. */
static bool is_bound(const Layout *l, uint32_t i)
{
    return l->leaf[i].anchor == i && l->leaf[i].kind == T_FOR;
}

/* So does an entry of a list that has no parentheses. */
static bool starts_clause(const Layout *l, uint32_t i)
{
    const Leaf *leaf = &l->leaf[i];
    if (leaf->anchor != NO_LEAF)
        return is_bound(l, i);
    if (leaf_is(l->leaves, i - 1, T_COMMA))
        return leaf->kind != T_SEMICOLON;
    if (leaf->is_name)
        return false;
    return leaf->starts_clause || (is_clause_word(leaf->kind) && !is_named(l, i) && !goes_with_next(l, i - 1));
}

/* The leaf behind the clause: the next clause, the end of the item, or what stands in its block. */
static uint32_t clause_end(const Layout *l, Item item, uint32_t from)
{
    uint32_t i = from;
    do {
        if (leaf_is(l->leaves, i, T_LEFT_BRACE))
            return i + 1;
        i = leaf_is(l->leaves, i, T_LEFT_PAREN) ? l->leaf[i].partner + 1 : i + 1;
    } while (i < item.to && !starts_clause(l, i));
    return i;
}

static uint32_t first_list(const Layout *l, uint32_t from, uint32_t to)
{
    while (from < to && !leaf_is(l->leaves, from, T_LEFT_PAREN))
        from++;
    return from < to ? from + 1 : to;
}

/* Begins a clause: are its lists broken, and does it go to a new line? A clause that would not fit there either
 * has its lists broken, and then it is its head that must fit. */
static bool wraps_clause(Layout *l, Item item, uint32_t from)
{
    bool ends;
    bool first = from == item.from;
    uint32_t fresh = item.indent + (first ? 0 : CONTINUATION), end = clause_end(l, item, first ? item.head : from);
    uint32_t width = measure(l->leaves, from, end, &ends);
    l->opens_lists = fresh + width > MARGIN;
    if (l->opens_lists)
        width = measure(l->leaves, from, first_list(l, from, end), &ends);
    if (first)
        return false;
    uint32_t start = l->column + gap_width(l->leaves, from);
    return start + width > MARGIN && start > fresh;
}

static uint32_t place_block(Layout *l, Item item, uint32_t open);
static uint32_t place_list(Layout *l, Item item, uint32_t open);

static void place_word(Layout *l, Item item, uint32_t i)
{
    if (leaf_is_inner(l->leaves, i))
        place_with_anchor(l, i);
    else if (keeps_break(l->leaves, i))
        place_on_line(l, i, 1, item.indent + CONTINUATION);
    else if (str_starts_with(l->leaf[i].text, STR("--")) && leaf_is_comment(l->leaves, i))
        place_trailing(l, i);
    else
        place_beside(l, i, blanks_before(l->leaves, i));
}

/* Places the leaf and, where it opens something, all that up to its end. Returns the leaf behind. */
static uint32_t place_leaf(Layout *l, Item item, uint32_t i)
{
    if (i > item.head && !item.flat && starts_clause(l, i) && wraps_clause(l, item, i))
        place_on_line(l, i, 1, item.indent + CONTINUATION);
    else if (i > item.from)
        place_word(l, item, i);
    if (leaf_is(l->leaves, i, T_LEFT_PAREN))
        return place_list(l, item, i);
    return leaf_is(l->leaves, i, T_LEFT_BRACE) ? place_block(l, item, i) : i + 1;
}

/* ------------------------------------------------------------------ lists */

static void place_entry(Layout *l, uint32_t i, uint32_t close, uint32_t indent)
{
    bool starts = leaf_is(l->leaves, i - 1, T_LEFT_PAREN) || leaf_is(l->leaves, i - 1, T_COMMA);
    if (leaf_is_inner(l->leaves, i))
        place_with_anchor(l, i);
    else if (keeps_break(l->leaves, i) || (starts && !is_trailing(l, i, close)))
        place_on_line(l, i, 1, indent);
    else if (ends_line(l, i, close))
        place_trailing(l, i);
    else
        place_beside(l, i, blanks_before(l->leaves, i));
}

static uint32_t place_list(Layout *l, Item item, uint32_t open)
{
    uint32_t close = l->leaf[open].partner, indent = l->indent;
    bool opened = close > open + 1 && (l->opens_lists || is_open_list(l->leaves, open));
    for (uint32_t i = open + 1; i < close; i++) {
        if (opened)
            place_entry(l, i, close, indent + STEP);
        else
            place_word(l, item, i);
    }
    if (opened)
        place_on_line(l, close, 1, indent);
    else
        place_beside(l, close, 0);
    return close + 1;
}

/* ------------------------------------------------------------------ items */

/* Behind a block the item ends, unless clauses of it follow. */
static bool goes_on(const Layout *l, uint32_t i, uint32_t end)
{
    while (i < end && leaf_is_comment(l->leaves, i))
        i++;
    int kind = i < end ? l->leaf[i].kind : LEAF_COMMENT;
    return kind == T_SEMICOLON || kind == T_WITH || kind == T_PARTITION || kind == T_INHERITS || kind == T_USING ||
           kind == T_TABLESPACE;
}

static uint32_t item_end(const Layout *l, uint32_t from, uint32_t end)
{
    for (uint32_t i = from; i < end; i++) {
        int kind = l->leaf[i].kind;
        bool block = kind == T_LEFT_BRACE;
        if (block || kind == T_LEFT_PAREN)
            i = l->leaf[i].partner;
        if (kind == T_SEMICOLON || (block && !goes_on(l, i + 1, end)))
            return i + 1;
    }
    return end;
}

/* Its blocks stood on one line each, and all of it fits into one. */
static bool is_flat(const Layout *l, Item item)
{
    bool ends;
    for (uint32_t i = item.from; i < item.to; i++) {
        if (l->leaf[i].kind != T_LEFT_BRACE || l->leaf[i].partner == i + 1)
            continue;
        for (uint32_t close = l->leaf[i].partner; i < close; i++) {
            if (l->leaf[i + 1].breaks > 0)
                return false;
        }
    }
    return item.indent + measure(l->leaves, item.from, item.to, &ends) <= MARGIN && !ends;
}

static Item item_at(const Layout *l, uint32_t from, uint32_t end, uint32_t indent)
{
    uint32_t comments = comments_end(l, from, end);
    bool alone = comments > from && (comments == end || l->leaf[comments].breaks > 0);
    Item item = {from, alone ? comments : item_end(l, comments, end), comments, indent, false};
    item.flat = is_flat(l, item);
    return item;
}

static void place_item(Layout *l, Item item)
{
    if (item.head < item.to)
        wraps_clause(l, item, item.from);
    for (uint32_t i = item.from; i < item.to;)
        i = place_leaf(l, item, i);
}

static void align_items(Layout *l, uint32_t from, uint32_t end, uint32_t indent)
{
    Alignment run = alignment_new(l->arena, l->leaves);
    while (from < end) {
        Item item = item_at(l, from, end, indent);
        alignment_add(&run, item.from, item.to);
        from = item.to;
    }
    alignment_end(&run);
}

/* A block of several lines ends with the leaf, but for comments behind it on its line. */
static bool is_large_block_end(const Layout *l, uint32_t i)
{
    while (i > 0 && leaf_is_comment(l->leaves, i) && l->leaf[i].new_breaks == 0)
        i--;
    return l->leaf[i].kind == T_RIGHT_BRACE && l->leaf[i].new_breaks > 0;
}

/* One blank line is kept, none at the start of a block; outside of blocks there is one behind each of several lines. */
static uint32_t breaks_before(const Layout *l, uint32_t i, bool first, uint32_t indent)
{
    if (i == 0)
        return 0;
    if (first)
        return 1;
    return l->leaf[i].breaks > 1 || (indent == 0 && is_large_block_end(l, i - 1)) ? 2 : 1;
}

static void place_items(Layout *l, uint32_t from, uint32_t end, uint32_t indent)
{
    bool first = true;
    align_items(l, from, end, indent);
    for (uint32_t i = from; i < end;) {
        if (i > 0 && is_trailing(l, i, end)) {
            place_trailing(l, i++);
            continue;
        }
        Item item = item_at(l, i, end, indent);
        place_on_line(l, i, breaks_before(l, i, first, indent), indent);
        place_item(l, item);
        first = false;
        i = item.to;
    }
}

/* ------------------------------------------------------------------ blocks */

/* The indentation that all lines of the body have in common. What stands behind the brace counts as a step deeper
 * than the brace's line. */
static uint32_t body_column(const Layout *l, uint32_t first, uint32_t close)
{
    uint32_t least = l->leaf[first].breaks > 0 ? l->leaf[first].column : line_column(l, first) + STEP;
    for (uint32_t i = first + 1; i < close; i++) {
        if (l->leaf[i].breaks > 0 && l->leaf[i].column < least)
            least = l->leaf[i].column;
    }
    return least;
}

static void place_body(Layout *l, uint32_t open, uint32_t close, uint32_t indent)
{
    uint32_t first = open + 1;
    while (first < close && is_trailing(l, first, close))
        place_trailing(l, first++);
    if (first == close)
        return;
    uint32_t least = body_column(l, first, close), start = l->leaf[first].breaks > 0 ? l->leaf[first].column : least;
    place_on_line(l, first, 1, shifted(start, least, indent));
    for (uint32_t i = first + 1; i < close; i++)
        place_inner(l, i, least, indent);
}

static uint32_t place_flat(Layout *l, Item item, uint32_t open, uint32_t close)
{
    for (uint32_t i = open + 1; i <= close;)
        i = place_leaf(l, item, i);
    return close + 1;
}

static uint32_t place_block(Layout *l, Item item, uint32_t open)
{
    uint32_t close = l->leaf[open].partner;
    if (item.flat || close == open + 1)
        return place_flat(l, item, open, close);
    if (l->leaf[open].opens_body)
        place_body(l, open, close, item.indent + STEP);
    else
        place_items(l, open + 1, close, item.indent + STEP);
    place_on_line(l, close, 1, item.indent);
    return close + 1;
}

void leaves_lay_out(Arena *arena, Leaves *leaves)
{
    Layout l = {.arena = arena, .leaves = leaves, .leaf = leaves->items, .count = (uint32_t) leaves->count};
    place_items(&l, 0, l.count, 0);
    align_comments(leaves);
}
