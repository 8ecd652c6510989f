/* Inheritance and partitions: what the server does to children when something happens to their parent, in
 * tablecmds.c (ATSimpleRecursion, ATExecAddColumn, MergeAttributesIntoExisting, …) and indexcmds.c.
 *
 * The checker knows the statement on the parent, and the planner writes it as one statement. What it does to children
 * is worked out in one place, change_complete(), and goes along with the change: `along` is a list of plain changes,
 * which apply like any others and are never written as SQL. */
#ifndef SCHEMA_INHERIT_H
#define SCHEMA_INHERIT_H

#include "change.h"
#include "depend.h"

/* Works out what goes along with the change, which has not been applied: `schema` is the one before it, and as it was
 * afterwards. What is complete already stays as it is. */
void change_complete(Schema *schema, Change *change);

/* The relation that the change alters, by its number; 0: none. */
ObjectId change_relation(const Change *change);

bool table_is_partitioned(const Table *table);

/* The relations that inherit from it, in the order of their creation; partitions also in that of their bounds, in which
 * the server goes through them when it makes indexes. */
ObjectIds table_children(const Schema *schema, ObjectId table);
ObjectIds table_partitions(const Schema *schema, ObjectId table);
bool table_has_children(const Schema *schema, ObjectId table);

/* The row triggers of a table, and of those that it is a part of, that a partition would keep a copy of when it leaves,
 * which could not be dropped then (DropClonedTriggersFromPartition in tablecmds.c): they go before, and come back. */
ObjectIds triggers_kept(const Schema *schema, ObjectId table);

/* All that inherit from it in some way, parents before children, each once. */
ObjectIds table_descendants(const Schema *schema, ObjectId table);

/* The columns and constraints of descendants that are what this one is, parents before children. */
Parts column_heirs(const Schema *schema, ObjectId table, ColumnId column);
Parts constraint_heirs(const Schema *schema, ObjectId table, ConstraintId constraint);

/* Those whose property is set when this one's is. */
Parts property_heirs(const Schema *schema, const SetChange *set);

/* The index or constraint that another is a part of: `parent` of an Index or of a Constraint of the relation. */
Part key_part(const Schema *schema, ObjectId holder, uint32_t parent);

/* What the part is inherited from, or a part of; object == 0: nothing. */
Part part_above(const Schema *schema, Part part);

/* The same at the top: itself if it is not inherited. */
Part part_origin(const Schema *schema, Part part);

/* What says, as `known` of a change, that columns and constraints which come along keep their numbers. */
ChangeList known_numbers(const Schema *schema, Parts parts);

/* A foreign key that the server made beside another one of the table, for a partition of what that refers to. */
bool constraint_is_shadow(const Table *table, const Constraint *constraint);

/* From this version on it is named after that one. What it is called on older servers matters to nobody: a project that
 * has both cannot know it. */
enum { SHADOWS_NAMED_SINCE = 18 };

/* The expression, which is a part of one relation, for another that has columns of the same names. */
const Expression *expression_for(const Schema *schema, const Expression *expression, const Table *from,
                                 const Table *to);

/* The default, or the expression that generates it, of the first parent that has one for the column, as the child's;
 * NULL: there is none. */
const Expression *default_of_parents(const Schema *schema, const Table *table, Str column);

/* The same of one that is about the relation, and names it. */
const Expression *expression_about(const Schema *schema, const Expression *expression, const Table *from,
                                   const Table *to);

/* The indexes, keys and foreign keys that are parts of others, and that a change of the column's type makes anew: they
 * get new names and lose what was their own; and what gives them that again (remake.c). */
Parts parts_remade(const Schema *schema, ObjectId table, ColumnId column);
ChangeList remade_settings(const Schema *schema, Parts parts);

/* A table's clones (constraint_is_clone), and what gives those that came back along with something their names and the
 * rest. */
Parts table_clones(const Schema *schema, const Table *table);
ChangeList clone_settings(const Schema *schema, Parts clones);

/* Whether partitions of the relation have its identities: from 17 on. */
bool identity_is_shared(const Schema *schema, const Table *parent);

/* What a child has of the identity of a column of its parent: that it is one, by the parent's sequence; or nothing. */
Identity identity_below(const Schema *schema, const Table *parent, const Identity *identity);

/* Whether partitions below the relation have such identities, which they would not get when it is attached. */
bool identity_is_out_of_reach(const Schema *schema, const Table *parent, const Table *child);

/* Whether both checks say the same, each about its own table. */
bool check_is_same(const Schema *schema, const Table *a, const Constraint *check, const Table *b,
                   const Constraint *other);

/* Whether the key of an index or constraint holds all columns of the partition key; the first that is missing else. */
const ColumnInfo *partition_key_missing(const Table *table, ColumnIds columns);
bool partition_key_has_expression(const Table *table);
bool partition_key_uses(const Table *table, ColumnId column);

#endif
