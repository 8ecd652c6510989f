/* The grammar of `.mig` files. LANGUAGE.md says what it means.
 *
 * SQL inside the language is never parsed here: a fragment is a sequence of tokens that ends at the next clause word of
 * its place, `;`, `,` or a closing bracket; inside a bracket every token belongs to it. PostgreSQL's own parser reads
 * it later.
 * So there is one class of tokens for each place, and no feedback to the lexer.
 *
 * A keyword is written once, in %token; the lexer looks it up there (yysymbol_name). Those between the two marks
 * KEYWORD_FIRST and KEYWORD_LAST are keywords. A keyword that PostgreSQL does not reserve may be a name.
 */
%require "3.8"
%define api.pure full
%define api.prefix {parser_}
%define api.token.prefix {T_}
%define api.value.type union
%define api.location.type {Span}
%define api.token.raw
%define parse.error custom
%define parse.lac full
%param {Parser *p}
%expect 0

%code requires {
#include "ast.h"
#include "lexer.h"

/* Clauses that stand in any order behind an index, a reference or an extension: CLAUSE_USING and so on. */
typedef enum Clause {
    CLAUSE_USING, CLAUSE_INCLUDE, CLAUSE_NULLS, CLAUSE_WHERE, CLAUSE_WITH, CLAUSE_MATCH, CLAUSE_ON_DELETE,
    CLAUSE_ON_UPDATE, CLAUSE_DEFERRABLE, CLAUSE_INITIALLY, CLAUSE_SCHEMA, CLAUSE_VERSION, CLAUSE_CASCADE, CLAUSE_COUNT
} Clause;

typedef struct Parser {
    Compilation *c;
    Lexer lexer;
    Token last;          /* the newest token, and the one before: for messages */
    Token previous;
    Span clauses[CLAUSE_COUNT];  /* what the clauses of the thing being read were written as; each may be once */
    Node *result;
} Parser;
}

%code {
#include "parser_support.h"

#define ARENA (&p->c->arena)
#define NEW(KIND, Type, place) node_new(ARENA, KIND, Type, (place))
#define YYLLOC_DEFAULT(Current, Rhs, N)                                                              \
    ((Current) = (N) > 0 ? span_join(YYRHSLOC(Rhs, 1), YYRHSLOC(Rhs, N))                             \
                         : (Span) {YYRHSLOC(Rhs, 0).end, YYRHSLOC(Rhs, 0).end, YYRHSLOC(Rhs, 0).file})

static int parser_lex(PARSER_STYPE *value, PARSER_LTYPE *span, Parser *p);
static void parser_error(const PARSER_LTYPE *span, Parser *p, const char *message);
}

%token <Word> IDENTIFIER "name"
%token <Literal> STRING "string"
%token NUMBER "number" PARAMETER "parameter" OPERATOR "operator"
%token SEMICOLON ";" COMMA "," DOT "." COLON ":" CAST "::"
%token LEFT_PAREN "(" RIGHT_PAREN ")" LEFT_BRACKET "[" RIGHT_BRACKET "]" LEFT_BRACE "{" RIGHT_BRACE "}"

%token KEYWORD_FIRST "keyword-first"
/* Not reserved by PostgreSQL */
%token <Word> ACTION "action" ADD "add" ALLOW "allow" ALTER "alter" ALWAYS "always" AUTO "auto" BECAUSE "because"
%token <Word> BY "by" CASCADE "cascade" COMMENT "comment" DEFERRED "deferred"
%token <Word> DELETE "delete" DOWN "down" DROP "drop" ENUM "enum" EXCLUDE "exclude" EXTENSION "extension" FULL "full"
%token <Word> GENERATED "generated" IDENTITY "identity" IMMEDIATE "immediate" INCLUDE "include" INDEX "index"
%token <Word> INHERIT "inherit" IRREVERSIBLE "irreversible" KEY "key" MATCH "match" NO "no" NONE "none" NULLS "nulls"
%token <Word> PARTIAL "partial" PARTITION "partition" PROJECT "project" RENAME "rename" REPLACES "replaces"
%token <Word> RESTRICT "restrict" SCHEMA "schema" SET "set" SIMPLE "simple" SQL "sql" STORED "stored"
%token <Word> TRANSACTION "transaction" UNCHECKED "unchecked" UNLOGGED "unlogged" UP "up" UPDATE "update"
%token <Word> VALUE "value" VERSION "version"
/* Reserved by PostgreSQL: a name only when quoted */
%token <Word> AS "as" CHECK "check" COLUMN "column" CONCURRENTLY "concurrently" CONSTRAINT "constraint"
%token <Word> CREATE "create" DEFAULT "default"
%token <Word> DEFERRABLE "deferrable" DISTINCT "distinct" FOREIGN "foreign" INITIALLY "initially" NOT "not" NULL "null"
%token <Word> ON "on" PRIMARY "primary" REFERENCES "references" TABLE "table" TO "to" UNIQUE "unique" USING "using"
%token <Word> WHERE "where" WITH "with"
%token KEYWORD_LAST "keyword-last"

%type <Word> name item_name plain_name free_word column_word where_word any_word fragment_word reserved_word
%type <Word> optional_name constraint_name later_create later_alter later_add new_name setting_name
%type <Ref> ref
%type <RefList> refs
%type <WordList> names optional_names include
%type <LiteralList> labels
%type <NodeList> clauses statements items column_clauses alter_actions options option_list settings table_options
%type <NodeList> column_actions
%type <Node *> clause up down statement item column column_clause constraint column_constraint table_constraint option
%type <Node *> alter_action column_action project setting index key_tail references_tail index_tail down_clause
%type <Node *> key_column_tail extension_tail
%type <ObjectWord> drop_object
%type <Action> action
%type <Timing> timing
%type <Span> column_sql where_sql option_sql inner block_body setting_sql unlogged unique identity_options cascade
%type <Span> no_inherit
%type <Span> nulls_clause tail tokens

%start file

%%

file:
  clauses up down   { p->result = make_migration(p, @$, $1, $2, $3); }
| project           { p->result = $1; }
;

/* ------------------------------------------------------------------ the project file */

project:
  PROJECT name "{" settings close {
    NodeProject *n = NEW(PROJECT, Project, @$);
    n->name = $2;
    n->settings = $4;
    $$ = &n->node;
  }
;

settings:
  %empty                 { $$ = (NodeList) {0}; }
| settings setting       { $$ = append_node(p, $1, $2); }
| settings error ";"     { $$ = $1; yyerrok; }
;

setting:
  setting_name setting_sql ";" {
    NodeSetting *n = NEW(SETTING, Setting, @$);
    n->name = $1;
    n->value = $2;
    $$ = &n->node;
  }
| setting_name block     { $$ = report_later_setting(p, $1); }
;

setting_name: name ;
setting_sql: tokens_one  { $$ = @$; } ;

/* ------------------------------------------------------------------ clauses, up, down */

clauses:
  %empty                 { $$ = (NodeList) {0}; }
| clauses clause         { $$ = append_node(p, $1, $2); }
| clauses error ";"      { $$ = $1; yyerrok; }
| clauses error block    { $$ = $1; yyerrok; }
;

clause:
  ALLOW name BECAUSE STRING ";" {
    NodeAllow *n = NEW(ALLOW, Allow, @$);
    n->lint = $2;
    n->reason = $4;
    $$ = &n->node;
  }
| STORED AS STRING ";" {
    NodeStoredAs *n = NEW(STORED_AS, StoredAs, @$);
    n->name = $3;
    $$ = &n->node;
  }
| TRANSACTION NONE ";"   { $$ = report_later(p, @1, "transaction none"); }
| REPLACES tokens ";"    { $$ = report_later(p, @1, "replaces"); }
;

up:
  UP "{" statements close {
    NodeUp *n = NEW(UP, Up, @$);
    n->statements = $3;
    $$ = &n->node;
  }
;

down:
  %empty                 { $$ = report_missing_down(p, @$); }
| down_clause
| down_clause extra_down { $$ = $1; }
| DOWN error rest_of_file { $$ = NULL; }
| error rest_of_file     { $$ = NULL; }
;

extra_down:
  any_word               { report_after_down(p, @1); } rest_of_file
| "}"                    { report_after_down(p, @1); } rest_of_file
| ";"                    { report_after_down(p, @1); } rest_of_file
;

rest_of_file: %empty | rest_of_file block_token | rest_of_file "}" ;

down_clause:
  DOWN "{" statements close {
    NodeDownWritten *n = NEW(DOWN_WRITTEN, DownWritten, @$);
    n->statements = $3;
    $$ = &n->node;
  }
| DOWN AUTO ";"          { $$ = &NEW(DOWN_AUTO, DownAuto, @$)->node; }
| DOWN IRREVERSIBLE BECAUSE STRING ";" {
    NodeDownIrreversible *n = NEW(DOWN_IRREVERSIBLE, DownIrreversible, @$);
    n->reason = $4;
    $$ = &n->node;
  }
;

/* ------------------------------------------------------------------ statements */

statements:
  %empty                 { $$ = (NodeList) {0}; }
| statements statement   { $$ = append_node(p, $1, $2); }
| statements ";"         { $$ = $1; report_stray_semicolon(p, @2); }
| statements error ";"   { $$ = $1; yyerrok; }
| statements error block { $$ = $1; yyerrok; }
;

statement:
  CREATE SCHEMA name ";" {
    NodeCreateSchema *n = NEW(CREATE_SCHEMA, CreateSchema, @$);
    n->name = $3;
    $$ = &n->node;
  }
| CREATE EXTENSION name extension_tail ";" { $$ = finish_extension($4, $3, @$); }
| CREATE ENUM ref "(" labels ")" ";" {
    NodeCreateEnum *n = NEW(CREATE_ENUM, CreateEnum, @$);
    n->name = $3;
    n->labels = $5;
    $$ = &n->node;
  }
| CREATE unlogged TABLE ref "{" items close table_options {
    NodeCreateTable *n = NEW(CREATE_TABLE, CreateTable, span_join(@1, @7));
    n->unlogged = $2;
    n->name = $4;
    n->items = $6;
    n->options = $8;
    $$ = &n->node;
  }
| CREATE unique INDEX optional_name ON ref index_tail ";" {
    $$ = finish_index($7, @$, $2, $4);
    ((NodeCreateIndex *) $$)->table = $6;
  }
| CREATE unique INDEX CONCURRENTLY tokens ";"  { $$ = report_later(p, @4, "create index concurrently"); }
| DROP drop_object refs cascade ";" {
    NodeDrop *n = NEW(DROP, Drop, @$);
    n->object = $2;
    n->names = $3;
    $$ = span_is_known($4) ? report_later(p, $4, "cascade") : &n->node;
  }
| ALTER TABLE ref alter_action {
    NodeAlterTable *n = NEW(ALTER_TABLE, AlterTable, @$);
    n->name = $3;
    n->actions = append_node(p, (NodeList) {0}, $4);
    $$ = &n->node;
  }
| ALTER TABLE ref "{" alter_actions close {
    NodeAlterTable *n = NEW(ALTER_TABLE, AlterTable, @$);
    n->name = $3;
    n->actions = $5;
    $$ = &n->node;
  }
| SQL "{" block_body "}" {
    NodeSqlBlock *n = NEW(SQL_BLOCK, SqlBlock, @$);
    n->body = $3;
    $$ = &n->node;
  }
| UNCHECKED SQL block         { $$ = report_later(p, span_join(@1, @2), "unchecked sql"); }
| CREATE later_create tail    { $$ = report_statement(p, $1, $2); }
| ALTER later_alter tail      { $$ = report_statement(p, $1, $2); }
| DROP IDENTIFIER tail        { $$ = report_statement(p, $1, $2); }
| COMMENT tail                { $$ = report_statement(p, $1, (Word) {0}); }
| IDENTIFIER tail             { $$ = report_statement(p, $1, (Word) {0}); }
| SET tail                    { $$ = report_statement(p, $1, (Word) {0}); }
| DELETE tail                 { $$ = report_statement(p, $1, (Word) {0}); }
| UPDATE tail                 { $$ = report_statement(p, $1, (Word) {0}); }
;

later_create: IDENTIFIER | TRANSACTION | PARTITION | UNCHECKED ;
later_alter: IDENTIFIER | ENUM | SCHEMA | EXTENSION | INDEX ;

/* The end of a list. What went wrong before it may have taken the last `;`. */
close: "}" | error "}" { yyerrok; } ;

/* A statement that is not understood, up to its end. */
tail:
  tokens ";"             { $$ = $1; }
| tokens block           { $$ = $1; }
;

unlogged: %empty { $$ = (Span) {0}; } | UNLOGGED { $$ = @1; } ;
unique:   %empty { $$ = (Span) {0}; } | UNIQUE   { $$ = @1; } ;
cascade:  %empty { $$ = (Span) {0}; } | CASCADE  { $$ = @1; } ;

extension_tail:
  %empty                       { $$ = &NEW(CREATE_EXTENSION, CreateExtension, @$)->node; begin_clauses(p); }
| extension_tail SCHEMA name {
    $$ = $1;
    note_clause(p, CLAUSE_SCHEMA, @2);
    ((NodeCreateExtension *) $$)->schema = $3;
  }
| extension_tail VERSION STRING {
    $$ = $1;
    note_clause(p, CLAUSE_VERSION, @2);
    ((NodeCreateExtension *) $$)->version = $3;
  }
| extension_tail CASCADE {
    $$ = $1;
    note_clause(p, CLAUSE_CASCADE, @2);
    ((NodeCreateExtension *) $$)->cascade = @2;
  }
;

drop_object:
  SCHEMA     { $$ = WORD_SCHEMA; }
| EXTENSION  { $$ = WORD_EXTENSION; }
| ENUM       { $$ = WORD_ENUM; }
| TABLE      { $$ = WORD_TABLE; }
| INDEX      { $$ = WORD_INDEX; }
;

labels:
  %empty                 { $$ = (LiteralList) {0}; }
| label_list             { $$ = $<LiteralList>1; }
| label_list ","         { $$ = $<LiteralList>1; }
;

label_list:
  STRING                 { $<LiteralList>$ = append_literal(p, (LiteralList) {0}, $1); }
| label_list "," STRING  { $<LiteralList>$ = append_literal(p, $<LiteralList>1, $3); }
;

table_options:
  %empty                     { $$ = (NodeList) {0}; }
| WITH "(" options ")" ";"   { $$ = $3; }
| PARTITION tokens ";"       { report_later(p, @1, "partition by"); $$ = (NodeList) {0}; }
;

/* ------------------------------------------------------------------ the items of a table */

items:
  %empty                 { $$ = (NodeList) {0}; }
| items item             { $$ = append_node(p, $1, $2); }
| items error ";"        { $$ = $1; yyerrok; }
;

item:
  column ";"
| table_constraint ";"
| INDEX index ";"        { $$ = $2; }
| COMMENT tokens ";"     { $$ = report_later(p, @1, "comment"); }
| EXCLUDE tokens ";"     { $$ = report_later(p, @1, "exclude"); }
;

column:
  item_name column_sql column_clauses {
    NodeColumn *n = NEW(COLUMN, Column, @$);
    n->name = $1;
    n->type = $2;
    n->clauses = $3;
    $$ = &n->node;
  }
;

column_clauses:
  %empty                         { $$ = (NodeList) {0}; }
| column_clauses column_clause   { $$ = append_node(p, $1, $2); }
;

column_clause:
  NULL                           { $$ = &NEW(NULLABLE, Nullable, @$)->node; }
| NOT NULL                       { $$ = &NEW(NOT_NULL, NotNull, @$)->node; }
| DEFAULT column_sql {
    NodeDefault *n = NEW(DEFAULT, Default, @$);
    n->expression = $2;
    $$ = &n->node;
  }
| DEFAULT NULL {
    NodeDefault *n = NEW(DEFAULT, Default, @$);
    n->expression = @2;
    $$ = &n->node;
  }
| DEFAULT NULL "::" column_sql {
    NodeDefault *n = NEW(DEFAULT, Default, @$);
    n->expression = span_join(@2, @4);
    $$ = &n->node;
  }
| GENERATED ALWAYS AS "(" inner ")" STORED {
    NodeGenerated *n = NEW(GENERATED, Generated, @$);
    n->expression = $5;
    $$ = &n->node;
  }
| GENERATED ALWAYS AS IDENTITY identity_options     { $$ = make_identity(p, @$, @2, $5); }
| GENERATED BY DEFAULT AS IDENTITY identity_options { $$ = make_identity(p, @$, (Span) {0}, $6); }
| COMMENT STRING                 { $$ = report_later(p, @1, "comment"); }
| column_constraint
| CONSTRAINT new_name column_constraint { $$ = name_constraint($3, $2, @$); }
;

identity_options: %empty { $$ = (Span) {0}; } | "(" inner ")" { $$ = $2; } ;

column_constraint:
  PRIMARY KEY key_column_tail     { $$ = finish_key($3, @$, @1, (WordList) {0}); }
| UNIQUE key_column_tail          { $$ = finish_key($2, @$, (Span) {0}, (WordList) {0}); }
| CHECK constraint_name "(" inner ")" no_inherit { $$ = make_check(p, @$, $2, $4, $6); }
| REFERENCES ref optional_names references_tail  { $$ = finish_reference($4, @$, $2, $3); }
;

table_constraint:
  constraint
| CONSTRAINT new_name constraint  { $$ = name_constraint($3, $2, @$); }
;

constraint:
  PRIMARY KEY "(" names ")" key_tail          { $$ = finish_key($6, @$, @1, $4); }
| UNIQUE nulls_clause "(" names ")" key_tail  {
    $$ = finish_key($6, @$, (Span) {0}, $4);
    ((NodeKey *) $$)->nulls_not_distinct = $2;
  }
| CHECK constraint_name "(" inner ")" no_inherit { $$ = make_check(p, @$, $2, $4, $6); }
| FOREIGN KEY "(" names ")" REFERENCES ref optional_names references_tail {
    $$ = finish_reference($9, @$, $7, $8);
    ((NodeForeignKey *) $$)->columns = $4;
  }
;

constraint_name: %empty { $$ = (Word) {0}; } | new_name ;
no_inherit: %empty { $$ = (Span) {0}; } | NO INHERIT { $$ = @$; } ;

nulls_clause:
  %empty                 { $$ = (Span) {0}; }
| NULLS NOT DISTINCT     { $$ = @$; }
| NULLS DISTINCT         { $$ = (Span) {0}; }
;

key_column_tail:
  nulls_clause timing {
    NodeKey *n = NEW(KEY, Key, @$);
    n->nulls_not_distinct = $1;
    n->timing = $2;
    $$ = &n->node;
  }
;

key_tail:
  include options_clause timing {
    NodeKey *n = NEW(KEY, Key, @$);
    n->include = $1;
    n->options = $<NodeList>2;
    n->timing = $3;
    $$ = &n->node;
  }
;

include: %empty { $$ = (WordList) {0}; } | INCLUDE "(" names ")" { $$ = $3; } ;
options_clause: %empty { $<NodeList>$ = (NodeList) {0}; } | WITH "(" options ")" { $<NodeList>$ = $3; } ;

references_tail:
  %empty                              { $$ = &NEW(FOREIGN_KEY, ForeignKey, @$)->node; begin_clauses(p); }
| references_tail MATCH FULL {
    $$ = $1;
    note_clause(p, CLAUSE_MATCH, @2);
    ((NodeForeignKey *) $$)->match = MATCH_FULL;
  }
| references_tail MATCH SIMPLE        { $$ = $1; note_clause(p, CLAUSE_MATCH, @2); }
| references_tail MATCH PARTIAL       { $$ = $1; report_match_partial(p, span_join(@2, @3)); }
| references_tail ON DELETE action optional_names {
    note_clause(p, CLAUSE_ON_DELETE, span_join(@2, @3));
    $$ = set_on_delete(p, $1, $4, $5, span_join(@2, @4));
  }
| references_tail ON UPDATE action {
    $$ = $1;
    note_clause(p, CLAUSE_ON_UPDATE, span_join(@2, @3));
    ((NodeForeignKey *) $$)->on_update = $4;
  }
| references_tail DEFERRABLE {
    $$ = $1;
    note_clause(p, CLAUSE_DEFERRABLE, @2);
    set_timing($$, TIMING_DEFERRABLE);
  }
| references_tail INITIALLY DEFERRED {
    $$ = $1;
    note_clause(p, CLAUSE_INITIALLY, span_join(@2, @3));
    set_timing($$, TIMING_DEFERRED);
  }
| references_tail INITIALLY IMMEDIATE { $$ = $1; note_clause(p, CLAUSE_INITIALLY, span_join(@2, @3)); }
;

timing:
  %empty                              { $$ = TIMING_IMMEDIATE; }
| DEFERRABLE                          { $$ = TIMING_DEFERRABLE; }
| DEFERRABLE INITIALLY IMMEDIATE      { $$ = TIMING_DEFERRABLE; }
| DEFERRABLE INITIALLY DEFERRED       { $$ = TIMING_DEFERRED; }
;

action:
  NO ACTION    { $$ = ACTION_NONE; }
| RESTRICT     { $$ = ACTION_RESTRICT; }
| CASCADE      { $$ = ACTION_CASCADE; }
| SET NULL     { $$ = ACTION_SET_NULL; }
| SET DEFAULT  { $$ = ACTION_SET_DEFAULT; }
;

/* ------------------------------------------------------------------ indexes */

index:
  optional_name unique index_tail     { $$ = finish_index($3, @$, $2, $1); }
;

/* The clauses behind the keys stand in any order, each once. */
index_tail:
  "(" inner ")" {
    NodeCreateIndex *n = NEW(CREATE_INDEX, CreateIndex, @$);
    begin_clauses(p);
    n->keys = $2;
    $$ = &n->node;
  }
| USING name "(" inner ")" {
    NodeCreateIndex *n = NEW(CREATE_INDEX, CreateIndex, @$);
    begin_clauses(p);
    note_clause(p, CLAUSE_USING, @1);
    n->method = $2;
    n->keys = $4;
    $$ = &n->node;
  }
| index_tail USING name {
    $$ = $1;
    note_clause(p, CLAUSE_USING, @2);
    ((NodeCreateIndex *) $$)->method = $3;
  }
| index_tail INCLUDE "(" names ")" {
    $$ = $1;
    note_clause(p, CLAUSE_INCLUDE, @2);
    ((NodeCreateIndex *) $$)->include = $4;
  }
| index_tail NULLS NOT DISTINCT {
    $$ = $1;
    note_clause(p, CLAUSE_NULLS, span_join(@2, @4));
    ((NodeCreateIndex *) $$)->nulls_not_distinct = span_join(@2, @4);
  }
| index_tail NULLS DISTINCT           { $$ = $1; note_clause(p, CLAUSE_NULLS, span_join(@2, @3)); }
| index_tail WHERE where_sql {
    $$ = $1;
    note_clause(p, CLAUSE_WHERE, @2);
    ((NodeCreateIndex *) $$)->where = $3;
  }
| index_tail WITH "(" options ")" {
    $$ = $1;
    note_clause(p, CLAUSE_WITH, @2);
    ((NodeCreateIndex *) $$)->options = $4;
  }
;

options:
  option_list
| option_list ","        { $$ = $1; }
;

option_list:
  option                 { $$ = append_node(p, (NodeList) {0}, $1); }
| option_list "," option { $$ = append_node(p, $1, $3); }
;

option:
  name                   { $$ = make_option(p, @$, $1, (Span) {0}); }
| name OPERATOR option_sql { $$ = make_option(p, @$, $1, $3); }
;

option_sql: tokens_one   { $$ = @$; } ;

/* ------------------------------------------------------------------ alter table */

alter_actions:
  %empty                      { $$ = (NodeList) {0}; }
| alter_actions alter_action  { $$ = append_node(p, $1, $2); }
| alter_actions error ";"     { $$ = $1; yyerrok; }
;

alter_action:
  ADD COLUMN column ";" {
    NodeAddColumn *n = NEW(ADD_COLUMN, AddColumn, @$);
    n->column = $3;
    $$ = &n->node;
  }
| DROP COLUMN name cascade ";" {
    NodeDropColumn *n = NEW(DROP_COLUMN, DropColumn, @$);
    n->name = $3;
    $$ = span_is_known($4) ? report_later(p, $4, "cascade") : &n->node;
  }
| RENAME COLUMN name TO new_name ";" {
    NodeRenameColumn *n = NEW(RENAME_COLUMN, RenameColumn, @$);
    n->name = $3;
    n->to = $5;
    $$ = &n->node;
  }
| ADD table_constraint ";" {
    NodeAddConstraint *n = NEW(ADD_CONSTRAINT, AddConstraint, @$);
    n->constraint = $2;
    $$ = &n->node;
  }
| ADD table_constraint NOT IDENTIFIER ";" { $$ = report_later(p, span_join(@3, @4), "not valid"); }
| DROP CONSTRAINT name cascade ";" {
    NodeDropConstraint *n = NEW(DROP_CONSTRAINT, DropConstraint, @$);
    n->name = $3;
    $$ = span_is_known($4) ? report_later(p, $4, "cascade") : &n->node;
  }
| ALTER COLUMN name column_action {
    NodeAlterColumn *n = NEW(ALTER_COLUMN, AlterColumn, @$);
    n->name = $3;
    n->actions = append_node(p, (NodeList) {0}, $4);
    $$ = &n->node;
  }
| ALTER COLUMN name "{" column_actions close {
    NodeAlterColumn *n = NEW(ALTER_COLUMN, AlterColumn, @$);
    n->name = $3;
    n->actions = $5;
    $$ = &n->node;
  }
| IDENTIFIER tokens ";"       { $$ = report_action(p, $1, (Word) {0}); }
| SET tokens ";"              { $$ = report_action(p, $1, (Word) {0}); }
| COMMENT tokens ";"          { $$ = report_action(p, $1, (Word) {0}); }
| RENAME TO tokens ";"        { $$ = report_action(p, $1, $2); }
| RENAME CONSTRAINT tokens ";" { $$ = report_action(p, $1, $2); }
| ADD later_add tokens ";"    { $$ = report_action(p, $1, $2); }
;

later_add: IDENTIFIER | EXCLUDE | INDEX ;

column_actions:
  %empty                         { $$ = (NodeList) {0}; }
| column_actions column_action   { $$ = append_node(p, $1, $2); }
| column_actions error ";"       { $$ = $1; yyerrok; }
;

column_action:
  SET DEFAULT column_sql ";" {
    NodeSetDefault *n = NEW(SET_DEFAULT, SetDefault, @$);
    n->expression = $3;
    $$ = &n->node;
  }
| SET DEFAULT NULL ";"      { $$ = &NEW(DROP_DEFAULT, DropDefault, @$)->node; }
| DROP DEFAULT ";"          { $$ = &NEW(DROP_DEFAULT, DropDefault, @$)->node; }
| SET NULL ";"              { $$ = &NEW(SET_NULL, SetNull, @$)->node; }
| DROP NOT NULL ";"         { $$ = &NEW(SET_NULL, SetNull, @$)->node; }
| SET NOT NULL ";"          { $$ = &NEW(SET_NOT_NULL, SetNotNull, @$)->node; }
| IDENTIFIER tokens ";"     { $$ = report_action(p, $1, (Word) {0}); }
| COMMENT tokens ";"        { $$ = report_action(p, $1, (Word) {0}); }
;

/* ------------------------------------------------------------------ names */

ref:
  name             { $$ = (Ref) {.name = $1, .span = @$}; }
| name "." name    { $$ = (Ref) {$1, $3, @$}; }
;

refs:
  ref              { $$ = append_ref(p, (RefList) {0}, $1); }
| refs "," ref     { $$ = append_ref(p, $1, $3); }
;

names:
  name_list        { $$ = $<WordList>1; }
| name_list ","    { $$ = $<WordList>1; }
;

name_list:
  name                 { $<WordList>$ = append_word(p, (WordList) {0}, $1); }
| name_list "," name   { $<WordList>$ = append_word(p, $<WordList>1, $3); }
;

optional_names: %empty { $$ = (WordList) {0}; } | "(" names ")" { $$ = $2; } ;
optional_name: %empty { $$ = (Word) {0}; } | new_name ;
new_name: name ;

name: plain_name | INDEX | COMMENT | EXCLUDE | GENERATED ;

/* At the start of an item the words that begin one are not names. */
item_name: plain_name | GENERATED ;

plain_name: IDENTIFIER | free_word | INCLUDE | NULLS | SET | NO ;

/* Words that begin or end nothing inside a fragment. */
free_word:
  ACTION | ADD | ALLOW | ALTER | ALWAYS | AUTO | BECAUSE | BY | CASCADE | DEFERRED | DELETE | DOWN | DROP
| ENUM | EXTENSION | FULL | IDENTITY | IMMEDIATE | INHERIT | IRREVERSIBLE | KEY | MATCH | NONE | PARTIAL | PARTITION
| PROJECT | RENAME | REPLACES | RESTRICT | SCHEMA | SIMPLE | SQL | STORED | TRANSACTION | UNCHECKED | UNLOGGED | UP
| UPDATE | VALUE | VERSION
;

/* ------------------------------------------------------------------ fragments of SQL */

/* A type or a default: ends at the words that begin a column's next clause. */
column_sql:
  column_token              { $$ = @$; }
| column_sql column_token   { $$ = @$; }
;

column_token: column_word | atom | bracketed ;
column_word: fragment_word | WITH | INCLUDE | NULLS | SET | NO | INDEX | EXCLUDE | WHERE ;

/* The predicate of an index: ends at the words that begin the index's next clause. */
where_sql:
  where_token               { $$ = @$; }
| where_sql where_token     { $$ = @$; }
;

where_token: where_word | atom | bracketed ;
where_word:
  fragment_word | NOT | NULL | DISTINCT | DEFAULT | SET | NO | INDEX | COMMENT | EXCLUDE | GENERATED | CHECK | PRIMARY
| UNIQUE | REFERENCES | CONSTRAINT | DEFERRABLE | INITIALLY
;

/* Words that belong to a fragment wherever it stands. */
fragment_word: IDENTIFIER | free_word | AS | COLUMN | CONCURRENTLY | CREATE | FOREIGN | ON | TABLE | TO ;

reserved_word:
  AS | CHECK | COLUMN | CONCURRENTLY | CONSTRAINT | CREATE | DEFAULT | DEFERRABLE | DISTINCT | FOREIGN | INITIALLY | NOT
| NULL | ON | PRIMARY | REFERENCES | TABLE | TO | UNIQUE | USING | WHERE | WITH
;

any_word: name | reserved_word ;

atom: NUMBER | STRING | OPERATOR | "." | ":" | "::" | PARAMETER ;

bracketed: "(" inner ")" | "[" inner "]" ;

inner:
  %empty                    { $$ = @$; }
| inner inner_token         { $$ = @1.start == @1.end ? @2 : @$; }
;

inner_token: any_word | atom | "," | bracketed ;

/* Anything up to `;` or a brace. */
tokens:
  %empty                    { $$ = @$; }
| tokens inner_token        { $$ = @$; }
;

tokens_one: inner_item | tokens_one inner_item ;
inner_item: any_word | atom | bracketed ;

block: "{" block_body "}" ;

block_body:
  %empty                    { $$ = @$; }
| block_body block_token    { $$ = @1.start == @1.end ? @2 : @$; }
;

block_token: inner_token | ";" | block ;

%%

static int parser_lex(PARSER_STYPE *value, PARSER_LTYPE *span, Parser *p)
{
    Token token = lexer_next(&p->lexer);
    p->previous = p->last;
    p->last = token;
    *span = token.span;
    if (token.kind == T_STRING)
        value->T_STRING = (Literal) {token.text, token.span};
    else if (token.kind == T_IDENTIFIER || token_is_keyword(token))
        value->T_IDENTIFIER = (Word) {token.text, token.span};
    return token.kind;
}

/* Never called for a syntax error, which goes to the function below: only when the parser's stack is exhausted. */
static void parser_error(const PARSER_LTYPE *span, Parser *p, const char *message)
{
    (void) message;
    report(p->c, M_TOO_DEEP, *span, "this is nested too deeply");
}

static int yyreport_syntax_error(const yypcontext_t *context, Parser *p)
{
    enum { MOST = YYNTOKENS };
    yysymbol_kind_t symbols[MOST];
    int count = yypcontext_expected_tokens(context, symbols, MOST);
    Expected expected = {0};
    for (int i = 0; i < count; i++)
        expected_add(&expected, (int) symbols[i]);
    report_unexpected(p, &expected);
    return 0;
}

const char *token_kind_name(int kind)
{
    return kind < 0 ? "bad" : yysymbol_name((yysymbol_kind_t) kind);
}

bool token_is_keyword(Token token)
{
    return token.kind > T_KEYWORD_FIRST && token.kind < T_KEYWORD_LAST;
}

bool keyword_is_reserved(int kind)
{
    return kind >= T_AS && kind < T_KEYWORD_LAST;
}

Map keywords_new(Arena *arena)
{
    Map keywords = map_new(arena);
    for (int kind = T_KEYWORD_FIRST + 1; kind < T_KEYWORD_LAST; kind++)
        map_set(&keywords, str_from(token_kind_name(kind)), (uint64_t) kind);
    return keywords;
}
