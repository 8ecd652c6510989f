#include "definition_text.h"

#include <stdlib.h>

void text_take(DefinitionText *text, Span span)
{
    if (span.end > span.start)
        list_push(text->arena, &text->pieces, (TextPiece) {.span = span});
}

void text_make(DefinitionText *text, Str sql)
{
    list_push(text->arena, &text->pieces, (TextPiece) {.made = sql});
}

void text_take_expression(DefinitionText *text, const Expression *expression, const ProtobufCMessage *tree)
{
    if (expression == NULL)
        return;
    list_push(text->arena, &text->pieces, (TextPiece) {.expression = expression});
    list_push(text->arena, &text->shapes, (TreeShape) {tree, expression});
}

void text_use(DefinitionText *text, Span span, int32_t location, ObjectId object, uint32_t part, UseForm form)
{
    SpanUse use = {.span = span, .use = {.object = object, .part = part, .form = form}, .location = location};
    list_push(text->arena, &text->uses, use);
}

void text_replace(DefinitionText *text, Span span, const Expression *expression, const ProtobufCMessage *tree)
{
    list_push(text->arena, &text->replaced, (Replaced) {span, expression});
    list_push(text->arena, &text->shapes, (TreeShape) {tree, expression});
}

const Expression *text_constant(Arena *arena, Str sql)
{
    Expression *expression = arena_new(arena, Expression);
    expression->sql = sql;
    expression->shape = sql;
    return expression;
}

/* ------------------------------------------------------------------ text */

static void add_use(DefinitionText *text, Expression *expression, Use use, size_t offset, size_t length)
{
    use.offset = (uint32_t) offset;
    use.length = (uint32_t) length;
    list_push(text->arena, &expression->uses, use);
}

/* A hidden use has no place; the others count where they lie in the span. */
static void add_plain(DefinitionText *text, Expression *expression, Text *sql, Span span)
{
    size_t base = sql->len;
    text_add(sql, span_text(text->sources, span));
    for (size_t i = 0; i < text->uses.count; i++) {
        SpanUse use = text->uses.items[i];
        if (use.use.form != USE_HIDDEN && use.span.start >= span.start && use.span.end <= span.end)
            add_use(text, expression, use.use, base + use.span.start - span.start, use.span.end - use.span.start);
    }
}

static void add_expression(DefinitionText *text, Expression *expression, Text *sql, const Expression *part)
{
    for (size_t i = 0; i < part->uses.count; i++) {
        Use use = part->uses.items[i];
        add_use(text, expression, use, use.form == USE_HIDDEN ? 0 : sql->len + use.offset, use.length);
    }
    text_add(sql, part->sql);
}

/* NULL: none. */
static const Replaced *first_replaced(const DefinitionText *text, Span span)
{
    const Replaced *first = NULL;
    for (size_t i = 0; i < text->replaced.count; i++) {
        const Replaced *next = &text->replaced.items[i];
        bool inside = next->span.start >= span.start && next->span.end <= span.end;
        if (inside && (first == NULL || next->span.start < first->span.start))
            first = next;
    }
    return first;
}

static void add_span(DefinitionText *text, Expression *expression, Text *sql, Span span)
{
    for (const Replaced *next; (next = first_replaced(text, span)) != NULL; span.start = next->span.end) {
        add_plain(text, expression, sql, (Span) {span.start, next->span.start, span.file});
        add_expression(text, expression, sql, next->expression);
    }
    add_plain(text, expression, sql, span);
}

static int compare_uses(const void *left, const void *right)
{
    const Use *a = left, *b = right;
    return a->offset < b->offset ? -1 : a->offset > b->offset;
}

/* ------------------------------------------------------------------ shape */

static const Use *use_at(const DefinitionText *text, int32_t location)
{
    for (size_t i = 0; i < text->uses.count && location >= 0; i++) {
        if (text->uses.items[i].location == location)
            return &text->uses.items[i].use;
    }
    return NULL;
}

static void add_hole(Text *out, const Use *use)
{
    text_addf(out, "\x01%u.%u\x02", (unsigned) use->object, (unsigned) use->part);
}

static bool shape_part(void *context, const ProtobufCMessage *message, Text *out);

/* The name gives way to the hole, the rest is printed. */
static bool shape_type(DefinitionText *text, const PgQuery__TypeName *name, Text *out)
{
    const Use *use = use_at(text, name->location);
    if (use == NULL)
        return false;
    PgQuery__TypeName rest = *name;
    rest.n_names = 0;
    rest.location = -1;
    add_hole(out, use);
    tree_print(&rest.base, shape_part, text, out);
    return true;
}

static bool shape_relation(DefinitionText *text, const PgQuery__RangeVar *relation, Text *out)
{
    const Use *use = use_at(text, relation->location);
    if (use == NULL)
        return false;
    PgQuery__RangeVar rest = *relation;
    static char nothing[] = "";
    rest.relname = rest.schemaname = nothing;
    rest.location = -1;
    add_hole(out, use);
    tree_print(&rest.base, shape_part, text, out);
    return true;
}

static bool shape_part(void *context, const ProtobufCMessage *message, Text *out)
{
    DefinitionText *text = context;
    for (size_t i = 0; i < text->shapes.count; i++) {
        if (text->shapes.items[i].tree == message) {
            text_add(out, text->shapes.items[i].expression->shape);
            return true;
        }
    }
    if (tree_is(message, pg_query__type_name))
        return shape_type(text, (const PgQuery__TypeName *) message, out);
    return tree_is(message, pg_query__range_var) && shape_relation(text, (const PgQuery__RangeVar *) message, out);
}

static bool needs_blank(DefinitionText *text, const Text *before, TextPiece piece)
{
    Str next = piece.expression != NULL  ? piece.expression->sql
               : piece.made.data != NULL ? piece.made
                                         : span_text(text->sources, piece.span);
    return before->len > 0 && next.len > 0 && strchr(" \t\n(", before->data[before->len - 1]) == NULL &&
           strchr(",);", next.data[0]) == NULL;
}

Expression *text_finish(DefinitionText *text, const ProtobufCMessage *tree)
{
    Expression *expression = arena_new(text->arena, Expression);
    Text sql = text_new(text->arena), shape = text_new(text->arena);
    for (size_t i = 0; i < text->pieces.count; i++) {
        TextPiece piece = text->pieces.items[i];
        if (needs_blank(text, &sql, piece))
            text_add_char(&sql, ' ');
        if (piece.expression != NULL)
            add_expression(text, expression, &sql, piece.expression);
        else if (piece.made.data != NULL)
            text_add(&sql, piece.made);
        else
            add_span(text, expression, &sql, piece.span);
    }
    for (size_t i = 0; i < text->uses.count; i++) {
        if (text->uses.items[i].use.form == USE_HIDDEN)
            add_use(text, expression, text->uses.items[i].use, 0, 0);
    }
    if (expression->uses.count > 1)
        qsort(expression->uses.items, expression->uses.count, sizeof(Use), compare_uses);
    expression->sql = text_str(&sql);
    tree_print(tree, shape_part, text, &shape);
    expression->shape = text_str(&shape);
    return expression;
}
