/* The dump is written from ast.def: a field that is added there is printed without a change here. Fields that were not
 * written are left out, so that a dump shows what the source says. */
#include "ast.h"

#include "bug.h"

typedef struct Dump {
    Sources *sources;
    Text *out;
    unsigned depth;
} Dump;

static void dump_node(Dump *dump, const Node *node);

static void start_field(Dump *dump, const char *name)
{
    text_addf(dump->out, " %s=", name);
}

static void dump_word(Dump *dump, const char *name, Word word)
{
    if (!word_is_written(word))
        return;
    start_field(dump, name);
    text_add(dump->out, word.name);
}

static void dump_words(Dump *dump, const char *name, WordList words)
{
    if (words.count == 0)
        return;
    start_field(dump, name);
    for (size_t i = 0; i < words.count; i++)
        text_addf(dump->out, "%s%.*s", i == 0 ? "(" : ", ", STR_ARG(words.items[i].name));
    text_add_char(dump->out, ')');
}

static void add_ref(Dump *dump, Ref ref)
{
    if (word_is_written(ref.schema))
        text_addf(dump->out, "%.*s.", STR_ARG(ref.schema.name));
    text_add(dump->out, ref.name.name);
}

static void dump_ref(Dump *dump, const char *name, Ref ref)
{
    if (!word_is_written(ref.name))
        return;
    start_field(dump, name);
    add_ref(dump, ref);
}

static void dump_refs(Dump *dump, const char *name, RefList refs)
{
    if (refs.count == 0)
        return;
    start_field(dump, name);
    for (size_t i = 0; i < refs.count; i++) {
        text_add_c(dump->out, i == 0 ? "(" : ", ");
        add_ref(dump, refs.items[i]);
    }
    text_add_char(dump->out, ')');
}

static void dump_text(Dump *dump, const char *name, Literal literal)
{
    if (literal.value.data == NULL)
        return;
    start_field(dump, name);
    text_addf(dump->out, "'%.*s'", STR_ARG(literal.value));
}

static void dump_texts(Dump *dump, const char *name, LiteralList literals)
{
    start_field(dump, name);
    text_add_char(dump->out, '(');
    for (size_t i = 0; i < literals.count; i++)
        text_addf(dump->out, "%s'%.*s'", i == 0 ? "" : ", ", STR_ARG(literals.items[i].value));
    text_add_char(dump->out, ')');
}

static void dump_sql(Dump *dump, const char *name, Span sql)
{
    if (!span_is_known(sql))
        return;
    start_field(dump, name);
    text_addf(dump->out, "`%.*s`", STR_ARG(span_text(dump->sources, sql)));
}

static void dump_flag(Dump *dump, const char *name, Span flag)
{
    if (span_is_known(flag))
        text_addf(dump->out, " %s", name);
}

static void dump_children(Dump *dump, NodeList children)
{
    for (size_t i = 0; i < children.count; i++)
        dump_node(dump, children.items[i]);
}

#define WORD(f) dump_word(dump, #f, n->f);
#define WORDS(f) dump_words(dump, #f, n->f);
#define REF(f) dump_ref(dump, #f, n->f);
#define REFS(f) dump_refs(dump, #f, n->f);
#define TEXT(f) dump_text(dump, #f, n->f);
#define TEXTS(f) dump_texts(dump, #f, n->f);
#define SQL(f) dump_sql(dump, #f, n->f);
#define FLAG(f) dump_flag(dump, #f, n->f);
#define CHILD(f)
#define CHILDREN(f)
#define CHOICE(f, Type) text_addf(dump->out, " %s=`%s`", #f, Type##_name(n->f));
#define NODE(KIND, Type, name, fields)                    \
    static void dump_line_##KIND(Dump *dump, const Node *node) \
    {                                                     \
        const Node##Type *n = (const Node##Type *) node;  \
        (void) n;                                         \
        text_add_c(dump->out, name);                      \
        fields                                            \
    }
#include "ast.def"
#include "ast_undef.h"

/* Nodes below come after the line, one deeper, in the order of the fields. */
#define WORD(f)
#define WORDS(f)
#define REF(f)
#define REFS(f)
#define TEXT(f)
#define TEXTS(f)
#define SQL(f)
#define FLAG(f)
#define CHOICE(f, Type)
#define CHILD(f) dump_node(dump, n->f);
#define CHILDREN(f) dump_children(dump, n->f);
#define NODE(KIND, Type, name, fields)                         \
    static void dump_below_##KIND(Dump *dump, const Node *node) \
    {                                                          \
        const Node##Type *n = (const Node##Type *) node;       \
        (void) n;                                              \
        (void) dump;                                           \
        fields                                                 \
    }
#include "ast.def"
#include "ast_undef.h"

typedef void NodePrinter(Dump *dump, const Node *node);

static const struct {
    NodePrinter *line, *below;
} printers[] = {
#define NODE(KIND, Type, name, fields) {dump_line_##KIND, dump_below_##KIND},
#include "ast.def"
#include "ast_undef.h"
};

static void dump_node(Dump *dump, const Node *node)
{
    if (node == NULL)
        return;
    if (node->kind >= NODE_KIND_COUNT)
        BUG("node kind %d", (int) node->kind);
    text_add_repeated(dump->out, ' ', (size_t) dump->depth * 2);
    printers[node->kind].line(dump, node);
    text_add_char(dump->out, '\n');
    dump->depth++;
    printers[node->kind].below(dump, node);
    dump->depth--;
}

void node_dump(Sources *sources, Text *out, const Node *node)
{
    Dump dump = {sources, out, 0};
    dump_node(&dump, node);
}
