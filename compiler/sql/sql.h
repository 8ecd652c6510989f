/* SQL inside the language, read by PostgreSQL's own parser (libpg_query, the grammar of PostgreSQL 15).
 *
 * The only folder that sees libpg_query. What comes out is the model's: types, expressions with the columns that
 * they use, statements of a block and what they do.
 */
#ifndef SQL_SQL_H
#define SQL_SQL_H

#include "change.h"
#include "fragment.h"
#include "report.h"
#include "schema.h"
#include "sequence.h"

typedef struct Sql {
    Compilation *c;
    Map trees;        /* what was parsed before, by text */
    unsigned major;   /* oldest server supported: decides what modifiers a type takes */
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
    PLACE_CONVERSION      /* USING, behind a column's new type */
} ExpressionPlace;

typedef struct ExpressionScope {
    const Schema *schema;
    const Table *table;    /* whose columns it may name; not in the schema yet while it is being created */
    ExpressionPlace place;
    const Type *type;      /* that a constant is to have; NULL: not known */
} ExpressionScope;

/* NULL: it was reported. */
const Expression *sql_expression(Sql *sql, ExpressionScope scope, const Fragment *fragment);

/* The string that the fragment is, with or without a cast; data == NULL: it is something else. */
Str sql_string_constant(Sql *sql, const Fragment *fragment);

/* True when the fragment is NULL, with or without a cast. */
bool sql_is_null(Sql *sql, const Fragment *fragment);

/* One key of an index. */
typedef struct SqlIndexKey {
    const Expression *expression;  /* NULL: it was reported */
    const ColumnInfo *column;      /* NULL: an expression */
    Str name;                      /* what the key adds to a name that the server makes up */
    Str opclass;                   /* as named; data == NULL: the default one */
    Str opclass_schema;            /* that it was qualified with; "" for none */
    bool opclass_options;
    bool ordered;                  /* asc, desc, nulls first or nulls last was written */
} SqlIndexKey;

SqlIndexKey sql_index_key(Sql *sql, ExpressionScope scope, const Fragment *fragment);

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

typedef enum SqlEffect {
    SQL_FREE,              /* nothing that the model follows */
    SQL_MODELLED,          /* would change what the model holds */
    SQL_TRANSACTION,       /* begin, commit, rollback, … */
    SQL_NO_TRANSACTION,    /* cannot run inside a transaction */
} SqlEffect;

typedef struct SqlStatement {
    Span span;
    SqlEffect effect;
    const char *what;      /* "CREATE TABLE", for a message */
    StrList functions;     /* that it creates */
} SqlStatement;

typedef LIST(SqlStatement) SqlStatements;

/* The statements of a block. False: PostgreSQL's parser refused it, which was reported. */
bool sql_block(Sql *sql, Span body, SqlStatements *statements);

#endif
