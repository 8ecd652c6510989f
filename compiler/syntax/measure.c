#include "measure.h"

#include "parser.h"

Str leaf_gap(const Leaves *leaves, uint32_t i)
{
    if (i == 0)
        return (Str) {0};
    Span before = leaves->items[i - 1].span, span = leaves->items[i].span;
    return span_text(leaves->sources, (Span) {before.end, span.start, span.file});
}

bool leaf_is_inner(const Leaves *leaves, uint32_t i)
{
    uint32_t anchor = leaves->items[i].anchor;
    return anchor != NO_LEAF && anchor != i;
}

bool leaf_is_comment(const Leaves *leaves, uint32_t i)
{
    return leaves->items[i].kind == LEAF_COMMENT;
}

bool leaf_is(const Leaves *leaves, uint32_t i, int kind)
{
    return leaves->items[i].kind == kind && leaves->items[i].anchor == NO_LEAF;
}

static bool sticks_to_left(const Leaves *leaves, uint32_t i)
{
    bool empty_block = leaf_is(leaves, i, T_RIGHT_BRACE) && leaf_is(leaves, i - 1, T_LEFT_BRACE);
    return empty_block || leaf_is(leaves, i, T_SEMICOLON) || leaf_is(leaves, i, T_COMMA) ||
           leaf_is(leaves, i, T_DOT) || leaf_is(leaves, i, T_RIGHT_PAREN);
}

uint32_t blanks_before(const Leaves *leaves, uint32_t i)
{
    if (leaves->items[i].pad > 0)
        return leaves->items[i].pad;
    bool sticks = leaf_is(leaves, i - 1, T_DOT) || leaf_is(leaves, i - 1, T_LEFT_PAREN) || sticks_to_left(leaves, i);
    return sticks ? 0 : 1;
}

uint32_t gap_width(const Leaves *leaves, uint32_t i)
{
    return leaf_is_inner(leaves, i) ? (uint32_t) display_width(leaf_gap(leaves, i)) : blanks_before(leaves, i);
}

bool keeps_break(const Leaves *leaves, uint32_t i)
{
    if (i == 0 || leaves->items[i].breaks == 0)
        return false;
    return leaf_is_inner(leaves, i) || leaf_is_comment(leaves, i - 1) ||
           (leaf_is_comment(leaves, i) && (i + 1 == leaves->count || leaves->items[i + 1].breaks > 0));
}

bool is_open_list(const Leaves *leaves, uint32_t open)
{
    uint32_t close = leaves->items[open].partner;
    if (close == open + 1)
        return false;
    bool broken = leaves->items[open + 1].breaks > 0;
    for (uint32_t i = open + 1; i <= close && !broken; i++)
        broken = !leaf_is_inner(leaves, i) && keeps_break(leaves, i);
    return broken;
}

/* Up to where its line ends, as it is written out. */
static Str first_line(const Leaf *leaf, bool *ends)
{
    size_t length = 0;
    while (length < leaf->text.len && leaf->text.data[length] != '\n')
        length++;
    *ends = length < leaf->text.len;
    Str line = str_slice(leaf->text, 0, length);
    return leaf->kind == LEAF_COMMENT ? trim_end(line) : line;
}

static bool begins_line(const Leaves *leaves, uint32_t i)
{
    return keeps_break(leaves, i) || (leaf_is(leaves, i - 1, T_LEFT_PAREN) && is_open_list(leaves, i - 1));
}

uint32_t measure(const Leaves *leaves, uint32_t from, uint32_t to, bool *ends)
{
    uint32_t width = 0;
    *ends = false;
    for (uint32_t i = from; i < to && !*ends; i++) {
        if (i > from && begins_line(leaves, i)) {
            *ends = true;
            break;
        }
        width += i > from ? gap_width(leaves, i) : 0;
        width += (uint32_t) display_width(first_line(&leaves->items[i], ends));
    }
    return width;
}
