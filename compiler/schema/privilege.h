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

/* The same for something that is there: everyone may use the schema "public", and before 15 create in it. */
uint32_t privileges_from_start(const Schema *schema, const Object *object);

/* What everyone may do in a new database with something of the kind that is the server's own, by its name as of a
 * CatalogPrivilege; false: it is not known. */
bool privileges_on_servers(const Schema *schema, ObjectKind kind, Str target, uint32_t *bits);

/* "SELECT, UPDATE": data == NULL for none. */
Str privilege_list(Arena *arena, uint32_t bits);

/* What the role has beside the owner's own. */
Grant privileges_find(const Privileges *privileges, Str role);

/* A copy of the list with more, or less: `bits` are granted to (revoked from) the role. `start`: what the role has of
 * it from the start. */
Privileges privileges_grant(Arena *arena, Privileges privileges, Str role, uint32_t bits, bool option, uint32_t start);
Privileges privileges_revoke(Arena *arena, Privileges privileges, Str role, uint32_t bits, bool option_only,
                             uint32_t start);

/* What they come to under another owner, who has what the two had together (aclnewowner in acl.c): of an object all
 * that was not taken away from the old one, of a column what was granted. */
Privileges privileges_of_owner(Arena *arena, Privileges privileges, Str old, Str new, bool column);

/* What something new in the namespace has by ALTER DEFAULT PRIVILEGES of the role that makes it; "": of the one that
 * makes everything. The maker's own are those of CURRENT_USER. */
Privileges privileges_by_default(const Schema *schema, Str maker, ObjectKind kind, ObjectId namespace);

/* "TABLES": the word of ALTER DEFAULT PRIVILEGES for the kind; "" for none. */
const char *privileges_word(ObjectKind kind);

bool privileges_equal(Privileges a, Privileges b);

/* For people and for comparing: "SELECT, UPDATE to app with grant option; not EXECUTE to PUBLIC". */
Str privileges_text(Arena *arena, Privileges privileges);

#endif
