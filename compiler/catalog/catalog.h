/* Catalog: PostgreSQL's own catalog as constant data, a snapshot a major version.
 *
 * A snapshot holds what a server knows before anyone creates anything, and what each extension of the standard
 * distribution would bring: that major's own, core and extensions both, as a server of it answered (data/majors.tsv
 * says which). Only the collations that the operating system's libraries bring are those of one server for all majors.
 * It is plain data, open to read: the core and every extension is a CatalogExtension, whose slices are sorted by their
 * first fields, by bytes. Nothing here allocates but what takes an Arena, nothing reports: NULL is the answer to a name
 * that is not known, and the wording is the caller's.
 *
 * What two majors have alike is in memory once. So a thing that was found in one snapshot is not to be looked for in
 * another: it may be the same there, or not.
 *
 * Types are compared by address: within a snapshot each of them is in one place only. A type that a migration creates
 * takes part in all that is asked here by a CatalogType of its own:
 *
 *     enum        .kind = CATALOG_ENUM, .category = 'E'
 *     composite   .kind = CATALOG_COMPOSITE, .category = 'C'
 *     domain      .kind = CATALOG_DOMAIN, .base = its type, .category and .collatable as that has them
 *     range       .kind = CATALOG_RANGE, .category = 'R', .base = its subtype
 *     multirange  .kind = CATALOG_MULTIRANGE, .category = 'R', .base = its range
 *     array       .kind = CATALOG_BASE, .category = 'A', .element = its element
 *     unknown     .unknown, for one of an extension that there is no snapshot of; every question has the answer yes
 *
 * with its name, display and stored as they are to be shown, quoted and qualified; what is not set is 0.
 */
#ifndef CATALOG_H
#define CATALOG_H

#include "arena.h"
#include "text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct CatalogExtension CatalogExtension;
typedef struct CatalogType CatalogType;

/* A list of some of a pool's structs: catalog_at(slice, i) is the address of the i-th of count. */
#define CATALOG_SLICE(Type)   \
    struct {                  \
        const Type *pool;     \
        const uint16_t *rows; \
        size_t count;         \
    }

#define catalog_at(slice, i) (&(slice).pool[(slice).rows[i]])

/* pg_type.typtype */
typedef enum CatalogTypeKind {
    CATALOG_BASE = 'b',
    CATALOG_COMPOSITE = 'c',
    CATALOG_DOMAIN = 'd',
    CATALOG_ENUM = 'e',
    CATALOG_MULTIRANGE = 'm',
    CATALOG_PSEUDO = 'p',
    CATALOG_RANGE = 'r',
} CatalogTypeKind;

/* From the most to the least that may be counted on. */
typedef enum CatalogVolatility {
    CATALOG_IMMUTABLE,
    CATALOG_STABLE,
    CATALOG_VOLATILE,
} CatalogVolatility;

struct CatalogType {
    Str name;                          /* pg_type.typname, as libpg_query names a built-in type: int4, bpchar, _text */
    Str display;                       /* as the server's messages name it: integer, character, text[] */
    Str stored;                        /* a column of it without modifiers: integer, bpchar, text[] */
    Str extension;                     /* the name of the one that brings it; empty: the server's or a migration's */
    const CatalogType *element;        /* of an array; NULL for what merely has subscripts, such as point */
    const CatalogType *array;          /* NULL: has none */
    const CatalogType *base;           /* of a domain; a range's subtype; a multirange's range */
    CatalogTypeKind kind;
    char category;                     /* pg_type.typcategory */
    bool preferred;                    /* within its category */
    bool takes_modifiers;
    bool collatable;
    CatalogVolatility input;           /* of its conversion from text */
    CatalogVolatility output;          /* and to text */
    bool unknown;                      /* nothing is known of it but its name: it may have any cast, class, modifier */
    bool own_schema;                   /* of an unknown one: it is shown with its schema, which no migration made */
};

typedef enum CatalogContext {
    CATALOG_IMPLICIT,                  /* in any expression */
    CATALOG_ASSIGNMENT,                /* also when a column is assigned */
    CATALOG_EXPLICIT,                  /* only by a written cast */
} CatalogContext;

typedef enum CatalogMethod {
    CATALOG_BINARY,                    /* the bytes mean the same in both types */
    CATALOG_FUNCTION,
    CATALOG_INOUT,                     /* through text */
} CatalogMethod;

typedef struct CatalogCast {
    const CatalogType *source;
    const CatalogType *target;
    CatalogContext context;
    CatalogMethod method;
    CatalogVolatility volatility;
} CatalogCast;

typedef struct CatalogAccessMethod {
    Str name;
    bool is_index;                     /* else it is a table's */
    bool can_unique;
    bool can_multicolumn;
    bool can_include;
    bool can_order;                    /* takes asc, desc, nulls first, nulls last */
    bool can_exclude;
    bool unknown;                      /* as of a type */
} CatalogAccessMethod;

typedef struct CatalogOpclass {
    const CatalogAccessMethod *method;
    Str name;
    const CatalogType *input;          /* NULL: catalog_unknown_opclass */
    Str family;
    bool is_default;                   /* for its input type */
    bool takes_options;
} CatalogOpclass;

/* A member of an operator family. */
typedef struct CatalogFamilyOperator {
    const CatalogAccessMethod *method;
    Str family;
    const CatalogType *left;
    const CatalogType *right;
    Str operator;
    uint16_t strategy;
    bool orders;                       /* by distance; else it searches */
} CatalogFamilyOperator;

typedef enum CatalogFunctionKind {
    CATALOG_AGGREGATE = 'a',
    CATALOG_PLAIN = 'f',
    CATALOG_PROCEDURE = 'p',
    CATALOG_WINDOW = 'w',
} CatalogFunctionKind;

typedef struct CatalogColumn {
    Str name;
    const CatalogType *type;           /* NULL: one that no snapshot has */
} CatalogColumn;

typedef struct CatalogFunction {
    Str name;
    const CatalogType *const *arguments;
    const CatalogType *result;
    const CatalogType *variadic;       /* what the last argument is a list of; NULL: not variadic */
    uint8_t argument_count;
    uint8_t defaults;                  /* how many of the last arguments may be left out */
    bool returns_set;
    bool strict;
    CatalogFunctionKind kind;
    CatalogVolatility volatility;
    const CatalogColumn *outputs;      /* the OUT parameters: the columns of what it gives; of one, the result's name */
    size_t output_count;
} CatalogFunction;

typedef struct CatalogOperator {
    Str name;
    const CatalogType *left;           /* NULL: a prefix operator */
    const CatalogType *right;
    const CatalogType *result;
    Str commutator;                    /* empty: none */
    CatalogVolatility volatility;
} CatalogOperator;

typedef enum CatalogStorageType {
    CATALOG_STORAGE_BOOLEAN,
    CATALOG_STORAGE_INTEGER,
    CATALOG_STORAGE_REAL,
    CATALOG_STORAGE_ENUM,
} CatalogStorageType;

/* What `with (name = value)` may say. */
typedef struct CatalogStorageParameter {
    Str kind;                          /* "table", "toast", "partitioned table", "view" or an index access method */
    Str name;
    CatalogStorageType type;
    double minimum;                    /* of INTEGER and REAL, both ends included */
    double maximum;
    Str values;                        /* of ENUM: "on,off,auto" */
} CatalogStorageParameter;

/* A table or view that can be read from. */
typedef struct CatalogRelation {
    Str schema;                        /* pg_catalog or information_schema; empty: that of its extension */
    Str name;
    bool is_table;                     /* it has the columns that every table has, such as ctid */
    const CatalogColumn *columns;      /* in order */
    size_t column_count;
} CatalogRelation;

typedef struct CatalogCollation {
    Str name;
    char provider;                     /* pg_collation.collprovider */
    bool deterministic;
    bool platform;                     /* only where the operating system or the build of the server has it */
} CatalogCollation;

/* What everyone may do in a new database with something that the server brings, where its kind does not say it. */
typedef struct CatalogPrivilege {
    Str target;                        /* "TABLE pg_catalog.pg_authid", "FUNCTION pg_catalog.lo_import(text, oid)" */
    Str everyone;                      /* "SELECT,UPDATE"; with a ? in the end: and something on single columns */
} CatalogPrivilege;

typedef CATALOG_SLICE(CatalogType) CatalogTypes;
typedef CATALOG_SLICE(CatalogCast) CatalogCasts;
typedef CATALOG_SLICE(CatalogAccessMethod) CatalogAccessMethods;
typedef CATALOG_SLICE(CatalogOpclass) CatalogOpclasses;
typedef CATALOG_SLICE(CatalogFamilyOperator) CatalogFamilyOperators;
typedef CATALOG_SLICE(CatalogFunction) CatalogFunctions;
typedef CATALOG_SLICE(CatalogOperator) CatalogOperators;
typedef CATALOG_SLICE(CatalogStorageParameter) CatalogStorageParameters;
typedef CATALOG_SLICE(CatalogRelation) CatalogRelations;
typedef CATALOG_SLICE(CatalogCollation) CatalogCollations;
typedef CATALOG_SLICE(CatalogPrivilege) CatalogPrivileges;
typedef CATALOG_SLICE(CatalogExtension) CatalogExtensions;

typedef struct CatalogRequirements {
    const CatalogExtension *const *items;
    size_t count;
} CatalogRequirements;

struct CatalogExtension {
    Str name;                          /* empty: the core */
    Str version;
    Str schema;                        /* the one that it insists on; empty: any */
    bool relocatable;
    bool trusted;                      /* its creator need not be superuser */
    CatalogRequirements requires;      /* of the same snapshot */
    CatalogTypes types;                /* by name */
    CatalogCasts casts;
    CatalogAccessMethods access_methods;
    CatalogOpclasses opclasses;        /* by method, name */
    CatalogFamilyOperators family_operators;
    CatalogFunctions functions;        /* by name */
    CatalogOperators operators;        /* by name */
    CatalogStorageParameters storage_parameters; /* by kind, name */
    CatalogRelations relations;        /* by schema, name */
};

typedef struct Catalog {
    unsigned major;
    CatalogExtension core;             /* pg_catalog */
    CatalogExtensions extensions;      /* by name */
    CatalogCollations collations;
    CatalogPrivileges privileges;
} Catalog;

/* The snapshot of the major version; where there is none, the next newer one, or else the newest. */
const Catalog *catalog_for(unsigned major);

const CatalogExtension *catalog_extension(const Catalog *catalog, Str name);
const CatalogCollation *catalog_collation(const Catalog *catalog, Str name);

/* A view: a snapshot with some of its extensions created. A value, to be copied along with the schema it belongs to. */
enum { CATALOG_EXTENSIONS_MAX = 256 };

/* A cast that a migration has made, and those that there were before it. */
typedef struct CatalogMadeCast CatalogMadeCast;
struct CatalogMadeCast {
    CatalogCast cast;                  /* its volatility is its function's, which may change: the caller knows it */
    uint32_t maker;                    /* the caller's number of it; not 0 */
    const CatalogMadeCast *next;
};

typedef struct CatalogView {
    const Catalog *catalog;
    uint64_t created[CATALOG_EXTENSIONS_MAX / 64];
    const CatalogMadeCast *casts;      /* besides the server's and the extensions' */
} CatalogView;

/* No extension is created, not even plpgsql, which a new database has. */
CatalogView catalog_view(const Catalog *catalog);

void catalog_view_create(CatalogView *view, const CatalogExtension *extension);
void catalog_view_drop(CatalogView *view, const CatalogExtension *extension);
bool catalog_view_has(const CatalogView *view, const CatalogExtension *extension);

/* Of casts that a migration makes. Copies of the view keep theirs. */
void catalog_view_add_cast(CatalogView *view, Arena *arena, CatalogCast cast, uint32_t maker);
void catalog_view_remove_cast(CatalogView *view, Arena *arena, uint32_t maker);

/* The core after NULL, then each created extension by name, then NULL. */
const CatalogExtension *catalog_view_next(const CatalogView *view, const CatalogExtension *previous);

#define catalog_each_owner(owner, view) \
    for (const CatalogExtension *owner = NULL; (owner = catalog_view_next((view), owner)) != NULL;)

/* Lookups in one owner: the core or an extension. Functions and operators: all that share the name. */
const CatalogType *catalog_type_in(const CatalogExtension *owner, Str name);
const CatalogAccessMethod *catalog_access_method_in(const CatalogExtension *owner, Str name);
const CatalogOpclass *catalog_opclass_in(const CatalogExtension *owner, const CatalogAccessMethod *method, Str name);
CatalogFunctions catalog_functions_in(const CatalogExtension *owner, Str name);
CatalogOperators catalog_operators_in(const CatalogExtension *owner, Str name);

/* `schema` as the relation has it: empty for an extension's. */
const CatalogRelation *catalog_relation_in(const CatalogExtension *owner, Str schema, Str name);

/* Lookups in all that a view holds. */
const CatalogType *catalog_type(const CatalogView *view, Str name);
const CatalogAccessMethod *catalog_access_method(const CatalogView *view, Str name);
const CatalogOpclass *catalog_opclass(const CatalogView *view, const CatalogAccessMethod *method, Str name);
bool catalog_function_known(const CatalogView *view, Str name);
bool catalog_operator_known(const CatalogView *view, Str name);
const CatalogStorageParameter *catalog_storage_parameter(const CatalogView *view, Str kind, Str name);

/* Of overloads that share a name: whether one is of the kind, whether all return sets, and the volatility of the one
 * that may be counted on the most (VOLATILE: all of them are). The last two want at least one. */
bool catalog_functions_include(CatalogFunctions overloads, CatalogFunctionKind kind);
bool catalog_functions_return_set(CatalogFunctions overloads);
CatalogVolatility catalog_functions_volatility(CatalogFunctions overloads);

/* The type below any domains. */
const CatalogType *catalog_base_type(const CatalogType *type);

/* The pg_cast entry of exactly these types; NULL: none. */
const CatalogCast *catalog_cast(const CatalogView *view, const CatalogType *source, const CatalogType *target);

/* Its number; 0: it is the server's or an extension's. */
uint32_t catalog_cast_maker(const CatalogView *view, const CatalogCast *cast);

/* How values are converted: the cast that does it, of arrays that of their elements; NULL: there is none, be it that
 * there is nothing to do, that it goes through text, or that it cannot be done. */
const CatalogCast *catalog_conversion(const CatalogView *view, const CatalogType *source, const CatalogType *target);

/* Whether a source's value is a target's without any work, where target may be polymorphic: the server's
 * IsBinaryCoercible. */
bool catalog_binary_coercible(const CatalogView *view, const CatalogType *source, const CatalogType *target);

/* Whether source converts to target in the context. target is not polymorphic. */
bool catalog_coercible(const CatalogView *view, const CatalogType *source, const CatalogType *target,
                       CatalogContext context);

/* The operator class that an index of the method takes for a column of the type; NULL: there is none, and one must be
 * named. */
const CatalogOpclass *catalog_default_opclass(const CatalogView *view, const CatalogAccessMethod *method,
                                              const CatalogType *type);

/* Of which anything may be so: of an unknown type, or with an unknown method. */
extern const CatalogOpclass catalog_unknown_opclass;

/* Whether the operator class may be named for a column of the type. (Server 12 ignores some names of old, such as
 * timestamp_ops, instead of refusing them.) */
bool catalog_opclass_accepts(const CatalogView *view, const CatalogOpclass *opclass, const CatalogType *type);

/* The member of the operator class's family for exactly these types: by strategy number, or by operator. */
const CatalogFamilyOperator *catalog_family_strategy(const CatalogView *view, const CatalogOpclass *opclass,
                                                     const CatalogType *left, const CatalogType *right,
                                                     uint16_t strategy);
const CatalogFamilyOperator *catalog_family_operator(const CatalogView *view, const CatalogOpclass *opclass,
                                                     const CatalogType *left, const CatalogType *right, Str operator);

/* Whether a foreign key's column of type `referencing` may refer to a unique key's column of type `referenced`, whose
 * index has the operator class; without one, btree's default for its type. From 18 on a server wants both columns to be
 * collatable or neither; that they have the same collation, where one is not deterministic, is not asked here.
 *
 * A server takes a key of arrays with modifiers, such as varchar(3)[], in `create table`, and then fails each time it
 * looks one up ("operator does not exist"); the caller, who knows the modifiers, may refuse it. */
bool catalog_types_comparable_by(const CatalogView *view, const CatalogOpclass *opclass, const CatalogType *referenced,
                                 const CatalogType *referencing);
bool catalog_types_comparable(const CatalogView *view, const CatalogType *referenced, const CatalogType *referencing);

typedef enum CatalogModifierProblem {
    CATALOG_MODIFIERS_FINE,
    CATALOG_MODIFIERS_NOT_TAKEN,       /* the type takes none */
    CATALOG_MODIFIERS_COUNT,           /* not between minimum and maximum of them */
    CATALOG_MODIFIERS_RANGE,           /* the value is not between minimum and maximum */
    CATALOG_MODIFIERS_REDUCED,         /* a warning: the server takes maximum in place of the value */
    CATALOG_MODIFIERS_FIELDS,          /* of an interval: not fields that it may be limited to */
} CatalogModifierProblem;

typedef struct CatalogModifierCheck {
    CatalogModifierProblem problem;
    size_t index;                      /* which modifier is wrong */
    int64_t value;                     /* it, or for COUNT their number */
    int64_t minimum;
    int64_t maximum;
} CatalogModifierCheck;

/* Checks a type's modifiers, the integers of libpg_query's TypeName.typmods, as a server of the major version does. The
 * modifiers of an array are those of its element. */
CatalogModifierCheck catalog_check_modifiers(unsigned major, const CatalogType *type, const int32_t *modifiers,
                                             size_t count);

/* The type of a column as format_type() prints it, given modifiers that passed the check. Whatever the number of
 * dimensions, an array has one [], for that is all the server keeps. */
Str catalog_format_type(Arena *arena, const CatalogType *type, const int32_t *modifiers, size_t count,
                        unsigned dimensions);

/* Whether an identifier must be quoted in SQL, for any major version there is a snapshot of; and it, quoted if so. */
bool catalog_quote_needed(Str identifier);
Str catalog_quote(Arena *arena, Str identifier);

/* Whether the byte may stand inside an identifier that is not quoted (ident_cont in src/backend/parser/scan.l). */
bool catalog_in_identifier(char c);

#endif
