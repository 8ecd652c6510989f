/* Tables whose columns a composite type says (CREATE TABLE … OF); private to this folder. */
#ifndef CHECK_TYPED_H
#define CHECK_TYPED_H

#include "checker.h"

/* Gives the table, which is being created, the type's attributes as its columns, if it is to be of one. False:
 * reported. */
bool build_typed_columns(Checker *k, TableBuild *build, const NodeCreateTable *node);

/* The column that is written again, to say more of it: its number; 0: reported. */
ColumnId find_typed_column(Checker *k, TableBuild *build, const NodeColumn *node);

/* Whether the action of `alter table` leaves the columns what the type says. False: reported. */
bool check_typed_allows(Checker *k, const Table *table, const Node *action);

/* A table of a type has no parents. False: reported. */
bool check_not_typed(Checker *k, const Table *table, Span span, const char *what);

void check_set_of(Checker *k, const Table *table, const NodeSetOf *node);

/* What changes attributes of the type is to be done to the tables of the type as well, if that is said: they are of
 * none while it happens. False: it is not said, which was reported. */
bool free_typed_tables(Checker *k, const Table *type, const Node *action, ObjectIds *tables);
void follow_type(Checker *k, ObjectId type, const Node *action, ObjectIds tables);

/* Tables of a type that something takes columns from: they are of none while it happens. */
typedef struct TypedTable {
    ObjectId table, type;
} TypedTable;

typedef LIST(TypedTable) TypedTables;

TypedTables free_typed_columns(Checker *k, Span statement, Parts order);
void type_tables(Checker *k, Span statement, TypedTables typed);

#endif
