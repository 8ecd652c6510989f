/* Privileges of roles on objects and columns. */
#ifndef SCHEMA_PRIVILEGE_H
#define SCHEMA_PRIVILEGE_H

#include "schema.h"

typedef enum Privilege {
#define PRIVILEGE(NAME, sql) PRIVILEGE_##NAME,
#include "privileges.def"
#undef PRIVILEGE
    PRIVILEGE_COUNT
} Privilege;

#define PRIVILEGE_BIT(privilege) (UINT32_C(1) << (privilege))

const char *privilege_sql(Privilege privilege);

/* The privilege that the word names, in any case; PRIVILEGE_COUNT: none. */
Privilege privilege_named(Str word);

/* What there is to grant on a kind of object, on a server of the major version; what of it everyone has from the start
 * (manual, section 5.7). `column`: on a column of it. */
uint32_t privileges_of(ObjectKind kind, bool column, unsigned major);
uint32_t privileges_public(ObjectKind kind);

/* "SELECT, UPDATE": data == NULL for none. */
Str privilege_list(Arena *arena, uint32_t bits);

/* What the role has beside the owner's own. */
Grant privileges_find(const Privileges *privileges, Str role);

/* A copy of the list with more, or less: `bits` are granted to (revoked from) the role. */
Privileges privileges_grant(Arena *arena, Privileges privileges, Str role, uint32_t bits, bool option);
Privileges privileges_revoke(Arena *arena, Privileges privileges, Str role, uint32_t bits, bool option_only,
                             uint32_t public);

bool privileges_equal(Privileges a, Privileges b);

/* For people and for comparing: "SELECT, UPDATE to app with grant option; not EXECUTE to PUBLIC". */
Str privileges_text(Arena *arena, Privileges privileges);

#endif
