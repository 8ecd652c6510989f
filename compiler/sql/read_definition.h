/* Reading what only SQL defines; private to this folder. */
#ifndef SQL_READ_DEFINITION_H
#define SQL_READ_DEFINITION_H

#include "definition.h"
#include "definition_text.h"
#include "expression.h"
#include "extent.h"
#include "function.h"
#include "lookup.h"
#include "names.h"
#include "resolve.h"

/* A statement while it is read. */
typedef struct DefinitionReader {
    Sql *sql;
    Compilation *c;
    Arena *arena;
    const Schema *schema;
    const SqlStatement *statement;
    NamePlace names;         /* the block, for the locations of the tree */
    Cursor at;
    DefinitionText text;     /* what is kept of the statement */
    SqlDefinition *out;
    const ProtobufCMessage *shape;   /* what the shape is made of; NULL: the statement's tree */
    bool refused;            /* something was reported */
    bool outside;            /* what is named is the server's, or an extension's */
} DefinitionReader;

/* Reports, and marks the reader; label, note and help may follow. */
void definition_report(DefinitionReader *r, DiagnosticCode code, Span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Where a location of the tree is in the file. */
uint32_t reader_place(const DefinitionReader *r, int32_t location);
Span reader_span(const DefinitionReader *r, int32_t location, size_t length);

/* ------------------------------------------------------------------ names (definition_name.c) */

/* The namespace of a name; 0: reported. */
ObjectId read_namespace(DefinitionReader *r, const Ref *ref);

/* The relation that a name means, of any kind with columns; NULL: reported. */
const Table *read_relation(DefinitionReader *r, const Ref *ref);
const ColumnInfo *read_column(DefinitionReader *r, const Table *table, Word name);

/* A type, with its use in the text. One without a catalog type was reported. */
Type read_type(DefinitionReader *r, const PgQuery__TypeName *name);

/* The name of what is created: it goes into the definition, and is a hole in the text. */
void read_own_name(DefinitionReader *r, const Ref *ref, bool qualified);

/* The routine that a name means where it is to take just these types; NULL: the model has none. *known: the server or
 * an extension has one, or it was reported. `what` it is to be: "a function". */
const Definition *read_function(DefinitionReader *r, const Ref *ref, const TypeList *arguments, bool *known);

/* Without a word: whether they are there. */
bool type_is_known(const DefinitionReader *r, const PgQuery__TypeName *name);
bool relation_is_there(const DefinitionReader *r, const Ref *ref);

/* Whether the server or an extension that is created has a function of the name. */
bool function_is_brought(DefinitionReader *r, const Ref *ref);

/* An extension that the definition depends on; 0: none. */
void read_extension(DefinitionReader *r, ObjectId extension);

/* Whether the name may be of an extension that no snapshot knows, which the definition then depends on. */
bool read_unknown(DefinitionReader *r, const Ref *ref);

/* The same of what a statement is about; what is to be dropped is none of an extension's. */
bool unknown_is_named(const DefinitionReader *r, const Ref *ref);

/* Whether the server or an extension has something of the kind and name. */
bool definition_is_brought(const DefinitionReader *r, ObjectKind kind, const Ref *ref);

/* The namespace of something that is looked for; 0: not there, which was reported unless missing_ok, or the
 * server's. */
ObjectId namespace_of(DefinitionReader *r, const Ref *ref, bool missing_ok);

/* What is on a relation, as a target; NULL: not there, reported unless missing_ok. */
const Definition *read_part(DefinitionReader *r, ObjectKind kind, const Object *of, Word name, bool missing_ok);

/* Privileges on something of the server's own, as a definition, if they can be followed; false: it is not its own. */
bool grant_on_servers(DefinitionReader *r, const PgQuery__GrantStmt *tree, size_t index);

/* A role as SQL. */
Str role_name(Arena *arena, const PgQuery__RoleSpec *role);
Str roles_sql(Arena *arena, size_t count, PgQuery__Node *const *roles);

/* ------------------------------------------------------------------ kinds */

void read_create_function(DefinitionReader *r, const PgQuery__CreateFunctionStmt *create);
void read_create_trigger(DefinitionReader *r, const PgQuery__CreateTrigStmt *create);
void read_create_event_trigger(DefinitionReader *r, const PgQuery__CreateEventTrigStmt *create);
void read_create_policy(DefinitionReader *r, const PgQuery__CreatePolicyStmt *create);
/* The rarer kinds (simple.c). False: a kind that is not among definitions. */
bool read_define(DefinitionReader *r, const PgQuery__DefineStmt *define);
void read_create_cast(DefinitionReader *r, const PgQuery__CreateCastStmt *create);
void read_create_transform(DefinitionReader *r, const PgQuery__CreateTransformStmt *create);
void read_create_conversion(DefinitionReader *r, const PgQuery__CreateConversionStmt *create);
void read_create_class(DefinitionReader *r, const PgQuery__CreateOpClassStmt *create);
void read_create_family(DefinitionReader *r, const PgQuery__CreateOpFamilyStmt *create);
void read_create_statistics(DefinitionReader *r, const PgQuery__CreateStatsStmt *create);
void read_create_language(DefinitionReader *r, const PgQuery__CreatePLangStmt *create);
void read_create_access_method(DefinitionReader *r, const PgQuery__CreateAmStmt *create);
void read_create_wrapper(DefinitionReader *r, const PgQuery__CreateFdwStmt *create);
void read_create_server(DefinitionReader *r, const PgQuery__CreateForeignServerStmt *create);
void read_create_mapping(DefinitionReader *r, const PgQuery__CreateUserMappingStmt *create);
void read_create_range(DefinitionReader *r, const PgQuery__CreateRangeStmt *create);

/* Steps over the words of the kind and reads the name behind them. */
void read_begin(DefinitionReader *r, ObjectKind kind, bool qualified);

/* Whether what a definition needs is there, and of one mind (parameter.c). */
void check_parameters(DefinitionReader *r, const PgQuery__DefineStmt *define);

/* A parameter that is on or off. */
bool parameter_is_true(const PgQuery__DefElem *option);

/* (name = value, …): reads the types and functions that are named, and gives the types. */
typedef struct ElementType {
    Str key;
    Type type;
} ElementType;
typedef LIST(ElementType) ElementTypes;
ElementTypes read_elements(DefinitionReader *r, size_t count, PgQuery__Node *const *definition);
void read_create_publication(DefinitionReader *r, const PgQuery__CreatePublicationStmt *create);
void read_alter_publication(DefinitionReader *r, const PgQuery__AlterPublicationStmt *alter);
void read_drop_mapping(DefinitionReader *r, const PgQuery__DropUserMappingStmt *drop);
void read_alter_mapping(DefinitionReader *r, const PgQuery__AlterUserMappingStmt *alter);
void read_alter_server(DefinitionReader *r, const PgQuery__AlterForeignServerStmt *alter);
void read_alter_wrapper(DefinitionReader *r, const PgQuery__AlterFdwStmt *alter);
void read_alter_statistics(DefinitionReader *r, const PgQuery__AlterStatsStmt *alter);

/* A function that the server calls by itself (support_function.c): looked for behind its word, its use in the text.
 * What it gives follows from what it is for, but for SUPPORT_TRANSFORM_TO. */
typedef enum SupportFunction {
    SUPPORT_WRAPPER_HANDLER, SUPPORT_WRAPPER_VALIDATOR, SUPPORT_INDEX_HANDLER, SUPPORT_TABLE_HANDLER,
    SUPPORT_LANGUAGE_HANDLER, SUPPORT_LANGUAGE_INLINE, SUPPORT_LANGUAGE_VALIDATOR, SUPPORT_TRANSFORM_FROM,
    SUPPORT_TRANSFORM_TO
} SupportFunction;
void read_support_function(DefinitionReader *r, SupportFunction which, const CatalogType *result);

/* A language by its name, with its use in the text where it is written as a word; that there is none is reported at the
 * span. 0: none of the migrations', or none. */
ObjectId use_language(DefinitionReader *r, Str name, Word written, Span span);

/* The name behind the next LANGUAGE, which the cursor goes behind. */
Word cursor_language(Cursor *at);

/* The one function of a name, whatever it takes, with its use in the text; that there is none is reported. */
void read_function_named(DefinitionReader *r, size_t count, PgQuery__Node *const *names, Span span);

/* The same, of what takes just these types; NULL: that is not known. NULL: it is not of the model. */
const Definition *read_function_taking(DefinitionReader *r, size_t count, PgQuery__Node *const *names, Span span,
                          const TypeList *taken);

/* The place of a name that has no location: where the names stand next. */
Span names_span(Cursor at);

/* The types behind the name of a function or operator, with their uses in the text; NONE has no catalog type. */
TypeList read_argument_types(DefinitionReader *r, size_t count, PgQuery__Node *const *names);

/* What a function is to take, in one way or another, and to give: names of pg_type, and T for the type in question. */
typedef struct Signature {
    const char *arguments[2];
    const char *result;
} Signature;

/* A function of the server, an extension or the model. */
typedef struct FoundFunction {
    bool there;
    const Definition *made;      /* NULL: not of the model */
    ObjectId object;             /* it, or its extension; 0: the server's */
    Type result;
    CatalogVolatility volatility;
    CatalogFunctionKind kind;
    bool returns_set;
} FoundFunction;

/* The one that takes just these types (signature.c). */
FoundFunction find_function(const DefinitionReader *r, Str qualifier, Str name, const TypeList *types);

/* The same, of one of the model. */
FoundFunction found_made(const Definition *made);

/* The one that fits, with its use in the text at the span; that there is none, or that it gives something else, is
 * reported. Of an unknown extension it is not there. */
FoundFunction read_function_fitting(DefinitionReader *r, const PgQuery__TypeName *name, Span span,
                                    const Signature *signature, const Type *own);

/* The function that takes just these types, with its use in the text; that there is none is reported. */
FoundFunction read_function_exactly(DefinitionReader *r, size_t count, PgQuery__Node *const *names, Span span,
                                    const TypeList *types);

/* The key of an attribute that is an element "name = value", which CREATE and ALTER … SET say in
 * parentheses. */
Str element_key(Arena *arena, const char *name);

/* The value of a parameter as a word or string; "" for anything else. */
Str parameter_text(const PgQuery__DefElem *element);

/* Base types (base_type.c). */
void read_base_type(DefinitionReader *r, const PgQuery__DefineStmt *define);
void read_alter_type(DefinitionReader *r, const PgQuery__AlterTypeStmt *alter);

/* Operators (operator.c), their families (operator_family.c). */
void read_operator(DefinitionReader *r, const PgQuery__DefineStmt *define);
void read_alter_operator(DefinitionReader *r, const PgQuery__AlterOperatorStmt *alter);
void read_alter_family(DefinitionReader *r, const PgQuery__AlterOpFamilyStmt *alter);

/* Text search (text_search.c). */
void read_create_configuration(DefinitionReader *r, const PgQuery__DefineStmt *define);
void read_create_template(DefinitionReader *r, const PgQuery__DefineStmt *define);
void read_create_dictionary(DefinitionReader *r, const PgQuery__DefineStmt *define);
void read_alter_configuration(DefinitionReader *r, const PgQuery__AlterTSConfigurationStmt *alter);
void read_alter_dictionary(DefinitionReader *r, const PgQuery__AlterTSDictionaryStmt *alter);

void read_alter_policy(DefinitionReader *r, const PgQuery__AlterPolicyStmt *alter);
void read_alter_function(DefinitionReader *r, const PgQuery__AlterFunctionStmt *alter);

/* Reads the body of a function in PL/pgSQL, whose tree has no other parser. */
/* Which statements an event trigger is for (event_filter.c). */
void check_event_filters(DefinitionReader *r, const PgQuery__CreateEventTrigStmt *create);

void check_plpgsql(DefinitionReader *r, const Routine *routine, Str body);

bool type_is_polymorphic(const Type *type);

/* Whether one of the arguments decides what a polymorphic type is; any other one is what it is. */
bool type_is_decided(const Type *type, const TypeList *arguments);

/* Bodies in SQL: of a string the names are looked up, and noted as mentions; one of the standard goes into the text. */
void check_sql_body(DefinitionReader *r, const Routine *routine, Str body, Span literal);
void take_standard_body(DefinitionReader *r, const Routine *routine, Cursor *at, const PgQuery__Node *body);

/* The string behind AS. */
Span find_body(const DefinitionReader *r);

/* Verbs that all kinds share (definition_target.c). */
void read_drop(DefinitionReader *r, const PgQuery__DropStmt *drop);
void read_comment(DefinitionReader *r, const PgQuery__CommentStmt *comment);
void read_security_label(DefinitionReader *r, const PgQuery__SecLabelStmt *label);
void read_rename(DefinitionReader *r, const PgQuery__RenameStmt *rename);
void read_set_schema(DefinitionReader *r, const PgQuery__AlterObjectSchemaStmt *alter);
void read_set_owner(DefinitionReader *r, const PgQuery__AlterOwnerStmt *alter);
void read_grant_clauses(DefinitionReader *r, const PgQuery__GrantStmt *tree);   /* all but what is granted on */
void read_default_privileges(DefinitionReader *r, const PgQuery__AlterDefaultPrivilegesStmt *alter);
void read_grant(DefinitionReader *r, const PgQuery__GrantStmt *grant);

/* The kind of object among definitions; OBJECT_KIND_COUNT: it is none. */
ObjectKind definition_kind(PgQuery__ObjectType type);

/* The targets are read. False: nothing is left to do; where none is there, or it is the server's, the verb says so. */
bool read_ended(DefinitionReader *r);

/* What the node of DROP, COMMENT and the like names. False: it is not there, which was reported unless `missing_ok`. */
bool read_target(DefinitionReader *r, PgQuery__ObjectType type, const PgQuery__Node *node, Cursor *at, bool missing_ok);

/* The same for one that is altered, with its attributes as they are so far. False: nothing is left to do. */
bool read_altered(DefinitionReader *r, PgQuery__ObjectType type);

/* The options of a function, as attributes. */
void read_function_options(DefinitionReader *r, const Definition *d, size_t count, PgQuery__Node *const *options,
                           Attributes *attributes);

/* A row that an expression may name: OLD and NEW by their names, the row that a policy is about without. */
typedef struct ConditionRow {
    const char *name;        /* NULL: its columns need no qualifier, and it is qualified by the relation's name */
    const Table *table;
} ConditionRow;

/* Where a condition stands. */
typedef struct ConditionPlace {
    const char *name;        /* "a policy" */
    bool subqueries;         /* it may hold some */
    size_t count;
    const ConditionRow *rows;
    bool filters;            /* of a publication */
    const char *condition;   /* "WHEN": what is to be a truth value; NULL: any value will do */
    Type *type;              /* where the type of what it gives goes; NULL: nobody asks */
} ConditionPlace;

/* The SQL in the span as an expression; `tree` is what the parser made of it. NULL: reported. */
const Expression *read_condition(DefinitionReader *r, Span span, const PgQuery__Node *tree, ConditionPlace place);

#endif
