/* Reading a tree as a query; private to this folder.
 *
 * A level is a SELECT (or INSERT, UPDATE …) and what its FROM makes visible; levels know the one around them. The
 * server's names for the parts: ParseState, ParseNamespaceItem (src/include/parser/parse_node.h), and the rules are
 * those of transformStmt, transformFromClause and colNameToVar in src/backend/parser.
 *
 *   query.c         SELECT, set operations, the entry points
 *   query_from.c    FROM
 *   query_function.c  functions in it
 *   query_row.c     (row).* among the targets
 *   query_with.c    WITH
 *   query_change.c  INSERT, UPDATE, DELETE, MERGE
 *   query_write.c   where they write, through views; ON CONFLICT
 *   query_scope.c   columns by name
 *   query_group.c   aggregates, and what GROUP BY allows
 *   query_distinct.c  DISTINCT against ORDER BY
 *   query_type.c    types, as far as they are plain; query_collation.c, their collations
 *   query_check.c   what follows from types; query_compare.c, from those of values that are compared
 *   query_field.c   fields of rows
 *   query_text.c    the text that is kept
 *   row_filter.c    what a publication's condition may not hold
 */
#ifndef SQL_QUERY_H
#define SQL_QUERY_H

#include "expression.h"

typedef struct RangeItem RangeItem;

/* A column that can be named. */
typedef struct QueryColumn {
    Str name;
    Type type;
    ObjectId object;       /* the relation's column that it is, */
    ColumnId column;       /* 0: it is none */
    bool renamed;          /* by a list of aliases: its name is its own, whatever the column is called */
    Span span;             /* of one that comes out */
    const RangeItem *item; /* what it can be qualified with; NULL: nothing */
    uint32_t place;        /* in that item, from 1 */
} QueryColumn;

typedef LIST(QueryColumn) QueryColumns;

/* Something in FROM. */
struct RangeItem {
    unsigned number;           /* in the order of appearance */
    Str name;                  /* data == NULL: it cannot be named */
    const Table *table;        /* the relation; NULL: something else */
    size_t place;              /* of a relation's name in the text */
    bool aliased;
    bool own;                  /* a QueryRow that is */
    bool lent;                 /* a QueryRow that goes by its relation's name: no alias can keep an old one */
    bool open;                 /* has columns that are not known */
    bool system;               /* has ctid and the like */
    bool scalar;               /* a function of one column: its name is that column, too */
    bool sequence;
    QueryColumns columns;
};

/* An item as it is visible at a level. */
typedef struct Visible {
    RangeItem *item;
    bool columns, name;        /* by itself; as a qualifier */
    bool lateral;              /* only from what is LATERAL */
    bool lateral_refused;      /* and not from there either: of a RIGHT or FULL JOIN */
} Visible;

typedef LIST(Visible) VisibleList;

typedef struct QueryCte {
    const PgQuery__CommonTableExpr *tree;
    QueryColumns columns;
    bool open;
    bool modifies;             /* and returns nothing, when there are no columns */
    bool known;                /* its columns are */
    bool busy;                 /* being read: a reference to it is recursive */
    bool recursive;            /* refers to itself, */
    unsigned references;       /* and how often */
} QueryCte;

typedef LIST(QueryCte *) QueryCtes;

/* Where in a level something stands. ROW: in VALUES of one row, which is inserted. */
typedef enum QueryClause {
    CLAUSE_OTHER, CLAUSE_TARGET, CLAUSE_FROM, CLAUSE_ON, CLAUSE_WHERE, CLAUSE_GROUP, CLAUSE_HAVING, CLAUSE_ORDER,
    CLAUSE_WINDOW, CLAUSE_LIMIT, CLAUSE_VALUES, CLAUSE_ROW, CLAUSE_RETURNING, CLAUSE_SET
} QueryClause;

typedef struct QueryLevel QueryLevel;

struct QueryLevel {
    QueryLevel *outer;
    VisibleList visible;
    bool lateral;              /* what is LATERAL is being read */
    bool with_recursive;
    QueryCtes ctes;
    size_t ctes_before;        /* WITH without RECURSIVE: how many a name can mean yet */
    bool term;                 /* the recursive term of a recursive query */
    StrList windows;
    QueryClause clause;
    bool aggregate;            /* what is being read is an aggregate's argument, */
    const char *conditional;   /* or stands in an expression of this name, which may not come to it */
    bool aggregates;           /* there are some */
    bool windowed;             /* there are window functions */
    bool unsure;               /* a function of the migrations' own may be one */
};

/* A change to the text: what stands there is replaced. The uses count from the beginning of `text`. */
typedef struct QueryEdit {
    uint32_t offset, length;
    Str text;
    LIST(Use) uses;
} QueryEdit;

struct QueryReader {
    const QueryScope *scope;
    QueryLevel *level;
    unsigned items;            /* how many there are */
    Map resolved;              /* a ColumnRef → the QueryColumn * that it is */
    Map outputs;               /* a SelectStmt → its QueryColumns * */
    Map shapes;                /* a message → the Str * that stands for it in the shape */
    LIST(QueryEdit) edits;
    bool modifies;
    ObjectIds written;         /* the relations whose rows are changed */
    ColumnIds set;             /* by the UPDATE that it is */
    WriteBase base;            /* of the outermost SELECT */
    bool merges;               /* a MERGE is read */
    unsigned sublinks;         /* subqueries of expressions around what is being read, */
    unsigned nullable;         /* and outer joins of whose weak side it is a part */
    bool begins_term;          /* the next SELECT is a recursive term */
    StrList missing;           /* names that were reported not to stand in FROM */
    const PgQuery__SelectStmt *source;  /* whose rows an INSERT takes */
};

/* What a query's reader does itself with a message and what is below it. False: nothing, it is read as in any other
 * expression. */
bool query_read_message(Reader *reader, const ProtobufCMessage *message);

/* Prints a message for the shape, where it stands for something. */
bool query_print_message(const Reader *reader, const ProtobufCMessage *message, Text *out);

/* ------------------------------------------------------------------ what the parts share (query.c) */

#define READER_ARENA(r) (&(r)->names.sql->c->arena)

/* Reports, and marks the reader; label, note and help may follow. */
void query_report(Reader *r, DiagnosticCode code, Span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The identifier or other piece of SQL at a location of the tree. */
Span query_place(const Reader *r, int32_t location);

QueryLevel *query_push(Reader *r);  /* a level inside the present one */
void query_pop(Reader *r);

void query_read(Reader *r, const PgQuery__Node *node, QueryClause clause);  /* NULL is nothing */
void query_read_all(Reader *r, size_t count, PgQuery__Node *const *nodes, QueryClause clause);

/* A statement that can be a subquery, at a level of its own. */
QueryColumns query_select(Reader *r, const PgQuery__SelectStmt *select, bool *open);
QueryColumns query_statement(Reader *r, const PgQuery__Node *node, bool *open);
QueryKind query_kind(const PgQuery__Node *node);

/* SELECT's or RETURNING's list. */
QueryColumns query_targets(Reader *r, size_t count, PgQuery__Node *const *targets, bool *open);

/* Renames the first columns; the list grows where there are fewer, which is reported unless it is open. */
void query_rename(Reader *r, QueryColumns *columns, size_t count, PgQuery__Node *const *names, bool open, Span span);

/* Reports different numbers of columns. */
void query_report_count(Reader *r, Span span, size_t wanted, size_t found);

/* Gives a star among the targets, or among the values of a row, the shape of its columns. */
void query_shape_columns(Reader *r, const PgQuery__Node *node, QueryColumns columns, bool targets);

/* ------------------------------------------------------------------ rows among the targets (query_row.c) */

/* Whether a target is `(expression).*`; and its columns, `open` where they are not known. */
bool query_is_row(const PgQuery__Node *node);
void query_read_row(Reader *r, const PgQuery__ResTarget *target, QueryClause clause, QueryColumns *outputs, bool *open);

/* ------------------------------------------------------------------ FROM (query_from.c), WITH (query_with.c) */

void query_from(Reader *r, size_t count, PgQuery__Node *const *items);

/* A relation that a statement changes. NULL: reported. */
RangeItem *query_target_relation(Reader *r, const PgQuery__RangeVar *relation);

RangeItem *range_new(Reader *r, Str name, bool aliased);
void range_show(Reader *r, RangeItem *item, bool columns);
void range_add_column(Reader *r, RangeItem *item, Str name, Type type);
void range_add_table(Reader *r, RangeItem *item, const Table *table);  /* its columns */

/* The columns of a function in FROM; `name` is its alias, or its own. */
void query_add_function(Reader *r, RangeItem *item, const PgQuery__Node *node, Str name);

void query_with(Reader *r, const PgQuery__WithClause *with);

/* The CTE that a name means; NULL: none. Reads it where that was not done yet. */
QueryCte *query_find_cte(Reader *r, Str name);

/* Notes that the CTE is referred to in FROM, and refuses that where a recursive query may not. */
void query_use_cte(Reader *r, QueryCte *cte, Span span);

/* ------------------------------------------------------------------ changes of data (query_change.c)
 *
 * At a level that is theirs; RETURNING gives the columns. */

QueryColumns query_insert_into(Reader *r, const PgQuery__InsertStmt *insert, bool *open);
QueryColumns query_update(Reader *r, const PgQuery__UpdateStmt *update, bool *open);
QueryColumns query_delete(Reader *r, const PgQuery__DeleteStmt *delete, bool *open);
void query_merge(Reader *r, const PgQuery__MergeStmt *merge);

/* ------------------------------------------------------------------ where rows are written (query_write.c) */

/* A column that a statement writes. */
typedef struct ColumnWrite {
    ColumnId column;
    Span span;
    bool is_default;           /* nothing but DEFAULT is written */
    bool overridden;           /* OVERRIDING: what an identity may not be given is passed over, or it is given */
} ColumnWrite;

typedef LIST(ColumnWrite) ColumnWrites;

/* Whether the relation's rows can be changed like that, and its columns be written; through a view those that they
 * are. `conflict`: behind ON CONFLICT, which is an UPDATE of what is an INSERT. */
void query_check_writes(Reader *r, const RangeItem *item, RuleEvent event, bool conflict, ColumnWrites writes,
                        Span span);

/* ON CONFLICT: the index that it asks for must be there. */
void query_check_conflict(Reader *r, const RangeItem *item, const PgQuery__OnConflictClause *clause);

/* MERGE writes to tables only. */
void query_check_merge(Reader *r, const RangeItem *item, Span span);

/* ------------------------------------------------------------------ columns (query_scope.c) */

void query_column(Reader *r, const PgQuery__ColumnRef *reference);

/* What a bare name means in the FROM of the present level alone; NULL: nothing there. */
const QueryColumn *query_own_column(Reader *r, Str name);

/* The item that a qualifier means; NULL: none. */
RangeItem *query_find_item(Reader *r, Str schema, Str name);
void query_report_item(Reader *r, Str name, Span span);

/* The shape of a message. */
void query_set_shape(Reader *r, const ProtobufCMessage *message, Str shape);

/* What the reference was found to be; NULL: a whole row, or reported. */
const QueryColumn *query_resolved(const Reader *r, const PgQuery__ColumnRef *reference);
void query_resolve(Reader *r, const ProtobufCMessage *message, const QueryColumn *column);

/* The columns that `*` (item == NULL) or `item.*` comes to. */
QueryColumns query_star(Reader *r, const RangeItem *item, bool *open);

/* ------------------------------------------------------------------ groups (query_group.c) */

/* A call, in the clause where it stands; true: all of it was read. */
bool query_check_call(Reader *r, const PgQuery__FuncCall *call);

/* LIMIT and OFFSET, which know no rows of their own query. */
void query_read_limit(Reader *r, const PgQuery__SelectStmt *select);

/* DISTINCT and ORDER BY, once they were read (query_distinct.c). */
void query_check_distinct(Reader *r, const PgQuery__SelectStmt *select);

/* What is evaluated only in some cases; true: all of it was read. */
bool query_read_conditional(Reader *r, const ProtobufCMessage *message);

/* Columns outside of aggregates, where the level has groups; once all of it was read. */
void query_check_groups(Reader *r, const PgQuery__SelectStmt *select);

/* ------------------------------------------------------------------ types (query_type.c) */

/* The type of an expression whose names were looked up; unknown where it is not plain. */
Type query_type(Reader *r, const PgQuery__Node *node);

/* A string without a type, or NULL: it takes that of the others. */
bool query_is_literal(Type type);

/* The relation whose rows are of the type, or of a domain of it; NULL: none. */
const Table *query_row_relation(const Reader *r, const Type *type);

/* The type of a part of something, by subscripts and fields. */
Type query_part_type(const Reader *r, Type type, size_t count, PgQuery__Node *const *path);

/* The field that a name means of a row of the type, and the relation that makes that; NULL: none that is known. */
const ColumnInfo *query_field(const Reader *r, Type row, const PgQuery__Node *name, const Table **relation);

/* The same with its collation, where that is not the type's own (query_collation.c). */
Type query_collated_type(Reader *r, const PgQuery__Node *node);

/* Of several values in one place: CASE, UNION, VALUES, ARRAY. */
Type query_common_type(Type one, Type other);

/* A literal that comes out of a query without a type is text. */
Type query_settled_type(const Schema *schema, Type type);

/* An operator and what it is given. */
typedef struct QueryOperator {
    Str qualifier, name;
    bool prefix;               /* it has no left side */
    Type left, right;
} QueryOperator;

QueryOperator query_operator(Reader *r, const PgQuery__AExpr *expression);

/* Whether an operator, or a function, of the server or an extension takes what it is given, as far as that is known. */
bool query_operator_fits(const Reader *r, const QueryOperator *operator);
bool query_call_fits(Reader *r, const PgQuery__FuncCall *call);

/* The columns that come out of a SELECT which was read; NULL: it was not. */
const QueryColumns *query_outputs(const Reader *r, const PgQuery__SelectStmt *select);

/* Refuses values that are compared, and cannot be (query_compare.c). */
void query_check_compared(Reader *r, const ProtobufCMessage *message);

/* Refuses what follows from types (query_check.c); `condition`: what of the whole is to be a truth value; NULL: it is
 * not. */
void query_check_types(Reader *r, const ProtobufCMessage *tree, const char *condition);

/* What can be counted on of a call, operator, cast or value of the session, without what is below it; the best that is
 * possible, where the server would have to choose. */
CatalogVolatility query_volatility(Reader *r, const ProtobufCMessage *message);

/* The function of the server or an extension that is called and gives the type, where its results have names, or any of
 * several that have the same ones; NULL: there are no names, or it is not known which. */
const CatalogFunction *query_function_with_outputs(const Reader *r, const PgQuery__FuncCall *call,
                                                   const Type *type);

/* Whether the call may give rows of several columns; false: it gives one, whatever its type. */
bool query_call_gives_rows(const Reader *r, const PgQuery__FuncCall *call);

bool query_types_equal(const Type *one, const Type *other);
Type query_core_type(const Schema *schema, const char *name);

/* ------------------------------------------------------------------ rows that are told of (row_filter.c) */

void query_check_filter(Reader *r, const PgQuery__Node *condition);

/* ------------------------------------------------------------------ the text (query_text.c) */

void query_use(Reader *r, Use use);
bool query_is_placed(const Use *use);  /* somewhere in the text */

/* Whether an item is called by its table's own name, so that what stands before a column is a use; and that use. */
bool query_item_follows(const RangeItem *item);
Use query_qualifier(const RangeItem *item);

/* The fields of rows that stand behind an operand, or a column that is set (query_field.c). */
void query_use_fields(Reader *r, const PgQuery__AIndirection *node);
void query_use_set_fields(Reader *r, Type type, const PgQuery__ResTarget *target);

/* The last of them. object == 0: it is none, or not known. */
Use query_last_field(Reader *r, const PgQuery__AIndirection *node);

/* What depends on the column without naming it. */
void query_use_hidden(Reader *r, ObjectId object, uint32_t part);

/* What uses it depends on the key, which lets it use columns that it is not grouped by. */
void query_use_constraint(Reader *r, ObjectId table, ConstraintId key);

size_t query_name_count(const PgQuery__RangeVar *relation);  /* joined by dots */

/* The relation's name is a hole. */
void query_use_relation(Reader *r, const PgQuery__RangeVar *relation, const RangeItem *item);

void query_insert(Reader *r, size_t offset, Str text);
void query_replace(Reader *r, size_t offset, size_t length, Str text);

/* `*` becomes the columns; `named`: they keep their names when the columns get others. */
void query_expand(Reader *r, const PgQuery__ColumnRef *star, QueryColumns columns, bool named);

/* The same between two offsets; they keep their names. */
void query_expand_between(Reader *r, size_t start, size_t end, QueryColumns columns);
/* The token that subscripts and fields begin with, behind their operand or the column that is set; 0: not found. */
size_t query_path_start(Reader *r, const PgQuery__AIndirection *node);
size_t query_target_path_start(Reader *r, const PgQuery__ResTarget *target);

/* Where the name of a field stands, the n-th of a path. False: it was not found. */
bool query_field_place(Reader *r, size_t start, size_t field, Use *use);

/* The end of a target that begins at the location. */
size_t query_target_end(Reader *r, int32_t location);

/* NATURAL between the two becomes a USING of the columns. */
void query_spell_natural(Reader *r, const PgQuery__JoinExpr *join, StrList columns);

/* The first location in a tree; -1: none. */
int32_t query_first_location(const ProtobufCMessage *tree);

/* Where the reference's qualifiers begin, and where its last name stands. */
size_t query_offset(const Reader *r, int32_t location);

/* The text with its edits, its uses in order. */
void query_finish_text(Reader *r);

/* Holes of columns whose names a USING fixes are holes no more. */
void query_fix_kept(Reader *r);

#endif
