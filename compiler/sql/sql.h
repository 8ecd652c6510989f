/* SQL inside the language, read by PostgreSQL's own parser (libpg_query, the grammar of PostgreSQL 15).
 *
 * The only folder that sees libpg_query. What comes out is the model's or the language's: types, expressions with the
 * columns that they use; the statements of a block, lowered into the language's own tree where it has them.
 */
#ifndef SQL_SQL_H
#define SQL_SQL_H

#include "change.h"
#include "fragment.h"
#include "report.h"
#include "schema.h"
#include "sequence.h"
#include "syntax.h"

/* How the checker looks a name up: what is not there it reports, once for each. */
typedef struct SqlFinder {
    void *checker;
    ObjectId (*namespace)(void *checker, const Ref *ref);
    const Table *(*table)(void *checker, const Ref *ref);
    const ColumnInfo *(*column)(void *checker, const Table *table, Word name);
    /* Whether one of the kind and name was not made because of an error: that it is not there is not said again. */
    bool (*silenced)(void *checker, ObjectKind kind, Str name);
} SqlFinder;

/* What SET has changed. */
typedef struct SqlSettings {
    bool trusts_bodies;    /* the server takes the texts of functions as they are, without looking into them */
    Str tablespace;        /* where tables and indexes are made; data == NULL: in the database's own */
    Str method;            /* of tables and materialized views; data == NULL: heap */
    uint32_t readings;     /* what is not as the compiler takes it to be, a bit each (sql_is_read_otherwise) */
} SqlSettings;

typedef struct Sql {
    Compilation *c;
    SqlFinder finder;  /* set by the checker, likewise the next one */
    Syntax *syntax;
    Map trees;        /* what was parsed before, by text */
    Map temporary;    /* names of temporary relations at this point */
    unsigned major;   /* oldest server supported: decides what modifiers a type takes */
    SqlSettings settings;  /* at this point */
    bool needs_commit;  /* what was read since this was last cleared uses a label that another migration adds */
    Map *silenced;    /* by silence_key: what was reported as unknown; NULL: nothing is */
} Sql;

Sql sql_new(Compilation *c, unsigned major);

/* ------------------------------------------------------------------ types */

typedef struct SqlType {
    Type type;
    bool serial;   /* smallserial, serial or bigserial: type is the integer */
} SqlType;

/* A column's type, with its collation. What is not known is reported, and gives a Type without a catalog type. */
SqlType sql_type(Sql *sql, const Schema *schema, const Fragment *fragment);

/* ------------------------------------------------------------------ expressions */

/* Where an expression stands decides what it may hold (manual, CREATE TABLE and CREATE INDEX). */
typedef enum ExpressionPlace {
    PLACE_DEFAULT,
    PLACE_CHECK,
    PLACE_GENERATED,
    PLACE_INDEX,
    PLACE_PREDICATE,
    PLACE_PARTITION,   /* a partition key */
    PLACE_BOUND,       /* a value of a partition's bound */
    PLACE_CONVERSION,  /* USING, behind a column's new type */
    PLACE_DOMAIN       /* a domain's check, where `value` is the value */
} ExpressionPlace;

typedef struct ExpressionScope {
    const Schema *schema;
    const Table *table;    /* whose columns it may name; not in the schema yet while it is being created; NULL: none */
    ExpressionPlace place;
    const Type *type;      /* that a constant is to have, DOMAIN: that `value` has; NULL: not known */
} ExpressionScope;

/* NULL: it was reported. */
const Expression *sql_expression(Sql *sql, ExpressionScope scope, const Fragment *fragment);

/* The type of one that sql_expression() has taken, and that names no column. Without a catalog type: not known, or that
 * of whatever it is given to, as of a string. */
Type sql_expression_type(Sql *sql, ExpressionScope scope, const Fragment *fragment);

/* The string that the fragment is, with or without a cast; data == NULL: it is something else. */
Str sql_string_constant(Sql *sql, const Fragment *fragment);

/* Whether the server keeps nothing of the default of scope.type: of a null constant it does not, unless something has
 * to be done to make it one of the type (AddRelationNewConstraints() in src/backend/catalog/heap.c, DefineDomain() in
 * src/backend/commands/typecmds.c). */
bool sql_is_no_default(Sql *sql, ExpressionScope scope, const Fragment *fragment);

/* True when the fragment is NULL, without a cast. */
bool sql_is_null(Sql *sql, const Fragment *fragment);

/* One key of an index. */
typedef struct SqlIndexKey {
    const Expression *expression;  /* NULL: it was reported */
    const ColumnInfo *column;      /* NULL: an expression */
    Type type;                     /* without a catalog type: not known */
    Str name;                      /* what the key adds to a name that the server makes up */
    Str opclass;                   /* as named; data == NULL: the default one */
    Str opclass_schema;            /* that it was qualified with; "" for none */
    bool opclass_options;
    bool ordered;                  /* asc, desc, nulls first or nulls last was written */
} SqlIndexKey;

SqlIndexKey sql_index_key(Sql *sql, ExpressionScope scope, const Fragment *fragment);

/* What rows a partition takes: `for values …` or `default`. */
typedef struct SqlBound {
    Bound *bound;                 /* NULL: it was reported */
    PartitionStrategy strategy;   /* that it is written for; NONE: default */
} SqlBound;

/* scope.table is the partitioned table. */
SqlBound sql_bound(Sql *sql, ExpressionScope scope, const Fragment *fragment);

/* ------------------------------------------------------------------ queries
 *
 * A query's names are looked up in its own FROM, level by level, and then in what its surroundings lend it: the rows
 * and variables of its scope. The expression that comes out names by number all that it uses, so that renames are
 * followed; what is kept is rewritten as the server keeps it: `*` and NATURAL are spelled out, columns are qualified
 * where a new column of another table could take their name. The fragment has no comments (syntax_fragment). */

/* A row that can be named although it stands in no FROM: NEW and OLD, the row that a policy is about. */
typedef struct QueryRow {
    Str name;              /* that qualifies its columns */
    const Table *table;
    bool named;            /* its name is the relation's, and changes with it */
    bool own;              /* it is the relation that the expression is a part of: its uses have no object */
    bool bare;             /* its columns need no qualifier */
} QueryRow;

/* A parameter of a function, in order; its name is "" where it has none, and it is $1, $2 … in any case. */
typedef struct QueryVariable {
    Str name;
    Type type;             /* may be unknown */
} QueryVariable;

/* How far the server goes with what changes data, and with it the questions that it asks. */
typedef enum QueryFate {
    QUERY_READ,            /* its names are looked up, as in a rule */
    QUERY_REWRITTEN,       /* it is worked out where rows are written to, as in a function's body */
    QUERY_RUN
} QueryFate;

typedef struct QueryScope {
    const Schema *schema;
    const char *place;     /* "a view", for messages */
    QueryFate fate;
    bool kept;             /* by the server as what it means: a view, a rule, a policy; else it runs as it is written */
    bool returned;         /* an expression: it is given as a SELECT gives it; else it is a condition */
    bool filters;          /* the rows that a publication tells of (row_filter.c) */
    bool can_modify;       /* data: in a statement that runs, in a function */
    LIST(QueryRow) rows;
    const char *condition; /* what is to be a truth value, of an expression; NULL: it is none */
    Str function;          /* whose body it is: its name qualifies its parameters; data == NULL: none */
    ObjectId function_schema;  /* where that is */
    LIST(QueryVariable) variables;
} QueryScope;

/* A column that comes out. */
typedef struct QueryOutput {
    Str name;
    Type type;             /* without a catalog type: not known. The seam for typing expressions is query_type.c */
    Span span;
} QueryOutput;

typedef LIST(QueryOutput) QueryOutputs;

/* NOTIFY: an action of a rule, no query. */
typedef enum QueryKind {
    QUERY_SELECT, QUERY_INSERT, QUERY_UPDATE, QUERY_DELETE, QUERY_MERGE, QUERY_NOTIFY
} QueryKind;

typedef struct SqlQuery {
    QueryKind kind;
    const Expression *expression;
    QueryOutputs outputs;  /* of a SELECT, or of RETURNING */
    bool open;             /* the outputs are not all known: a `*` of something whose columns are not */
    bool modifies;         /* data: by its kind, or in its WITH */
    ObjectIds written;     /* the relations whose rows it changes; functions that it calls may change others */
    WriteBase base;        /* of a SELECT: where rows are written to through a view of it (manual, CREATE VIEW) */
    ColumnIds set;         /* of an UPDATE: the columns of the table that it sets */
} SqlQuery;

/* One SELECT, VALUES, INSERT, UPDATE, DELETE or MERGE. NULL: it was reported. */
const SqlQuery *sql_query(Sql *sql, const QueryScope *scope, const Fragment *fragment);

/* One expression, which may hold subqueries; its type and the name that it would have as a column are the only output.
 * NULL: it was reported. */
const SqlQuery *sql_condition(Sql *sql, const QueryScope *scope, const Fragment *fragment);

/* ------------------------------------------------------------------ the rest */

/* Where the options of a sequence stand. */
typedef enum SequencePlace {
    SEQUENCE_NEW,          /* create sequence s … */
    SEQUENCE_ALTERED,      /* alter sequence s … */
    SEQUENCE_OF_IDENTITY,  /* generated … as identity (…) */
    SEQUENCE_SET           /* alter column c set … set … restart … */
} SequencePlace;

/* What is said of a sequence. */
typedef struct SqlSequence {
    SequenceSettings settings;  /* all of them: those before, or the defaults, where nothing is said */
    IdentityKind kind;          /* `set generated …`; IDENTITY_NONE: not said */
    Str name;                   /* `sequence name …`; data == NULL: not said */
    Str schema;                 /* that the name is qualified with; "" for none */
    Restart restart;            /* `restart`, at the start where no number is written */
    bool owned;                 /* `owned by` is said: */
    Str owner_schema;           /* "" for none */
    Str owner_table;            /* "" for `owned by none` */
    Str owner_column;
    Span owner_span;
} SqlSequence;

/* Reads options as the place allows them, for a sequence that has the settings: sequence_defaults() for one that is
 * new. An identity's sequence has its column's type. False: reported. */
bool sql_sequence(Sql *sql, SequencePlace place, SequenceSettings before, const Fragment *fragment,
                  SqlSequence *sequence);

/* ------------------------------------------------------------------ statements */

/* What a statement of a block is to the model. */
typedef enum SqlClass {
    SQL_NODE,            /* what the language has itself: lowered into its tree */
    SQL_DATA,            /* data, queries, temporary relations: nothing that the model holds */
    SQL_MAINTENANCE,     /* set, reset, lock, maintenance: nothing that is to be undone */
    SQL_DEFINITION,      /* of what only SQL has: views, functions, triggers, grants, … */
    SQL_NOT_FOLLOWED,    /* would change what the model holds */
    SQL_SEARCH_PATH,     /* says what unqualified names mean */
    SQL_FIXED_SETTING,   /* sets what a run has for itself */
    SQL_TRANSACTION,     /* begin, commit, rollback, … */
    SQL_OUTSIDE,         /* maintenance that runs outside transactions; twice does no harm */
    SQL_NO_TRANSACTION,  /* cannot run inside a transaction, nor be told afterwards to have run */
    SQL_CLIENT,          /* wants a client that sends or takes rows: COPY from stdin, to stdout */
    SQL_REPORTED         /* what cannot be lowered was reported */
} SqlClass;

/* PostgreSQL's tree of a statement, for functions of this folder. */
typedef struct SqlTree SqlTree;

typedef struct SqlStatement SqlStatement;
typedef LIST(SqlStatement) SqlStatements;

struct SqlStatement {
    Span span;             /* from its first token to its last */
    SqlClass class;
    Node *node;            /* SQL_NODE */
    const char *what;      /* "CREATE TABLE AS", for a message; NULL where none is needed */
    const char *help_text; /* what to do; NULL: what is said of all that is not followed. SQL_FIXED_SETTING: `what` is
                            * the message */
    StrList path;          /* SQL_SEARCH_PATH: the schemas that are named, but for those that are passed over */
    bool path_known;       /* that is all that it does */
    SqlSettings settings;  /* before it */
    bool followed;         /* SQL_MAINTENANCE: a setting that what is made from here on says itself */
    Ref table;             /* SQL_REPORTED, SQL_NOT_FOLLOWED: what it would have created */
    struct Tokens *tokens;
    Span body;             /* of the block */
    const SqlTree *tree;   /* NULL: PostgreSQL's parser refused it; NOT_FOLLOWED: it may be newer than the parser */
    uint32_t base;         /* what the locations of the tree count from, in the file */
    SqlStatements elements;  /* CREATE SCHEMA: what it makes in the schema, in the order in which the server does */
};

/* The statements of a block. What PostgreSQL's parser refuses was reported; false: all of it. */
bool sql_lower(Sql *sql, Syntax *syntax, const NodeSqlBlock *block, SqlStatements *statements);

/* Whether what is defined at this point may mean something else than the compiler reads, since a setting is another one
 * than *value. */
bool sql_is_read_otherwise(const Sql *sql, const char **name, const char **value);

/* What of it servers older than `since` have no syntax for. */
typedef struct SqlFeature {
    unsigned since;
    const char *what;
    Span span;
} SqlFeature;

typedef LIST(SqlFeature) SqlFeatures;

SqlFeatures sql_features(Sql *sql, const SqlStatement *statement);

/* What it names, if it is one that may change the schema. */
Unfollowed sql_unfollowed(Sql *sql, const SqlStatement *statement);

/* What a statement of maintenance does beside its work. */
typedef struct SqlTargets {
    bool outside;          /* for that no transaction can hold it */
    ObjectId called;       /* the procedure; 0: none of the model's */
    ObjectId clustered;    /* the relation that is clustered by the index from now on; 0: none */
    Word index;
} SqlTargets;

/* Looks up what a statement of maintenance is for, LOCK, REINDEX, SET CONSTRAINTS and the like; false: reported. */
bool sql_check_targets(Sql *sql, const Schema *schema, const SqlStatement *statement, SqlTargets *targets);

/* Whether it is one that sql_query reads. */
bool sql_is_query(const SqlStatement *statement);

/* What a statement of SQL_DEFINITION does. */
typedef enum SqlVerb {
    SQL_NOTHING,           /* what it names is not there, and `if exists` says that this is fine */
    SQL_CREATE,
    SQL_DROP,
    SQL_COMMENT,
    SQL_LABEL,
    SQL_RENAME,
    SQL_SET_SCHEMA,
    SQL_SET_OWNER,
    SQL_ALTER,             /* attributes */
    SQL_GRANT,
    SQL_PARTS,             /* of a publication: the targets are dropped, the parts created */
    SQL_OPAQUE,            /* nothing that the model holds: it runs as it is written */
    SQL_PASSING            /* the same, and there is nothing to undo */
} SqlVerb;

/* Something that is there, and where the statement names it. */
typedef struct SqlTarget {
    ObjectId object;
    uint32_t part;         /* a column; 0: the object itself */
    Span span;
} SqlTarget;

typedef struct SqlColumnGrant {
    uint32_t bits;
    bool all;
    WordList columns;
} SqlColumnGrant;

/* What is granted or revoked. */
typedef struct SqlGrant {
    bool revoke, option, cascade;
    StrList roles;
    uint32_t bits;         /* on the objects as a whole */
    bool all;              /* ALL PRIVILEGES */
    bool on_tables;        /* ON TABLE: what sequences among them cannot have is passed over, with a warning */
    LIST(SqlColumnGrant) columns;
} SqlGrant;

/* An operator that another one is linked with, by the attribute of the key. */
typedef struct SqlShell {
    Str key;
    Definition *operator;        /* all of it but its number */
} SqlShell;

typedef struct SqlDefinition {
    SqlVerb verb;
    Definition *definition;      /* CREATE: all of it but its number */
    bool replace, if_not_exists, cascade;
    LIST(SqlShell) shells;       /* CREATE of an operator: what it is linked with and not there yet */
    bool with_family;            /* CREATE of an operator class, with a family of its name unless that is there */
    LIST(SqlTarget) targets;     /* not CREATE */
    Word name;                   /* RENAME; SET_SCHEMA: what to; LABEL: the provider, if it is written */
    Str text;                    /* COMMENT, LABEL, SET_OWNER; data == NULL: none */
    Attributes attributes;       /* ALTER: how they are to be */
    SqlGrant grant;
    LIST(Definition *) parts;    /* CREATE, PARTS: what a publication publishes (publication.h), and what a
                                  * family has besides its classes (family.h) */
    LIST(Definition *) defaults; /* ALTER DEFAULT PRIVILEGES, GRANT on what is the server's: what is changed, there or
                                  * not */
    ObjectKind granted_kind;     /* and of which kind of objects */
} SqlDefinition;

/* Reads what a statement defines. False: it was reported. */
bool sql_definition(Sql *sql, const Schema *schema, const SqlStatement *statement, SqlDefinition *definition);

/* Whether it creates a function in C or internal that returns a type which is not there: the server makes a shell of
 * that name before it (compute_return_type() in src/backend/commands/functioncmds.c). */
bool sql_function_shell(Sql *sql, const Schema *schema, const SqlStatement *statement, Ref *shell);

/* The nodes as trees, the other statements as their class and text, for `migc dump --stage lowered`. */
void sql_statements_dump(Compilation *c, const SqlStatements *statements, Text *out);

/* Temporary relations and settings do not outlive their session: a migration, or its way down, begins without any. */
void sql_begin_session(Sql *sql);

#endif
