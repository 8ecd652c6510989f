/* The rules for members of operator classes and families; private to this folder. All of these report. */
#ifndef SQL_OPERATOR_MEMBER_H
#define SQL_OPERATOR_MEMBER_H

#include "read_definition.h"

/* CreateOpClassItem.itemtype (src/include/nodes/parsenodes.h). */
enum { OPERATOR_ITEM = 1, FUNCTION_ITEM = 2 };

typedef struct MemberOperator {
    bool binary;
    bool orders;            /* FOR ORDER BY */
    Type result;            /* without a catalog type: not known */
} MemberOperator;

typedef struct MemberFunction {
    Str method;
    int32_t number;
    const TypeList *taken;  /* NULL: not known */
    Type result;            /* as of an operator */
    const Type *input;      /* of the class; NULL, or without a catalog type: it is added to a family */
} MemberFunction;

/* What holds a member (`amadjustmembers`, from 14 on). */
typedef enum MemberTie {
    MEMBER_LOOSE,           /* nothing: the family has it */
    MEMBER_OF_TYPE,         /* the class of its type, if the family has one */
    MEMBER_OF_STATEMENT     /* what the statement is about, a class or a family */
} MemberTie;

/* `alike`: the types on both sides are the same; `class`: it is an item of CREATE OPERATOR CLASS. */
MemberTie member_tie(const DefinitionReader *r, Str method, const PgQuery__CreateOpClassItem *item, bool alike,
                     bool class);

bool check_member_number(DefinitionReader *r, Str method, bool operator, int32_t number, Span span);

/* How many types a member is said to be for. */
void check_member_types(DefinitionReader *r, size_t count, Span span);

void check_member_operator(DefinitionReader *r, Str method, const MemberOperator *member, Span span);

/* Gives the types that the function is for; `sides` are those that are written, if any. */
TypeList check_member_function(DefinitionReader *r, const MemberFunction *member, TypeList sides, Span span);

void check_member_storage(DefinitionReader *r, Str method, const Type *input, const Type *storage, Span span);

#endif
