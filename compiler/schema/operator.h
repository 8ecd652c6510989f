/* Operators that are linked: the commutator and the negator of one. The server keeps a link on each side
 * (src/backend/catalog/pg_operator.c, OperatorCreate and OperatorUpd): naming another operator sets that one's link
 * back, unless it has one already; and where the other one is not there yet, it makes a shell of it, which a later
 * CREATE OPERATOR fills in. What is dropped leaves nobody with a link to it. Here a link is an attribute, with a
 * use of the other operator that is no dependency; what happens to the other ones goes along. */
#ifndef SCHEMA_OPERATOR_H
#define SCHEMA_OPERATOR_H

#include "change.h"

#define OPERATOR_COMMUTATOR "element commutator"   /* the keys of the attributes */
#define OPERATOR_NEGATOR "element negator"

/* The operator that the object is; NULL: it is none. */
const Definition *schema_operator(const Schema *schema, ObjectId id);

/* Whether it is one, and not only a shell. */
bool operator_is_whole(const Schema *schema, ObjectId id);

/* The operator that the attribute names, itself included; 0: none, or one that is not of the model. */
ObjectId operator_link(const Definition *operator, Str key);

/* The operator class of a migration that an index of the method takes for a column of the type, as
 * GetDefaultOpClass() in src/backend/commands/indexcmds.c does with just this type; NULL: there is none. */
const Definition *operator_class_default(const Schema *schema, Str method, const Type *type);

/* Whether values of the type have an order, as lookup_type_cache() in src/backend/utils/cache/typcache.c finds it: the
 * parts of a row, and the elements of an array, have one, too. True where that is not known. */
bool type_is_ordered(const Schema *schema, const Type *type);
bool type_has_equality(const Schema *schema, const Type *type);

/* "commutator = OPERATOR(…)", of an operator of the model; 0: the one that it is an attribute of. */
const Expression *operator_link_clause(Arena *arena, Str key, ObjectId other);

/* An operator of which there is only the name, and what it is linked with. */
Definition *operator_shell(Arena *arena, const Object *object, TypeList sides);

/* What the operator's links of the key do to others, when it has come to be as it is now. */
ChangeList operator_links_made(const Schema *schema, ObjectId operator, Str key);

/* What becomes of those that are linked with it, when it goes. */
ChangeList operator_links_gone(const Schema *schema, ObjectId operator);

#endif
