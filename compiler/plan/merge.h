/* Which changes of one table can be one ALTER TABLE, for which the server goes through the rows once. Private to this
 * folder, but for the types. */
#ifndef PLAN_MERGE_H
#define PLAN_MERGE_H

#include "change.h"

/* When the server does an action of a statement: all of one pass before those of the next, in their order within it
 * (AlterTablePass in src/backend/commands/tablecmds.c). What PostgreSQL 12 does before new columns are added, and later
 * ones behind that, is a pass here as well. */
typedef enum AlterPass { PASS_DROP, PASS_TYPE, PASS_ADD_COLUMN, PASS_NOT_NULL, PASS_LAST } AlterPass;

/* What of a column an action changes or relies on. */
enum { FACET_TYPE = 1, FACET_DEFAULT = 2, FACET_NULL = 4, FACET_ALL = 7 };

typedef struct Touch {
    ColumnId column;
    unsigned writes, reads;  /* facets */
} Touch;

/* An action that can share a statement. */
typedef struct Alteration {
    ObjectId table;
    bool only;
    bool reads_row;                /* as a whole, whatever its columns are */
    AlterPass pass;
    LIST(Touch) touches;
    const Constraint *constraint;  /* that it adds or drops; NULL: none */
    Str added, dropped;            /* the name of a column; data == NULL: none */
    Str action;
} Alteration;

typedef struct Alterations {
    Str head;                      /* "ALTER TABLE name" */
    uint32_t statement;            /* of the change, which shares one with all that have it; 0: as it may */
    LIST(const Alteration *) list;
} Alterations;

/* What the change does, in one statement; empty: it is said in another way, or stays by itself. `schema` is the one
 * before it. */
Alterations change_alterations(const Schema *schema, const Change *change);

/* Whether the second statement can be one with the first, without anything becoming other than if they are two. */
bool alterations_share(const Alterations *first, const Alterations *second);

/* "ALTER TABLE name …" with all actions. */
Str alterations_sql(Arena *arena, const Alterations *alterations);

#endif
