#include "fragment.h"

Fragment fragment_verbatim(Arena *arena, Sources *sources, Span span)
{
    Fragment fragment = {.sql = span_text(sources, span), .span = span};
    list_push(arena, &fragment.pieces, (FragmentPiece) {0, span.start});
    return fragment;
}

Fragment fragment_join(Arena *arena, const Fragment *first, const Fragment *second)
{
    Fragment joined = *first;
    uint32_t shift = (uint32_t) first->sql.len + 1;
    list_clone(arena, &joined.pieces);
    for (size_t i = 0; i < second->pieces.count; i++) {
        FragmentPiece piece = second->pieces.items[i];
        list_push(arena, &joined.pieces, (FragmentPiece) {piece.offset + shift, piece.source});
    }
    joined.sql = str_format(arena, "%.*s %.*s", STR_ARG(first->sql), STR_ARG(second->sql));
    return joined;
}

/* Where one byte stands in the file. */
static uint32_t source_offset(const Fragment *fragment, size_t offset)
{
    size_t i = fragment->pieces.count;
    while (i > 1 && fragment->pieces.items[i - 1].offset > offset)
        i--;
    FragmentPiece piece = fragment->pieces.items[i - 1];
    return piece.source + (uint32_t) (offset - piece.offset);
}

Span fragment_place(const Fragment *fragment, size_t offset, size_t length)
{
    Span span = fragment->span;
    if (offset >= fragment->sql.len || fragment->pieces.count == 0)
        return (Span) {span.end, span.end, span.file};
    if (length > fragment->sql.len - offset)
        length = fragment->sql.len - offset;
    uint32_t start = source_offset(fragment, offset);
    uint32_t end = length == 0 ? start : source_offset(fragment, offset + length - 1) + 1;
    return (Span) {start, end, span.file};
}
