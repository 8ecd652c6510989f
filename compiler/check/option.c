/* Storage parameters: `with (name = value)`. */
#include "checker.h"

#include <ctype.h>
#include <stdlib.h>

static Str value_text(Checker *k, const NodeOption *option)
{
    return span_is_known(option->value) ? fragment_of(k, option->value).sql : (Str) {0};
}

/* parse_bool() of src/backend/utils/adt/bool.c: any prefix that is unambiguous. */
static bool is_boolean(Str value)
{
    static const char *const words[] = {"true", "false", "yes", "no", "on", "off", "1", "0"};
    char lower[8];
    if (value.len == 0 || value.len >= sizeof lower)
        return false;
    for (size_t i = 0; i < value.len; i++)
        lower[i] = (char) tolower((unsigned char) value.data[i]);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        bool prefix = str_starts_with(str_from(words[i]), (Str) {lower, value.len});
        bool ambiguous = value.len == 1 && lower[0] == 'o';
        if (prefix && !ambiguous)
            return true;
    }
    return false;
}

static bool is_one_of(Str value, Str choices)
{
    size_t start = 0;
    for (size_t i = 0; i <= choices.len; i++) {
        if (i < choices.len && choices.data[i] != ',')
            continue;
        if (str_equal(str_slice(choices, start, i), value))
            return true;
        start = i + 1;
    }
    return false;
}

static bool is_number(Str value, bool whole, double minimum, double maximum)
{
    char text[64], *end;
    if (value.len == 0 || value.len >= sizeof text)
        return false;
    memcpy(text, value.data, value.len);
    text[value.len] = '\0';
    double number = strtod(text, &end);
    bool fraction = whole && strpbrk(text, ".eE") != NULL;
    return *end == '\0' && !fraction && number >= minimum && number <= maximum;
}

/* Quotes around a value make no difference to the server. */
static Str unquoted(Str value)
{
    bool quoted = value.len >= 2 && value.data[0] == '\'' && value.data[value.len - 1] == '\'';
    return quoted ? str_slice(value, 1, value.len - 1) : value;
}

static void check_value(Checker *k, const NodeOption *option, const CatalogStorageParameter *parameter, Str value)
{
    Span span = span_is_known(option->value) ? option->value : option->name.span;
    Str name = option->name.name;
    bool fine = true;
    switch (parameter->type) {
    case CATALOG_STORAGE_BOOLEAN:
        fine = value.data == NULL || is_boolean(unquoted(value));
        if (!fine)
            report(k->c, M_BAD_OPTION, span, "\"%.*s\" must be on or off", STR_ARG(name));
        break;
    case CATALOG_STORAGE_INTEGER:
    case CATALOG_STORAGE_REAL:
        fine = value.data != NULL && is_number(unquoted(value), parameter->type == CATALOG_STORAGE_INTEGER,
                                               parameter->minimum, parameter->maximum);
        if (!fine)
            report(k->c, M_BAD_OPTION, span, "\"%.*s\" must be a%s number from %.15g to %.15g", STR_ARG(name),
                   parameter->type == CATALOG_STORAGE_INTEGER ? " whole" : "", parameter->minimum, parameter->maximum);
        break;
    case CATALOG_STORAGE_ENUM:
        fine = value.data != NULL && is_one_of(unquoted(value), parameter->values);
        if (!fine)
            report(k->c, M_BAD_OPTION, span, "\"%.*s\" must be one of %.*s", STR_ARG(name), STR_ARG(parameter->values));
        break;
    }
}

/* What the parameter is one of: `toast.` is said of the table that holds long values. */
static const CatalogStorageParameter *find_parameter(Checker *k, Str kind, Str name)
{
    Str toast = STR("toast.");
    if (str_is(kind, "table") && str_starts_with(name, toast))
        return catalog_storage_parameter(&k->schema.view, STR("toast"), str_slice(name, toast.len, name.len));
    return catalog_storage_parameter(&k->schema.view, kind, name);
}

/* Every kind that is known has some; what is left is an index method that no snapshot knows. */
static bool has_parameters(Checker *k, Str kind)
{
    catalog_each_owner(owner, &k->schema.view) {
        for (size_t i = 0; i < owner->storage_parameters.count; i++) {
            if (str_equal(catalog_at(owner->storage_parameters, i)->kind, kind))
                return true;
        }
    }
    return false;
}

static void report_unknown_option(Checker *k, Str kind, Word name)
{
    Nearest nearest = nearest_to(name.name);
    report(k->c, M_UNKNOWN_OPTION, name.span, "%.*s has no storage parameter \"%.*s\"",
           STR_ARG(str_is(kind, "table") ? STR("a table") : kind), STR_ARG(name.name));
    catalog_each_owner(owner, &k->schema.view) {
        for (size_t i = 0; i < owner->storage_parameters.count; i++) {
            const CatalogStorageParameter *parameter = catalog_at(owner->storage_parameters, i);
            if (str_equal(parameter->kind, kind))
                nearest_try(&nearest, parameter->name);
        }
    }
    nearest_help(k->c, &nearest);
}

static bool is_repeated(Checker *k, const StorageOptions *options, Word name)
{
    for (size_t i = 0; i < options->count; i++) {
        if (str_equal(options->items[i].name, name.name)) {
            report(k->c, M_WRITTEN_TWICE, name.span, "the storage parameter \"%.*s\" is written twice",
                   STR_ARG(name.name));
            return true;
        }
    }
    return false;
}

StorageOptions build_options(Checker *k, Str kind, NodeList nodes)
{
    StorageOptions options = {0};
    for (size_t i = 0; i < nodes.count; i++) {
        const NodeOption *option = (const NodeOption *) nodes.items[i];
        const CatalogStorageParameter *parameter = find_parameter(k, kind, option->name.name);
        Str value = value_text(k, option);
        if (parameter != NULL)
            check_value(k, option, parameter, value);
        else if (has_parameters(k, kind))
            report_unknown_option(k, kind, option->name);
        if (!is_repeated(k, &options, option->name))
            list_push(CHECKER_ARENA(k), &options, (StorageOption) {option->name.name, value});
    }
    return options;
}

/* ------------------------------------------------------------------ set and reset */

static size_t find_option(const StorageOptions *options, Str name)
{
    size_t i = 0;
    while (i < options->count && !str_equal(options->items[i].name, name))
        i++;
    return i;
}

void options_merge(Checker *k, StorageOptions *options, StorageOptions new)
{
    for (size_t i = 0; i < new.count; i++) {
        size_t place = find_option(options, new.items[i].name);
        if (place < options->count)
            options->items[place] = new.items[i];
        else
            list_push(CHECKER_ARENA(k), options, new.items[i]);
    }
}

/* A name that is not set is ignored, as by the server. */
bool options_reset(Checker *k, StorageOptions *options, NodeList nodes)
{
    for (size_t i = 0; i < nodes.count; i++) {
        const NodeOption *option = (const NodeOption *) nodes.items[i];
        if (span_is_known(option->value)) {
            report(k->c, M_BAD_OPTION, option->value, "`reset` takes no value");
            return false;
        }
        size_t place = find_option(options, option->name.name);
        if (place < options->count)
            list_remove(options, place);
    }
    return true;
}

bool changed_options(Checker *k, Str kind, StorageOptions before, const Node *action, StorageOptions *after)
{
    size_t errors = k->c->errors;
    *after = before;
    list_clone(CHECKER_ARENA(k), after);
    if (action->kind == NODE_RESET_OPTIONS)
        return options_reset(k, after, ((const NodeResetOptions *) action)->options);
    options_merge(k, after, build_options(k, kind, ((const NodeSetOptions *) action)->options));
    return k->c->errors == errors;
}
