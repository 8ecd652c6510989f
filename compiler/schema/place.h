/* Where a name is looked for: in the schema that it is qualified with, or else along the search_path, which is the home
 * of unqualified names, and behind it what `set search_path` has named besides (Schema.path). What is found first is
 * what is meant, as RangeVarGetRelid() and the like do in src/backend/catalog/namespace.c. Names that are made go into
 * the home. */
#ifndef SCHEMA_PLACE_H
#define SCHEMA_PLACE_H

#include "schema.h"

/* The namespaces of a name with the qualifier ("" for none), in their order: the one behind `before`, which is 0 for
 * the first; 0: there are no more. */
ObjectId schema_next_place(const Schema *schema, Str qualifier, ObjectId before);

#define schema_each_place(place, schema, qualifier) \
    for (ObjectId place = 0; (place = schema_next_place((schema), (qualifier), place)) != 0;)

/* The first of them that has the name; the first of all where none has it; 0: there is no schema of the qualifier. */
ObjectId schema_place(const Schema *schema, NameSpace space, Str qualifier, Str name);

/* What the name means; NULL: nothing is called so. */
const Object *schema_named(const Schema *schema, NameSpace space, Str qualifier, Str name);

/* Whether it is one of them. */
bool schema_looks_into(const Schema *schema, Str qualifier, ObjectId namespace);

/* The definitions of all kinds that share the name, of all places. */
ObjectIds schema_definitions_named(const Schema *schema, Str qualifier, Str name);

/* definition_find(), in the places of the qualifier one after the other. */
const Definition *definition_named(const Schema *schema, Str qualifier, const Definition *like);

#endif
