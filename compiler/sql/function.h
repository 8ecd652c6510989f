/* Functions of migrations by name; private to this folder. */
#ifndef SQL_FUNCTION_H
#define SQL_FUNCTION_H

#include "resolve.h"

/* Those that a call of the name with so many arguments can mean. */
typedef struct UserFunctions {
    LIST(const Definition *) items;
    ObjectId home;                 /* where they are: the first one, */
    bool apart;                    /* and others elsewhere */
    bool others;                   /* there are more of the name, which take other numbers of arguments */
    bool aggregate, plain, returns_set;
    CatalogVolatility volatility;  /* of the one that may be counted on the most */
} UserFunctions;

UserFunctions user_functions(const Schema *schema, Str qualifier, Str name, size_t arguments);

/* Whether a routine can be called with so many. */
bool routine_takes(const Definition *routine, size_t arguments);

#endif
