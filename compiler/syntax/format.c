/* Reads the leaves, notes what they are to the tree, lays them out, and writes them down one after the other. */
#include "bug.h"
#include "leaf.h"
#include "measure.h"

static void write_leaf(const Leaves *leaves, uint32_t i, Text *out)
{
    const Leaf *leaf = &leaves->items[i];
    text_add_repeated(out, '\n', leaf->new_breaks);
    text_add_repeated(out, ' ', leaf->blanks);
    if (leaf->keeps_gap)
        text_add(out, leaf_gap(leaves, i));
    text_add(out, leaf->text);
}

static Str write_leaves(Arena *arena, const Leaves *leaves)
{
    Text out = text_new(arena);
    for (uint32_t i = 0; i < leaves->count; i++)
        write_leaf(leaves, i, &out);
    text_add_char(&out, '\n');
    return text_str(&out);
}

/* A file that was formatted wrongly would be applied wrongly, or not be known again: this is worth a second look. */
static void check_tokens(Syntax *syntax, uint32_t file, Str formatted)
{
    Compilation *c = syntax->c;
    uint32_t result = source_add(&c->arena, &c->sources, source_file(&c->sources, file)->path, formatted);
    if (!str_equal(syntax_checksum(syntax, file), syntax_checksum(syntax, result)))
        BUG("formatting changed the tokens of %.*s", STR_ARG(source_file(&c->sources, file)->path));
}

Str syntax_format(Syntax *syntax, const Node *tree)
{
    Leaves leaves = leaves_read(syntax, tree->span.file);
    leaves_mark(&leaves, tree);
    leaves_lay_out(&syntax->c->arena, &leaves);
    Str formatted = write_leaves(&syntax->c->arena, &leaves);
    check_tokens(syntax, tree->span.file, formatted);
    return formatted;
}
