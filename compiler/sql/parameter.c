/* Parameters of CREATE OPERATOR, AGGREGATE and COLLATION, (name = value, …): what is missing, twice or unknown
 * (operatorcmds.c, aggregatecmds.c and collationcmds.c in src/backend/commands). */
#include "read_definition.h"

typedef struct ParameterReader {
    DefinitionReader *r;
    const PgQuery__DefineStmt *define;
    Span head;               /* the name of what is created */
} ParameterReader;

static Span element_span(const ParameterReader *p, const PgQuery__DefElem *element)
{
    return reader_span(p->r, element->location, strlen(element->defname));
}

/* NULL: it is not written. */
static const PgQuery__DefElem *find(const ParameterReader *p, const char *name)
{
    for (size_t i = 0; i < p->define->n_definition; i++) {
        const PgQuery__DefElem *element = p->define->definition[i]->def_elem;
        if (strcmp(element->defname, name) == 0)
            return element;
    }
    return NULL;
}

/* A word or a string; "" for anything else. */
Str parameter_text(const PgQuery__DefElem *element)
{
    const PgQuery__Node *value = element->arg;
    if (value != NULL && value->node_case == PG_QUERY__NODE__NODE_STRING)
        return str_from(value->string->sval);
    if (value != NULL && value->node_case == PG_QUERY__NODE__NODE_TYPE_NAME)
        return tree_name(value->type_name->n_names, value->type_name->names);
    return STR("");
}

static bool is_one_of(Str word, size_t count, const char *const *words)
{
    for (size_t i = 0; i < count; i++) {
        if (str_is(word, words[i]))
            return true;
    }
    return false;
}

/* By either of two names. */
static void require(ParameterReader *p, const char *name, const char *other)
{
    if (find(p, name) == NULL && (other == NULL || find(p, other) == NULL))
        definition_report(p->r, M_BAD_PARAMETER, p->head, "`%s = …` is missing", name);
}

/* ------------------------------------------------------------------ operators */

static void check_operand(ParameterReader *p, const char *name)
{
    const PgQuery__DefElem *element = find(p, name);
    const PgQuery__Node *value = element == NULL ? NULL : element->arg;
    if (value != NULL && value->node_case == PG_QUERY__NODE__NODE_TYPE_NAME && value->type_name->setof)
        definition_report(p->r, M_BAD_PARAMETER, element_span(p, element), "an operand is no set");
}

static void check_operator(ParameterReader *p)
{
    enum { NO_POSTFIX_SINCE = 14 };
    bool postfix = p->r->schema->view.catalog->major < NO_POSTFIX_SINCE && find(p, "leftarg") != NULL;
    require(p, "function", "procedure");
    check_operand(p, "leftarg");
    check_operand(p, "rightarg");
    if (!postfix)
        require(p, "rightarg", NULL);
}

/* ------------------------------------------------------------------ aggregates */

/* Parts that are there together or not at all. */
static void check_pair(ParameterReader *p, const char *one, const char *other)
{
    const PgQuery__DefElem *first = find(p, one), *second = find(p, other);
    if ((first == NULL) == (second == NULL))
        return;
    definition_report(p->r, M_BAD_PARAMETER, element_span(p, first == NULL ? second : first),
                      "`%s` and `%s` are written together", one, other);
}

static void check_moving(ParameterReader *p)
{
    static const char *const parts[] = {"mfinalfunc", "msspace", "minitcond"};
    check_pair(p, "mstype", "msfunc");
    check_pair(p, "mstype", "minvfunc");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (find(p, parts[i]) != NULL && find(p, "mstype") == NULL)
            definition_report(p->r, M_BAD_PARAMETER, element_span(p, find(p, parts[i])), "`%s` wants an `mstype`",
                              parts[i]);
    }
}

static void check_aggregate(ParameterReader *p)
{
    static const char *const levels[] = {"safe", "restricted", "unsafe"};
    const PgQuery__DefElem *parallel = find(p, "parallel");
    require(p, "stype", "stype1");
    require(p, "sfunc", "sfunc1");
    check_moving(p);
    check_pair(p, "serialfunc", "deserialfunc");
    if (parallel != NULL && !is_one_of(parameter_text(parallel), sizeof levels / sizeof *levels, levels))
        definition_report(p->r, M_BAD_PARAMETER, element_span(p, parallel), "`parallel` is safe, restricted or unsafe");
}

/* ------------------------------------------------------------------ collations */

static void check_collation_names(ParameterReader *p)
{
    static const char *const names[] = {"from", "locale", "lc_collate", "lc_ctype", "provider", "deterministic",
                                        "version", "rules"};
    for (size_t i = 0; i < p->define->n_definition; i++) {
        const PgQuery__DefElem *element = p->define->definition[i]->def_elem;
        if (!is_one_of(str_from(element->defname), sizeof names / sizeof *names, names))
            definition_report(p->r, M_BAD_PARAMETER, element_span(p, element), "a collation has no parameter \"%s\"",
                              element->defname);
        else if (find(p, element->defname) != element)
            definition_report(p->r, M_BAD_PARAMETER, element_span(p, element), "`%s` is written twice",
                              element->defname);
    }
}

static void check_copied(ParameterReader *p, const PgQuery__DefElem *from)
{
    const PgQuery__Node *value = from->arg;
    size_t count = 0;
    PgQuery__Node *const *names = NULL;
    if (value->node_case == PG_QUERY__NODE__NODE_LIST) {
        count = value->list->n_items;
        names = value->list->items;
    } else if (value->node_case == PG_QUERY__NODE__NODE_TYPE_NAME) {
        count = value->type_name->n_names;
        names = value->type_name->names;
    }
    if (p->define->n_definition > 1)
        definition_report(p->r, M_BAD_PARAMETER, element_span(p, from), "a copy has no parameters of its own");
    else if (count > 0 && str_is(tree_name(count, names), "default"))
        definition_report(p->r, M_BAD_PARAMETER, p->head, "the collation \"default\" cannot be copied");
    else if (count > 0 && !resolve_collation(p->r->names, count, names, p->head))
        p->r->refused = true;
}

static void check_locale(ParameterReader *p, bool icu)
{
    const PgQuery__DefElem *locale = find(p, "locale");
    bool collate = find(p, "lc_collate") != NULL, type = find(p, "lc_ctype") != NULL;
    if (locale != NULL && (collate || type))
        definition_report(p->r, M_BAD_PARAMETER, element_span(p, locale),
                          "`locale` says both `lc_collate` and `lc_ctype`");
    else if (locale == NULL && !icu && !(collate && type))
        definition_report(p->r, M_BAD_PARAMETER, p->head, "`locale = …` is missing");
}

static void check_collation(ParameterReader *p)
{
    static const char *const providers[] = {"libc", "icu", "builtin"};
    const PgQuery__DefElem *from = find(p, "from"), *provider = find(p, "provider");
    const PgQuery__DefElem *deterministic = find(p, "deterministic");
    Str name = provider == NULL ? STR("libc") : parameter_text(provider);
    check_collation_names(p);
    if (p->r->refused)
        return;
    if (from != NULL) {
        check_copied(p, from);
        return;
    }
    if (!is_one_of(name, sizeof providers / sizeof *providers, providers)) {
        definition_report(p->r, M_BAD_PARAMETER, element_span(p, provider), "there is no provider \"%.*s\"",
                          STR_ARG(name));
        return;
    }
    check_locale(p, str_is(name, "icu"));
    if (deterministic != NULL && !parameter_is_true(deterministic) && !str_is(name, "icu"))
        definition_report(p->r, M_BAD_PARAMETER, element_span(p, deterministic),
                          "only collations of ICU are not deterministic");
}

void check_parameters(DefinitionReader *r, const PgQuery__DefineStmt *define)
{
    ParameterReader p = {r, define, r->out->definition->object.created};
    switch ((int) define->kind) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR: check_operator(&p); break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE: check_aggregate(&p); break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLLATION: check_collation(&p); break;
    default: break;
    }
}
