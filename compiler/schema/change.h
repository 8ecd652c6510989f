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

typedef enum Property {
#define PROPERTY(NAME, PART, Type, member, name, where) PROPERTY_##NAME,
#include "properties.def"
#undef PROPERTY
    PROPERTY_COUNT
} Property;

typedef struct CreateChange {
    const Object *object;         /* complete, with its number */
} CreateChange;

typedef struct DropChange {
    ObjectId object;              /* what goes with it by itself (depend.h) is not named */
} DropChange;

/* CREATE OR REPLACE of something that is there: its new version, under its number. */
typedef struct ReplaceChange {
    const Object *object;
} ReplaceChange;

/* A value of a property, as the member that it is for has it. */
typedef union PropertyValue {
    bool flag;
    int32_t number;
    ObjectId object;
    Str text;                     /* data == NULL: none */
    const Expression *expression; /* NULL: none */
    StorageOptions options;
    KeyStatistics statistics;
    LabelList labels;
    Identity identity;
    const CatalogType *type;
    NotNull not_null;
    SequenceSettings settings;
    SequenceOwner owner;
    ReplicaIdentity replica;
    ConstraintTiming timing;
    RuleFiring firing;
    Privileges privileges;
    Attributes attributes;
} PropertyValue;

/* Where a sequence goes on: data, not schema. */
typedef struct Restart {
    bool wanted;
    bool if_outside;              /* only where it is outside of the bounds that it gets */
    int64_t value;
} Restart;

typedef struct SetChange {
    ObjectId object;
    Property property;
    uint32_t part;                /* the column or constraint; 0 for a property of the object itself */
    PropertyValue value;
    Restart restart;              /* said along with new settings of a sequence, so that it is within its bounds */
} SetChange;

typedef struct AddColumnChange {
    ObjectId table;
    const ColumnInfo *column;
    ConstraintList constraints;   /* written at the column */
} AddColumnChange;

typedef struct DropColumnChange {
    ObjectId table;
    ColumnId column;
} DropColumnChange;

/* The default is converted: what it was written as may read otherwise for the new type. Storage and compression become
 * those of the new type. */
typedef struct SetTypeChange {
    ObjectId table;
    ColumnId column;
    Type type;
    const Expression *conversion; /* USING; NULL: the cast */
    const Expression *expression; /* the default then; NULL: none */
} SetTypeChange;

/* A generated column becomes an ordinary one and keeps its values. */
typedef struct DropExpressionChange {
    ObjectId table;
    ColumnId column;
} DropExpressionChange;

typedef struct AddConstraintChange {
    ObjectId table;
    const Constraint *constraint;
} AddConstraintChange;

typedef struct DropConstraintChange {
    ObjectId table;
    ConstraintId constraint;
} DropConstraintChange;

/* An index becomes that of a key, which has the index's number from then on. */
typedef struct AdoptIndexChange {
    ObjectId table;
    const Constraint *constraint;
} AdoptIndexChange;

/* `attach partition` or `inherit`: the relation, with all its columns there already, is one more child. */
typedef struct InheritChange {
    ObjectId table, parent;
    const Bound *bound;           /* NULL: plain inheritance */
} InheritChange;

typedef struct DisinheritChange {
    ObjectId table, parent;
    bool concurrently;
} DisinheritChange;

typedef struct RestartChange {
    ObjectId object;              /* the sequence, or the table of an identity column */
    ColumnId column;              /* 0: a sequence */
    Restart restart;
} RestartChange;

/* Rows that are given values, batch by batch in the order of a key: data, which nothing undoes. */
typedef struct BackfillChange {
    ObjectId table;
    Str set;                      /* what stands behind SET */
    Str where;                    /* data == NULL: all rows */
    ColumnIds columns;            /* that it sets */
    ColumnIds key;                /* unique and not null */
    uint32_t batch;               /* rows at once; 0: whatever the runtime takes */
    uint32_t pause;               /* milliseconds between batches */
} BackfillChange;

/* What must be so, or the migration ends here. */
typedef struct RequireChange {
    Str what;
    Str condition;                /* one expression, with subqueries */
    ObjectIds path;               /* as of RunSqlChange */
} RequireChange;

/* A function in C, of the project's own. What it changes is not known. */
typedef struct NativeChange {
    Str function;
} NativeChange;

/* What a statement is about whose effect the model does not know. */
typedef struct Unfollowed {
    StrList names;                /* all that it names; none: it leaves the schema as it is */
    bool executes;                /* SQL that is put together when it runs, and may name other things */
} Unfollowed;

typedef struct RunSqlChange {
    Str sql;                      /* one statement, not followed by the model */
    ObjectIds path;               /* where its unqualified names are looked for; none: as the project says */
    bool passes;                  /* a setting of the session, or maintenance: there is nothing to undo */
    ObjectIds written;            /* the relations whose rows it changes, */
    bool contained;               /* and it changes nothing else */
    Unfollowed unfollowed;
} RunSqlChange;

typedef LIST(struct Change) ChangeList;

typedef struct Change {
    ChangeKind kind;
    Span span;                    /* the statement or item that says so */
    bool concurrent;              /* outside a transaction: an index without blocking writes, or VACUUM and its like */
    bool after_commit;            /* it uses an enum label that an earlier migration adds, which must be committed */
    bool only;                    /* `alter table only`: not what inherits from it */
    uint32_t statement;           /* not 0: one ALTER TABLE with the others of the number, which all read the row as it
                                   * is before it */
    bool complete;                /* `along` has been worked out: */
    ChangeList along;             /* what the server does by itself (inherit.h), */
    size_t before;                /* and how many of it come before the change, to mark what does not go with a drop */
    ChangeList known;             /* what may come along and was there before: it gets its number back */
    union {
#define CHANGE(KIND, Type, member, name) Type member;
#include "changes.def"
#undef CHANGE
    };
} Change;

/* The value of a property now; the property of something that is there. */
PropertyValue property_value(const Schema *schema, ObjectId object, Property property, uint32_t part);

const char *property_name(Property property);

/* Whether it has any value: not NULL, 0 or false. */
bool property_is_set(const Schema *schema, ObjectId object, Property property, uint32_t part);

/* Whether only a statement of its own says it, not the one that creates the thing. */
bool property_is_separate(Property property);

/* Whether it follows from what happens to other things. */
bool property_is_along(Property property);

/* Whether it is separate and comes behind everything else, where a whole schema is made. */
bool property_is_late(Property property);

/* A copy of the object as it is before its late properties are set, to be changed at will. */
Object *object_without_late(const Schema *schema, ObjectId id);

bool property_is_of_object(Property property, ObjectKind kind);
bool property_is_of_column(Property property);
bool property_is_of_constraint(Property property);

/* Changes the schema. The change has been checked and is complete (inherit.h): what cannot be is a bug. */
void change_apply(Schema *schema, const Change *change);

/* Appends what undoes the change, in the order in which it must run; `schema` is the one before the change. Nothing
 * undoes what leaves the schema as it is. False: nothing can be derived, as for RUN_SQL. */
bool change_invert(const Schema *schema, const Change *change, ChangeList *inverse);

/* One line, for `migc dump --stage changes`. `schema` is the one before the change. */
void change_print(const Schema *schema, const Change *change, Text *out);

#endif
