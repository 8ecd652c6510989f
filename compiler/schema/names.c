#include "names.h"

/* Counts as makeObjectName() does: the longer name loses a byte until both fit, then neither ends inside a
 * character. */
Str name_make(Arena *arena, Str name1, Str name2, Str label)
{
    size_t overhead = (name2.len > 0 ? 1 : 0) + (label.len > 0 ? label.len + 1 : 0);
    size_t room = NAME_MAXIMUM - overhead, length1 = name1.len, length2 = name2.len;
    while (length1 + length2 > room) {
        if (length1 > length2)
            length1--;
        else
            length2--;
    }
    Text name = text_new(arena);
    text_add(&name, str_clip(name1, length1));
    if (name2.len > 0)
        text_addf(&name, "_%.*s", STR_ARG(str_clip(name2, length2)));
    if (label.len > 0)
        text_addf(&name, "_%.*s", STR_ARG(label));
    return text_str(&name);
}

static bool is_listed(const StrList *names, Str name)
{
    for (size_t i = 0; i < names->count; i++) {
        if (str_equal(names->items[i], name))
            return true;
    }
    return false;
}

bool name_relation_is_free(const NameScope *scope, Str name)
{
    return !is_listed(&scope->relations, name) &&
           (str_equal(name, scope->own) || schema_find(scope->schema, NAMES_RELATION, scope->namespace, name) == 0);
}

static bool constraint_is_free(const NameScope *scope, Str name)
{
    uint64_t own = str_equal(name, scope->own) ? 1 : 0;
    return !is_listed(&scope->constraints, name) &&
           schema_find(scope->schema, NAMES_CONSTRAINT, scope->namespace, name) == own;
}

void name_take_relation(NameScope *scope, Str name)
{
    list_push(scope->schema->arena, &scope->relations, name);
}

void name_take_constraint(NameScope *scope, Str name)
{
    list_push(scope->schema->arena, &scope->constraints, name);
}

/* What a name must not collide with. */
typedef enum Against { AGAINST_RELATIONS = 1, AGAINST_CONSTRAINTS = 2, AGAINST_BOTH = 3 } Against;

static Str choose(NameScope *scope, Str name1, Str name2, const char *label, Against against)
{
    Arena *arena = scope->schema->arena;
    for (unsigned pass = 0;; pass++) {
        Str numbered = pass == 0 ? str_from(label) : str_format(arena, "%s%u", label, pass);
        Str name = name_make(arena, name1, name2, numbered);
        bool taken = ((against & AGAINST_RELATIONS) && !name_relation_is_free(scope, name)) ||
                     ((against & AGAINST_CONSTRAINTS) && !constraint_is_free(scope, name));
        if (taken)
            continue;
        if (against & AGAINST_RELATIONS)
            name_take_relation(scope, name);
        if (against & AGAINST_CONSTRAINTS)
            name_take_constraint(scope, name);
        return name;
    }
}

/* The columns' names joined by "_", as long as there is room for another byte (ChooseIndexNameAddition). */
static Str joined(Arena *arena, StrList columns)
{
    Text text = text_new(arena);
    for (size_t i = 0; i < columns.count && text.len <= NAME_MAXIMUM; i++) {
        if (i > 0)
            text_add_char(&text, '_');
        text_add(&text, columns.items[i]);
    }
    return text_str(&text);
}

Str name_choose_key(NameScope *scope, Str table, bool primary, StrList columns)
{
    if (primary)
        return choose(scope, table, STR(""), "pkey", AGAINST_BOTH);
    return choose(scope, table, joined(scope->schema->arena, columns), "key", AGAINST_BOTH);
}

Str name_choose_exclusion(NameScope *scope, Str table, StrList columns)
{
    return choose(scope, table, joined(scope->schema->arena, columns), "excl", AGAINST_BOTH);
}

Str name_choose_key_of(NameScope *scope, Str table, ConstraintKind kind, StrList columns)
{
    if (kind == CONSTRAINT_EXCLUDE)
        return name_choose_exclusion(scope, table, columns);
    return name_choose_key(scope, table, kind == CONSTRAINT_PRIMARY, columns);
}

/* Its operators are told, so that one without overlaps is named as one that excludes (generateClonedIndexStmt() in
 * src/backend/parser/parse_utilcmd.c). */
Str name_choose_copy(NameScope *scope, Str table, const Constraint *key)
{
    bool excludes = key->kind != CONSTRAINT_PRIMARY && constraint_excludes(key);
    return name_choose_key_of(scope, table, excludes ? CONSTRAINT_EXCLUDE : key->kind, key->names);
}

Str name_choose_index(NameScope *scope, Str table, StrList columns)
{
    return choose(scope, table, joined(scope->schema->arena, columns), "idx", AGAINST_RELATIONS);
}

Str name_choose_check(NameScope *scope, Str table, Str column)
{
    return choose(scope, table, column, "check", AGAINST_CONSTRAINTS);
}

Str name_choose_not_null(NameScope *scope, Str table, Str column)
{
    return choose(scope, table, column, "not_null", AGAINST_CONSTRAINTS);
}

Str name_choose_foreign(NameScope *scope, Str table, StrList columns)
{
    return choose(scope, table, joined(scope->schema->arena, columns), "fkey", AGAINST_CONSTRAINTS);
}

Str name_choose_shadow(NameScope *scope, Str foreign)
{
    return choose(scope, foreign, STR(""), "", AGAINST_CONSTRAINTS);
}

static bool statistics_are_free(const NameScope *scope, Str name)
{
    ObjectIds ids = schema_definitions(scope->schema, scope->namespace, name);
    for (size_t i = 0; i < ids.count; i++) {
        if (schema_object(scope->schema, ids.items[i])->kind == OBJECT_STATISTICS)
            return false;
    }
    return true;
}

Str name_choose_statistics(const NameScope *scope, Str table, StrList columns)
{
    Arena *arena = scope->schema->arena;
    Str middle = joined(arena, columns), name = name_make(arena, table, middle, STR("stat"));
    for (unsigned pass = 1; !statistics_are_free(scope, name); pass++)
        name = name_make(arena, table, middle, str_format(arena, "stat%u", pass));
    return name;
}

Str name_choose_sequence(NameScope *scope, Str table, Str column)
{
    return choose(scope, table, column, "seq", AGAINST_RELATIONS);
}

void name_index_column(Arena *arena, StrList *columns, Str name)
{
    Str distinct = name;
    for (unsigned i = 1; is_listed(columns, distinct); i++) {
        Str number = str_format(arena, "%u", i);
        Str head = str_clip(name, NAME_MAXIMUM - number.len);
        distinct = str_format(arena, "%.*s%.*s", STR_ARG(head), STR_ARG(number));
    }
    list_push(arena, columns, distinct);
}
