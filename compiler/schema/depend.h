/* Who needs whom, as the server's pg_depend has it (src/backend/catalog/dependency.c): what must not be left without
 * the other (NORMAL), and what goes with the other by itself (AUTO). An object is followed part by part, so that the
 * drop of a column takes just what reads that column. */
#ifndef SCHEMA_DEPEND_H
#define SCHEMA_DEPEND_H

#include "change.h"

/* SHELL: a base type as the functions know it that it is made of. */
typedef enum PartKind { PART_WHOLE, PART_COLUMN, PART_DEFAULT, PART_CONSTRAINT, PART_SHELL } PartKind;

/* An object or a part of one. */
typedef struct Part {
    ObjectId object;
    PartKind kind;
    uint32_t id;    /* COLUMN, DEFAULT: the column; CONSTRAINT: the constraint; else 0 */
} Part;

typedef LIST(Part) Parts;

/* LINK: it names the other one, and goes on without it. CIRCLE: each needs the other, so that none goes alone; by
 * CASCADE the server takes what depends with what it depends on, and there is no other way. MENTION: nothing holds
 * the two together, but a name in a function's body will not follow a rename. */
typedef enum DependencyKind { DEPEND_NORMAL, DEPEND_AUTO, DEPEND_CIRCLE, DEPEND_LINK, DEPEND_MENTION } DependencyKind;

typedef struct Dependency {
    Part dependent, referenced;
    DependencyKind kind;
    UseMade made;    /* by an expression, of a type */
} Dependency;

typedef LIST(Dependency) Dependencies;

/* Calls visit for everything that the object and its parts depend on; one thing may come several times. */
typedef void DependencyVisitor(void *context, const Dependency *dependency);
void object_each_dependency(const Schema *schema, const Object *object, DependencyVisitor *visit, void *context);

/* Something that stands in the way of a drop. */
typedef struct Dependent {
    Part part;
    Str what;      /* "column \"status\" of table \"vaults\"" */
    Span created;
} Dependent;

typedef LIST(Dependent) Dependents;

/* What a drop of the targets comes to. */
typedef struct Deletion {
    Dependents dependents;  /* what stands in its way; with `cascade`, what it takes along */
    Parts order;            /* dependents and targets, each after what depends on it; not what goes with another one */
} Deletion;

Deletion deletion_of(const Schema *schema, Parts targets);

/* What goes with the part by itself, each after what depends on it, the part last: indexes, triggers, … */
Parts deletion_automatic(const Schema *schema, Part part);

/* The change that drops the part: DROP, DROP_COLUMN, DROP_CONSTRAINT or SET of a default. */
Change part_drop(Part part, Span span);

Span part_created(const Schema *schema, Part part);
Str part_description(const Schema *schema, Part part);

/* What depends on the part by itself, without what goes with it. */
Dependents part_dependents(const Schema *schema, Part part);

bool expression_uses_column(const Expression *expression, ColumnId column);
bool expression_uses_object(const Expression *expression, ObjectId object);
bool index_uses_column(const Index *index, ColumnId column);

/* The operator class that is written in a key; "" for none. */
Str index_key_opclass(const IndexKey *key);

/* A column and nothing else: no collation, operator class or order. */
bool index_key_is_plain(const IndexKey *key);

/* Of the constraint's own table, not of the one a foreign key refers to. */
bool constraint_uses_column(const Constraint *constraint, ColumnId column);

/* Whether a foreign key to just these columns, in any order, can rest on it; a deferrable one cannot after all. */
bool constraint_serves(const Constraint *constraint, ColumnIds columns);
bool index_serves(const Index *index, ColumnIds columns);

#endif
