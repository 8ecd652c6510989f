#include "copy.h"

#include "bug.h"

#include <stdlib.h>

static ColumnId copied(ColumnId column, ColumnPairs pairs)
{
    for (size_t i = 0; i < pairs.count; i++) {
        if (pairs.items[i].from == column)
            return pairs.items[i].to;
    }
    BUG("column %u has no copy", (unsigned) column);
}

ColumnIds copy_columns(Arena *arena, ColumnIds columns, ColumnPairs pairs)
{
    ColumnIds result = {0};
    for (size_t i = 0; i < columns.count; i++)
        list_push(arena, &result, copied(columns.items[i], pairs));
    return result;
}

/* A use in a shape is \x01, its object and part in digits with a point between, \x02; the relation itself is 0. */
static Str copy_shape(Arena *arena, Str shape, ColumnPairs pairs)
{
    static const char own[] = "\x01" "0.";
    Text text = text_new(arena);
    for (size_t at = 0; at < shape.len; at++) {
        Str rest = str_slice(shape, at, shape.len);
        if (!str_starts_with(rest, str_from(own))) {
            text_add_char(&text, shape.data[at]);
            continue;
        }
        char *end;
        ColumnId column = (ColumnId) strtoul(rest.data + sizeof own - 1, &end, 10);
        text_addf(&text, "%s%u\x02", own, (unsigned) (column == 0 ? 0 : copied(column, pairs)));
        at = (size_t) (end - shape.data);
    }
    return text_str(&text);
}

const Expression *copy_expression(Arena *arena, const Expression *expression, ColumnPairs pairs)
{
    if (expression == NULL)
        return NULL;
    Expression *copy = arena_copy(arena, expression, sizeof *expression);
    list_clone(arena, &copy->uses);
    for (size_t i = 0; i < copy->uses.count; i++) {
        Use *use = &copy->uses.items[i];
        if (use->object == 0 && use->part != 0)
            use->part = copied(use->part, pairs);
    }
    copy->shape = copy_shape(arena, expression->shape, pairs);
    return copy;
}

IndexKey copy_key(Arena *arena, IndexKey key, ColumnPairs pairs)
{
    key.expression = copy_expression(arena, key.expression, pairs);
    key.column = key.column == 0 ? 0 : copied(key.column, pairs);
    return key;
}
