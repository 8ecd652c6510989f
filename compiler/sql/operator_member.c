/* What the server asks of the members of operator classes and families: their numbers, and what functions take and
 * give (DefineOpClass(), assignOperTypes() and assignProcTypes() in src/backend/commands/opclasscmds.c). Whether
 * all are there that an index needs it does not ask, either. */
#include "operator_member.h"

#include <limits.h>

#define F(number) (1U << (number))

/* IndexAmRoutine of each access method (its handler in src/backend/access); what it has from a version on. */
static const struct IndexMethod {
    const char *name;
    int32_t strategies;         /* 0: any number */
    int32_t options;            /* the function that reads options, which there is from 13 on */
    bool orders;                /* it can return rows in the order of a distance */
    unsigned storage;           /* from when on it can keep another type; 0: never */
    enum { TIES_NOTHING, TIES_BY_TYPE, TIES_BY_NUMBER } ties;
    unsigned required;          /* otherwise: the functions that it cannot do without, bits F(number) */
    struct {
        unsigned since;
        int32_t functions;
    } support[4];               /* the newest last */
} methods[] = {
    {"btree", 5, 5, false, 0, TIES_BY_TYPE, F(1), {{12, 3}, {13, 5}, {18, 6}}},
    {"hash", 1, 3, false, 0, TIES_BY_TYPE, F(1), {{12, 2}, {13, 3}}},
    {"gist", 0, 10, true, 12, TIES_BY_NUMBER, F(1) | F(2) | F(5) | F(6) | F(7),
     {{12, 9}, {13, 10}, {14, 11}, {18, 12}}},
    {"gin", 0, 7, false, 12, TIES_BY_NUMBER, F(2) | F(3), {{12, 6}, {13, 7}}},
    {"spgist", 0, 7, true, 14, TIES_BY_NUMBER, F(1) | F(2) | F(3) | F(4) | F(5), {{12, 6}, {13, 7}}},
    {"brin", 0, 5, false, 12, TIES_NOTHING, 0, {{12, 15}}},
};

/* NULL: one that is not the server's own, of which nothing is known. */
static const struct IndexMethod *method_named(Str name)
{
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        if (str_is(name, methods[i].name))
            return &methods[i];
    }
    return NULL;
}

static unsigned major_of(const DefinitionReader *r)
{
    return r->schema->view.catalog->major;
}

static int32_t most_functions(const struct IndexMethod *method, unsigned major)
{
    int32_t most = SHRT_MAX;
    for (size_t i = 0; i < sizeof method->support / sizeof *method->support; i++) {
        if (method->support[i].since != 0 && method->support[i].since <= major)
            most = method->support[i].functions;
    }
    return most;
}

/* amadjustmembers of each method: btadjustmembers() in src/backend/access/nbtree/nbtvalidate.c and so on. What says
 * nothing, and every one before 14, leaves to a class what it was created with (DefineOpClass()). */
enum { MEMBERS_ADJUSTED_SINCE = 14 };

MemberTie member_tie(const DefinitionReader *r, Str method_name, const PgQuery__CreateOpClassItem *item, bool alike,
                     bool class)
{
    const struct IndexMethod *method = method_named(method_name);
    bool operator = item->itemtype == OPERATOR_ITEM;
    if (method == NULL || method->ties == TIES_NOTHING || major_of(r) < MEMBERS_ADJUSTED_SINCE)
        return class ? MEMBER_OF_STATEMENT : MEMBER_LOOSE;
    bool required = !operator && (method->required & F(item->number)) != 0;
    if (method->ties == TIES_BY_NUMBER)
        return required ? MEMBER_OF_STATEMENT : MEMBER_LOOSE;
    return alike && (operator || required) ? MEMBER_OF_TYPE : MEMBER_LOOSE;
}

bool check_member_number(DefinitionReader *r, Str method_name, bool operator, int32_t number, Span span)
{
    const struct IndexMethod *method = method_named(method_name);
    int32_t most = SHRT_MAX;
    if (method != NULL && !operator)
        most = most_functions(method, major_of(r));
    else if (method != NULL && method->strategies > 0)
        most = method->strategies;
    if (number > 0 && number <= most)
        return true;
    definition_report(r, M_BAD_OPCLASS, span, "%.*s has no %s %d: they go from 1 to %d", STR_ARG(method_name),
                      operator ? "operator" : "function", (int) number, (int) most);
    return false;
}

void check_member_types(DefinitionReader *r, size_t count, Span span)
{
    if (count > 2)
        definition_report(r, M_SQL_SYNTAX, span, "a member is for one or two types");
}

/* ------------------------------------------------------------------ operators */

static bool is_type(const Type *type, const char *name)
{
    return type->catalog != NULL && !type->array && type->object == 0 && str_is(type->catalog->name, name);
}

void check_member_operator(DefinitionReader *r, Str method_name, const MemberOperator *member, Span span)
{
    const struct IndexMethod *method = method_named(method_name);
    if (!member->binary)
        definition_report(r, M_BAD_OPCLASS, span, "an operator of an index has two sides");
    else if (member->orders && method != NULL && !method->orders)
        definition_report(r, M_BAD_OPCLASS, span, "%.*s does not order by operators", STR_ARG(method_name));
    else if (!member->orders && member->result.catalog != NULL && !is_type(&member->result, "bool"))
        definition_report(r, M_BAD_OPCLASS, span, "an operator to search by returns a boolean");
}

/* ------------------------------------------------------------------ functions */

/* What functions of a number are to be like. */
static const struct MemberRule {
    const char *method;
    int32_t number;
    size_t arguments;
    const char *first;          /* the type of the first argument; NULL: any */
    const char *result;
    size_t left, right;         /* which arguments say what it is for, from 1; 0: the class does */
} rules[] = {
    {"btree", 1, 2, NULL, "int4", 1, 2},     {"btree", 2, 1, "internal", "void", 0, 0},
    {"btree", 3, 5, NULL, "bool", 1, 3},     {"btree", 4, 1, NULL, "bool", 0, 0},
    {"hash", 1, 1, NULL, "int4", 1, 1},      {"hash", 2, 2, NULL, "int8", 1, 1},
};

static const struct MemberRule *rule_of(const MemberFunction *member)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (str_is(member->method, rules[i].method) && member->number == rules[i].number)
            return &rules[i];
    }
    return NULL;
}

static void check_rule(DefinitionReader *r, const MemberFunction *member, const struct MemberRule *rule, Span span)
{
    const TypeList *taken = member->taken;
    if (taken != NULL && taken->count != rule->arguments)
        definition_report(r, M_BAD_OPCLASS, span, "function %d of %s takes %zu argument%s", (int) rule->number,
                          rule->method, rule->arguments, rule->arguments == 1 ? "" : "s");
    else if (taken != NULL && rule->first != NULL && !is_type(&taken->items[0], rule->first))
        definition_report(r, M_BAD_OPCLASS, span, "function %d of %s takes %s", (int) rule->number, rule->method,
                          rule->first);
    else if (member->result.catalog != NULL && !is_type(&member->result, rule->result))
        definition_report(r, M_BAD_OPCLASS, span, "function %d of %s returns %s", (int) rule->number, rule->method,
                          rule->result);
}

static void check_options(DefinitionReader *r, const MemberFunction *member, const TypeList *sides, Span span)
{
    bool own = member->input == NULL || member->input->catalog == NULL;
    for (size_t i = 0; i < sides->count; i++) {
        const Type *wanted = own ? &sides->items[0] : member->input;
        if (!type_equal(&sides->items[i], wanted)) {
            definition_report(r, M_BAD_OPCLASS, span, "the function for options is for the type of the class alone");
            return;
        }
    }
    bool fits = member->taken == NULL || (member->taken->count == 1 && is_type(&member->taken->items[0], "internal"));
    if (!fits || (member->result.catalog != NULL && !is_type(&member->result, "void")))
        definition_report(r, M_BAD_OPCLASS, span, "the function for options takes internal and returns void");
}

/* The type on a side, where nothing says it. */
static Type side_type(const MemberFunction *member, const struct MemberRule *rule, bool right)
{
    size_t place = rule == NULL ? 0 : right ? rule->right : rule->left;
    if (place == 0 && str_is(member->method, "hash"))
        place = 1;
    if (place > 0 && member->taken != NULL && place <= member->taken->count)
        return member->taken->items[place - 1];
    return member->input == NULL ? (Type) {0} : *member->input;
}

TypeList check_member_function(DefinitionReader *r, const MemberFunction *member, TypeList sides, Span span)
{
    const struct IndexMethod *method = method_named(member->method);
    const struct MemberRule *rule = rule_of(member);
    bool said = sides.count > 0, options = method != NULL && member->number == method->options && major_of(r) >= 13;
    if (options)
        check_options(r, member, &sides, span);
    else if (rule != NULL)
        check_rule(r, member, rule, span);
    if (!r->refused && said && rule != NULL && rule->number == 4 && !type_equal(&sides.items[0], &sides.items[1]))
        definition_report(r, M_BAD_OPCLASS, span, "function 4 of btree is for one type");
    for (size_t i = 0; i < 2 && !said && !r->refused; i++)
        list_push(r->arena, &sides, side_type(member, options ? NULL : rule, i == 1));
    if (!r->refused && sides.items[0].catalog == NULL)
        definition_report(r, M_BAD_OPCLASS, span, "the types are missing that the function is for");
    return sides;
}

/* ------------------------------------------------------------------ storage */

void check_member_storage(DefinitionReader *r, Str method_name, const Type *input, const Type *storage, Span span)
{
    const struct IndexMethod *method = method_named(method_name);
    bool keeps = method == NULL || (method->storage != 0 && method->storage <= major_of(r));
    if (storage->catalog != NULL && !keeps && !type_equal(input, storage))
        definition_report(r, M_BAD_OPCLASS, span, "%.*s keeps no other type than that of the class",
                          STR_ARG(method_name));
}
