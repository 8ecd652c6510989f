/* What operator families hold. A class says what it cannot do without; all else belongs to the family, whichever
 * statement it came with, and stays in it when the class goes. That is a definition of its own: on the family, or on
 * one of the server's, by its name; its variant is its kind and number, "OPERATOR 1", its arguments are the types on
 * both sides. Most of these go by themselves with the operator or function that they name. Some are held: by the class
 * of their type, or by the family, they go with that and in no other way (storeOperators() and dropOperators() in
 * src/backend/commands/opclasscmds.c). */
#ifndef SCHEMA_FAMILY_H
#define SCHEMA_FAMILY_H

#include "schema.h"

/* The class or family that holds the member; 0: none does. */
ObjectId member_holder(const Schema *schema, const Definition *member);
void member_hold(Arena *arena, Definition *member, ObjectId holder);

/* "f USING btree", as a statement and as a message names the family. */
Str member_family(const Schema *schema, const Definition *member);

/* The class of the family for just this type; NULL: it has none that a migration made. */
const Definition *family_class(const Schema *schema, ObjectId family, const Type *input);

#endif
