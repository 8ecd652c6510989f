/* What ALTER FUNCTION can change, as attributes: only what is not the default is kept. */
#include "read_definition.h"

#include "bug.h"

static bool option_flag(const PgQuery__DefElem *option)
{
    const PgQuery__Node *arg = option->arg;
    return arg != NULL && arg->node_case == PG_QUERY__NODE__NODE_BOOLEAN && arg->boolean->boolval;
}

static Str option_number(Arena *arena, const PgQuery__DefElem *option)
{
    if (option->arg->node_case == PG_QUERY__NODE__NODE_FLOAT)
        return str_copy(arena, str_from(option->arg->float_->fval));
    return str_format(arena, "%d", (int) option->arg->integer->ival);
}

static Str upper(Arena *arena, const char *word)
{
    Text text = text_new(arena);
    for (; *word != '\0'; word++)
        text_add_char(&text, *word >= 'a' && *word <= 'z' ? (char) (*word - 'a' + 'A') : *word);
    return text_str(&text);
}

/* An attribute, or none where the clause says the default. */
static void set_attribute(DefinitionReader *r, Attributes *attributes, Str key, Str clause)
{
    if (str_equal(clause, attribute_default(r->arena, key)))
        attribute_remove(attributes, key);
    else
        attribute_set(r->arena, attributes, (Attribute) {key, text_constant(r->arena, clause)});
}

/* ------------------------------------------------------------------ SET and RESET */

static void add_setting_value(DefinitionReader *r, const PgQuery__Node *node, Text *text)
{
    const PgQuery__Node *value = node->node_case == PG_QUERY__NODE__NODE_TYPE_CAST ? node->type_cast->arg : node;
    if (value->node_case != PG_QUERY__NODE__NODE_A_CONST)
        BUG("a setting with a node of kind %d", (int) value->node_case);
    const PgQuery__AConst *constant = value->a_const;
    switch ((int) constant->val_case) {
    case PG_QUERY__A__CONST__VAL_IVAL: text_addf(text, "%d", (int) constant->ival->ival); break;
    case PG_QUERY__A__CONST__VAL_FVAL: text_add_c(text, constant->fval->fval); break;
    default: text_add(text, define_literal(r->arena, str_from(constant->sval->sval))); break;
    }
}

static void remove_settings(Attributes *attributes)
{
    for (size_t i = attributes->count; i > 0; i--) {
        if (attribute_is_setting(attributes->items[i - 1].key))
            list_remove(attributes, i - 1);
    }
}

static void read_setting(DefinitionReader *r, const PgQuery__VariableSetStmt *set, Attributes *attributes)
{
    Str name = set->name == NULL ? STR("") : str_copy(r->arena, str_from(set->name));
    Str key = str_format(r->arena, "set %.*s", STR_ARG(name));
    Text text = text_new(r->arena);
    text_addf(&text, "SET %.*s", STR_ARG(name));
    switch ((int) set->kind) {
    case PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL: remove_settings(attributes); return;
    case PG_QUERY__VARIABLE_SET_KIND__VAR_RESET:
    case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_DEFAULT: attribute_remove(attributes, key); return;
    case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_CURRENT: text_add_c(&text, " FROM CURRENT"); break;
    default: break;
    }
    for (size_t i = 0; i < set->n_args; i++) {
        text_add_c(&text, i == 0 ? " TO " : ", ");
        add_setting_value(r, set->args[i], &text);
    }
    attribute_set(r->arena, attributes, (Attribute) {key, text_constant(r->arena, text_str(&text))});
}

/* ------------------------------------------------------------------ all options */

static void read_option(DefinitionReader *r, const PgQuery__DefElem *option, Attributes *attributes)
{
    Arena *arena = r->arena;
    const char *name = option->defname;
    Str key = str_copy(arena, str_from(name));
    if (strcmp(name, "volatility") == 0)
        set_attribute(r, attributes, key, upper(arena, option->arg->string->sval));
    else if (strcmp(name, "strict") == 0)
        set_attribute(r, attributes, key, option_flag(option) ? STR("STRICT") : STR("CALLED ON NULL INPUT"));
    else if (strcmp(name, "security") == 0)
        set_attribute(r, attributes, key, option_flag(option) ? STR("SECURITY DEFINER") : STR("SECURITY INVOKER"));
    else if (strcmp(name, "leakproof") == 0)
        set_attribute(r, attributes, key, option_flag(option) ? STR("LEAKPROOF") : STR("NOT LEAKPROOF"));
    else if (strcmp(name, "parallel") == 0)
        set_attribute(r, attributes, key,
                      str_format(arena, "PARALLEL %.*s", STR_ARG(upper(arena, option->arg->string->sval))));
    else if (strcmp(name, "cost") == 0 || strcmp(name, "rows") == 0)
        set_attribute(r, attributes, key, str_format(arena, "%.*s %.*s", STR_ARG(upper(arena, name)),
                                                     STR_ARG(option_number(arena, option))));
    else if (strcmp(name, "support") == 0)
        set_attribute(r, attributes, key,
                      str_format(arena, "SUPPORT %.*s", STR_ARG(tree_qualified_sql(arena, option->arg->list->n_items,
                                                                                   option->arg->list->items))));
    else if (strcmp(name, "set") == 0)
        read_setting(r, option->arg->variable_set_stmt, attributes);
}

/* Procedures have no more than SECURITY and SET of these (compute_common_attribute in functioncmds.c). */
static bool is_of_functions_alone(const char *option)
{
    static const char *const names[] = {"volatility", "strict", "leakproof", "parallel", "cost", "rows", "support",
                                        "window"};
    size_t count = sizeof names / sizeof *names, i = 0;
    while (i < count && strcmp(names[i], option) != 0)
        i++;
    return i < count;
}

/* The planner's guesses (compute_function_attributes, AlterFunction). */
static void check_guess(DefinitionReader *r, const Definition *d, const PgQuery__DefElem *option, Span span)
{
    bool rows = strcmp(option->defname, "rows") == 0;
    if (!rows && strcmp(option->defname, "cost") != 0)
        return;
    if (strtod(str_to_c(r->arena, option_number(r->arena, option)), NULL) <= 0)
        definition_report(r, M_BAD_FUNCTION, span, "%s is more than nothing", rows ? "ROWS" : "COST");
    else if (rows && d->routine != NULL && !d->routine->returns_set)
        definition_report(r, M_BAD_FUNCTION, span, "ROWS is for functions that return sets");
}

static void check_option(DefinitionReader *r, const Definition *d, size_t index, PgQuery__Node *const *options)
{
    const PgQuery__DefElem *option = options[index]->def_elem;
    Span span = reader_span(r, option->location, 1);
    ObjectKind kind = d->object.kind;
    check_guess(r, d, option, span);
    if (kind == OBJECT_PROCEDURE && is_of_functions_alone(option->defname))
        definition_report(r, M_BAD_FUNCTION, span, "only functions have this, a procedure has not");
    if (strcmp(option->defname, "parallel") == 0 && strcmp(option->arg->string->sval, "safe") != 0 &&
        strcmp(option->arg->string->sval, "unsafe") != 0 && strcmp(option->arg->string->sval, "restricted") != 0)
        definition_report(r, M_BAD_FUNCTION, span, "a function is PARALLEL SAFE, UNSAFE or RESTRICTED");
    for (size_t i = 0; i < index && strcmp(option->defname, "set") != 0; i++) {
        if (strcmp(options[i]->def_elem->defname, option->defname) == 0) {
            definition_report(r, M_BAD_FUNCTION, span, "this is said twice");
            label(r->c, reader_span(r, options[i]->def_elem->location, 1), "the first time");
        }
    }
}

void read_function_options(DefinitionReader *r, const Definition *d, size_t count, PgQuery__Node *const *options,
                           Attributes *attributes)
{
    for (size_t i = 0; i < count; i++) {
        check_option(r, d, i, options);
        read_option(r, options[i]->def_elem, attributes);
    }
}

void read_alter_function(DefinitionReader *r, const PgQuery__AlterFunctionStmt *alter)
{
    r->out->verb = SQL_ALTER;
    cursor_next(&r->at);
    cursor_next(&r->at);
    PgQuery__Node node = {.node_case = PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS, .object_with_args = alter->func};
    if (!read_target(r, alter->objtype, &node, &r->at, false))
        return;
    const Definition *d = schema_definition(r->schema, r->out->targets.items[0].object);
    r->out->attributes = d->attributes;
    list_clone(r->arena, &r->out->attributes);
    read_function_options(r, d, alter->n_actions, alter->actions, &r->out->attributes);
}
