/* The model: the schema as PostgreSQL would have it after the changes so far.
 *
 * Objects have a number for life (ObjectId), and columns one inside their table (ColumnId, as pg_attribute.attnum:
 * never used again). Whatever refers to something refers to its number, so that a rename is followed everywhere.
 *
 * An object is never changed in place: an edit makes a new version of it, and the schema remembers the old one. So a
 * mark in time is a number, going back to it is cheap, and two points in time can be compared by what was touched
 * between them (compare.h). All versions live in the arena.
 */
#ifndef SCHEMA_SCHEMA_H
#define SCHEMA_SCHEMA_H

#include "catalog.h"
#include "list.h"
#include "map.h"
#include "source.h"

typedef uint32_t ObjectId;  /* 0: none */
typedef uint32_t ColumnId;  /* from 1; 0: none */
typedef uint32_t ConstraintId;  /* from the same count as objects, so that it says what was created before what */
typedef LIST(ObjectId) ObjectIds;
typedef LIST(ColumnId) ColumnIds;

typedef enum ObjectKind {
#define OBJECT(KIND, Type, word, names) OBJECT_##KIND,
#include "objects.def"
#undef OBJECT
    OBJECT_KIND_COUNT
} ObjectKind;

const char *object_word(ObjectKind kind);  /* "table", as in `drop table` */

/* What a role may do with something: bits of privileges.def. Only what differs from what everything of the kind has
 * from the start is kept: the owner may do all, and everyone may, for some kinds, a little. */
typedef struct Grant {
    Str role;            /* as SQL: a name, PUBLIC or CURRENT_USER */
    uint32_t granted;
    uint32_t grantable;  /* of the granted ones: with grant option */
    uint32_t revoked;    /* of those that the role has from the start */
} Grant;

typedef LIST(Grant) Privileges;

/* A storage parameter; value.data == NULL where only the name was written. */
typedef struct StorageOption {
    Str name;
    Str value;
} StorageOption;

typedef LIST(StorageOption) StorageOptions;

typedef struct Object {
    ObjectKind kind;
    ObjectId id;
    ObjectId schema;  /* the Namespace that holds it; 0 for namespaces and extensions */
    Str name;
    Span created;     /* the name where it was created; unknown for what a database has from the start */
    Str owner;        /* the role, as SQL; data == NULL: whoever created it */
    Str comment;      /* data == NULL: none */
    Privileges privileges;
    StorageOptions security;  /* labels, by their providers; "" for the only one that a server has */
} Object;

/* A schema of the database. Not called Schema, which is the whole model. */
typedef struct Namespace {
    Object object;
} Namespace;

typedef struct Extension {
    Object object;
    const CatalogExtension *catalog;  /* NULL: no snapshot knows it (unknown.h) */
    ObjectId home;    /* the namespace that its objects live in; of an unknown one: or another that it makes itself */
    bool placed;      /* of an unknown one: its home was written */
    bool cascade;     /* of an unknown one: what it requires is to be created, too */
    Str version;      /* as written; data == NULL: the server's default */
} Extension;

/* A label of an enum: its number stays when it is renamed. */
typedef struct EnumLabel {
    uint32_t id;      /* from 1 */
    Str name;
    Span added;       /* where `add value` added it; unknown when it came with the enum */
} EnumLabel;

typedef LIST(EnumLabel) LabelList;

typedef struct Enum {
    Object object;
    LabelList labels;    /* in their order */
} Enum;

/* The type of a column. */
typedef struct Type {
    const CatalogType *catalog;  /* of the element where it is an array; NULL: not known, and reported */
    ObjectId object;             /* what makes it: enum, domain, relation, or extension that brings it; 0: the server */
    LIST(int32_t) modifiers;     /* as libpg_query's TypeName.typmods */
    Str written;                 /* "(point,4326)": the modifiers of a type that no snapshot knows; "" for none */
    bool array;
    Str collation;               /* data == NULL: the type's own */
    ObjectId collation_object;   /* where a migration made it */
} Type;

/* How a use is written. */
typedef enum UseForm {
    USE_NAME,     /* as a name: of a column alone, of an object qualified where it has to be */
    USE_QUALIFIED, /* as a name, qualified in any case */
    USE_LITERAL,  /* as a string that holds the name: 'invoice_no'::regclass, or a label: 'open'::state */
    USE_ELEMENT,  /* as an element in a string: '{open, paid}'::state[] */
    USE_MEMBER,   /* as `kept`, qualified where it has to be: a function or type that the extension brings */
    USE_HIDDEN,   /* not at all, but it depends on it: an extension, by an operator of its */
    USE_ALIAS,    /* " AS kept": of a column whose name is another one now, of a relation only where the new one is
                   * taken in the query; so that a query can go on calling it so */
    USE_OWN,      /* not at all: the name of the relation that it is a part of, with the dot, before a column */
    USE_QUALIFIER, /* a relation before a column: by its plain name, or as its USE_ALIAS calls it */
    USE_KEY,      /* hidden; `part` is the primary key that lets a query use what it is not grouped by */
    USE_KEPT      /* hidden; a column of USING, called `kept`: its table's USE_ALIAS says so when it has another name;
                   * of a relation as a whole: it takes part in the join, and no other column may be called so */
} UseForm;

/* What an expression makes of a type that it names: values of it, or of its array. */
typedef enum UseMade { MADE_NOTHING, MADE_VALUE, MADE_ARRAY } UseMade;

/* Where an expression names something of the schema: a hole in its text, to be filled with the name of the day. */
typedef struct Use {
    uint32_t offset;  /* in Expression.sql, in bytes */
    uint32_t length;
    ObjectId object;  /* 0: the relation that the expression is a part of */
    uint32_t part;    /* of a relation: the column; of an enum: the label; 0: the object itself */
    UseForm form;
    UseMade made;
    Str kept;         /* USE_ALIAS: data == NULL where an alias was written; USE_KEPT; USE_MEMBER */
} Use;

/* SQL, as written but for comments and white space, or made up (nextval of a serial column). */
typedef struct Expression {
    Str sql;
    LIST(Use) uses;            /* in order of their places */
    bool atomic;               /* a constant, a call or the like: needs no parentheses anywhere */
    bool tableoid;             /* it reads that system column, too */
    Str shape;                 /* its tree as text, uses as \x01 object . part \x02: equal shapes mean the same */
} Expression;

typedef struct SequenceSettings {
    const CatalogType *type;     /* smallint, integer or bigint */
    int64_t increment, minimum, maximum, start, cache;
    bool cycle;
} SequenceSettings;

typedef enum IdentityKind { IDENTITY_NONE, IDENTITY_ALWAYS, IDENTITY_BY_DEFAULT } IdentityKind;

typedef struct Identity {
    IdentityKind kind;
    Str sequence;     /* its name, in the table's namespace; it is the column's own. data == NULL: that of the parent's,
                       * and so is all that follows (identity_below() in inherit.h) */
    SequenceSettings settings;  /* of the sequence */
    const CatalogType *type;    /* of the sequence, where it is not the column's; NULL: it is */
    Str comment;      /* on the sequence; data == NULL: none */
} Identity;

/* That something is never null. From 18 on (of domains: 17) it is a constraint, which has a name and more. How many
 * parents it is inherited from need not be held: it is so many as have it. */
typedef struct NotNull {
    bool holds;
    bool no_inherit;  /* children do not have it; of a table alone, likewise the next two */
    bool not_valid;   /* rows from before are not known to fulfil it */
    bool not_local;   /* only because a parent has it */
    Str name;         /* data == NULL: it has none */
    Str comment;
    Span created;
} NotNull;

typedef enum Generation { GENERATED_NOT, GENERATED_STORED, GENERATED_VIRTUAL } Generation;

typedef struct ColumnInfo {
    ColumnId id;
    Str name;
    Span created;
    Type type;
    NotNull not_null;
    Identity identity;
    const Expression *expression;  /* of a default or a generated column; NULL: none */
    Generation generated;          /* the expression is a generated column's */
    int32_t statistics;            /* the target, plus 1; 0: the default */
    Str storage;                   /* data == NULL: the type's own; likewise the next one */
    Str compression;
    StorageOptions options;        /* n_distinct … */
    StorageOptions wrapper_options;  /* of a foreign table's, for its wrapper */
    Privileges privileges;
    Str comment;
    StorageOptions security;       /* as of an object */
    int32_t inherited;             /* from so many parents (attinhcount), */
    bool not_local;                /* and from nowhere else (attislocal is false) */
} ColumnInfo;

typedef enum ConstraintKind {
    CONSTRAINT_PRIMARY,
    CONSTRAINT_UNIQUE,
    CONSTRAINT_CHECK,
    CONSTRAINT_FOREIGN,
    CONSTRAINT_EXCLUDE
} ConstraintKind;
typedef enum ConstraintTiming { CONSTRAINT_IMMEDIATE, CONSTRAINT_DEFERRABLE, CONSTRAINT_DEFERRED } ConstraintTiming;
typedef enum KeyAction { KEY_NO_ACTION, KEY_RESTRICT, KEY_CASCADE, KEY_SET_NULL, KEY_SET_DEFAULT } KeyAction;

typedef struct IndexKey {
    const Expression *expression;  /* the whole element: column or expression, collation, operator class, order */
    ColumnId column;               /* 0: an expression */
    Str name;                      /* as a column of the index: what it adds to names that are made up */
} IndexKey;

/* Of an exclusion constraint: no two rows may be related by all of its elements' operators. */
typedef struct ExclusionElement {
    IndexKey key;
    Str operator;                  /* as SQL: "&&" */
} ExclusionElement;

typedef struct Constraint {
    ConstraintKind kind;
    Str name;
    Span created;
    ConstraintId id;
    ConstraintTiming timing;
    ColumnIds columns;               /* PRIMARY, UNIQUE, FOREIGN; for CHECK and EXCLUDE those it reads */
    ColumnIds include;               /* PRIMARY, UNIQUE, EXCLUDE: of its index, likewise the next two */
    StorageOptions options;
    Str tablespace;                  /* data == NULL: the server's default */
    bool nulls_not_distinct;
    bool temporal;                   /* PRIMARY, UNIQUE: the last of its columns is a range, and those of equal ones do
                                      * not overlap; FOREIGN: it is covered by such ones */
    const Expression *expression;    /* CHECK; EXCLUDE: WHERE, NULL for all rows */
    Str method;                      /* EXCLUDE, likewise the next two */
    LIST(ExclusionElement) elements;
    ObjectIds uses;                  /* extensions that its method and operator classes come from */
    bool no_inherit;
    ObjectId target;                 /* FOREIGN: the table referred to, */
    ColumnIds target_columns;
    ConstraintId target_key;         /* and the unique key of it that this depends on, or */
    ObjectId target_index;           /* the unique index; 0: the key */
    bool match_full;
    KeyAction on_delete, on_update;
    ColumnIds delete_columns;
    bool not_enforced;               /* CHECK, FOREIGN: it only says what is so */
    bool not_valid;                  /* CHECK, FOREIGN: rows from before are not known to fulfil it */
    Str comment;
    Str index_comment;               /* on the index of a key or exclusion */
    int32_t inherited;               /* as of a column */
    bool not_local;
    uint32_t parent;                 /* of a partition's key or foreign key: that of its parent that it is a part of. A
                                      * key may be a part of a mere index. A foreign key to a partition: that of its own
                                      * table, to the partition's parent */
    bool incomplete;                 /* the key of a partitioned table: not all partitions have theirs */
    StrList names;                   /* its columns as its index calls them: a rename does not reach that */
    uint32_t made;                   /* when its index was: see Schema.made_last */
} Constraint;

/* Columns and constraints are versions, too: shared by those of the object that have them alike, and never changed. */
typedef LIST(const ColumnInfo *) ColumnList;
typedef LIST(const Constraint *) ConstraintList;

/* A type with conditions. */
typedef struct Domain {
    Object object;
    Type type;                       /* of its values */
    NotNull not_null;
    const Expression *expression;    /* its default; NULL: none */
    ConstraintList constraints;      /* checks, in the order of creation; `value` is not a use */
} Domain;

typedef enum ReplicaKind { REPLICA_BY_KEY, REPLICA_BY_ROW, REPLICA_BY_NOTHING, REPLICA_BY_INDEX } ReplicaKind;

typedef struct ReplicaIdentity {
    ReplicaKind kind;
    uint32_t key;                /* BY_INDEX: the index, or the constraint whose index it is */
} ReplicaIdentity;

typedef LIST(IndexKey) IndexKeys;

typedef enum PartitionStrategy { PARTITION_NONE, PARTITION_LIST, PARTITION_RANGE, PARTITION_HASH } PartitionStrategy;

typedef struct PartitionKey {
    PartitionStrategy strategy;
    IndexKeys keys;
    ObjectIds uses;                /* extensions that operator classes come from */
} PartitionKey;

/* A value of a bound. What cannot be compared, since its type or its way to be written is not followed, is not known:
 * nothing is said of overlaps then. */
typedef enum BoundValueKind { BOUND_MINIMUM, BOUND_KNOWN, BOUND_UNKNOWN, BOUND_MAXIMUM, BOUND_NULL } BoundValueKind;

typedef struct BoundValue {
    BoundValueKind kind;
    Str key;                       /* KNOWN: compares by bytes as the value does by the order of its type */
    bool equality_only;            /* KNOWN: … but tells only whether two are equal */
} BoundValue;

typedef LIST(BoundValue) BoundValues;

/* What rows a partition takes. */
typedef struct Bound {
    const Expression *expression;  /* "FOR VALUES …" or "DEFAULT" */
    bool is_default;
    BoundValues values, ends;      /* LIST: values; RANGE: from and to */
    int32_t modulus, remainder;    /* HASH */
    bool computed;                 /* a value was that of the clock or the session, and would be another one now */
} Bound;

/* Where the rows of a view come from, for writing them (view_query_is_auto_updatable in rewriteHandler.c). */
typedef struct WriteBase {
    bool known;                  /* false: from what the model does not hold */
    ObjectId relation;           /* 0: its rows are nobody's rows */
    ColumnIds columns;           /* of that relation, by the places of the view's; 0: none of them */
} WriteBase;

/* A relation with columns. */
typedef struct Table {
    Object object;
    bool unlogged;
    ColumnList columns;          /* in their physical order */
    ConstraintList constraints;  /* in the order of creation */
    StorageOptions options;
    ColumnId last_column;        /* the highest number ever given */
    bool row_security, force_row_security;
    uint32_t cluster;            /* the index, or the constraint whose index it is; 0: none */
    ReplicaIdentity replica;
    Str method;                  /* of access; data == NULL: the server's default; likewise the next one */
    Str tablespace;
    PartitionKey partition;      /* strategy NONE: it is not partitioned */
    ObjectIds parents;           /* that it inherits from, in their order */
    const Bound *bound;          /* of a partition, which has one parent; NULL: it is none */
    ObjectId of;                 /* the composite type that says its columns (a typed table); 0: none */
    const Expression *query;     /* of a view; NULL: it is none */
    StrList outputs;             /* what the query itself calls its columns */
    WriteBase base;              /* of a view */
    bool no_data;                /* of a materialized view: it was never filled, or was emptied, and cannot be read */
    ObjectId server;             /* of a foreign table, likewise the next one: what their wrapper is told */
    StorageOptions wrapper_options;
} Table;

typedef enum RuleEvent { RULE_INSERT, RULE_UPDATE, RULE_DELETE } RuleEvent;

/* pg_trigger.tgenabled, pg_rewrite.ev_enabled */
typedef enum RuleFiring { RULE_FIRES, RULE_DISABLED, RULE_ON_REPLICA, RULE_ALWAYS } RuleFiring;

/* A rule. Its expressions know the relation's rows as new and old. That of a view's query is the view's own. */
typedef struct Rule {
    Object object;
    ObjectId table;
    RuleEvent event;
    const Expression *where;     /* NULL: always */
    bool instead;
    LIST(const Expression *) actions;
    RuleFiring firing;
} Rule;

typedef struct SequenceOwner {
    ObjectId table;              /* 0: none */
    ColumnId column;
} SequenceOwner;

typedef struct Sequence {
    Object object;
    bool unlogged;
    SequenceSettings settings;
    SequenceOwner owner;
} Sequence;

/* By key: the statistics target plus 1; 0: the default. */
typedef struct KeyStatistics {
    int16_t targets[32];         /* INDEX_MAX_KEYS */
} KeyStatistics;

typedef struct Index {
    Object object;
    ObjectId table;
    bool unique;
    bool nulls_not_distinct;
    Str method;
    IndexKeys keys;
    ColumnIds include;
    const Expression *where;       /* NULL: all rows */
    StorageOptions options;
    ObjectIds uses;                /* extensions that its method and operator classes come from */
    Str tablespace;                /* data == NULL: the server's default */
    KeyStatistics statistics;
    uint32_t parent;               /* of a partition: the index of its parent that it is a part of; 0: of none */
    bool incomplete;               /* of a partitioned table: not all partitions have theirs */
    StrList names;                 /* its columns as it calls them itself */
    uint32_t made;                 /* when it was: see Schema.made_last */
} Index;

/* ------------------------------------------------------------------ what only SQL defines */

typedef LIST(Type) TypeList;

/* One thing that ALTER can change of a definition: a key of ours, such as "volatility" or "set search_path", and the
 * clause that says it, such as STABLE. Only what is not the default is there. */
typedef struct Attribute {
    Str key;
    const Expression *clause;
} Attribute;

typedef LIST(Attribute) Attributes;

typedef enum ParameterMode {
    PARAMETER_IN,
    PARAMETER_OUT,
    PARAMETER_INOUT,
    PARAMETER_VARIADIC,
    PARAMETER_TABLE
} ParameterMode;

typedef struct Parameter {
    Str name;                    /* "" for none */
    ParameterMode mode;
    Type type;
    bool has_default;
} Parameter;

/* What a function, procedure or aggregate is called with, and what it gives. */
typedef struct Routine {
    LIST(Parameter) parameters;
    Type result;                 /* without a catalog type: none, as of a procedure */
    Str language;                /* "" of an aggregate */
    bool returns_set, window;
    bool text;                   /* its body is SQL in a string, which the server reads when the function is made */
    bool elsewhere;              /* and its unqualified names are not the project's: it is not to be read then */
    bool defines;                /* what it runs would change the schema, or is not seen not to: it is not followed */
} Routine;

/* Something that a string body names, which nothing follows. */
typedef struct Mention {
    ObjectId object;
    uint32_t part;
    Span span;
} Mention;

typedef struct RangeType {
    Type subtype;                /* of its bounds */
    Str multirange;              /* the name of the type that comes with it, in its namespace; "": none does */
    Str constructor, multirange_constructor;   /* functions, which keep the names that the types had first */
} RangeType;

/* What a type is whose values only functions know (pg_type). */
typedef struct BaseType {
    bool shell;                  /* only a name yet, for the functions that it is to be made of */
    char category;
    bool preferred;              /* within its category */
    bool collatable;
    bool fixed;                  /* its values are of one length */
    Type like;                   /* the type whose storage it has; without a catalog type: none */
    CatalogVolatility input, output;
} BaseType;

/* How a cast converts values, and where by itself (pg_cast). */
typedef struct CastRule {
    CatalogContext context;
    CatalogMethod method;
    ObjectId function;           /* of a migration; 0: the server's, or none */
    CatalogVolatility volatility;   /* of the server's function */
} CastRule;

/* Functions, triggers, policies, casts and so on: the kinds of objects.def whose Type this is. All that the model knows
 * of one is the statement that creates it, with holes where that names something of the schema, and what ALTER can
 * change of it. What tells two of a name apart is in arguments and variant. */
typedef struct Definition {
    Object object;
    ObjectId of;                 /* the relation that it is on: of a trigger, a policy, a rule */
    TypeList arguments;          /* input types of a function; sides of an operator; source and target of a cast */
    Str variant;                 /* the access method of an operator class, the role of a user mapping … */
    const Expression *text;      /* the statement behind CREATE [OR REPLACE]; own name: a use of object 0 */
    Attributes created;          /* what the statement says; they may have changed since */
    Attributes attributes;
    const Routine *routine;      /* NULL: it is none */
    const RangeType *range;      /* likewise, and the next one */
    const BaseType *base;
    const CastRule *cast;
    bool shell;                  /* of an operator: it is only a name that others are linked with */
    Type result;                 /* of an operator */
    Type input;                  /* of an operator class: the type that it is for, */
    bool is_default;             /* and that it need not be named for it */
    bool takes_options;          /* of a text search template, for its dictionaries: it has an init function */
    bool for_tables;             /* of an access method */
    ColumnIds columns;           /* of statistics: those that are plainly named, in their order in the table, */
    size_t expressions;          /* and how many expressions there are besides */
    Str command;                 /* of a policy: "all", "select", "insert" … */
    bool each_row;               /* of a trigger: partitions get it too, */
    bool from_other;             /* and keep it when they leave, for it is FROM another table */
    Str constraint;              /* of a constraint trigger: the name its constraint keeps; data == NULL: its own */
    LIST(const struct Definition *) members;  /* of an operator class: what it keeps itself (family.h) */
    bool transitions;            /* of a trigger for each row: it sees all rows of the statement, as tables */
    unsigned instead;            /* of a trigger INSTEAD OF: the events, bits 1 << RuleEvent */
    LIST(Mention) mentions;
} Definition;

/* The sets of names that a namespace keeps apart (pg_class, pg_type; pg_constraint for the names that the server
 * makes up), and those of the whole database. DEFINITION: names that several can have, told apart by more. */
typedef enum NameSpace {
    NAMES_NAMESPACE, NAMES_EXTENSION, NAMES_RELATION, NAMES_TYPE, NAMES_CONSTRAINT, NAMES_DEFINITION, NAMES_NONE,
    NAME_SPACE_COUNT
} NameSpace;

typedef struct Undo Undo;
typedef struct MadeTypes MadeTypes;

typedef struct Schema {
    Arena *arena;
    LIST(const Object *) objects;     /* by number; NULL: not there now */
    LIST(ObjectIds) references;       /* by number: the objects that it depends on, in any way, each once */
    LIST(ObjectIds) users;            /* by number: the objects that depend on it */
    ObjectIds noted;                  /* while the references of a version are found out */
    Map names[NAME_SPACE_COUNT];      /* "number of the namespace.name" → number of the object (CONSTRAINT: a count) */
    CatalogView view;                 /* the extensions created so far */
    ObjectId home;                    /* the namespace of unqualified names; while a migration is checked that has set
                                       * search_path, another one than the project's, */
    ObjectIds path;                   /* and what is looked through behind it (place.h) */
    MadeTypes *made;                  /* object_type() */
    ObjectId first;                   /* the first number that is not of what a database has from the start */
    uint32_t made_last;               /* counts indexes as they are made, those of keys too, and made anew: the order in
                                       * which the server looks through them, which is that of pg_class.oid */
    LIST(Undo) undo;
} Schema;

/* An empty database: the namespace "public", and the extension plpgsql. `home` is where unqualified names live; it
 * is taken to exist. */
Schema schema_new(Arena *arena, const Catalog *catalog, Str home);

/* The comment that something which is there from the start has in a new database; data == NULL: none, or not known. */
Str schema_first_comment(const Schema *schema, ObjectId id);

ObjectId schema_new_id(Schema *schema);

/* The object as it is now; NULL when it is not there. */
const Object *schema_object(const Schema *schema, ObjectId id);
const Table *schema_table(const Schema *schema, ObjectId id);      /* of rows, here or on another server */
const Table *schema_relation(const Schema *schema, ObjectId id);   /* of any kind that has columns */
const Sequence *schema_sequence(const Schema *schema, ObjectId id);
const Enum *schema_enum(const Schema *schema, ObjectId id);
const Domain *schema_domain(const Schema *schema, ObjectId id);
bool object_is_relation(const Object *object);
bool object_is_table(const Object *object);   /* those that schema_table() gives */
bool object_is_definition(const Object *object);
bool object_is_defined_type(const Object *object);   /* a range or a base type: NAMES_TYPE has its name, too */
const Definition *schema_definition(const Schema *schema, ObjectId id);

/* The type that the object makes, for the questions that the catalog answers: an enum, a domain, the rows of a
 * relation. The same for life, whatever the object is called. NULL: it makes none. */
const CatalogType *object_type(const Schema *schema, ObjectId id);

/* Whether only functions take or give values of the type: record, void, anyelement. */
bool type_is_pseudo(const Type *type);

/* The type behind domains. */
Type type_base(const Schema *schema, const Type *type);
const Enum *type_enum(const Schema *schema, const Type *type);  /* the enum behind domains; NULL: it is none */

/* Whether values of the type have the object's values in them: as elements, attributes, or behind domains. */
bool type_contains(const Schema *schema, const Type *type, ObjectId object);

/* Whether the server writes the column, when it is new, into the rows that are there (ATExecAddColumn): not while
 * another table holds such rows. */
bool column_fills_rows(const Schema *schema, const ColumnInfo *column);

/* The constraints of a relation or a domain; NULL: it has none. */
const ConstraintList *object_constraints(const Object *object);
const Constraint *constraint_by_id(const ConstraintList *list, ConstraintId id);
const Constraint *object_constraint(const Schema *schema, ObjectId id, ConstraintId constraint);
const Constraint *object_constraint_named(const Object *object, Str name);
NameSpace object_names(ObjectKind kind);

/* The objects that depend on it, in the order of their creation; of one kind, such as a table's indexes. */
ObjectIds object_users(const Schema *schema, ObjectId id, ObjectKind kind);

/* Whether it is in a schema because of the table, and moves with it: an index, or a sequence that it owns. */
bool object_moves_with(const Object *object, ObjectId table);
const Index *schema_index(const Schema *schema, ObjectId id);

/* By name; 0 when there is none. `space` decides which of the sets is asked. For a relation name the answer may be
 * the table that owns a constraint's index or a sequence of that name. */
ObjectId schema_find(const Schema *schema, NameSpace space, ObjectId namespace, Str name);

/* The definitions of all kinds that share the name; `place` is their namespace, or what they are on. */
ObjectIds schema_definitions(const Schema *schema, ObjectId place, Str name);

/* The names as SQL, quoted where needed, and qualified unless it lives in the home namespace. */
Str object_sql(const Schema *schema, const Object *object);
Str qualified_sql(const Schema *schema, ObjectId namespace, Str name);

const ColumnInfo *table_column(const Table *table, ColumnId id);
const ColumnInfo *table_column_named(const Table *table, Str name);
const Constraint *table_constraint_named(const Table *table, Str name);
const Constraint *table_constraint(const Table *table, ConstraintId id);
const Constraint *table_primary_key(const Table *table);
bool constraint_is_key(const Constraint *constraint);  /* PRIMARY or UNIQUE */

/* Whether there is an index of its name, and what that is like. */
bool constraint_has_index(const Constraint *constraint);
Str constraint_method(const Constraint *constraint);
bool constraint_excludes(const Constraint *constraint);        /* by operators, as one without overlaps does, too */
const Expression *constraint_predicate(const Constraint *constraint);  /* NULL: it holds all rows */

/* Whether it is a partition's, made for that of its parent alone: one that excludes is never taken for another one, so
 * that each table which becomes a partition gets one more (CompareIndexInfo() in src/backend/catalog/index.c). */
bool constraint_is_clone(const Constraint *constraint);

/* Keys that the server would make one of if a single statement held both, whatever their names
 * (transformIndexConstraints in src/backend/parser/parse_utilcmd.c). */
bool constraint_same_key(const Constraint *a, const Constraint *b);
bool column_ids_contain(ColumnIds ids, ColumnId id);
bool object_ids_contain(ObjectIds ids, ObjectId id);
void object_ids_sort(ObjectIds *ids);

/* The type as a whole, arrays included, for the catalog's questions; NULL when it is not known. */
const CatalogType *type_catalog(const Type *type);

/* Of an object that is being made: one more column or constraint, or a copy in place of one that is there, to be filled
 * in. The copy before it is not the object's any more, so the number is what to keep. */
ColumnInfo *column_add(Arena *arena, Table *table, const ColumnInfo *column);
ColumnInfo *column_edit(Arena *arena, Table *table, ColumnId id);
Constraint *constraint_add(Arena *arena, ConstraintList *constraints, const Constraint *constraint);
Constraint *constraint_edit(Arena *arena, ConstraintList *constraints, ConstraintId id);

/* A mark, and the way back to it. */
size_t schema_mark(const Schema *schema);
void schema_rollback(Schema *schema, size_t mark);

/* Nobody will go back from here: marks from before are good for nothing. */
void schema_settle(Schema *schema);

/* The schema for asking only, until it changes: its answers, lists and texts, live in another arena. */
Schema schema_reader(const Schema *schema, Arena *arena);

#endif
