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

/* Clauses that stand in any order behind a table, an index, a constraint, …: CLAUSE_USING and so on. */
typedef enum Clause {
    CLAUSE_USING, CLAUSE_INCLUDE, CLAUSE_NULLS, CLAUSE_WHERE, CLAUSE_WITH, CLAUSE_TABLESPACE, CLAUSE_INHERITS,
    CLAUSE_PARTITION, CLAUSE_MATCH, CLAUSE_ON_DELETE, CLAUSE_ON_UPDATE, CLAUSE_DEFERRABLE, CLAUSE_INITIALLY,
    CLAUSE_NO_INHERIT, CLAUSE_NOT_VALID, CLAUSE_NOT_ENFORCED, CLAUSE_SCHEMA, CLAUSE_VERSION, CLAUSE_CASCADE,
    CLAUSE_BATCH, CLAUSE_PAUSE, CLAUSE_COUNT
} Clause;

typedef struct Parser {
    Compilation *c;
    Lexer lexer;
    Token last;          /* the newest token, and the one before: for messages */
    Token previous;
    Span clauses[CLAUSE_COUNT];  /* what the clauses of the thing being read were written as; each may be once */
    NodeCreateTable *table;      /* whose clauses are being read */
    Node *result;
} Parser;
}

%code {
#include "parser_support.h"

/* MAKE(RENAME, Rename, @$, .to = $3): a node, and what it holds. */
#define MAKE(KIND, Type, place, ...) \
    make_node(p, NODE_##KIND, (place), sizeof(Node##Type), &(Node##Type) {__VA_ARGS__})
#define MAKE_BARE(KIND, Type, place) node_new(&p->c->arena, KIND, Type, (place))
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
%token <Word> ACCESS "access" ACTION "action" ADD "add" AFTER "after" ALLOW "allow" ALTER "alter" ALWAYS "always"
%token <Word> ATTACH "attach" ATTRIBUTE "attribute" AUTO "auto" BACKFILL "backfill" BATCH "batch" BECAUSE "because"
%token <Word> BEFORE "before" BY "by" CACHE "cache" CALL "call" CASCADE "cascade" CLUSTER "cluster" COMMENT "comment"
%token <Word> COMPRESSION "compression" CYCLE "cycle" DEFERRED "deferred" DELETE "delete" DETACH "detach"
%token <Word> DISABLE "disable" DOMAIN "domain" DOWN "down" DROP "drop" ENABLE "enable" ENFORCED "enforced"
%token <Word> ENUM "enum" EXCLUDE "exclude"
%token <Word> EXPRESSION "expression" EXTENSION "extension" FINALIZE "finalize" FORCE "force" FULL "full"
%token <Word> GENERATED "generated" IDENTITY "identity" IMMEDIATE "immediate" INCLUDE "include" INCREMENT "increment"
%token <Word> INDEX "index" INHERIT "inherit" INHERITS "inherits" IRREVERSIBLE "irreversible" KEY "key" LEVEL "level"
%token <Word> LOGGED "logged" MATCH "match" MAXVALUE "maxvalue" METHOD "method" MINVALUE "minvalue" NATIVE "native"
%token <Word> NO "no" NONE "none" NOTHING "nothing" NULLS "nulls" OF "of" OVERLAPS "overlaps" OWNED "owned"
%token <Word> OWNER "owner" PERIOD "period"
%token <Word> PARTIAL "partial" PARTITION "partition" PAUSE "pause" PROJECT "project" RENAME "rename"
%token <Word> REPLACES "replaces" REPLICA "replica" REQUIRE "require" RESET "reset" RESTART "restart"
%token <Word> RESTRICT "restrict" ROW "row" RULE "rule" SCHEMA "schema" SECURITY "security" SEQUENCE "sequence"
%token <Word> SET "set" SIMPLE "simple" SQL "sql" START "start" STATISTICS "statistics" STORAGE "storage"
%token <Word> STORED "stored" TABLESPACE "tablespace" TRANSACTION "transaction" TRIGGER "trigger" TYPE "type"
%token <Word> UNCHECKED "unchecked" UNLOGGED "unlogged" UP "up" UPDATE "update" VALID "valid" VALIDATE "validate"
%token <Word> VALUE "value" VALUES "values" VERSION "version" VIRTUAL "virtual" WITHOUT "without"
/* Reserved by PostgreSQL: a name only when quoted */
%token <Word> AS "as" AUTHORIZATION "authorization" CHECK "check" COLUMN "column" CONCURRENTLY "concurrently"
%token <Word> CONSTRAINT "constraint" CREATE "create" DEFAULT "default" DEFERRABLE "deferrable" DISTINCT "distinct"
%token <Word> FOR "for" FOREIGN "foreign" FROM "from" IN "in" INITIALLY "initially" IS "is" LIKE "like" NOT "not"
%token <Word> NULL "null" ON "on" ONLY "only" PRIMARY "primary" REFERENCES "references" TABLE "table" TO "to"
%token <Word> UNIQUE "unique" USING "using" WHERE "where" WITH "with"
%token KEYWORD_LAST "keyword-last"

%type <Word> name item_name plain_name free_word any_word reserved_word
%type <Word> column_word where_word backfill_word fragment_word
%type <Word> optional_name constraint_name new_name setting_name attribute_name option_name default_or_name
%type <Word> sql_object sql_target other_verb other_word sequence_word identity_word
%type <Ref> ref
%type <RefList> refs parents
%type <WordList> names optional_names include period_names period_targets
%type <LiteralList> labels strings
%type <NodeList> clauses statements items column_clauses options option_list options_clause settings lint_levels
%type <NodeList> domain_clauses domain_items attributes
%type <NodeList> schema_body extension_body enum_body domain_body type_body sequence_body
%type <NodeList> index_body table_body column_body
%type <NodeList> schema_actions extension_actions enum_actions domain_actions type_actions sequence_actions
%type <NodeList> index_actions table_actions column_actions
%type <Node *> clause up down down_clause project setting lint_level
%type <Node *> statement create_statement alter_statement comment_target
%type <Node *> backfill_tail extension_tail table_end partition_end table_clauses
%type <Node *> table_clauses_end begin_table
%type <Node *> item column column_clause value_clause identity domain_clause domain_constraint domain_check
%type <Node *> attribute_item attribute option index comment
%type <Node *> constraint column_constraint table_constraint adopted_key
%type <Node *> check_tail key_tail key_column_tail references_tail exclusion_tail index_tail
%type <Node *> rename set_schema owner persistence set_options storage_action value_action constraint_action
%type <Node *> schema_action extension_action enum_action domain_action type_action attribute_action sequence_action
%type <Node *> index_action table_action partition_action security_action firing_action table_setting column_action
%type <ObjectWord> drop_object
%type <Action> action
%type <Timing> timing moment new_timing timing_detail
%type <RowSecurity> row_security
%type <Firing> firing
%type <Span> column_sql where_sql backfill_sql using_sql option_sql setting_sql sequence_sql inner block_body
%type <Span> unlogged unique cascade concurrently only identity_options no_inherit not_valid nulls_clause
%type <Span> backfill_where bound tail tokens

%start file

%%

file:
  clauses up down   { p->result = make_migration(p, @$, $1, $2, $3); }
| project           { p->result = $1; }
;

/* ------------------------------------------------------------------ the project file */

project:
  PROJECT name "{" settings close  { $$ = MAKE(PROJECT, Project, @$, .name = $2, .settings = $4); }
;

settings:
  %empty                 { $$ = (NodeList) {0}; }
| settings setting       { $$ = append_node(p, $1, $2); }
| settings error ";"     { $$ = $1; yyerrok; }
;

setting:
  setting_name setting_sql ";"  { $$ = MAKE(SETTING, Setting, @$, .name = $1, .value = $2); }
| setting_name "{" lint_levels close  { $$ = MAKE(LINTS, Lints, @$, .name = $1, .levels = $3); }
;

lint_levels:
  %empty                 { $$ = (NodeList) {0}; }
| lint_levels lint_level { $$ = append_node(p, $1, $2); }
| lint_levels error ";"  { $$ = $1; yyerrok; }
;

lint_level: name name ";"  { $$ = MAKE(LINT_LEVEL, LintLevel, @$, .level = $1, .lint = $2); } ;

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
  ALLOW name BECAUSE STRING ";"  { $$ = MAKE(ALLOW, Allow, @$, .lint = $2, .reason = $4); }
| STORED AS STRING ";"   { $$ = MAKE(STORED_AS, StoredAs, @$, .name = $3); }
| TRANSACTION NONE ";"   { $$ = &MAKE_BARE(TRANSACTION_NONE, TransactionNone, @$)->node; }
| REPLACES strings ";"   { $$ = MAKE(REPLACES, Replaces, @$, .names = $2); }
;

up:
  UP "{" statements close  { $$ = MAKE(UP, Up, @$, .statements = $3); }
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
  DOWN "{" statements close  { $$ = MAKE(DOWN_WRITTEN, DownWritten, @$, .statements = $3); }
| DOWN AUTO ";"              { $$ = &MAKE_BARE(DOWN_AUTO, DownAuto, @$)->node; }
| DOWN IRREVERSIBLE BECAUSE STRING ";" {
    $$ = MAKE(DOWN_IRREVERSIBLE, DownIrreversible, @$, .reason = $4);
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
  create_statement
| alter_statement
| DROP drop_object refs cascade ";" {
    $$ = MAKE(DROP, Drop, @$, .object = $2, .names = $3, .cascade = $4);
  }
| DROP INDEX concurrently refs cascade ";" {
    $$ = MAKE(DROP, Drop, @$, .object = WORD_INDEX, .concurrently = $3, .names = $4, .cascade = $5);
  }
| COMMENT ON comment_target IS STRING ";"  { $$ = finish_comment($3, @$, $5, (Span) {0}); }
| COMMENT ON comment_target IS NULL ";"    { $$ = finish_comment($3, @$, (Literal) {0}, @5); }
| BACKFILL ref SET backfill_sql backfill_where backfill_tail ";" {
    $$ = finish_backfill($6, @$, $2, $4, $5);
  }
| REQUIRE STRING "(" inner ")" ";" { $$ = MAKE(REQUIRE, Require, @$, .what = $2, .condition = $4); }
| CALL NATIVE name ";"    { $$ = MAKE(CALL_NATIVE, CallNative, @$, .function = $3); }
| SQL "{" block_body "}"  { $$ = MAKE(SQL_BLOCK, SqlBlock, @$, .body = $3); }
| UNCHECKED SQL "{" block_body "}" { $$ = MAKE(SQL_BLOCK, SqlBlock, @$, .unchecked = @1, .body = $4); }
| CREATE sql_object tail  { $$ = report_statement(p, $1, $2); }
| ALTER sql_object tail   { $$ = report_statement(p, $1, $2); }
| DROP sql_object tail    { $$ = report_statement(p, $1, $2); }
| COMMENT ON sql_target tail { $$ = report_comment(p, @1, $3); }
| CALL IDENTIFIER tail    { $$ = report_statement(p, $1, (Word) {0}); }
| other_verb tail         { $$ = report_statement(p, $1, (Word) {0}); }
;

/* Words behind `create` and the like that this language has no statement for. */
sql_object: sql_target | CONSTRAINT ;

sql_target:
  IDENTIFIER | ACCESS | DEFAULT | FOREIGN | PARTITION | RULE | STATISTICS | TRANSACTION | TRIGGER | UNCHECKED
;

/* All words that do not begin a statement, nor a clause behind the block of one. */
other_verb:
  IDENTIFIER | ACCESS | ACTION | ADD | AFTER | ALLOW | ALWAYS | ATTACH | ATTRIBUTE | AUTO | BATCH | BECAUSE | BEFORE
| BY | CACHE | CASCADE | CLUSTER | COMPRESSION | CYCLE | DEFERRED | DELETE | DETACH | DISABLE | DOMAIN | ENABLE
| ENFORCED | ENUM | EXCLUDE | EXPRESSION | EXTENSION | FINALIZE | FORCE | FULL | GENERATED | IDENTITY | IMMEDIATE
| INCLUDE | INCREMENT | INDEX | INHERIT | IRREVERSIBLE | KEY | LEVEL | LOGGED | MATCH | MAXVALUE | METHOD | MINVALUE
| NATIVE | NO | NONE | NOTHING | NULLS | OF | OVERLAPS | OWNED | OWNER | PARTIAL | PAUSE | PERIOD | PROJECT
| RENAME | REPLACES | REPLICA
| RESET | RESTART | RESTRICT | ROW | RULE | SCHEMA | SECURITY | SEQUENCE | SET | SIMPLE | START | STATISTICS | STORAGE
| STORED | TRANSACTION | TRIGGER | TYPE | UNLOGGED | UPDATE | VALID | VALIDATE | VALUE | VALUES | VERSION | VIRTUAL
| WITHOUT | AS | AUTHORIZATION | CHECK | COLUMN | CONCURRENTLY | CONSTRAINT | DEFAULT | DEFERRABLE | DISTINCT | FOR
| FOREIGN | FROM | IN | INITIALLY | IS | LIKE | NOT | NULL | ON | ONLY | PRIMARY | REFERENCES | TABLE | TO | UNIQUE
| WHERE
;

/* The end of a list. What went wrong before it may have taken the last `;`. */
close: "}" | error "}" { yyerrok; } ;

/* A statement that is not understood, up to its end. */
tail:
  tokens ";"             { $$ = $1; }
| tokens block           { $$ = $1; }
;

unlogged:     %empty { $$ = (Span) {0}; } | UNLOGGED     { $$ = @1; } ;
unique:       %empty { $$ = (Span) {0}; } | UNIQUE       { $$ = @1; } ;
cascade:      %empty { $$ = (Span) {0}; } | CASCADE      { $$ = @1; } ;
concurrently: %empty { $$ = (Span) {0}; } | CONCURRENTLY { $$ = @1; } ;
only:         %empty { $$ = (Span) {0}; } | ONLY         { $$ = @1; } ;

drop_object:
  SCHEMA     { $$ = WORD_SCHEMA; }
| EXTENSION  { $$ = WORD_EXTENSION; }
| ENUM       { $$ = WORD_ENUM; }
| DOMAIN     { $$ = WORD_DOMAIN; }
| TYPE       { $$ = WORD_TYPE; }
| SEQUENCE   { $$ = WORD_SEQUENCE; }
| TABLE      { $$ = WORD_TABLE; }
;

comment_target:
  drop_object ref        { $$ = MAKE(COMMENT_ON, CommentOn, @$, .object = $1, .name = $2); }
| INDEX ref              { $$ = MAKE(COMMENT_ON, CommentOn, @$, .object = WORD_INDEX, .name = $2); }
| COLUMN name "." name {
    $$ = MAKE(COMMENT_ON, CommentOn, @$, .object = WORD_COLUMN, .name = {.name = $2, .span = @2}, .part = $4);
  }
| COLUMN name "." name "." name {
    Ref table = {$2, $4, span_join(@2, @4)};
    $$ = MAKE(COMMENT_ON, CommentOn, @$, .object = WORD_COLUMN, .name = table, .part = $6);
  }
| CONSTRAINT name ON ref {
    $$ = MAKE(COMMENT_ON, CommentOn, @$, .object = WORD_CONSTRAINT, .name = $4, .part = $2);
  }
| CONSTRAINT name ON DOMAIN ref {
    $$ = MAKE(COMMENT_ON, CommentOn, @$, .object = WORD_DOMAIN_CONSTRAINT, .name = $5, .part = $2);
  }
;

backfill_where: %empty { $$ = (Span) {0}; } | WHERE backfill_sql { $$ = $2; } ;

backfill_tail:
  %empty                 { $$ = &MAKE_BARE(BACKFILL, Backfill, @$)->node; begin_clauses(p); }
| backfill_tail BATCH NUMBER {
    $$ = $1;
    note_clause(p, CLAUSE_BATCH, @2);
    ((NodeBackfill *) $$)->batch = @3;
  }
| backfill_tail PAUSE pause {
    $$ = $1;
    note_clause(p, CLAUSE_PAUSE, @2);
    ((NodeBackfill *) $$)->pause = @3;
  }
;

pause: NUMBER IDENTIFIER | STRING ;

/* ------------------------------------------------------------------ create */

create_statement:
  CREATE SCHEMA name ";"  { $$ = MAKE(CREATE_SCHEMA, CreateSchema, @$, .name = $3); }
| CREATE SCHEMA name AUTHORIZATION name ";" {
    $$ = MAKE(CREATE_SCHEMA, CreateSchema, @$, .name = $3, .owner = $5);
  }
| CREATE EXTENSION name extension_tail ";" { $$ = finish_extension($4, $3, @$); }
| CREATE ENUM ref "(" labels ")" ";" { $$ = MAKE(CREATE_ENUM, CreateEnum, @$, .name = $3, .labels = $5); }
| CREATE DOMAIN ref AS column_sql domain_clauses ";" {
    $$ = MAKE(CREATE_DOMAIN, CreateDomain, @$, .name = $3, .type = $5, .clauses = $6);
  }
| CREATE DOMAIN ref AS column_sql domain_clauses "{" domain_items close {
    $$ = MAKE(CREATE_DOMAIN, CreateDomain, @$, .name = $3, .type = $5, .clauses = append_nodes(p, $6, $8));
  }
| CREATE TYPE ref "{" attributes close { $$ = MAKE(CREATE_TYPE, CreateType, @$, .name = $3, .attributes = $5); }
| CREATE unlogged SEQUENCE ref sequence_sql ";" {
    $$ = MAKE(CREATE_SEQUENCE, CreateSequence, @$, .unlogged = $2, .name = $4, .options = $5);
  }
| CREATE unlogged TABLE ref "{" items close table_end {
    $$ = finish_table($8, @$, $2, $4);
    ((NodeCreateTable *) $$)->items = $6;
  }
| CREATE unlogged TABLE ref PARTITION OF ref bound partition_end {
    $$ = finish_table($9, @$, $2, $4);
    ((NodeCreateTable *) $$)->parent = $7;
    ((NodeCreateTable *) $$)->bound = $8;
  }
| CREATE unique INDEX concurrently optional_name ON only ref index_tail ";" {
    $$ = finish_index($9, @$, $2, $5);
    ((NodeCreateIndex *) $$)->concurrently = $4;
    ((NodeCreateIndex *) $$)->only = $7;
    ((NodeCreateIndex *) $$)->table = $8;
  }
;

extension_tail:
  %empty                       { $$ = &MAKE_BARE(CREATE_EXTENSION, CreateExtension, @$)->node; begin_clauses(p); }
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

labels:
  %empty                 { $$ = (LiteralList) {0}; }
| strings
;

strings:
  string_list            { $$ = $<LiteralList>1; }
| string_list ","        { $$ = $<LiteralList>1; }
;

string_list:
  STRING                 { $<LiteralList>$ = append_literal(p, (LiteralList) {0}, $1); }
| string_list "," STRING { $<LiteralList>$ = append_literal(p, $<LiteralList>1, $3); }
;

domain_clauses:
  %empty                        { $$ = (NodeList) {0}; }
| domain_clauses domain_clause  { $$ = append_node(p, $1, $2); }
;

domain_items:
  %empty                        { $$ = (NodeList) {0}; }
| domain_items domain_clause ";" { $$ = append_node(p, $1, $2); }
| domain_items error ";"        { $$ = $1; yyerrok; }
;

domain_clause: value_clause | domain_constraint ;

domain_constraint:
  domain_check
| CONSTRAINT new_name domain_check  { $$ = name_constraint($3, $2, @$); }
;

domain_check:
  CHECK constraint_name "(" inner ")" { $$ = MAKE(CHECK, Check, @$, .name = $2, .expression = $4); }
| NOT NULL                            { $$ = &MAKE_BARE(NOT_NULL, NotNull, @$)->node; }
;

attributes:
  %empty                 { $$ = (NodeList) {0}; }
| attributes attribute_item ";" { $$ = append_node(p, $1, $2); }
| attributes error ";"   { $$ = $1; yyerrok; }
;

attribute_item: attribute | COMMENT STRING { $$ = MAKE(COMMENT, Comment, @$, .comment = $2); } ;

attribute:
  attribute_name column_sql  { $$ = MAKE(COLUMN, Column, @$, .name = $1, .type = $2); }
| attribute_name column_sql COMMENT STRING {
    NodeList clauses = append_node(p, (NodeList) {0}, MAKE(COMMENT, Comment, span_join(@3, @4), .comment = $4));
    $$ = MAKE(COLUMN, Column, @$, .name = $1, .type = $2, .clauses = clauses);
  }
;

attribute_name: item_name | INDEX | EXCLUDE ;

sequence_sql: %empty { $$ = (Span) {0}; } | sequence_word tokens { $$ = @$; } ;

table_end:
  %empty                 { $$ = &MAKE_BARE(CREATE_TABLE, CreateTable, @$)->node; }
| table_clauses_end
;

partition_end:
  ";"                    { $$ = &MAKE_BARE(CREATE_TABLE, CreateTable, @$)->node; }
| table_clauses_end
| "{" items close table_end {
    $$ = $4;
    ((NodeCreateTable *) $$)->items = $2;
  }
;

/* An error among them must not lead back into the braces. */
table_clauses_end:
  table_clauses ";"
| table_clauses error ";"  { $$ = $1; yyerrok; }
;

/* What may follow the items, in any order, each once. */
table_clauses: begin_table table_clause | table_clauses table_clause ;

begin_table:
  %empty {
    begin_clauses(p);
    $$ = &MAKE_BARE(CREATE_TABLE, CreateTable, @$)->node;
    p->table = (NodeCreateTable *) $$;
  }
;

table_clause:
  INHERITS "(" parents ")" {
    note_clause(p, CLAUSE_INHERITS, @1);
    p->table->inherits = $3;
  }
| PARTITION BY name "(" inner ")" {
    note_clause(p, CLAUSE_PARTITION, span_join(@1, @2));
    p->table->strategy = $3;
    p->table->partition_keys = $5;
  }
| WITH "(" options ")" {
    note_clause(p, CLAUSE_WITH, @1);
    p->table->options = $3;
  }
| USING name {
    note_clause(p, CLAUSE_USING, @1);
    p->table->method = $2;
  }
| TABLESPACE name {
    note_clause(p, CLAUSE_TABLESPACE, @1);
    p->table->tablespace = $2;
  }
| INHERITS error
| PARTITION error
| WITH error
| USING error
| TABLESPACE error
;

parents: refs | refs "," ;

bound:
  DEFAULT                                  { $$ = @$; }
| FOR VALUES IN "(" inner ")"              { $$ = @$; }
| FOR VALUES FROM "(" inner ")" TO "(" inner ")" { $$ = @$; }
| FOR VALUES WITH "(" inner ")"            { $$ = @$; }
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
| LIKE ref ";"           { $$ = MAKE(LIKE, Like, @$, .table = $2); }
| LIKE ref IDENTIFIER tokens ";" { $$ = MAKE(LIKE, Like, @$, .table = $2, .options = span_join(@3, @4)); }
| COMMENT STRING ";"     { $$ = MAKE(COMMENT, Comment, @$, .comment = $2); }
;

column:
  item_name column_sql column_clauses {
    $$ = MAKE(COLUMN, Column, @$, .name = $1, .type = $2, .clauses = $3);
  }
;

column_clauses:
  %empty                         { $$ = (NodeList) {0}; }
| column_clauses column_clause   { $$ = append_node(p, $1, $2); }
;

column_clause:
  value_clause
| GENERATED ALWAYS AS "(" inner ")" STORED { $$ = MAKE(GENERATED, Generated, @$, .expression = $5); }
| GENERATED ALWAYS AS "(" inner ")" VIRTUAL {
    $$ = MAKE(GENERATED, Generated, @$, .expression = $5, .virtual = @7);
  }
| identity
| column_constraint
| CONSTRAINT new_name column_constraint { $$ = name_constraint($3, $2, @$); }
;

/* What columns and domains have in common. */
value_clause:
  NULL                           { $$ = &MAKE_BARE(NULLABLE, Nullable, @$)->node; }
| DEFAULT column_sql             { $$ = MAKE(DEFAULT, Default, @$, .expression = @2); }
| DEFAULT NULL                   { $$ = MAKE(DEFAULT, Default, @$, .expression = @2); }
| DEFAULT NULL "::" column_sql   { $$ = MAKE(DEFAULT, Default, @$, .expression = span_join(@2, @4)); }
| COMMENT STRING                 { $$ = MAKE(COMMENT, Comment, @$, .comment = $2); }
;

identity:
  GENERATED ALWAYS AS IDENTITY identity_options {
    $$ = MAKE(IDENTITY, Identity, @$, .always = @2, .options = $5);
  }
| GENERATED BY DEFAULT AS IDENTITY identity_options { $$ = MAKE(IDENTITY, Identity, @$, .options = $6); }
;

identity_options: %empty { $$ = (Span) {0}; } | "(" inner ")" { $$ = $2; } ;

column_constraint:
  PRIMARY KEY key_column_tail     { $$ = finish_key($3, @$, @1, (WordList) {0}); }
| UNIQUE key_column_tail          { $$ = finish_key($2, @$, (Span) {0}, (WordList) {0}); }
| CHECK constraint_name "(" inner ")" no_inherit {
    $$ = MAKE(CHECK, Check, @$, .name = $2, .expression = $4, .no_inherit = $6);
  }
| REFERENCES ref optional_names references_tail  { $$ = finish_reference($4, @$, $2, $3); }
| NOT NULL no_inherit            { $$ = MAKE(NOT_NULL, NotNull, @$, .no_inherit = $3); }
;

no_inherit: %empty { $$ = (Span) {0}; } | NO INHERIT { $$ = @$; } ;

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
| PRIMARY KEY "(" name_list WITHOUT OVERLAPS ")" key_tail {
    $$ = finish_key($8, @$, @1, $<WordList>4);
    ((NodeKey *) $$)->without_overlaps = span_join(@5, @6);
  }
| UNIQUE nulls_clause "(" name_list WITHOUT OVERLAPS ")" key_tail {
    $$ = finish_key($8, @$, (Span) {0}, $<WordList>4);
    ((NodeKey *) $$)->nulls_not_distinct = $2;
    ((NodeKey *) $$)->without_overlaps = span_join(@5, @6);
  }
| FOREIGN KEY "(" period_names ")" REFERENCES ref period_targets references_tail not_valid {
    $$ = finish_period($9, @$, $7, $4, $8);
    ((NodeForeignKey *) $$)->not_valid = $10;
  }
| FOREIGN KEY "(" period_names ")" REFERENCES ref period_targets references_tail NOT ENFORCED {
    $$ = finish_period($9, @$, $7, $4, $8);
    ((NodeForeignKey *) $$)->not_enforced = span_join(@10, @11);
  }
| CHECK constraint_name "(" inner ")" check_tail { $$ = finish_check($6, @$, $2, $4); }
| FOREIGN KEY "(" names ")" REFERENCES ref optional_names references_tail not_valid {
    $$ = finish_reference($9, @$, $7, $8);
    ((NodeForeignKey *) $$)->columns = $4;
    ((NodeForeignKey *) $$)->not_valid = $10;
  }
| FOREIGN KEY "(" names ")" REFERENCES ref optional_names references_tail NOT ENFORCED {
    $$ = finish_reference($9, @$, $7, $8);
    ((NodeForeignKey *) $$)->columns = $4;
    ((NodeForeignKey *) $$)->not_enforced = span_join(@10, @11);
  }
| EXCLUDE exclusion_tail          { $$ = $2; $$->span = @$; }
| NOT NULL name no_inherit not_valid {
    $$ = MAKE(NOT_NULL, NotNull, @$, .column = $3, .no_inherit = $4, .not_valid = $5);
  }
;

/* The last of the columns is a period. */
period_names: name_list "," PERIOD name { $$ = append_word(p, $<WordList>1, $4); } ;
period_targets: %empty { $$ = (WordList) {0}; } | "(" period_names ")" { $$ = $2; } ;

/* A key made of an index that is there: only in `alter table`. */
adopted_key:
  PRIMARY KEY USING INDEX name timing { $$ = MAKE(KEY, Key, @$, .primary = @1, .index = $5, .timing = $6); }
| UNIQUE USING INDEX name timing      { $$ = MAKE(KEY, Key, @$, .index = $4, .timing = $5); }
;

constraint_name: %empty { $$ = (Word) {0}; } | new_name ;
not_valid: %empty { $$ = (Span) {0}; } | NOT VALID { $$ = @$; } ;

check_tail:
  %empty                 { $$ = &MAKE_BARE(CHECK, Check, @$)->node; begin_clauses(p); }
| check_tail NO INHERIT {
    $$ = $1;
    note_clause(p, CLAUSE_NO_INHERIT, span_join(@2, @3));
    ((NodeCheck *) $$)->no_inherit = span_join(@2, @3);
  }
| check_tail NOT VALID {
    $$ = $1;
    note_clause(p, CLAUSE_NOT_VALID, span_join(@2, @3));
    ((NodeCheck *) $$)->not_valid = span_join(@2, @3);
  }
| check_tail NOT ENFORCED {
    $$ = $1;
    note_clause(p, CLAUSE_NOT_ENFORCED, span_join(@2, @3));
    ((NodeCheck *) $$)->not_enforced = span_join(@2, @3);
  }
;

nulls_clause:
  %empty                 { $$ = (Span) {0}; }
| NULLS NOT DISTINCT     { $$ = @$; }
| NULLS DISTINCT         { $$ = (Span) {0}; }
;

key_column_tail:
  nulls_clause timing    { $$ = MAKE(KEY, Key, @$, .nulls_not_distinct = $1, .timing = $2); }
;

key_tail:
  include options_clause timing { $$ = MAKE(KEY, Key, @$, .include = $1, .options = $2, .timing = $3); }
;

include: %empty { $$ = (WordList) {0}; } | INCLUDE "(" names ")" { $$ = $3; } ;
options_clause: %empty { $$ = (NodeList) {0}; } | WITH "(" options ")" { $$ = $3; } ;

references_tail:
  %empty                              { $$ = &MAKE_BARE(FOREIGN_KEY, ForeignKey, @$)->node; begin_clauses(p); }
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
| references_tail moment              { $$ = $1; set_timing(p, &((NodeForeignKey *) $$)->timing, $2, @2); }
;

exclusion_tail:
  "(" inner ")"                       { $$ = MAKE(EXCLUSION, Exclusion, @$, .elements = $2); begin_clauses(p); }
| USING name "(" inner ")" {
    $$ = MAKE(EXCLUSION, Exclusion, @$, .method = $2, .elements = $4);
    begin_clauses(p);
    note_clause(p, CLAUSE_USING, @1);
  }
| exclusion_tail USING name {
    $$ = $1;
    note_clause(p, CLAUSE_USING, @2);
    ((NodeExclusion *) $$)->method = $3;
  }
| exclusion_tail INCLUDE "(" names ")" {
    $$ = $1;
    note_clause(p, CLAUSE_INCLUDE, @2);
    ((NodeExclusion *) $$)->include = $4;
  }
| exclusion_tail WITH "(" options ")" {
    $$ = $1;
    note_clause(p, CLAUSE_WITH, @2);
    ((NodeExclusion *) $$)->options = $4;
  }
| exclusion_tail WHERE "(" inner ")" {
    $$ = $1;
    note_clause(p, CLAUSE_WHERE, @2);
    ((NodeExclusion *) $$)->where = $4;
  }
| exclusion_tail moment               { $$ = $1; set_timing(p, &((NodeExclusion *) $$)->timing, $2, @2); }
;

/* A part of what says when a constraint is checked, where such parts stand among other clauses. */
moment:
  DEFERRABLE                          { $$ = TIMING_DEFERRABLE; }
| INITIALLY DEFERRED                  { $$ = TIMING_DEFERRED; }
| INITIALLY IMMEDIATE                 { $$ = TIMING_IMMEDIATE; }
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
  "(" inner ")"                       { $$ = MAKE(CREATE_INDEX, CreateIndex, @$, .keys = $2); begin_clauses(p); }
| USING name "(" inner ")" {
    $$ = MAKE(CREATE_INDEX, CreateIndex, @$, .method = $2, .keys = $4);
    begin_clauses(p);
    note_clause(p, CLAUSE_USING, @1);
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
| index_tail TABLESPACE name {
    $$ = $1;
    note_clause(p, CLAUSE_TABLESPACE, @2);
    ((NodeCreateIndex *) $$)->tablespace = $3;
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
  option_name            { $$ = MAKE(OPTION, Option, @$, .name = $1); }
| option_name OPERATOR option_sql { $$ = MAKE(OPTION, Option, @$, .name = $1, .value = $3); }
;

option_name:
  name
| name "." name          { $$ = make_option_name(p, $1, $3); }
;

option_sql: tokens_one   { $$ = @$; } ;

/* ------------------------------------------------------------------ alter */

/* Each kind of object has its actions: one, or several in braces. */
alter_statement:
  ALTER SCHEMA name schema_body       { $$ = MAKE(ALTER_SCHEMA, AlterSchema, @$, .name = $3, .actions = $4); }
| ALTER EXTENSION name extension_body { $$ = MAKE(ALTER_EXTENSION, AlterExtension, @$, .name = $3, .actions = $4); }
| ALTER ENUM ref enum_body            { $$ = MAKE(ALTER_ENUM, AlterEnum, @$, .name = $3, .actions = $4); }
| ALTER DOMAIN ref domain_body        { $$ = MAKE(ALTER_DOMAIN, AlterDomain, @$, .name = $3, .actions = $4); }
| ALTER TYPE ref type_body            { $$ = MAKE(ALTER_TYPE, AlterType, @$, .name = $3, .actions = $4); }
| ALTER SEQUENCE ref sequence_body    { $$ = MAKE(ALTER_SEQUENCE, AlterSequence, @$, .name = $3, .actions = $4); }
| ALTER INDEX ref index_body          { $$ = MAKE(ALTER_INDEX, AlterIndex, @$, .name = $3, .actions = $4); }
| ALTER TABLE only ref table_body {
    $$ = MAKE(ALTER_TABLE, AlterTable, @$, .only = $3, .name = $4, .actions = $5);
  }
;

rename:     RENAME TO new_name        { $$ = MAKE(RENAME, Rename, @$, .to = $3); } ;
set_schema: SET SCHEMA name           { $$ = MAKE(SET_SCHEMA, SetSchema, @$, .schema = $3); } ;
owner:      OWNER TO name             { $$ = MAKE(SET_OWNER, SetOwner, @$, .owner = $3); } ;

schema_body:
  schema_action                       { $$ = append_node(p, (NodeList) {0}, $1); }
| "{" schema_actions close            { $$ = $2; }
;

schema_actions:
  %empty                              { $$ = (NodeList) {0}; }
| schema_actions schema_action        { $$ = append_node(p, $1, $2); }
| schema_actions error ";"            { $$ = $1; yyerrok; }
;

schema_action:
  rename ";"
| owner ";"
| IDENTIFIER tokens ";"               { $$ = report_action(p, "schema", $1, (Word) {0}); }
;

extension_body:
  extension_action                    { $$ = append_node(p, (NodeList) {0}, $1); }
| "{" extension_actions close         { $$ = $2; }
;

extension_actions:
  %empty                              { $$ = (NodeList) {0}; }
| extension_actions extension_action  { $$ = append_node(p, $1, $2); }
| extension_actions error ";"         { $$ = $1; yyerrok; }
;

extension_action:
  UPDATE ";"                          { $$ = &MAKE_BARE(UPDATE_EXTENSION, UpdateExtension, @$)->node; }
| UPDATE TO STRING ";"                { $$ = MAKE(UPDATE_EXTENSION, UpdateExtension, @$, .version = $3); }
| set_schema ";"
| IDENTIFIER tokens ";"               { $$ = report_action(p, "extension", $1, (Word) {0}); }
;

enum_body:
  enum_action                         { $$ = append_node(p, (NodeList) {0}, $1); }
| "{" enum_actions close              { $$ = $2; }
;

enum_actions:
  %empty                              { $$ = (NodeList) {0}; }
| enum_actions enum_action            { $$ = append_node(p, $1, $2); }
| enum_actions error ";"              { $$ = $1; yyerrok; }
;

enum_action:
  ADD VALUE STRING ";"                { $$ = MAKE(ADD_VALUE, AddValue, @$, .label = $3); }
| ADD VALUE STRING BEFORE STRING ";" {
    $$ = MAKE(ADD_VALUE, AddValue, @$, .label = $3, .place = LABEL_BEFORE, .neighbour = $5);
  }
| ADD VALUE STRING AFTER STRING ";" {
    $$ = MAKE(ADD_VALUE, AddValue, @$, .label = $3, .place = LABEL_AFTER, .neighbour = $5);
  }
| RENAME VALUE STRING TO STRING ";"   { $$ = MAKE(RENAME_VALUE, RenameValue, @$, .label = $3, .to = $5); }
| DROP VALUE tokens ";"               { $$ = report_drop_value(p, span_join(@1, @2)); }
| rename ";"
| set_schema ";"
| owner ";"
| IDENTIFIER tokens ";"               { $$ = report_action(p, "enum", $1, (Word) {0}); }
;

domain_body:
  domain_action                       { $$ = append_node(p, (NodeList) {0}, $1); }
| "{" domain_actions close            { $$ = $2; }
;

domain_actions:
  %empty                              { $$ = (NodeList) {0}; }
| domain_actions domain_action        { $$ = append_node(p, $1, $2); }
| domain_actions error ";"            { $$ = $1; yyerrok; }
;

domain_action:
  value_action ";"
| ADD domain_constraint not_valid ";" {
    if ($2->kind == NODE_CHECK)
        ((NodeCheck *) $2)->not_valid = $3;
    else
        ((NodeNotNull *) $2)->not_valid = $3;
    $$ = MAKE(ADD_CONSTRAINT, AddConstraint, @$, .constraint = $2);
  }
| constraint_action ";"
| rename ";"
| set_schema ";"
| owner ";"
| IDENTIFIER tokens ";"               { $$ = report_action(p, "domain", $1, (Word) {0}); }
;

type_body:
  type_action                         { $$ = append_node(p, (NodeList) {0}, $1); }
| "{" type_actions close              { $$ = $2; }
;

type_actions:
  %empty                              { $$ = (NodeList) {0}; }
| type_actions type_action            { $$ = append_node(p, $1, $2); }
| type_actions error ";"              { $$ = $1; yyerrok; }
;

type_action:
  ADD ATTRIBUTE attribute ";"         { $$ = MAKE(ADD_COLUMN, AddColumn, @$, .column = $3); }
| DROP ATTRIBUTE name cascade ";"     { $$ = MAKE(DROP_COLUMN, DropColumn, @$, .name = $3, .cascade = $4); }
| RENAME ATTRIBUTE name TO new_name ";" { $$ = MAKE(RENAME_COLUMN, RenameColumn, @$, .name = $3, .to = $5); }
| ALTER ATTRIBUTE name attribute_action {
    $$ = MAKE(ALTER_COLUMN, AlterColumn, @$, .name = $3, .actions = append_node(p, (NodeList) {0}, $4));
  }
| rename ";"
| set_schema ";"
| owner ";"
| IDENTIFIER tokens ";"               { $$ = report_action(p, "type", $1, (Word) {0}); }
;

attribute_action:
  TYPE column_sql ";"                 { $$ = MAKE(SET_TYPE, SetType, @$, .type = $2); }
| comment ";"
;

sequence_body:
  sequence_action                     { $$ = append_node(p, (NodeList) {0}, $1); }
| "{" sequence_actions close          { $$ = $2; }
;

sequence_actions:
  %empty                              { $$ = (NodeList) {0}; }
| sequence_actions sequence_action    { $$ = append_node(p, $1, $2); }
| sequence_actions error ";"          { $$ = $1; yyerrok; }
;

sequence_action:
  sequence_word tokens ";"            { $$ = MAKE(SET_SEQUENCE, SetSequence, @$, .options = span_join(@1, @2)); }
| persistence ";"
| rename ";"
| set_schema ";"
| owner ";"
| IDENTIFIER tokens ";"               { $$ = report_action(p, "sequence", $1, (Word) {0}); }
;

/* Words that begin an option of a sequence. */
sequence_word: AS | CACHE | CYCLE | INCREMENT | MAXVALUE | MINVALUE | NO | OWNED | RESTART | START ;

persistence:
  SET LOGGED                          { $$ = &MAKE_BARE(SET_PERSISTENCE, SetPersistence, @$)->node; }
| SET UNLOGGED                        { $$ = MAKE(SET_PERSISTENCE, SetPersistence, @$, .unlogged = @2); }
;

index_body:
  index_action                        { $$ = append_node(p, (NodeList) {0}, $1); }
| "{" index_actions close             { $$ = $2; }
;

index_actions:
  %empty                              { $$ = (NodeList) {0}; }
| index_actions index_action          { $$ = append_node(p, $1, $2); }
| index_actions error ";"             { $$ = $1; yyerrok; }
;

index_action:
  rename ";"
| storage_action ";"
| ATTACH PARTITION ref ";"            { $$ = MAKE(ATTACH_PARTITION, AttachPartition, @$, .partition = $3); }
| ALTER COLUMN NUMBER SET STATISTICS using_sql ";" {
    Node *action = MAKE(SET_STATISTICS, SetStatistics, span_join(@4, @7), .target = $6);
    $$ = MAKE(ALTER_COLUMN, AlterColumn, @$, .name = make_number(p, @3),
              .actions = append_node(p, (NodeList) {0}, action));
  }
| IDENTIFIER tokens ";"               { $$ = report_action(p, "index", $1, (Word) {0}); }
;

/* What tables and indexes have in common. */
storage_action:
  set_options
| SET TABLESPACE name                 { $$ = MAKE(SET_TABLESPACE, SetTablespace, @$, .tablespace = $3); }
;

/* And columns too. */
set_options:
  SET "(" options ")"                 { $$ = MAKE(SET_OPTIONS, SetOptions, @$, .options = $3); }
| RESET "(" options ")"               { $$ = MAKE(RESET_OPTIONS, ResetOptions, @$, .options = $3); }
;

/* ------------------------------------------------------------------ alter table */

table_body:
  table_action                        { $$ = append_node(p, (NodeList) {0}, $1); }
| "{" table_actions close             { $$ = $2; }
;

table_actions:
  %empty                              { $$ = (NodeList) {0}; }
| table_actions table_action          { $$ = append_node(p, $1, $2); }
| table_actions error ";"             { $$ = $1; yyerrok; }
;

table_action:
  ADD COLUMN column ";"               { $$ = MAKE(ADD_COLUMN, AddColumn, @$, .column = $3); }
| DROP COLUMN name cascade ";"        { $$ = MAKE(DROP_COLUMN, DropColumn, @$, .name = $3, .cascade = $4); }
| RENAME COLUMN name TO new_name ";"  { $$ = MAKE(RENAME_COLUMN, RenameColumn, @$, .name = $3, .to = $5); }
| ALTER COLUMN name column_body       { $$ = MAKE(ALTER_COLUMN, AlterColumn, @$, .name = $3, .actions = $4); }
| ADD table_constraint ";"            { $$ = MAKE(ADD_CONSTRAINT, AddConstraint, @$, .constraint = $2); }
| ADD adopted_key ";"                 { $$ = MAKE(ADD_CONSTRAINT, AddConstraint, @$, .constraint = $2); }
| ADD CONSTRAINT new_name adopted_key ";" {
    $$ = MAKE(ADD_CONSTRAINT, AddConstraint, @$, .constraint = name_constraint($4, $3, span_join(@2, @4)));
  }
| ALTER CONSTRAINT name new_timing ";" { $$ = MAKE(ALTER_CONSTRAINT, AlterConstraint, @$, .name = $3, .timing = $4); }
| ALTER CONSTRAINT name ENFORCED ";"  { $$ = MAKE(SET_ENFORCEMENT, SetEnforcement, @$, .name = $3); }
| ALTER CONSTRAINT name NOT ENFORCED ";" {
    $$ = MAKE(SET_ENFORCEMENT, SetEnforcement, @$, .name = $3, .not_enforced = span_join(@4, @5));
  }
| ALTER CONSTRAINT name INHERIT ";"   { $$ = MAKE(SET_INHERITANCE, SetInheritance, @$, .name = $3); }
| ALTER CONSTRAINT name NO INHERIT ";" {
    $$ = MAKE(SET_INHERITANCE, SetInheritance, @$, .name = $3, .no_inherit = span_join(@4, @5));
  }
| constraint_action ";"
| partition_action ";"
| security_action ";"
| firing_action ";"
| table_setting ";"
| rename ";"
| set_schema ";"
| owner ";"
| comment ";"
| IDENTIFIER tokens ";"               { $$ = report_action(p, "table", $1, (Word) {0}); }
| ADD other_word tokens ";"           { $$ = report_action(p, "table", $1, $2); }
| DROP other_word tokens ";"          { $$ = report_action(p, "table", $1, $2); }
| RENAME other_word tokens ";"        { $$ = report_action(p, "table", $1, $2); }
| ALTER other_word tokens ";"         { $$ = report_action(p, "table", $1, $2); }
;

/* Names, where a table's `column` was left out. */
other_word: plain_name | INDEX | COMMENT | GENERATED ;

constraint_action:
  DROP CONSTRAINT name cascade        { $$ = MAKE(DROP_CONSTRAINT, DropConstraint, @$, .name = $3, .cascade = $4); }
| RENAME CONSTRAINT name TO new_name  { $$ = MAKE(RENAME_CONSTRAINT, RenameConstraint, @$, .name = $3, .to = $5); }
| VALIDATE CONSTRAINT name            { $$ = MAKE(VALIDATE_CONSTRAINT, ValidateConstraint, @$, .name = $3); }
;

new_timing:
  DEFERRABLE timing_detail            { $$ = $2; }
| NOT DEFERRABLE                      { $$ = TIMING_IMMEDIATE; }
| INITIALLY DEFERRED                  { $$ = TIMING_DEFERRED; }
;

timing_detail:
  %empty                              { $$ = TIMING_DEFERRABLE; }
| INITIALLY IMMEDIATE                 { $$ = TIMING_DEFERRABLE; }
| INITIALLY DEFERRED                  { $$ = TIMING_DEFERRED; }
;

partition_action:
  ATTACH PARTITION ref bound {
    $$ = MAKE(ATTACH_PARTITION, AttachPartition, @$, .partition = $3, .bound = $4);
  }
| DETACH PARTITION ref                { $$ = MAKE(DETACH_PARTITION, DetachPartition, @$, .partition = $3); }
| DETACH PARTITION ref CONCURRENTLY {
    $$ = MAKE(DETACH_PARTITION, DetachPartition, @$, .partition = $3, .concurrently = @4);
  }
| DETACH PARTITION ref FINALIZE {
    $$ = MAKE(DETACH_PARTITION, DetachPartition, @$, .partition = $3, .finalize = @4);
  }
| INHERIT ref                         { $$ = MAKE(INHERIT, Inherit, @$, .parent = $2); }
| NO INHERIT ref                      { $$ = MAKE(NO_INHERIT, NoInherit, @$, .parent = $3); }
;

security_action:
  row_security ROW LEVEL SECURITY     { $$ = MAKE(SET_ROW_SECURITY, SetRowSecurity, @$, .setting = $1); }
;

row_security:
  ENABLE       { $$ = ROW_SECURITY_ENABLE; }
| DISABLE      { $$ = ROW_SECURITY_DISABLE; }
| FORCE        { $$ = ROW_SECURITY_FORCE; }
| NO FORCE     { $$ = ROW_SECURITY_NO_FORCE; }
;

firing_action:
  firing TRIGGER name                 { $$ = MAKE(SET_TRIGGER, SetTrigger, @$, .firing = $1, .name = $3); }
| firing RULE name                    { $$ = MAKE(SET_RULE, SetRule, @$, .firing = $1, .name = $3); }
;

firing:
  ENABLE             { $$ = FIRING_ORIGIN; }
| ENABLE REPLICA     { $$ = FIRING_REPLICA; }
| ENABLE ALWAYS      { $$ = FIRING_ALWAYS; }
| DISABLE            { $$ = FIRING_DISABLED; }
;

table_setting:
  storage_action
| persistence
| SET ACCESS METHOD default_or_name   { $$ = MAKE(SET_ACCESS_METHOD, SetAccessMethod, @$, .method = $4); }
| CLUSTER ON name                     { $$ = MAKE(CLUSTER_ON, ClusterOn, @$, .index = $3); }
| SET WITHOUT CLUSTER                 { $$ = &MAKE_BARE(CLUSTER_ON, ClusterOn, @$)->node; }
| REPLICA IDENTITY DEFAULT            { $$ = &MAKE_BARE(REPLICA_IDENTITY, ReplicaIdentity, @$)->node; }
| REPLICA IDENTITY FULL               { $$ = MAKE(REPLICA_IDENTITY, ReplicaIdentity, @$, .identity = REPLICA_FULL); }
| REPLICA IDENTITY NOTHING {
    $$ = MAKE(REPLICA_IDENTITY, ReplicaIdentity, @$, .identity = REPLICA_NOTHING);
  }
| REPLICA IDENTITY USING INDEX name {
    $$ = MAKE(REPLICA_IDENTITY, ReplicaIdentity, @$, .identity = REPLICA_INDEX, .index = $5);
  }
;

comment:
  COMMENT STRING                      { $$ = MAKE(COMMENT, Comment, @$, .comment = $2); }
| COMMENT NULL                        { $$ = MAKE(COMMENT, Comment, @$, .none = @2); }
;

/* ------------------------------------------------------------------ alter column */

column_body:
  column_action                       { $$ = append_node(p, (NodeList) {0}, $1); }
| "{" column_actions close            { $$ = $2; }
;

column_actions:
  %empty                              { $$ = (NodeList) {0}; }
| column_actions column_action        { $$ = append_node(p, $1, $2); }
| column_actions error ";"            { $$ = $1; yyerrok; }
;

column_action:
  TYPE column_sql ";"                 { $$ = MAKE(SET_TYPE, SetType, @$, .type = $2); }
| TYPE column_sql USING using_sql ";" { $$ = MAKE(SET_TYPE, SetType, @$, .type = $2, .using = $4); }
| value_action ";"
| ADD identity ";"                    { $$ = MAKE(ADD_IDENTITY, AddIdentity, @$, .identity = $2); }
| SET identity_word tokens ";"        { $$ = MAKE(SET_IDENTITY, SetIdentity, @$, .options = span_join(@1, @3)); }
| RESTART tokens ";"                  { $$ = MAKE(SET_IDENTITY, SetIdentity, @$, .options = span_join(@1, @2)); }
| DROP IDENTITY ";"                   { $$ = &MAKE_BARE(DROP_IDENTITY, DropIdentity, @$)->node; }
| SET EXPRESSION AS "(" inner ")" ";"   { $$ = MAKE(SET_EXPRESSION, SetExpression, @$, .expression = $5); }
| DROP EXPRESSION ";"                 { $$ = &MAKE_BARE(DROP_EXPRESSION, DropExpression, @$)->node; }
| SET STATISTICS using_sql ";"        { $$ = MAKE(SET_STATISTICS, SetStatistics, @$, .target = $3); }
| SET STORAGE default_or_name ";"     { $$ = MAKE(SET_STORAGE, SetStorage, @$, .storage = $3); }
| SET COMPRESSION default_or_name ";" { $$ = MAKE(SET_COMPRESSION, SetCompression, @$, .compression = $3); }
| set_options ";"
| comment ";"
| IDENTIFIER tokens ";"               { $$ = report_action(p, "column", $1, (Word) {0}); }
| SET IDENTIFIER tokens ";"           { $$ = report_action(p, "column", $1, $2); }
;

/* What is done to columns and to domains. */
value_action:
  SET DEFAULT column_sql              { $$ = MAKE(SET_DEFAULT, SetDefault, @$, .expression = $3); }
| SET DEFAULT NULL                    { $$ = &MAKE_BARE(DROP_DEFAULT, DropDefault, @$)->node; }
| DROP DEFAULT                        { $$ = &MAKE_BARE(DROP_DEFAULT, DropDefault, @$)->node; }
| SET NULL                            { $$ = &MAKE_BARE(SET_NULL, SetNull, @$)->node; }
| DROP NOT NULL                       { $$ = &MAKE_BARE(SET_NULL, SetNull, @$)->node; }
| SET NOT NULL                        { $$ = &MAKE_BARE(SET_NOT_NULL, SetNotNull, @$)->node; }
;

identity_word: CACHE | CYCLE | GENERATED | INCREMENT | MAXVALUE | MINVALUE | NO | START ;
default_or_name: name | DEFAULT ;

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

plain_name: IDENTIFIER | free_word | BATCH | INCLUDE | NO | NULLS | PAUSE | SET | TABLESPACE ;

/* Words that begin or end nothing inside a fragment. */
free_word:
  ACCESS | ACTION | ADD | AFTER | ALLOW | ALTER | ALWAYS | ATTACH | ATTRIBUTE | AUTO | BACKFILL | BECAUSE | BEFORE
| BY | CACHE | CALL | CASCADE | CLUSTER | COMPRESSION | CYCLE | DEFERRED | DELETE | DETACH | DISABLE | DOMAIN | DOWN
| DROP | ENABLE | ENFORCED | ENUM | EXPRESSION | EXTENSION | FINALIZE | FORCE | FULL | IDENTITY | IMMEDIATE
| INCREMENT | INHERIT | INHERITS | IRREVERSIBLE | KEY | LEVEL | LOGGED | MATCH | MAXVALUE | METHOD | MINVALUE | NATIVE
| NONE | NOTHING | OF | OVERLAPS | OWNED | OWNER | PARTIAL | PARTITION | PERIOD | PROJECT | RENAME
| REPLACES | REPLICA | REQUIRE | RESET
| RESTART | RESTRICT | ROW | RULE | SCHEMA | SECURITY | SEQUENCE | SIMPLE | SQL | START | STATISTICS | STORAGE
| STORED | TRANSACTION | TRIGGER | TYPE | UNCHECKED | UNLOGGED | UP | UPDATE | VALID | VALIDATE | VALUE | VALUES
| VERSION | VIRTUAL | WITHOUT
;

/* ------------------------------------------------------------------ fragments of SQL */

/* A type or a default: ends at the words that begin a column's next clause. */
column_sql:
  column_token              { $$ = @$; }
| column_sql column_token   { $$ = @$; }
;

column_token: column_word | atom | bracketed ;
column_word:
  fragment_word | BATCH | EXCLUDE | INCLUDE | INDEX | NO | NULLS | PAUSE | SET | TABLESPACE | WHERE | WITH
;

/* The predicate of an index: ends at the words that begin the index's next clause. */
where_sql:
  where_token               { $$ = @$; }
| where_sql where_token     { $$ = @$; }
;

where_token: where_word | atom | bracketed ;
where_word:
  fragment_word | BATCH | CHECK | COMMENT | CONSTRAINT | DEFAULT | DEFERRABLE | DISTINCT | EXCLUDE | GENERATED | INDEX
| INITIALLY | NO | NOT | NULL | PAUSE | PRIMARY | REFERENCES | SET | UNIQUE
;

/* What a backfill sets, and where. */
backfill_sql:
  backfill_token                { $$ = @$; }
| backfill_sql backfill_token   { $$ = @$; }
;

backfill_token: backfill_word | atom | bracketed | "," ;
backfill_word:
  fragment_word | CHECK | COMMENT | CONSTRAINT | DEFAULT | DEFERRABLE | DISTINCT | EXCLUDE | GENERATED | INCLUDE | INDEX
| INITIALLY | NO | NOT | NULL | NULLS | PRIMARY | REFERENCES | SET | TABLESPACE | UNIQUE | USING | WITH
;

/* Up to the end of the action. */
using_sql: tokens_one { $$ = @$; } ;

/* Words that belong to a fragment wherever it stands. */
fragment_word:
  IDENTIFIER | free_word | AS | AUTHORIZATION | COLUMN | CONCURRENTLY | CREATE | FOR | FOREIGN | FROM | IN | IS | LIKE
| ON | ONLY | TABLE | TO
;

reserved_word:
  AS | AUTHORIZATION | CHECK | COLUMN | CONCURRENTLY | CONSTRAINT | CREATE | DEFAULT | DEFERRABLE | DISTINCT | FOR
| FOREIGN | FROM | IN | INITIALLY | IS | LIKE | NOT | NULL | ON | ONLY | PRIMARY | REFERENCES | TABLE | TO | UNIQUE
| USING | WHERE | WITH
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

/* The actions of a rule are statements in parentheses. */
block_token: any_word | atom | "," | ";" | block_bracketed | block ;
block_bracketed: "(" block_inner ")" | "[" inner "]" ;
block_inner: %empty | block_inner any_word | block_inner atom | block_inner "," | block_inner ";"
| block_inner block_bracketed
;

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
