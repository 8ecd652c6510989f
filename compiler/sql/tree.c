/* Parsing, walking and printing of PostgreSQL's trees. The walk goes by protobuf's own descriptions of the messages,
 * so that no kind of node can be forgotten. Parsed texts are remembered: types and defaults repeat a lot in
 * migrations. */
#include "tree.h"

#include "literal.h"

#include "bug.h"

#include <pg_query.h>
#include <strings.h>

/* ------------------------------------------------------------------ parsing */

static void *allocate(void *arena, size_t size)
{
    return arena_alloc(arena, size);
}

static void release(void *arena, void *piece)
{
    (void) arena;
    (void) piece;
}

/* libpg_query counts characters from 1, as the server does. */
static size_t byte_offset(Str text, int cursor)
{
    size_t at = 0;
    for (int characters = 1; at < text.len && characters < cursor; characters++) {
        at++;
        while (at < text.len && ((unsigned char) text.data[at] & 0xC0) == 0x80)
            at++;
    }
    return at;
}

/* From the error's place to the end of the word or sign there. */
static size_t token_length(Str sql, size_t at)
{
    size_t end = at;
    while (end < sql.len && ((unsigned char) sql.data[end] >= 0x80 || strchr(" \t\n,;()[]'\"", sql.data[end]) == NULL))
        end++;
    return end > at ? end - at : 1;
}

/* True when nothing but white space stands before the place in its line. */
static bool begins_line(Sql *sql, Span place)
{
    Str text = source_file(&sql->c->sources, place.file)->text;
    size_t at = place.start;
    while (at > 0 && (text.data[at - 1] == ' ' || text.data[at - 1] == '\t'))
        at--;
    return at == 0 || text.data[at - 1] == '\n';
}

static void report_refusal(Sql *sql, const Fragment *fragment, Str text, size_t prefix, const PgQueryError *error)
{
    size_t at = error->cursorpos > 0 ? byte_offset(text, error->cursorpos) : prefix;
    size_t offset = at > prefix ? at - prefix : 0;
    Str message = str_from(error->message);
    Span place = fragment_place(fragment, offset, token_length(fragment->sql, offset));
    bool at_end = offset >= fragment->sql.len && str_starts_with(message, STR("syntax error at"));
    if (at_end)
        message = STR("syntax error at the end of this SQL");
    report(sql->c, M_SQL_SYNTAX, place, "%.*s", STR_ARG(message));
    if (prefix > 0 && !at_end && begins_line(sql, place) && offset > 0)
        help(sql->c, "is a `;` missing at the end of the line before?");
    explain_refusal(sql, fragment->sql, offset, message);
    if (at_end && prefix > 0)
        help(sql->c, "if it goes on behind this, put it in parentheses: outside them a word such as `null` ends it");
}

/* EXTRACT calls date_part before PostgreSQL 14; what it makes is named after that. */
enum { EXTRACT_SINCE = 14 };

static bool name_date_part(void *arena, const ProtobufCMessage *message)
{
    const PgQuery__FuncCall *call = (const PgQuery__FuncCall *) message;
    if (!tree_is(message, pg_query__func_call) || call->funcformat != PG_QUERY__COERCION_FORM__COERCE_SQL_SYNTAX)
        return true;
    PgQuery__String *name = call->funcname[call->n_funcname - 1]->string;
    if (strcmp(name->sval, "extract") == 0)
        name->sval = memcpy(arena_alloc(arena, sizeof "date_part"), "date_part", sizeof "date_part");
    return true;
}

/* A word of its own from PostgreSQL 16 on, which is the call of a function; to the parser here it is a column. */
enum { SYSTEM_USER_SINCE = 16 };

typedef struct Renewal {
    Arena *arena;
    Str text;
} Renewal;

static bool is_system_user(const PgQuery__Node *node, Str text)
{
    if (node->node_case != PG_QUERY__NODE__NODE_COLUMN_REF || node->column_ref->n_fields != 1)
        return false;
    const PgQuery__Node *name = node->column_ref->fields[0];
    size_t at = (size_t) node->column_ref->location;
    return name->node_case == PG_QUERY__NODE__NODE_STRING && strcmp(name->string->sval, "system_user") == 0 &&
           at < text.len && text.data[at] != '"';
}

/* The tree is not anybody else's yet. */
static bool call_system_user(void *context, const ProtobufCMessage *message)
{
    const Renewal *renewal = context;
    PgQuery__Node *node = (PgQuery__Node *) (uintptr_t) message;
    if (!tree_is(message, pg_query__node) || !is_system_user(node, renewal->text))
        return true;
    PgQuery__FuncCall *call = arena_new(renewal->arena, PgQuery__FuncCall);
    pg_query__func_call__init(call);
    call->funcname = node->column_ref->fields;
    call->n_funcname = 1;
    call->funcformat = PG_QUERY__COERCION_FORM__COERCE_SQL_SYNTAX;
    call->location = node->column_ref->location;
    node->node_case = PG_QUERY__NODE__NODE_FUNC_CALL;
    node->func_call = call;
    return true;
}

static const PgQuery__ParseResult *unpack(Sql *sql, Str text, PgQueryProtobuf packed)
{
    ProtobufCAllocator allocator = {allocate, release, &sql->c->arena};
    const PgQuery__ParseResult *tree =
        pg_query__parse_result__unpack(&allocator, packed.len, (const uint8_t *) packed.data);
    if (tree == NULL)
        BUG("libpg_query's answer cannot be read");
    if (sql->major < EXTRACT_SINCE)
        tree_walk(&tree->base, name_date_part, &sql->c->arena);
    if (sql->major >= SYSTEM_USER_SINCE)
        tree_walk(&tree->base, call_system_user, &(Renewal) {&sql->c->arena, text});
    return tree;
}

const PgQuery__ScanResult *tree_scan(Arena *arena, Str sql)
{
    ProtobufCAllocator allocator = {allocate, release, arena};
    PgQueryScanResult result = pg_query_scan(str_to_c(arena, sql));
    PgQuery__ScanResult *tokens = NULL;
    if (result.error == NULL) {
        tokens = pg_query__scan_result__unpack(&allocator, result.pbuf.len, (const uint8_t *) result.pbuf.data);
        if (tokens == NULL)
            BUG("libpg_query's tokens cannot be read");
    }
    pg_query_free_scan_result(result);
    return tokens;
}

Str tree_token(const PgQuery__ScanResult *scan, Str sql, size_t i)
{
    return str_slice(sql, (size_t) scan->tokens[i]->start, (size_t) scan->tokens[i]->end);
}

bool tree_token_is(const PgQuery__ScanResult *scan, Str sql, size_t i, Str word)
{
    Str text = tree_token(scan, sql, i);
    return text.len == word.len && strncasecmp(text.data, word.data, word.len) == 0;
}

Str tree_string(Arena *arena, Str written)
{
    size_t tag = 2;
    if (written.data[0] != '$')
        return literal_decode(arena, written).value;
    while (written.data[tag - 1] != '$')
        tag++;
    return str_slice(written, tag, written.len - tag);
}

/* `prefix` is NULL where a refusal is not to be reported. */
static const PgQuery__ParseResult *parse(Sql *sql, const char *prefix, const Fragment *fragment, Str text)
{
    const PgQuery__ParseResult *tree = map_get_pointer(&sql->trees, text);
    if (tree != NULL)
        return tree;
    PgQueryProtobufParseResult result = pg_query_parse_protobuf(text.data);
    if (result.error == NULL)
        tree = unpack(sql, text, result.parse_tree);
    else if (prefix != NULL)
        report_refusal(sql, fragment, text, strlen(prefix), result.error);
    pg_query_free_protobuf_parse_result(result);
    map_set_pointer(&sql->trees, text, tree);
    return tree;
}

const PgQuery__ParseResult *tree_parse(Sql *sql, const char *prefix, const Fragment *fragment, const char *suffix)
{
    return parse(sql, prefix, fragment, str_format(&sql->c->arena, "%s%.*s%s", prefix, STR_ARG(fragment->sql), suffix));
}

const PgQuery__ParseResult *tree_try(Sql *sql, const Fragment *fragment)
{
    return parse(sql, NULL, fragment, str_copy(&sql->c->arena, fragment->sql));
}

const PgQuery__Node *tree_statement(Sql *sql, const char *prefix, const Fragment *fragment, const char *suffix)
{
    if (fragment->sql.len == 0) {
        report(sql->c, M_SQL_EMPTY, fragment->span, "there is nothing here");
        return NULL;
    }
    const PgQuery__ParseResult *tree = tree_parse(sql, prefix, fragment, suffix);
    return tree == NULL || tree->n_stmts != 1 ? NULL : tree->stmts[0]->stmt;
}

/* The fragment alone must be what was selected: `1 from t` or `1, 2` would parse too. */
const PgQuery__Node *tree_expression(Sql *sql, const Fragment *fragment)
{
    const PgQuery__Node *statement = tree_statement(sql, TREE_EXPRESSION_PREFIX, fragment, "");
    if (statement == NULL)
        return NULL;
    if (tree_statement(sql, "SELECT (", fragment, ")") == NULL)
        return NULL;
    const PgQuery__SelectStmt *select = statement->select_stmt;
    if (select->n_target_list != 1 || select->target_list[0]->res_target->val == NULL) {
        report(sql->c, M_SQL_SYNTAX, fragment->span, "this is not one expression");
        return NULL;
    }
    return select->target_list[0]->res_target->val;
}

const PgQuery__Node *tree_of(const SqlStatement *statement)
{
    return (const PgQuery__Node *) statement->tree;
}

size_t tree_offset(const char *prefix, int32_t location)
{
    size_t length = strlen(prefix);
    return location < 0 || (size_t) location < length ? 0 : (size_t) location - length;
}

/* ------------------------------------------------------------------ walking */

/* A field's value or values; for a oneof only the member that is set. */
typedef struct FieldValues {
    const char *first;   /* address of the first */
    size_t count;
} FieldValues;

static FieldValues field_values(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    const char *base = (const char *) message, *member = base + field->offset;
    if (field->label == PROTOBUF_C_LABEL_REPEATED) {
        const char *const *items = (const char *const *) (const void *) member;
        return (FieldValues) {*items, *(const size_t *) (const void *) (base + field->quantifier_offset)};
    }
    if (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) {
        uint32_t which = *(const uint32_t *) (const void *) (base + field->quantifier_offset);
        return (FieldValues) {member, which == field->id};
    }
    return (FieldValues) {member, 1};
}

static const ProtobufCMessage *message_at(FieldValues values, size_t index)
{
    return ((const ProtobufCMessage *const *) (const void *) values.first)[index];
}

void tree_walk(const ProtobufCMessage *message, TreeVisitor *visit, void *context)
{
    if (message == NULL || !visit(context, message))
        return;
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        if (field->type != PROTOBUF_C_TYPE_MESSAGE)
            continue;
        FieldValues values = field_values(message, field);
        for (size_t j = 0; j < values.count; j++)
            tree_walk(message_at(values, j), visit, context);
    }
}

/* Words of the tree's own. */
static bool is_name_field(const char *field)
{
    return strcmp(field, "relpersistence") != 0 && strcmp(field, "defname") != 0;
}

typedef struct StringWalk {
    TreeStringVisitor *visit;
    void *context;
} StringWalk;

static bool visit_strings(void *context, const ProtobufCMessage *message)
{
    const StringWalk *walk = context;
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        if (field->type != PROTOBUF_C_TYPE_STRING || !is_name_field(field->name))
            continue;
        FieldValues values = field_values(message, field);
        for (size_t j = 0; j < values.count; j++)
            walk->visit(walk->context, str_from(((const char *const *) (const void *) values.first)[j]));
    }
    return true;
}

void tree_each_string(const ProtobufCMessage *message, TreeStringVisitor *visit, void *context)
{
    StringWalk walk = {visit, context};
    tree_walk(message, visit_strings, &walk);
}

/* ------------------------------------------------------------------ printing */

typedef struct Printer {
    TreeReplacer *replace;
    void *context;
    Text *out;
} Printer;

static void print_message(Printer *p, const ProtobufCMessage *message);

/* Values that say nothing (0, "", absent) are left out. Lengths keep strings from running into what follows. */
static void print_value(Printer *p, const ProtobufCFieldDescriptor *field, FieldValues values, size_t i)
{
    const void *at = values.first;
    if (field->type == PROTOBUF_C_TYPE_MESSAGE) {
        if (message_at(values, i) != NULL)
            print_message(p, message_at(values, i));
    } else if (field->type == PROTOBUF_C_TYPE_STRING) {
        const char *text = ((const char *const *) at)[i];
        if (text != NULL && *text != '\0')
            text_addf(p->out, " %s=%zu'%s'", field->name, strlen(text), text);
    } else if (field->type == PROTOBUF_C_TYPE_BOOL || field->type == PROTOBUF_C_TYPE_ENUM ||
               field->type == PROTOBUF_C_TYPE_INT32 || field->type == PROTOBUF_C_TYPE_UINT32) {
        int32_t number = ((const int32_t *) at)[i];
        if (number != 0)
            text_addf(p->out, " %s=%d", field->name, (int) number);
    } else if (field->type == PROTOBUF_C_TYPE_UINT64 || field->type == PROTOBUF_C_TYPE_INT64) {
        text_addf(p->out, " %s=%llu", field->name, (unsigned long long) ((const uint64_t *) at)[i]);
    } else {
        BUG("a field of protobuf type %d", (int) field->type);
    }
}

static bool is_location(const ProtobufCFieldDescriptor *field)
{
    return strcmp(field->name, "location") == 0 || strcmp(field->name, "stmt_location") == 0 ||
           strcmp(field->name, "stmt_len") == 0;
}

static void print_message(Printer *p, const ProtobufCMessage *message)
{
    bool node = tree_is(message, pg_query__node);
    if (p->replace != NULL && p->replace(p->context, message, p->out))
        return;
    if (!node)
        text_addf(p->out, "(%s", message->descriptor->short_name);
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        FieldValues values = field_values(message, field);
        if (field->type == PROTOBUF_C_TYPE_MESSAGE && values.count > 0 && !node)
            text_addf(p->out, " %s:", field->name);
        for (size_t j = 0; j < values.count && !is_location(field); j++)
            print_value(p, field, values, j);
    }
    if (!node)
        text_add_char(p->out, ')');
}

void tree_print(const ProtobufCMessage *message, TreeReplacer *replace, void *context, Text *out)
{
    Printer printer = {replace, context, out};
    print_message(&printer, message);
}

/* ------------------------------------------------------------------ names */

static Str name_part(const PgQuery__Node *node)
{
    return node->node_case == PG_QUERY__NODE__NODE_STRING ? str_from(node->string->sval) : STR("*");
}

Str tree_name(size_t count, PgQuery__Node *const *names)
{
    return count == 0 ? STR("") : name_part(names[count - 1]);
}

Str tree_qualifier(size_t count, PgQuery__Node *const *names)
{
    return count < 2 ? STR("") : name_part(names[count - 2]);
}

Str tree_qualified_sql(Arena *arena, size_t count, PgQuery__Node *const *names)
{
    Text text = text_new(arena);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            text_add_char(&text, '.');
        text_add(&text, catalog_quote(arena, name_part(names[i])));
    }
    return text_str(&text);
}

Sql sql_new(Compilation *c, unsigned major)
{
    return (Sql) {.c = c, .trees = map_new(&c->arena), .temporary = map_new(&c->arena), .major = major};
}
