#include "ast.h"

#include "bug.h"

const char *ObjectWord_name(ObjectWord object)
{
    static const char *const names[] = {
        [WORD_SCHEMA] = "schema",
        [WORD_EXTENSION] = "extension",
        [WORD_ENUM] = "enum",
        [WORD_DOMAIN] = "domain",
        [WORD_TYPE] = "type",
        [WORD_SEQUENCE] = "sequence",
        [WORD_TABLE] = "table",
        [WORD_INDEX] = "index",
        [WORD_COLUMN] = "column",
        [WORD_CONSTRAINT] = "constraint",
        [WORD_DOMAIN_CONSTRAINT] = "constraint on domain",
        [WORD_VIEW] = "view",
        [WORD_MATERIALIZED_VIEW] = "materialized view",
        [WORD_FOREIGN_TABLE] = "foreign table",
        [WORD_ANY_TYPE] = "type",
        [WORD_RULE] = "rule",
    };
    return names[object];
}

const char *RowSecurity_name(RowSecurity setting)
{
    static const char *const names[] = {"enable", "disable", "force", "no force"};
    return names[setting];
}

const char *ReplicaIdentityKind_name(ReplicaIdentityKind identity)
{
    static const char *const names[] = {"default", "full", "nothing", "index"};
    return names[identity];
}

const char *Firing_name(Firing firing)
{
    static const char *const names[] = {"enable", "disable", "enable replica", "enable always"};
    return names[firing];
}

const char *LabelPlace_name(LabelPlace place)
{
    static const char *const names[] = {"last", "before", "after"};
    return names[place];
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

Str ref_qualifier(const Ref *ref)
{
    return word_is_written(ref->schema) ? ref->schema.name : STR("");
}
