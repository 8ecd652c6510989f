/* `exclude`: no two rows may be related by all of the operators. Checked as ComputeIndexAttrs() of
 * src/backend/commands/indexcmds.c does, where a key is a column: the type of an expression is not known here. */
#include "operator.h"
#include "partition.h"
#include "unknown.h"

#include <strings.h>

/* One element while it is read. */
typedef struct Element {
    Span key_span, operator_span;
    SqlIndexKey key;
    Str operator, schema;          /* its name, and what it is qualified with; "" for nothing */
    const CatalogOpclass *opclass; /* NULL: not known */
} Element;

/* ------------------------------------------------------------------ reading */

static int depth_change(Token token)
{
    const char *kind = token_kind_name(token.kind);
    bool opens = strcmp(kind, "(") == 0 || strcmp(kind, "[") == 0;
    bool closes = strcmp(kind, ")") == 0 || strcmp(kind, "]") == 0;
    return (int) opens - (int) closes;
}

/* `key with operator`: at the last `with` outside of brackets. */
static bool split_element(Checker *k, Span span, Element *element)
{
    Lexer lexer = lexer_new(k->c, &k->syntax->keywords, span.file);
    int depth = 0;
    Span part = {0};  /* since the last `with` */
    lexer.cursor += span.start;
    lexer.limit = lexer.start + span.end;
    for (Token token = lexer_next(&lexer); !token_is_end(token); token = lexer_next(&lexer)) {
        depth += depth_change(token);
        bool with = depth == 0 && !token.quoted && strcmp(token_kind_name(token.kind), "with") == 0;
        if (!with) {
            part = span_is_known(part) ? span_join(part, token.span) : token.span;
            continue;
        }
        element->key_span = span_is_known(element->key_span) ? span_join(element->key_span, part) : part;
        part = (Span) {0};
    }
    element->operator_span = span_is_known(element->key_span) ? part : (Span) {0};
    if (span_is_known(element->operator_span) && element->operator_span.start < element->operator_span.end)
        return true;
    report(k->c, M_SYNTAX, span, "an element of `exclude` is a key and its operator: `room with =`");
    return false;
}

/* "&&", or "operator(schema.&&)". */
static void read_operator(Checker *k, Element *element)
{
    enum { WORD = sizeof "operator" - 1 };
    Str sql = fragment_of(k, element->operator_span).sql;
    bool qualified = sql.len > WORD && strncasecmp(sql.data, "operator", WORD) == 0;
    element->operator = sql;
    element->schema = STR("");
    if (!qualified)
        return;
    Str inside = str_trim(str_slice(sql, WORD, sql.len));
    inside = inside.len >= 2 ? str_trim(str_slice(inside, 1, inside.len - 1)) : inside;
    element->operator = inside;
    for (size_t i = inside.len; i > 0; i--) {
        if (inside.data[i - 1] != '.')
            continue;
        element->operator = str_trim(str_slice(inside, i, inside.len));
        element->schema = str_trim(str_slice(inside, 0, i - 1));
        return;
    }
}

/* ------------------------------------------------------------------ operators */

static bool takes(Checker *k, const CatalogType *parameter, const CatalogType *type)
{
    if (parameter == NULL)
        return false;
    return catalog_binary_coercible(&k->schema.view, type, parameter) ||
           (parameter->kind != CATALOG_PSEUDO &&
            catalog_coercible(&k->schema.view, type, parameter, CATALOG_IMPLICIT));
}

/* How well an operator of the name fits; 0: not at all. */
static int fit(Checker *k, const Element *element, const CatalogOperator *operator, const CatalogType *type)
{
    if (!takes(k, operator->left, type) || !takes(k, operator->right, type))
        return 0;
    if (operator->left == type && operator->right == type)
        return 3;
    return operator->left == element->opclass->input && operator->right == element->opclass->input ? 2 : 1;
}

/* The operator that two values of the type would have; NULL: there is none. */
static const CatalogOperator *find_operator(Checker *k, const Element *element, const CatalogType *type)
{
    const CatalogOperator *best = NULL;
    int best_fit = 0;
    catalog_each_owner(owner, &k->schema.view) {
        CatalogOperators operators = catalog_operators_in(owner, element->operator);
        for (size_t i = 0; i < operators.count && extension_is_reached(&k->schema, owner, element->schema); i++) {
            const CatalogOperator *operator = catalog_at(operators, i);
            int fits = fit(k, element, operator, type);
            if (fits > best_fit) {
                best = operator;
                best_fit = fits;
            }
        }
    }
    return best;
}

static bool operator_is_known(Checker *k, const Element *element)
{
    catalog_each_owner(owner, &k->schema.view) {
        if (catalog_operators_in(owner, element->operator).count > 0)
            return true;
    }
    return false;
}

static bool report_unknown_operator(Checker *k, const Element *element)
{
    report(k->c, M_UNKNOWN_OPERATOR, element->operator_span, "there is no operator %.*s at this point",
           STR_ARG(element->operator));
    for (size_t i = 0; i < k->catalog->extensions.count; i++) {
        const CatalogExtension *extension = catalog_at(k->catalog->extensions, i);
        if (catalog_operators_in(extension, element->operator).count == 0)
            continue;
        help_extension(k->c, &k->schema, extension);
        break;
    }
    return false;
}

static bool refuse_operator(Checker *k, const Element *element, const char *why)
{
    report(k->c, M_BAD_EXCLUSION, element->operator_span, "operator %.*s %s, and cannot exclude",
           STR_ARG(element->operator), why);
    return false;
}

static bool check_operator(Checker *k, const Element *element)
{
    const CatalogType *type = type_catalog(&element->key.type);
    ObjectIds own = schema_definitions_named(&k->schema, STR(""), element->operator);
    if (own.count > 0 && operator_is_whole(&k->schema, own.items[0]))
        return true;  /* one of a migration's own */
    bool known = operator_is_known(k, element);
    if ((type != NULL && catalog_base_type(type)->unknown) || element->opclass == &catalog_unknown_opclass ||
        (!known && unknown_extension(&k->schema, element->schema) != 0))
        return true;
    if (!known)
        return report_unknown_operator(k, element);
    if (type == NULL || element->opclass == NULL)
        return true;
    type = catalog_base_type(type);
    const CatalogOperator *operator = find_operator(k, element, type);
    if (operator == NULL) {
        report(k->c, M_UNKNOWN_OPERATOR, element->operator_span, "there is no operator %.*s for %.*s",
               STR_ARG(element->operator), STR_ARG(type->display));
        return false;
    }
    if (!str_equal(operator->commutator, element->operator)) {
        refuse_operator(k, element, "is not the same both ways round");
        return false;
    }
    if (catalog_family_operator(&k->schema.view, element->opclass, operator->left, operator->right,
                                element->operator) != NULL)
        return true;
    refuse_operator(k, element, "is not one that the index can search by");
    note(k->c, "it is not in operator family \"%.*s\" of %.*s", STR_ARG(element->opclass->family),
         STR_ARG(element->opclass->method->name));
    return false;
}

/* ------------------------------------------------------------------ the whole */

static void note_columns(Checker *k, Constraint *constraint, const Expression *expression)
{
    for (size_t i = 0; expression != NULL && i < expression->uses.count; i++) {
        Use use = expression->uses.items[i];
        if (use.object == 0 && use.part != 0 && !column_ids_contain(constraint->columns, use.part))
            list_push(CHECKER_ARENA(k), &constraint->columns, use.part);
    }
}

static bool build_element(Checker *k, const Table *table, const CatalogAccessMethod *method, Span span,
                          Constraint *constraint, StrList *names)
{
    Element element = {0};
    if (!split_element(k, span, &element))
        return false;
    Fragment fragment = fragment_of(k, element.key_span);
    element.key = sql_index_key(&k->sql, (ExpressionScope) {&k->schema, table, PLACE_INDEX, NULL}, &fragment);
    read_operator(k, &element);
    if (element.key.expression == NULL ||
        !check_index_key(k, &constraint->uses, method, &element.key, element.key_span, &element.opclass) ||
        !check_operator(k, &element))
        return false;
    name_index_column(CHECKER_ARENA(k), names, element.key.name);
    IndexKey key = {element.key.expression, element.key.column == NULL ? 0 : element.key.column->id,
                    names->items[names->count - 1]};
    Str operator = fragment_of(k, element.operator_span).sql;
    list_push(CHECKER_ARENA(k), &constraint->elements, (ExclusionElement) {key, operator});
    note_columns(k, constraint, key.expression);
    return true;
}

static bool build_elements(Checker *k, const Table *table, const CatalogAccessMethod *method,
                           const NodeExclusion *node, Constraint *constraint, StrList *names)
{
    SpanList spans = syntax_split(k->syntax, node->elements);
    bool fine = spans.count > 0;
    if (!fine)
        report(k->c, M_SQL_EMPTY, node->node.span, "an exclusion constraint needs a key and its operator");
    for (size_t i = 0; i < spans.count; i++)
        fine = build_element(k, table, method, spans.items[i], constraint, names) && fine;
    return fine;
}

static bool check_abilities(Checker *k, const CatalogAccessMethod *method, const NodeExclusion *node, size_t keys)
{
    if (!method->can_exclude)
        return method_cannot(k, method, node->method.span, "`exclude`");
    if (node->include.count > 0 && !method->can_include)
        return method_cannot(k, method, node->include.items[0].span, "`include`");
    if (keys > 1 && !method->can_multicolumn)
        return method_cannot(k, method, node->elements, "more than one column");
    if (keys + node->include.count <= KEY_COLUMNS_MAXIMUM)
        return true;
    report(k->c, M_TOO_MANY_COLUMNS, node->elements, "a key can have %d columns at most", KEY_COLUMNS_MAXIMUM);
    return false;
}

bool build_exclusion(Checker *k, TableBuild *build, const NodeExclusion *node, Constraint *constraint)
{
    const Table *table = build->table;
    const CatalogAccessMethod *method = find_index_method(k, node->method);
    StrList *names = &constraint->names;
    if (method == NULL || !check_exclusion_of_partitioned(k, table, node->node.span))
        return false;
    constraint->kind = CONSTRAINT_EXCLUDE;
    constraint->method = method->name;
    constraint->timing = (ConstraintTiming) node->timing;
    bool fine = build_elements(k, table, method, node, constraint, names) &&
                check_abilities(k, method, node, constraint->elements.count) &&
                check_unique_of_partitioned(k, table, constraint_equal_columns(k, constraint), node->node.span);
    constraint->include = find_columns(k, table, node->include, &fine);
    for (size_t i = 0; i < constraint->include.count; i++)
        name_index_column(CHECKER_ARENA(k), names, table_column(table, constraint->include.items[i])->name);
    constraint->options = build_options(k, method->name, node->options);
    fine = choose_tablespace(k, node->tablespace, &constraint->tablespace) && fine;
    if (span_is_known(node->where)) {
        constraint->expression = build_expression(k, table, PLACE_PREDICATE, node->where);
        fine = fine && constraint->expression != NULL;
        note_columns(k, constraint, constraint->expression);
    }
    return fine;
}
