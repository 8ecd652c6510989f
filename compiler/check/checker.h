/* The checker's state and its parts; private to this folder. */
#ifndef CHECK_CHECKER_H
#define CHECK_CHECKER_H

#include "check.h"
#include "compare.h"
#include "depend.h"
#include "lookup.h"
#include "names.h"
#include "sql.h"

/* What undoes a change; nothing, where it leaves the schema as it is. */
typedef struct Inverse {
    ChangeList changes;
    bool known;
    ObjectKind dropped;    /* what a DROP drops */
} Inverse;

/* A function whose text names what was renamed or dropped by this migration. */
typedef struct Stale {
    ObjectId function;
    const Expression *text;   /* of the version that does */
    Str what, name;
    Span span;
} Stale;

struct Checker {
    Compilation *c;
    Arena scratch;         /* for what a proof needs */
    Syntax *syntax;
    Sql sql;
    Schema schema;         /* as it is at this point */
    const Catalog *catalog;
    Settings settings;
    uint32_t file;         /* of the migration being checked */
    ChangeList *changes;   /* what the statements so far come to */
    LIST(Inverse) inverses;  /* of each change of `up` */
    Losses *losses;        /* of `up`; NULL elsewhere */
    LIST(Stale) stale;
    ObjectId first;        /* objects from this number on are the migration's own */
    bool only;             /* in `alter table only` */
    const Table *row;      /* in an ALTER TABLE that is one statement, whatever its actions: the table before it */
    uint32_t statement;    /* and its number; 0: none */
    ObjectId home;         /* of the project's unqualified names: schema.home, but where search_path is set */
    StrList path;          /* what it is set to then; empty: the project's */
    Str maker;             /* of what is made: the role of CREATE SCHEMA's AUTHORIZATION; "": the session's */
    Map silenced;          /* names that were reported as unknown once */
    Map dropped;           /* names that were dropped → where (Span *) */
};

#define CHECKER_ARENA(k) (&(k)->c->arena)

/* Applies the change, and notes it and its inverse. */
void checker_change(Checker *k, Change change);

/* The same for an object that is made. */
void checker_create(Checker *k, Span span, const Object *object);

/* The same for a property. */
void checker_set(Checker *k, Span span, ObjectId object, Property property, uint32_t part, PropertyValue value);

/* `set search_path` (search_path.c): what names without a schema mean from here on; false: reported. */
bool check_search_path(Checker *k, const SqlStatement *statement);

/* Whether something of the kind may be made in the namespace, where expressions may name it without a schema. */
bool check_path_allows(Checker *k, ObjectKind kind, ObjectId namespace, Span span);

/* The namespaces of the path, while it is not the project's; none: it is. */
ObjectIds checker_path(const Checker *k);

/* The same path, after schemas came, went or got another name. */
void follow_search_path(Checker *k);

/* Puts the schema before the others of the path. */
void enter_schema(Checker *k, Str name);

/* The project's path again. */
void reset_search_path(Checker *k);

/* What the tree can hold and the checker cannot follow yet. */
void report_not_yet(Checker *k, Span span);

/* Whether what is defined at this point means what the compiler reads, whatever SET has changed. */
bool check_is_read_alike(Checker *k, Span span);

/* One statement of `up` or `down`. */
void check_statement(Checker *k, const Node *node);

/* ------------------------------------------------------------------ if [not] exists (condition.c) */

/* What is left of a statement, or an action on the object: what stands in the condition, or the node itself where it is
 * none; NULL: nothing is to be done. */
const Node *statement_to_check(Checker *k, const Node *node);
const Node *action_to_check(const Object *object, const Node *action);

/* What has the name, or owns a relation of the name; NULL: nothing, which is not reported. */
const Object *named_object(Checker *k, NameSpace space, const Ref *ref);

/* Whether the name is there, as whatever kind of object. */
bool is_named_there(Checker *k, ObjectWord word, const Ref *ref);

/* ------------------------------------------------------------------ names (name_check.c) */

/* The namespace of something that is to be made; 0: reported. */
ObjectId find_namespace(Checker *k, const Ref *ref);

/* That of something that is there, or would be if it were; 0: reported. */
ObjectId find_place(Checker *k, NameSpace space, const Ref *ref);

/* What a reference means; NULL: reported. */
const Table *find_table(Checker *k, const Ref *ref);
const Table *find_table_of_word(Checker *k, const Ref *ref, bool foreign);  /* foreign: one behind `foreign table` */
const Table *find_indexed(Checker *k, const Ref *ref);  /* a table, or a materialized view */
const ColumnInfo *find_column(Checker *k, const Table *table, Word name);
ColumnIds find_columns(Checker *k, const Table *table, WordList names, bool *complete);

const Constraint *find_constraint(Checker *k, const Table *table, Word name);

/* A name that something new is to have: not too long. False: reported. */
bool check_new_name(Checker *k, Word name);
bool check_column_name(Checker *k, const Table *table, Word name);  /* and free in the table */

/* The name must not be a relation's (table, index, sequence, key) or a type's of the namespace. False: reported. */
bool check_relation_is_free(Checker *k, ObjectId namespace, Word name);
bool check_type_is_free(Checker *k, ObjectId namespace, Word name);

/* Says that something was not found, once for each name, and what may have been meant. */
void report_unknown(Checker *k, DiagnosticCode code, ObjectKind kind, ObjectId namespace, Word name);

/* What should have been made, and was not because of an error: that it is not there is not said again. */
void silence(Checker *k, const char *kind, ObjectId namespace, Str name);
void silence_column(Checker *k, const Table *table, Str name);
void silence_constraint(Checker *k, const Table *table, Str name);

/* Whether it was silenced, or asked about, before; from now on it is. */
bool was_silenced(Checker *k, const char *kind, ObjectId namespace, Str name);   /* only asks */
bool is_silenced(Checker *k, const char *kind, ObjectId namespace, Str name);

/* Says what stands in the way of a drop. */
void report_dependents(Checker *k, Span span, Str what, Dependents dependents);

/* Drops the part; with cascade also what depends on it, one by one, without it says what does. `name` is what the
 * message points at. */
void check_deletion(Checker *k, Span statement, Part part, Span name, bool cascade);
/* The same for several parts, which may depend on one another; `names` are what messages point at. */
void check_deletions(Checker *k, Span statement, Parts parts, SpanList names, bool cascade);
void note_dropped(Checker *k, const char *kind, ObjectId namespace, Str name, Span span);

Fragment fragment_of(Checker *k, Span span);

/* False: reported as needing a newer server than the project's oldest. */
bool check_server(Checker *k, unsigned major, Span span, const char *feature);

/* ------------------------------------------------------------------ generated columns (virtual.c) */

/* Those of a new virtual column; `virtual` is the word, if it is written. */
bool check_virtual(Checker *k, const Table *table, const ColumnInfo *column, Span virtual, Span expression);
bool check_not_virtual(Checker *k, const ColumnInfo *column, Span span, const char *why);
bool check_no_virtual(Checker *k, const Table *table, ColumnIds columns, Span span, const char *why);
bool check_set_expression(Checker *k, const Table *table, const ColumnInfo *column, const NodeSetExpression *node,
                          const Expression **expression);

/* ------------------------------------------------------------------ parts of tables */

/* What `like` is to take over. */
typedef enum LikeOption {
    LIKE_COMMENTS = 1, LIKE_COMPRESSION = 2, LIKE_CONSTRAINTS = 4, LIKE_DEFAULTS = 8, LIKE_GENERATED = 16,
    LIKE_IDENTITY = 32, LIKE_INDEXES = 64, LIKE_STATISTICS = 128, LIKE_STORAGE = 256, LIKE_ALL = 511
} LikeOption;

typedef struct LikeCopy {
    const Table *source;
    unsigned options;
    Span span;
} LikeCopy;

/* While a table is put together, or a column is added to one: a copy of it that is not in the schema. */
typedef struct TableBuild {
    Table *table;
    NameScope names;
    bool exists;               /* rows may be there already */
    bool complete;             /* false: something was reported, and left out */
    LIST(const Expression *) contested;  /* defaults that another parent gives differently */
    ConstraintList inherited;  /* keys and foreign keys that a partition gets from its parent */
    ColumnIds serials;         /* columns that were written as serial, */
    LIST(Sequence *) sequences;  /* and their sequences */
    LIST(LikeCopy) likes;
} TableBuild;

/* `like`: its columns. False: reported. Its constraints come before the table's own foreign keys, its indexes and
 * statistics after the table. */
bool build_like(Checker *k, TableBuild *build, const NodeLike *node);
void build_copied_constraints(Checker *k, TableBuild *build);
void create_copied_indexes(Checker *k, const TableBuild *build);
void create_copied_statistics(Checker *k, const TableBuild *build);

/* Of a column's own sequence; that it is no type's is checked, too. */
Str choose_sequence_name(Checker *k, TableBuild *build, const ColumnInfo *column);

/* The column was written as serial, and is to have a sequence. */
void note_serial(Checker *k, TableBuild *build, const NodeColumn *node, ColumnId column);

/* The sequences of serial columns: they are made before what has the columns, and owned by them after it. */
void create_sequences(Checker *k, Span span, const TableBuild *build);
void own_sequences(Checker *k, Span span, const TableBuild *build);

/* Takes a written name for a relation that comes with the table: a key's index, a sequence. False: it is taken, by
 * what is in the schema or by the same statement, which was reported. */
bool take_relation_name(Checker *k, TableBuild *build, Word name);

/* The column with its name and type. Its number is the table's next. False: reported, nothing was added. */
bool build_column(Checker *k, TableBuild *build, const NodeColumn *node);

/* Its clauses but for constraints: null, default, generated, identity. */
void build_column_clauses(Checker *k, TableBuild *build, ColumnInfo *column, const NodeColumn *node);

/* The constraints of a table or column, in the order in which the server makes them up a name: all checks, the
 * primary key, the unique keys, the foreign keys. `column` is 0 for constraints of the table. */
typedef struct PendingConstraint {
    const Node *node;
    ColumnId column;
} PendingConstraint;

typedef LIST(PendingConstraint) PendingConstraints;

/* A copy of the table to try things on. */
TableBuild begin_build(Checker *k, const Table *table);

void collect_constraints(Checker *k, const NodeColumn *node, ColumnId column, PendingConstraints *pending);
void build_constraints(Checker *k, TableBuild *build, PendingConstraints pending);

/* An expression of the table. NULL: reported. */
const Expression *build_expression(Checker *k, const Table *table, ExpressionPlace place, Span span);

/* The default of a column, or of a domain (table NULL), of the type; false: reported. *expression is NULL where the
 * default is null. */
bool read_default(Checker *k, const Table *table, const Type *type, Span span, const Expression **expression);

StorageOptions build_options(Checker *k, Str kind, NodeList nodes);

/* Sets options: those of the same name are replaced. */
void options_merge(Checker *k, StorageOptions *options, StorageOptions new);

/* `reset (…)`; false: reported. */
bool options_reset(Checker *k, StorageOptions *options, NodeList nodes);

/* What `set (…)` or `reset (…)` makes of the storage parameters. False: reported. */
bool changed_options(Checker *k, Str kind, StorageOptions before, const Node *action, StorageOptions *after);

bool is_integer_type(const Type *type);
void build_identity(Checker *k, TableBuild *build, ColumnInfo *column, const NodeIdentity *node);

/* False: reported. */
bool check_single_primary_key(Checker *k, const Table *table, const NodeKey *node);

enum { KEY_COLUMNS_MAXIMUM = 32 };  /* INDEX_MAX_KEYS */

/* btree where none is written. NULL: reported. */
const CatalogAccessMethod *find_index_method(Checker *k, Word name);

/* Reports what the method is not able to do, and is false. */
bool method_cannot(Checker *k, const CatalogAccessMethod *method, Span span, const char *what);

/* What a key asks of its method: an operator class, which is looked up, an order. Notes the extensions that it uses.
 * *opclass is NULL where it is not known. False: reported. */
bool check_index_key(Checker *k, ObjectIds *uses, const CatalogAccessMethod *method, SqlIndexKey *key, Span span,
                     const CatalogOpclass **opclass);

/* But for its name. False: reported. */
bool build_exclusion(Checker *k, TableBuild *build, const NodeExclusion *node, Constraint *constraint);

/* Columns of a key that must be indexable: by the method's default operator class. False: reported. */
bool check_indexable(Checker *k, const ColumnInfo *column, Str method, Span span);

/* data == NULL: the default one. False: reported. */
bool check_tablespace(Checker *k, Word name, Str *tablespace);
bool check_table_method(Checker *k, const Table *table, Word name, Str *method);

/* The same of what is made: what is written, or else what SET has chosen. */
bool choose_tablespace(Checker *k, Word written, Str *tablespace);
bool choose_table_method(Checker *k, Word written, Str *method);

/* A statistics target, plus 1; 0: the default. `created` is what it is of. False: reported. */
bool read_statistics(Checker *k, Span span, Span created, int32_t *value);

/* data == NULL: none, which an empty comment is too. */
Str comment_text(const NodeComment *node);

/* An index of a table: one of its own, or that of a constraint. */
typedef struct TableIndex {
    uint32_t id;                /* of the index or the constraint */
    const Index *index;         /* NULL: of a constraint */
    const Constraint *key;
    Span created;
} TableIndex;

/* False: reported. */
bool find_table_index(Checker *k, const Table *table, Word name, TableIndex *found);

/* The columns that are its keys. */
ColumnIds table_index_columns(Arena *arena, const TableIndex *found);

/* ------------------------------------------------------------------ actions of `alter table` */

/* Renames a constraint, and the index of its name. */
void rename_constraint(Checker *k, Span span, const Table *table, const Constraint *constraint, Word name);

/* What is asked of a column, and of those that inherit it, which change with it. */
typedef bool ColumnCheck(Checker *k, const Table *table, const ColumnInfo *column, Span span);
bool check_family(Checker *k, const Table *table, const ColumnInfo *column, Span span, ColumnCheck *check);

/* One action, whatever it is. */
void check_table_action(Checker *k, ObjectId id, const Node *written);

/* Each of these: false when the action is none of its kind. */
bool check_constraint_action(Checker *k, const Table *table, const Node *action);
bool check_table_setting(Checker *k, const Table *table, const Node *action);
bool check_column_setting(Checker *k, const Table *table, const ColumnInfo *column, const Node *action);

/* What a compression that is written comes to. False: reported. */
bool read_compression(Checker *k, const ColumnInfo *column, const NodeSetCompression *node, Str *compression);
void check_alter_column(Checker *k, ObjectId id, const NodeAlterColumn *node);
void check_set_type(Checker *k, const Table *table, const ColumnInfo *column, const NodeSetType *node);
/* Nothing stands in the way of another type that is stored as a tree of expressions. False: reported. */
bool check_type_unused(Checker *k, const Table *table, const ColumnInfo *column, const NodeSetType *node);
void check_set_comment(Checker *k, ObjectId object, const NodeComment *node);

/* ------------------------------------------------------------------ statements */

/* The head of an object that a statement creates. */
Object new_object(Checker *k, ObjectKind kind, ObjectId namespace, Word name);

/* False: it is the project's own schema, which was reported. */
bool check_not_home(Checker *k, const Object *object, const Ref *ref);

/* Whether the types of an extension have room in the schema. False: reported. */
bool check_brought_types(Checker *k, Word name, const CatalogExtension *catalog, ObjectId home);

void report_unknown_constraint(Checker *k, const Object *object, Word name);

void check_backfill(Checker *k, const NodeBackfill *node);
void check_require(Checker *k, const NodeRequire *node);
void check_call_native(Checker *k, const NodeCallNative *node);
void check_alter_schema(Checker *k, const NodeAlterSchema *node);
void check_alter_extension(Checker *k, const NodeAlterExtension *node);

/* Whether the object may have the name in the namespace. False: reported. */
bool check_object_name_is_free(Checker *k, const Object *object, ObjectId namespace, Word name);

/* `rename to`, `set schema` and `owner to`, of any object. False: the action is another one. */
bool check_object_action(Checker *k, ObjectId id, const Node *action);

/* A role as SQL. */
Str role_sql(Checker *k, Word role);
void check_new_owner(Checker *k, Span span, ObjectId id, Str new);   /* what the roles may do changes with it */

/* Free, and not one of the server's. False: reported. */
bool check_schema_name(Checker *k, Word name);

/* An enum, a domain or a composite type, as the kind says; NULL: reported. */
const Object *find_made_type(Checker *k, const Ref *ref, ObjectKind kind);

/* A column or attribute of the type would not make the relation a part of itself. False: reported. */
bool check_not_inside(Checker *k, const Table *relation, const Type *type, Span span);

/* No column has the relation's rows in it, which the server would have to rewrite. False: reported. */
bool check_not_held(Checker *k, const Table *relation, Span span);
bool check_rows_not_held(Checker *k, const Table *table, Span span);  /* of it and those below it: table_rows_held() */

/* Nothing has values of the type in it: see type_holder(). False: reported. */
bool check_no_holder(Checker *k, const Object *type, bool as_they_are, Span span);

void check_create_domain(Checker *k, const NodeCreateDomain *node);
void check_alter_domain(Checker *k, const NodeAlterDomain *node);
void check_create_type(Checker *k, const NodeCreateType *node);
void check_alter_type(Checker *k, const NodeAlterType *node);

/* A sequence that can be dropped; NULL: reported. */
const Object *find_sequence(Checker *k, const Ref *ref);

void check_create_sequence(Checker *k, const NodeCreateSequence *node);
void check_alter_sequence(Checker *k, const NodeAlterSequence *node);
void check_create_schema(Checker *k, const NodeCreateSchema *node);
void check_create_extension(Checker *k, const NodeCreateExtension *node);
void check_create_enum(Checker *k, const NodeCreateEnum *node);
void check_alter_enum(Checker *k, const NodeAlterEnum *node);
void check_create_table(Checker *k, const NodeCreateTable *node);
void check_create_index(Checker *k, const NodeCreateIndex *node, const Table *table);
void check_alter_index(Checker *k, const NodeAlterIndex *node);
void check_drop(Checker *k, const NodeDrop *node);
void check_alter_table(Checker *k, const NodeAlterTable *node);
/* A statement of `sql { … }` about what only SQL defines. */
void check_definition(Checker *k, const SqlStatement *statement);

/* False: some of it changes nothing that the model knows, and is to run as it is written. */
bool check_grant(Checker *k, Span span, const SqlDefinition *statement);
SqlFinder sql_finder(Checker *k);

/* Notes which functions' texts the change makes stale; reports those that are still so. */
void note_change(Checker *k, const Change *change);
void report_stale(Checker *k);
void check_set_trigger(Checker *k, const Table *table, const NodeSetTrigger *node);
void check_sql_block(Checker *k, const NodeSqlBlock *node);

/* What a statement of SQL alters, by its kind in the model (settle.c). */
Node *settle_kind(Checker *k, Node *node);

/* ------------------------------------------------------------------ what is made of queries */

void check_create_view(Checker *k, const NodeCreateView *node);
void check_alter_view(Checker *k, const NodeAlterView *node);
void check_refresh(Checker *k, const NodeRefresh *node);
const Object *find_dropped_view(Checker *k, const Ref *ref, bool materialized);
void check_create_table_as(Checker *k, const NodeCreateTableAs *node);
void check_create_rule(Checker *k, const NodeCreateRule *node);
void check_drop_rule(Checker *k, const NodeDropRule *node);
void check_rename_rule(Checker *k, const NodeRenameRule *node);
void check_set_rule(Checker *k, const Table *table, const NodeSetRule *node);
void check_comment_on_rule(Checker *k, const NodeCommentOn *node);

/* A SELECT that is kept. NULL: reported. */
/* Whether no materialized view without data keeps the query from being run. Whether it really comes to it the
 * server's planner decides, which need not be guessed at. */
bool check_can_be_read(Checker *k, const Expression *query, Span span);

const SqlQuery *check_query(Checker *k, Fragment fragment, const char *place);

/* The columns that the query gives, under the names as far as there are some. False: reported. */
bool build_query_columns(Checker *k, Table *table, WordList names, const SqlQuery *query);

/* ------------------------------------------------------------------ comments (comment.c) */

/* What `drop` and `comment on` name. NULL: reported. */
const Object *find_by_word(Checker *k, ObjectWord kind, const Ref *ref);

void check_comment_on(Checker *k, const NodeCommentOn *node);

/* A column of a relation, by the names in a comment or label. False: reported. */
bool find_subject_column(Checker *k, const Ref *ref, Word name, ObjectId *relation, ColumnId *column);

/* ------------------------------------------------------------------ security labels (security_label.c) */

typedef struct LabelSubject {
    ObjectId object;
    ColumnId column;   /* 0: the object itself */
} LabelSubject;

/* provider "": the only one there is; label.data == NULL: none any more. */
void set_security_label(Checker *k, Span span, LabelSubject subject, Str provider, Str label);

void check_security_label(Checker *k, const NodeSecurityLabel *node);

/* ------------------------------------------------------------------ the way down (down.c) */

/* Checks the way down of a migration whose `up` was applied from the mark on, and fills in `migration`. Leaves the
 * schema as it is after `up`. `sound` is false when something of `up` was reported: then nothing is proved. */
/* ------------------------------------------------------------------ squashes (replaces.c) */

/* A name as the tracking table has it. False: reported. */
bool check_stored_name(Checker *k, Literal name);

void check_replaces(Checker *k, const NodeReplaces *node, MigrationInfo *migration);

/* Of all migrations: what is replaced is so once, and is not there. */
void check_squashes(Checker *k, const History *history, ParsedMigrations parsed);

/* ------------------------------------------------------------------ lints (lint.c) */

/* `lint { … }` in db/project.mig. */
void lints_read(Compilation *c, const NodeLints *node);

void check_allow(Checker *k, const NodeMigration *tree, const NodeAllow *allow);

/* Where nothing is wrong: what is allowed, and does not happen. */
void excuses_report_unused(Compilation *c);

void report_lossy_down(Checker *k, const MigrationInfo *migration, Span down);

/* Foreign keys that the migration made since the mark. */
void report_unindexed_keys(Checker *k, size_t before);

void check_down(Checker *k, const NodeMigration *tree, MigrationInfo *migration, size_t before, bool sound);

#endif
