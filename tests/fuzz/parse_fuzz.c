/* libFuzzer harness: any bytes through the lexer, the parser and what works on their results. Beside not crashing,
 * the folded text of a file must be the same tokens: this is what makes a checksum survive reformatting. */
#include "bug.h"
#include "syntax.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void render_everything(Compilation *c)
{
    reports_render(c, (RenderOptions) {FORMAT_TEXT, true});
    reports_render(c, (RenderOptions) {FORMAT_JSON, false});
    reports_render(c, (RenderOptions) {FORMAT_GITHUB, false});
}

static void check_checksum(Syntax *syntax, uint32_t file, size_t size)
{
    Compilation *c = syntax->c;
    Fragment fragment = syntax_fragment(syntax, (Span) {0, (uint32_t) size, file});
    Str compact = str_copy(&c->arena, fragment.sql);
    uint32_t folded = source_add(&c->arena, &c->sources, STR("folded.mig"), compact);
    Str before = syntax_checksum(syntax, file), after = syntax_checksum(syntax, folded);
    if (!str_equal(before, after))
        BUG("the folded text is other tokens: %.*s", STR_ARG(compact));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Compilation c = {0};
    Syntax syntax = syntax_new(&c);
    Text out = text_new(&c.arena);
    Str text = str_copy(&c.arena, (Str) {(const char *) data, size});
    uint32_t file = source_add(&c.arena, &c.sources, STR("fuzz.mig"), text);
    if (syntax_check_bytes(&syntax, file)) {
        syntax_dump_tokens(&syntax, file, &out);
        if (c.errors == 0)
            check_checksum(&syntax, file, size);
        Node *tree = syntax_parse(&syntax, file);
        if (tree != NULL)
            node_dump(&c.sources, &out, tree);
    }
    render_everything(&c);
    compilation_free(&c);
    return 0;
}
