/* PostgreSQL's parse trees; private to this folder. */
#ifndef SQL_TREE_H
#define SQL_TREE_H

#include "sql.h"

#include <pg_query/pg_query.pb-c.h>

/* Parses prefix + the fragment's SQL + suffix as one or more statements. NULL: refused, and reported at the place in
 * the fragment. The tree lives in the compilation's arena and must not be changed. */
const PgQuery__ParseResult *tree_parse(Sql *sql, const char *prefix, const Fragment *fragment, const char *suffix);

/* The fragment as it is, as statements. NULL: refused, and nothing was reported. */
const PgQuery__ParseResult *tree_try(Sql *sql, const Fragment *fragment);

/* The same as one statement; for fragments, which can hold no `;`. */
const PgQuery__Node *tree_statement(Sql *sql, const char *prefix, const Fragment *fragment, const char *suffix);

/* The expression that the fragment is. */
const PgQuery__Node *tree_expression(Sql *sql, const Fragment *fragment);

/* What stands behind the handle of a statement. */
const PgQuery__Node *tree_of(const SqlStatement *statement);

/* A location of a tree that was parsed behind the prefix, as an offset of the fragment's SQL. */
size_t tree_offset(const char *prefix, int32_t location);

#define TREE_EXPRESSION_PREFIX "SELECT "
#define TREE_KEY_PREFIX "CREATE INDEX ON x ("

/* Calls visit for the message and each below it, parents first; visit returns false to leave what is below out. */
typedef bool TreeVisitor(void *context, const ProtobufCMessage *message);
void tree_walk(const ProtobufCMessage *message, TreeVisitor *visit, void *context);

/* True when the message is of the kind: tree_is(message, pg_query__column_ref). */
#define tree_is(message, kind) ((message)->descriptor == &kind##__descriptor)

/* Calls visit for every string of the message and of those below it that is or holds a name, or is a constant. */
typedef void TreeStringVisitor(void *context, Str text);
void tree_each_string(const ProtobufCMessage *message, TreeStringVisitor *visit, void *context);

/* The tokens of SQL by the server's scanner. NULL: it is none. They live in the arena. */
const PgQuery__ScanResult *tree_scan(Arena *arena, Str sql);

/* The text of a token of that SQL. */
Str tree_token(const PgQuery__ScanResult *scan, Str sql, size_t i);

/* Whether it is that word, in capitals or not. */
bool tree_token_is(const PgQuery__ScanResult *scan, Str sql, size_t i, Str word);

/* What a string constant stands for: its token is written with quotes, or between dollars. */
Str tree_string(Arena *arena, Str written);

/* The version whose grammar the parser has. */
enum { PARSER_MAJOR = 15 };

/* Adds to the report of a refusal, which stopped at the offset, what of a newer version was meant. */
void explain_refusal(Sql *sql, Str text, size_t offset, Str message);

/* The same where a function is not known. False: it is none of those. */
bool explain_unknown_function(Sql *sql, Str name);

/* A tree as text, without its locations. `replace` may write something else for a message and return true. */
typedef bool TreeReplacer(void *context, const ProtobufCMessage *message, Text *out);
void tree_print(const ProtobufCMessage *message, TreeReplacer *replace, void *context, Text *out);

/* Lists of names: the last part, and the one before it ("" when there is none). */
Str tree_name(size_t count, PgQuery__Node *const *names);
Str tree_qualifier(size_t count, PgQuery__Node *const *names);

/* The integer behind smallserial, serial and bigserial; NULL: the type is none of them. */
const char *tree_serial_integer(const PgQuery__TypeName *name);

/* "a.b", quoted where needed. */
Str tree_qualified_sql(Arena *arena, size_t count, PgQuery__Node *const *names);

#endif
