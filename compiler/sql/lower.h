/* PostgreSQL's trees of statements that the language has itself, lowered into its own tree; private to this folder.
 *
 * A function takes the statement's (or the part's) tokens and tree, and gives the node. What cannot be said in our
 * tree is reported by name; the node then holds the rest, so that what it defines is known.
 */
#ifndef SQL_LOWER_H
#define SQL_LOWER_H

#include "extent.h"
#include "tree.h"

typedef struct Lower {
    Sql *sql;
    Compilation *c;
    Arena *arena;
    Syntax *syntax;
    bool unchecked;
    Tokens *tokens;
    Span statement;        /* all of it */
} Lower;

#define lower_node(l, KIND, Type, place) node_new((l)->arena, KIND, Type, (place))

/* Reports that what stands there is not followed; gives NULL. */
Node *lower_refuse(Lower *l, Span span, const char *what);

NodeList lower_one(Lower *l, Node *node);  /* a list of it; empty for NULL */

/* Wraps the node where the statement says so. */
Node *lower_if_exists(Lower *l, bool said, Node *node);
Node *lower_if_not_exists(Lower *l, bool said, Node *node);

/* The statement of the tree, which stands at the span, in the block of `whole`. */
SqlStatement lower_part(Lower *l, const PgQuery__Node *tree, Span span, const SqlStatement *whole);

/* ------------------------------------------------------------------ parts (lower_column.c, lower_constraint.c) */

/* `name type [collate …] clauses`. Nullable unless something says otherwise, or the key holds the column. */
Node *lower_column(Lower *l, Cursor part, const PgQuery__ColumnDef *column, const PgQuery__Constraint *key);

/* An attribute of a composite type: name and type. */
Node *lower_attribute(Lower *l, Cursor part);

/* What follows a column's or domain's type. */
NodeList lower_clauses(Lower *l, Cursor *rest, size_t count, PgQuery__Node *const *constraints);

/* `generated … as identity [(…)]` */
Node *lower_identity(Lower *l, Cursor part);

/* A constraint of a table or column, with its name. NULL: none that the tree has, which was reported. */
Node *lower_constraint(Lower *l, Cursor part, const PgQuery__Constraint *constraint, bool creating);

/* The name that a constraint begins with, if it does. */
Word lower_constraint_name(Cursor *part);

/* `[only] [schema.]name [*]`; *only: the word. */
Ref lower_relation(Cursor *at, const PgQuery__RangeVar *relation, Span *only);

/* Steps over the words of a kind of object. */
void lower_skip_kind(Cursor *at);

/* `options ([add | set | drop] name ['value'], …)`, where the cursor stands; NULL where there are none. */
Node *lower_wrapper_options(Lower *l, Cursor *at, size_t count, PgQuery__Node *const *options);

/* `( name [= value], … )`, where the cursor stands before the parenthesis. */
NodeList lower_options(Lower *l, Cursor *part);

/* ------------------------------------------------------------------ settings (setting.c) */

void setting_classify(Sql *sql, const PgQuery__VariableSetStmt *set, SqlStatement *statement);

/* Whether it is one that sets search_path by set_config(); it is classified then. */
bool select_sets_path(Sql *sql, const PgQuery__SelectStmt *select, SqlStatement *statement);

/* ------------------------------------------------------------------ statements */

Node *lower_create_table(Lower *l, Cursor at, const PgQuery__CreateStmt *create);
Node *lower_create_foreign_table(Lower *l, Cursor at, const PgQuery__CreateForeignTableStmt *create);
Node *lower_create_index(Lower *l, Cursor at, const PgQuery__IndexStmt *create);
Node *lower_alter_table(Lower *l, Cursor at, const PgQuery__AlterTableStmt *alter);
Node *lower_column_action(Lower *l, Cursor part, const PgQuery__AlterTableCmd *command);
Node *lower_setting_action(Lower *l, Cursor part, const PgQuery__AlterTableCmd *command);
Node *lower_create_schema(Lower *l, Cursor at, const PgQuery__CreateSchemaStmt *create);
void lower_schema_elements(Lower *l, Cursor at, const PgQuery__CreateSchemaStmt *create, const SqlStatement *whole,
                           SqlStatements *elements);
Node *lower_create_extension(Lower *l, Cursor at, const PgQuery__CreateExtensionStmt *create);
Node *lower_alter_extension(Lower *l, Cursor at, const PgQuery__AlterExtensionStmt *alter);
Node *lower_create_sequence(Lower *l, Cursor at, const PgQuery__CreateSeqStmt *create);
Node *lower_alter_sequence(Lower *l, Cursor at, const PgQuery__AlterSeqStmt *alter);
Node *lower_create_enum(Lower *l, Cursor at, const PgQuery__CreateEnumStmt *create);
Node *lower_alter_enum(Lower *l, Cursor at, const PgQuery__AlterEnumStmt *alter);
Node *lower_create_domain(Lower *l, Cursor at, const PgQuery__CreateDomainStmt *create);
Node *lower_alter_domain(Lower *l, Cursor at, const PgQuery__AlterDomainStmt *alter);
Node *lower_create_type(Lower *l, Cursor at);
Node *lower_create_view(Lower *l, Cursor at, const PgQuery__ViewStmt *view);
Node *lower_create_table_as(Lower *l, Cursor at, const PgQuery__CreateTableAsStmt *create);
Node *lower_select_into(Lower *l, Cursor at);
Node *lower_refresh(Lower *l, Cursor at);
Node *lower_create_rule(Lower *l, Cursor at, const PgQuery__RuleStmt *rule);
Node *lower_drop_rule(Lower *l, Cursor at, const PgQuery__DropStmt *drop);
Node *lower_rename_rule(Lower *l, Cursor at);
Node *lower_drop(Lower *l, Cursor at, const PgQuery__DropStmt *drop);
Node *lower_comment(Lower *l, Cursor at, const PgQuery__CommentStmt *comment);
Node *lower_security_label(Lower *l, Cursor at, const PgQuery__SecLabelStmt *label);
Node *lower_rename(Lower *l, Cursor at, const PgQuery__RenameStmt *rename);
Node *lower_set_schema(Lower *l, Cursor at, const PgQuery__AlterObjectSchemaStmt *alter);
Node *lower_set_owner(Lower *l, Cursor at, const PgQuery__AlterOwnerStmt *alter);

/* The kinds of objects that the tree has statements for; the functions above are for those only. */
bool object_is_followed(PgQuery__ObjectType type);

/* What is altered: of a column its relation, of a constraint the table or domain, of an attribute the type. */
PgQuery__ObjectType renamed_kind(const PgQuery__RenameStmt *rename);

/* Fills in what the statement is to the model. */
void statement_classify(Sql *sql, const PgQuery__Node *node, SqlStatement *statement);

/* Whether it is of statements that make, alter or drop what schemas hold. */
bool class_defines(SqlClass class);

/* Whether a definition is of what the model does not hold: roles, databases and other things outside of the schemas. */
bool definition_is_opaque(const PgQuery__Node *node);

bool relation_is_temporary(const Sql *sql, const PgQuery__RangeVar *relation);

/* Whether the statement is about temporary relations alone. Notes those that it creates and drops. */
bool is_about_temporary(Sql *sql, const PgQuery__Node *node);

/* `set default EXPRESSION` or `drop default`, of a column or a domain. */
Node *lower_set_default(Lower *l, Cursor part, Span span);

/* The node `alter … NAME` for the kind of object, with one action. */
Node *lower_alter_object(Lower *l, PgQuery__ObjectType type, Ref name, NodeList actions);

#endif
