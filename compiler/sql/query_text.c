/* The text of a query: the holes of its names, and what is rewritten so that it goes on meaning the same. Where a part
 * of it ends, which the tree does not say, the tokens tell. */
#include "query.h"

#include "bug.h"

struct ScanTokens {
    size_t count;
    PgQuery__ScanToken **items;
};

size_t query_offset(const Reader *r, int32_t location)
{
    return tree_offset(r->names.prefix, location);
}

/* ------------------------------------------------------------------ tokens */

static const ScanTokens *scan(Reader *r)
{
    Arena *arena = READER_ARENA(r);
    const PgQuery__ScanResult *read = tree_scan(arena, r->names.fragment->sql);
    if (read == NULL)
        BUG("SQL that was parsed cannot be scanned");
    ScanTokens *tokens = arena_new(arena, ScanTokens);
    *tokens = (ScanTokens) {read->n_tokens, read->tokens};
    return tokens;
}

static const ScanTokens *tokens_of(Reader *r)
{
    if (r->tokens == NULL)
        r->tokens = scan(r);
    return r->tokens;
}

/* The first token that begins at the offset or behind it; the count: none does. */
static size_t token_at(const ScanTokens *tokens, size_t offset)
{
    size_t low = 0, high = tokens->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if ((size_t) tokens->items[middle]->start < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_token(const ScanTokens *tokens, size_t at, PgQuery__Token token)
{
    return at < tokens->count && tokens->items[at]->token == token;
}

static bool opens(const ScanTokens *tokens, size_t at)
{
    return is_token(tokens, at, PG_QUERY__TOKEN__ASCII_40) || is_token(tokens, at, PG_QUERY__TOKEN__ASCII_91);
}

static bool closes(const ScanTokens *tokens, size_t at)
{
    return is_token(tokens, at, PG_QUERY__TOKEN__ASCII_41) || is_token(tokens, at, PG_QUERY__TOKEN__ASCII_93);
}

/* Behind the bracket that closes the one here. */
static size_t behind_bracket(const ScanTokens *tokens, size_t at)
{
    int depth = 0;
    for (; at < tokens->count; at++) {
        depth += opens(tokens, at) ? 1 : closes(tokens, at) ? -1 : 0;
        if (depth == 0)
            return at + 1;
    }
    return at;
}

/* A name that can stand as an alias without AS. */
static bool is_name(const ScanTokens *tokens, size_t at)
{
    if (at >= tokens->count)
        return false;
    PgQuery__KeywordKind kind = tokens->items[at]->keyword_kind;
    return is_token(tokens, at, PG_QUERY__TOKEN__IDENT) || is_token(tokens, at, PG_QUERY__TOKEN__UIDENT) ||
           kind == PG_QUERY__KEYWORD_KIND__UNRESERVED_KEYWORD || kind == PG_QUERY__KEYWORD_KIND__COL_NAME_KEYWORD;
}

/* Behind `[as] name [(columns)]`, if that stands here. */
static size_t behind_alias(const ScanTokens *tokens, size_t at)
{
    size_t name = is_token(tokens, at, PG_QUERY__TOKEN__AS) ? at + 1 : at;
    if (opens(tokens, name))
        return behind_bracket(tokens, name);
    if (!is_name(tokens, name))
        return at;
    return opens(tokens, name + 1) ? behind_bracket(tokens, name + 1) : name + 1;
}

static size_t end_of(const ScanTokens *tokens, size_t behind)
{
    return behind == 0 ? 0 : (size_t) tokens->items[behind - 1]->end;
}

/* A word that ends a list of targets; none stands in an expression outside of brackets, but in IS DISTINCT FROM and
 * WITHIN GROUP. */
static bool ends_targets(const ScanTokens *tokens, size_t at)
{
    switch ((int) tokens->items[at]->token) {
    case PG_QUERY__TOKEN__FROM: return at == 0 || !is_token(tokens, at - 1, PG_QUERY__TOKEN__DISTINCT);
    case PG_QUERY__TOKEN__GROUP_P: return at == 0 || !is_token(tokens, at - 1, PG_QUERY__TOKEN__WITHIN);
    case PG_QUERY__TOKEN__ASCII_44:
    case PG_QUERY__TOKEN__ASCII_59:
    case PG_QUERY__TOKEN__WHERE:
    case PG_QUERY__TOKEN__HAVING:
    case PG_QUERY__TOKEN__WINDOW:
    case PG_QUERY__TOKEN__UNION:
    case PG_QUERY__TOKEN__INTERSECT:
    case PG_QUERY__TOKEN__EXCEPT:
    case PG_QUERY__TOKEN__ORDER:
    case PG_QUERY__TOKEN__LIMIT:
    case PG_QUERY__TOKEN__OFFSET:
    case PG_QUERY__TOKEN__FETCH:
    case PG_QUERY__TOKEN__FOR:
    case PG_QUERY__TOKEN__INTO: return true;
    default: return false;
    }
}

/* ------------------------------------------------------------------ fields */

static bool indirection_begins(const ScanTokens *tokens, size_t at)
{
    return is_token(tokens, at, PG_QUERY__TOKEN__ASCII_46) || is_token(tokens, at, PG_QUERY__TOKEN__ASCII_91);
}

/* Behind an operand that stands without parentheses, as a column with subscripts and a parameter do; 0: it does not. */
static size_t behind_bare(const Reader *r, const ScanTokens *tokens, const PgQuery__Node *operand)
{
    size_t at = token_at(tokens, query_offset(r, query_first_location(&operand->base)));
    bool column = operand->node_case == PG_QUERY__NODE__NODE_COLUMN_REF;
    if (!column && operand->node_case != PG_QUERY__NODE__NODE_PARAM_REF)
        return 0;
    size_t end = column ? at + 2 * operand->column_ref->n_fields - 1 : at + 1;
    return indirection_begins(tokens, end) ? end : 0;
}

/* How many of those in parentheses begin where the operand begins. */
typedef struct InnerCount {
    Reader *r;
    int32_t location;
    size_t count;
} InnerCount;

static bool count_inner(void *context, const ProtobufCMessage *message)
{
    InnerCount *inner = context;
    if (!tree_is(message, pg_query__a__indirection) || query_first_location(message) != inner->location)
        return true;
    const PgQuery__AIndirection *node = (const PgQuery__AIndirection *) message;
    inner->count += behind_bare(inner->r, tokens_of(inner->r), node->arg) == 0;
    return true;
}

/* Where what follows the operand begins: of the brackets that open before its first token, those count that something
 * follows. 0: not found. */
size_t query_path_start(Reader *r, const PgQuery__AIndirection *node)
{
    const ScanTokens *tokens = tokens_of(r);
    InnerCount inner = {.r = r, .location = query_first_location(&node->arg->base)};
    size_t bare = behind_bare(r, tokens, node->arg);
    if (bare != 0)
        return bare;
    tree_walk(&node->arg->base, count_inner, &inner);
    size_t first = token_at(tokens, query_offset(r, inner.location));
    first += first < tokens->count && is_token(tokens, first, PG_QUERY__TOKEN__ASCII_40);
    for (size_t at = first; at-- > 0 && is_token(tokens, at, PG_QUERY__TOKEN__ASCII_40);) {
        size_t behind = behind_bracket(tokens, at);
        if (indirection_begins(tokens, behind) && inner.count-- == 0)
            return behind;
    }
    return 0;
}

size_t query_target_path_start(Reader *r, const PgQuery__ResTarget *target)
{
    size_t at = token_at(tokens_of(r), query_offset(r, target->location)) + 1;
    return indirection_begins(tokens_of(r), at) ? at : 0;
}

bool query_field_place(Reader *r, size_t start, size_t field, Use *use)
{
    const ScanTokens *tokens = tokens_of(r);
    size_t at = start;
    for (size_t i = 0; at != 0 && i < field; i++)
        at = opens(tokens, at) ? behind_bracket(tokens, at) : at + 2;
    if (at == 0 || !is_token(tokens, at, PG_QUERY__TOKEN__ASCII_46) || at + 1 >= tokens->count)
        return false;
    use->offset = (uint32_t) tokens->items[at + 1]->start;
    use->length = (uint32_t) identifier_end(r->names.fragment->sql, use->offset) - use->offset;
    return true;
}

size_t query_target_end(Reader *r, int32_t location)
{
    const ScanTokens *tokens = tokens_of(r);
    size_t at = token_at(tokens, query_offset(r, location));
    while (at < tokens->count && !closes(tokens, at) && !ends_targets(tokens, at))
        at = opens(tokens, at) ? behind_bracket(tokens, at) : at + 1;
    return end_of(tokens, at);
}

/* ------------------------------------------------------------------ uses */

void query_use(Reader *r, Use use)
{
    expression_add_use(r, use);
}

bool query_item_follows(const RangeItem *item)
{
    return item->table != NULL && !item->aliased;
}

bool query_is_placed(const Use *use)
{
    return use->form != USE_HIDDEN && use->form != USE_KEPT && use->form != USE_KEY;
}

Use query_qualifier(const RangeItem *item)
{
    if (item->own || item->table == NULL)
        return (Use) {0};
    Str kept = item->lent ? (Str) {0} : item->name;
    return (Use) {.object = item->table->object.id, .form = USE_QUALIFIER, .kept = kept};
}

void query_use_hidden(Reader *r, ObjectId object, uint32_t part)
{
    for (size_t i = 0; i < r->expression->uses.count; i++) {
        const Use *use = &r->expression->uses.items[i];
        if (use->object == object && use->part == part && use->form == USE_HIDDEN)
            return;
    }
    query_use(r, (Use) {.object = object, .part = part, .form = USE_HIDDEN});
}

void query_use_constraint(Reader *r, ObjectId table, ConstraintId key)
{
    for (size_t i = 0; i < r->expression->uses.count; i++) {
        const Use *use = &r->expression->uses.items[i];
        if (use->form == USE_KEY && use->object == table && use->part == key)
            return;
    }
    query_use(r, (Use) {.object = table, .part = key, .form = USE_KEY});
}

size_t query_name_count(const PgQuery__RangeVar *relation)
{
    size_t count = 1;
    count += relation->schemaname[0] != '\0';
    count += relation->catalogname[0] != '\0';
    return count;
}

/* Behind the name the alias may be needed one day, behind a written alias the columns. */
void query_use_relation(Reader *r, const PgQuery__RangeVar *relation, const RangeItem *item)
{
    const ScanTokens *tokens = tokens_of(r);
    size_t start = query_offset(r, relation->location);
    Use last = last_name(r->expression->sql, start, query_name_count(relation));
    Use use = {.offset = (uint32_t) start, .object = item->table->object.id};
    use.length = last.offset + last.length - use.offset;
    query_use(r, use);
    if (relation->alias != NULL && relation->alias->n_colnames > 0)
        return;
    size_t at = token_at(tokens, start + use.length);
    at += is_token(tokens, at, PG_QUERY__TOKEN__ASCII_42);
    at += closes(tokens, at) && is_token(tokens, token_at(tokens, start) - 1, PG_QUERY__TOKEN__ASCII_40) &&
          relation->inh == false;
    Use alias = {.object = use.object, .form = USE_ALIAS};
    if (relation->alias == NULL)
        alias.kept = item->name;
    else
        at = behind_alias(tokens, at);
    alias.offset = (uint32_t) end_of(tokens, at);
    query_use(r, alias);
}

void query_fix_kept(Reader *r)
{
    Expression *e = r->expression;
    for (size_t i = 0; i < e->uses.count; i++) {
        Use kept = e->uses.items[i];
        for (size_t j = 0; j < e->uses.count && kept.form == USE_KEPT && kept.part != 0; j++) {
            Use *use = &e->uses.items[j];
            if (use->object == kept.object && use->part == kept.part &&
                (use->form == USE_NAME || use->form == USE_ALIAS))
                use->form = USE_HIDDEN;
        }
    }
}

/* ------------------------------------------------------------------ edits */

void query_insert(Reader *r, size_t offset, Str text)
{
    query_replace(r, offset, 0, text);
}

void query_replace(Reader *r, size_t offset, size_t length, Str text)
{
    QueryEdit edit = {.offset = (uint32_t) offset, .length = (uint32_t) length, .text = text};
    list_push(READER_ARENA(r), &r->query->edits, edit);
}

/* `*` that comes to nothing goes with a comma beside it. */
static void remove_star(Reader *r, size_t start, size_t end)
{
    const ScanTokens *tokens = tokens_of(r);
    size_t at = token_at(tokens, start), behind = token_at(tokens, end);
    if (is_token(tokens, behind, PG_QUERY__TOKEN__ASCII_44))
        query_replace(r, start, (size_t) tokens->items[behind]->end - start, STR(""));
    else if (at > 0 && is_token(tokens, at - 1, PG_QUERY__TOKEN__ASCII_44))
        query_replace(r, (size_t) tokens->items[at - 1]->start, end - (size_t) tokens->items[at - 1]->start, STR(""));
    else
        query_replace(r, start, end - start, STR(""));
}

/* Whether the item's columns can be named without it, whatever columns other items get. */
static bool is_alone(const QueryLevel *level, const RangeItem *item)
{
    return level->visible.count == 1 && level->visible.items[0].item == item;
}

static void add_expanded(Reader *r, Text *text, QueryEdit *edit, const QueryColumn *column, bool named)
{
    Arena *arena = READER_ARENA(r);
    const RangeItem *item = column->item;
    Str name = catalog_quote(arena, column->name);
    bool qualified = item != NULL && item->name.data != NULL && !is_alone(r->query->level, item);
    if (text->len > 0)
        text_add_c(text, ", ");
    if (qualified) {
        Str qualifier = catalog_quote(arena, item->name);
        Use use = query_qualifier(item);
        use.offset = (uint32_t) text->len;
        use.length = (uint32_t) qualifier.len;
        if (query_item_follows(item))
            list_push(arena, &edit->uses, use);
        text_addf(text, "%.*s.", STR_ARG(qualifier));
    }
    Use use = {.offset = (uint32_t) text->len, .length = (uint32_t) name.len, .part = column->column};
    use.object = item != NULL && item->own ? 0 : column->object;
    text_add(text, name);
    if (column->column == 0)
        return;
    use.form = column->renamed ? USE_HIDDEN : USE_NAME;
    list_push(arena, &edit->uses, use);
    Use alias = {.offset = (uint32_t) text->len, .object = use.object, .part = use.part, .form = USE_ALIAS};
    alias.kept = column->name;
    if (named && !column->renamed)
        list_push(arena, &edit->uses, alias);
}

/* `table t` is short for `select * from t`: the word in front of the only item. */
static void expand_table(Reader *r, Str text, QueryEdit edit)
{
    const ScanTokens *tokens = tokens_of(r);
    const RangeItem *item = r->query->level->visible.items[0].item;
    size_t at = token_at(tokens, item->place);
    while (at > 0 && !is_token(tokens, at, PG_QUERY__TOKEN__TABLE))
        at--;
    edit.offset = (uint32_t) tokens->items[at]->start;
    edit.length = (uint32_t) tokens->items[at]->end - edit.offset;
    edit.text = str_format(READER_ARENA(r), "select %.*s from", STR_ARG(text));
    for (size_t i = 0; i < edit.uses.count; i++)
        edit.uses.items[i].offset += (uint32_t) strlen("select ");
    list_push(READER_ARENA(r), &r->query->edits, edit);
}

/* What stands between the offsets becomes the columns. */
static void expand(Reader *r, size_t start, size_t end, QueryColumns columns, bool named)
{
    QueryEdit edit = {.offset = (uint32_t) start, .length = (uint32_t) (end - start)};
    Text text = text_new(READER_ARENA(r));
    for (size_t i = 0; i < columns.count; i++)
        add_expanded(r, &text, &edit, &columns.items[i], named);
    edit.text = text_str(&text);
    if (columns.count == 0)
        remove_star(r, start, end);
    else
        list_push(READER_ARENA(r), &r->query->edits, edit);
}

void query_expand_between(Reader *r, size_t start, size_t end, QueryColumns columns)
{
    expand(r, start, end, columns, true);
}

void query_expand(Reader *r, const PgQuery__ColumnRef *star, QueryColumns columns, bool named)
{
    if (star->location < 0) {
        Text text = text_new(READER_ARENA(r));
        QueryEdit edit = {0};
        for (size_t i = 0; i < columns.count; i++)
            add_expanded(r, &text, &edit, &columns.items[i], named);
        expand_table(r, text_str(&text), edit);
        return;
    }
    size_t start = query_offset(r, star->location);
    Use last = last_name(r->expression->sql, start, star->n_fields - 1);
    size_t end = star->n_fields == 1 ? start : last.offset + last.length;
    while (end < r->expression->sql.len && r->expression->sql.data[end] != '*')
        end++;
    expand(r, start, end + 1, columns, named);
}

/* ------------------------------------------------------------------ natural joins */

typedef struct FirstLocation {
    int32_t first;
} FirstLocation;

static bool note_location(void *context, const ProtobufCMessage *message)
{
    FirstLocation *found = context;
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        if (strcmp(field->name, "location") != 0)
            continue;
        int32_t location = *(const int32_t *) (const void *) ((const char *) message + field->offset);
        if (location > 0 && (found->first < 0 || location < found->first))
            found->first = location;
    }
    return true;
}

int32_t query_first_location(const ProtobufCMessage *tree)
{
    FirstLocation found = {-1};
    tree_walk(tree, note_location, &found);
    return found.first;
}

/* Behind the item of FROM that begins here. */
static size_t behind_item(const ScanTokens *tokens, size_t at)
{
    while (is_token(tokens, at, PG_QUERY__TOKEN__LATERAL_P) || is_token(tokens, at, PG_QUERY__TOKEN__ONLY))
        at++;
    if (opens(tokens, at)) {
        at = behind_bracket(tokens, at);
    } else {
        for (at++; is_token(tokens, at, PG_QUERY__TOKEN__ASCII_46); at += 2)
            continue;
        at = opens(tokens, at) ? behind_bracket(tokens, at) : at;
    }
    at += is_token(tokens, at, PG_QUERY__TOKEN__ASCII_42);
    at += is_token(tokens, at, PG_QUERY__TOKEN__WITH) || is_token(tokens, at, PG_QUERY__TOKEN__WITH_LA) ? 2 : 0;
    return behind_alias(tokens, at);
}

/* The last NATURAL before the right side; before that stand the kind of join and brackets alone. */
static size_t find_natural(const ScanTokens *tokens, size_t right)
{
    size_t at = right;
    while (at > 0 && !is_token(tokens, at, PG_QUERY__TOKEN__NATURAL))
        at--;
    return at;
}

void query_spell_natural(Reader *r, const PgQuery__JoinExpr *join, StrList columns)
{
    const ScanTokens *tokens = tokens_of(r);
    int32_t right = query_first_location(&join->rarg->base);
    size_t natural = find_natural(tokens, token_at(tokens, query_offset(r, right)));
    size_t first = natural + 1;
    while (!is_token(tokens, first, PG_QUERY__TOKEN__JOIN) && first < tokens->count)
        first++;
    size_t end = end_of(tokens, behind_item(tokens, first + 1));
    size_t start = (size_t) tokens->items[natural]->start;
    query_replace(r, start, (size_t) tokens->items[natural + 1]->start - start, STR(""));
    Text text = text_new(READER_ARENA(r));
    for (size_t i = 0; i < columns.count; i++) {
        Str name = catalog_quote(READER_ARENA(r), columns.items[i]);
        text_addf(&text, "%s%.*s", i == 0 ? " using (" : ", ", STR_ARG(name));
    }
    text_add_c(&text, columns.count == 0 ? " on true" : ")");
    query_insert(r, end, text_str(&text));
}

/* ------------------------------------------------------------------ the end */

static int compare_edits(const void *left, const void *right)
{
    const QueryEdit *a = left, *b = right;
    return a->offset < b->offset ? -1 : a->offset > b->offset;
}

/* A use behind the edit moves along; an alias that ends where something is inserted stays before it. */
static bool is_behind(const Use *use, const QueryEdit *edit)
{
    bool touches = edit->length == 0 && use->form == USE_ALIAS && use->offset == edit->offset;
    return !touches && use->offset >= edit->offset + edit->length;
}

static void shift_uses(const Expression *before, Expression *after, const QueryEdit *edit)
{
    for (size_t i = 0; i < before->uses.count; i++) {
        const Use *use = &before->uses.items[i];
        if (query_is_placed(use) && is_behind(use, edit))
            after->uses.items[i].offset += (uint32_t) edit->text.len - edit->length;
    }
}

void query_finish_text(Reader *r)
{
    Arena *arena = READER_ARENA(r);
    Expression before = *r->expression, *after = r->expression;
    size_t count = r->query->edits.count, at = 0;
    if (count == 0)
        return;
    qsort(r->query->edits.items, count, sizeof(QueryEdit), compare_edits);
    list_clone(arena, &before.uses);
    Text text = text_new(arena);
    for (size_t i = 0; i < count; i++) {
        const QueryEdit *edit = &r->query->edits.items[i];
        text_add(&text, str_slice(before.sql, at, edit->offset));
        uint32_t base = (uint32_t) text.len;
        text_add(&text, edit->text);
        at = edit->offset + edit->length;
        shift_uses(&before, after, edit);
        for (size_t j = 0; j < edit->uses.count; j++) {
            Use use = edit->uses.items[j];
            use.offset += base;
            list_push(arena, &after->uses, use);
        }
    }
    text_add(&text, str_slice(before.sql, at, before.sql.len));
    after->sql = text_str(&text);
}
