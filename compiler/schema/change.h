/* Changes: what a migration does, whichever way it was written. Everything behind the checker knows only these.
 *
 * A change refers to what is there by number, and carries what it adds whole, so that the same change can be applied
 * again to another copy of the schema (as the planner does) and dropped objects can come back as what they were.
 */
#ifndef SCHEMA_CHANGE_H
#define SCHEMA_CHANGE_H

#include "schema.h"

typedef enum ChangeKind {
#define CHANGE(KIND, Type, member, name) CHANGE_##KIND,
#include "changes.def"
#undef CHANGE
    CHANGE_KIND_COUNT
} ChangeKind;

typedef struct CreateChange {
    const Object *object;         /* complete, with its number */
} CreateChange;

typedef struct DropChange {
    ObjectId object;              /* a table takes its indexes with it */
} DropChange;

typedef struct AddColumnChange {
    ObjectId table;
    const ColumnInfo *column;
    ConstraintList constraints;   /* written at the column */
} AddColumnChange;

typedef struct DropColumnChange {
    ObjectId table;
    ColumnId column;              /* takes its indexes and constraints with it */
} DropColumnChange;

typedef struct RenameColumnChange {
    ObjectId table;
    ColumnId column;
    Str to;
} RenameColumnChange;

typedef struct SetDefaultChange {
    ObjectId table;
    ColumnId column;
    const Expression *expression; /* NULL: drop default */
} SetDefaultChange;

typedef struct SetNotNullChange {
    ObjectId table;
    ColumnId column;
    bool not_null;
} SetNotNullChange;

typedef struct AddConstraintChange {
    ObjectId table;
    const Constraint *constraint;
} AddConstraintChange;

typedef struct DropConstraintChange {
    ObjectId table;
    Str name;
} DropConstraintChange;

typedef struct RunSqlChange {
    Str sql;                      /* one statement, not followed by the model */
    StrList functions;            /* names of functions that it creates */
} RunSqlChange;

typedef struct Change {
    ChangeKind kind;
    Span span;                    /* the statement or item that says so */
    union {
#define CHANGE(KIND, Type, member, name) Type member;
#include "changes.def"
#undef CHANGE
    };
} Change;

typedef LIST(Change) ChangeList;

/* Changes the schema. The change has been checked: what cannot be is a bug. */
void change_apply(Schema *schema, const Change *change);

/* Appends what undoes the change, in the order in which it must run; `schema` is the one before the change. False:
 * nothing can be derived (RUN_SQL). */
bool change_invert(const Schema *schema, const Change *change, ChangeList *inverse);

/* One line, for `migc dump --stage changes`. `schema` is the one before the change. */
void change_print(const Schema *schema, const Change *change, Text *out);

#endif
