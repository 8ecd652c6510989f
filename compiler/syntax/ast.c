#include "ast.h"

#include "bug.h"

const char *DropObject_name(DropObject object)
{
    switch (object) {
    case DROP_SCHEMA: return "schema";
    case DROP_EXTENSION: return "extension";
    case DROP_ENUM: return "enum";
    case DROP_TABLE: return "table";
    case DROP_INDEX: return "index";
    }
    BUG("drop object %d", (int) object);
}

const char *Timing_name(Timing timing)
{
    switch (timing) {
    case TIMING_IMMEDIATE: return "not deferrable";
    case TIMING_DEFERRABLE: return "deferrable";
    case TIMING_DEFERRED: return "deferrable initially deferred";
    }
    BUG("timing %d", (int) timing);
}

const char *Match_name(Match match)
{
    switch (match) {
    case MATCH_SIMPLE: return "simple";
    case MATCH_FULL: return "full";
    }
    BUG("match %d", (int) match);
}

const char *Action_name(Action action)
{
    switch (action) {
    case ACTION_NONE: return "no action";
    case ACTION_RESTRICT: return "restrict";
    case ACTION_CASCADE: return "cascade";
    case ACTION_SET_NULL: return "set null";
    case ACTION_SET_DEFAULT: return "set default";
    }
    BUG("action %d", (int) action);
}

Node *node_make(Arena *arena, NodeKind kind, size_t size, Span span)
{
    Node *node = arena_alloc(arena, size);
    node->kind = kind;
    node->span = span;
    return node;
}

bool word_is_written(Word word)
{
    return word.name.data != NULL;
}
