/* SET and RESET: what would make the rest of the migration mean something else than the compiler has read. */
#include "lower.h"

#include <strings.h>

/* Settings that a run has for itself. The value, where there is one, is the run's own, and may be said. */
static const struct {
    const char *name, *value, *what, *help_text;
} fixed[] = {
    {"role", NULL, "this would give what is created from here on to another role",
     "remove it: `alter … owner to` says whose a thing is"},
    {"session_authorization", NULL, "this would give what is created from here on to another role",
     "remove it: `alter … owner to` says whose a thing is"},
    {"standard_conforming_strings", "on", "this would change what a backslash in a string means",
     "remove it, and write E'…' where backslashes are meant"},
    {"client_encoding", "utf8", "this would change what the letters of the migration mean",
     "remove it: a migration is UTF-8"},
};

static Str constant_value(const PgQuery__Node *node)
{
    if (node == NULL || node->node_case != PG_QUERY__NODE__NODE_A_CONST || node->a_const->isnull ||
        node->a_const->val_case != PG_QUERY__A__CONST__VAL_SVAL)
        return (Str) {0};
    return str_from(node->a_const->sval->sval);
}

/* ------------------------------------------------------------------ search_path */

/* One name of a list in a string. The role's own schema is not taken to be there; temporary things and pg_catalog are
 * found without being named. */
static void add_to_path(Arena *arena, Str name, StrList *path)
{
    static const char *const passed[] = {"", "$user", "pg_catalog", "pg_temp"};
    name = str_trim(name);
    if (name.len >= 2 && name.data[0] == '"' && name.data[name.len - 1] == '"')
        name = str_slice(name, 1, name.len - 1);
    for (size_t i = 0; i < sizeof passed / sizeof *passed; i++) {
        if (str_is(name, passed[i]))
            return;
    }
    list_push(arena, path, str_copy(arena, name));
}

static void set_path(SqlStatement *statement)
{
    statement->class = SQL_SEARCH_PATH;
    statement->what = "another search_path";
    statement->path_known = true;
}

static void judge_path(Sql *sql, const PgQuery__VariableSetStmt *set, SqlStatement *statement)
{
    set_path(statement);
    for (size_t i = 0; i < set->n_args; i++) {
        Str name = constant_value(set->args[i]);
        statement->path_known = statement->path_known && name.data != NULL;
        add_to_path(&sql->c->arena, name, &statement->path);
    }
}

/* set_config('search_path', …), as dumps begin */
static bool call_sets_path(const PgQuery__Node *node)
{
    if (node == NULL || node->node_case != PG_QUERY__NODE__NODE_FUNC_CALL || node->func_call->n_args == 0)
        return false;
    const PgQuery__FuncCall *call = node->func_call;
    return str_is(tree_name(call->n_funcname, call->funcname), "set_config") &&
           str_is(constant_value(call->args[0]), "search_path");
}

bool select_sets_path(Sql *sql, const PgQuery__SelectStmt *select, SqlStatement *statement)
{
    for (size_t i = 0; i < select->n_target_list; i++) {
        const PgQuery__Node *node = select->target_list[i]->res_target->val;
        if (!call_sets_path(node))
            continue;
        Str value = node->func_call->n_args < 2 ? (Str) {0} : constant_value(node->func_call->args[1]);
        set_path(statement);
        statement->path_known = value.data != NULL && select->n_target_list == 1 && select->n_from_clause == 0;
        for (size_t at = 0; at < value.len;) {
            size_t end = at;
            while (end < value.len && value.data[end] != ',')
                end++;
            add_to_path(&sql->c->arena, str_slice(value, at, end), &statement->path);
            at = end + 1;
        }
        return true;
    }
    return false;
}

/* ------------------------------------------------------------------ the others */

static bool same_word(Str a, const char *b)
{
    return a.len == strlen(b) && strncasecmp(a.data, b, a.len) == 0;
}

static void judge_fixed(const PgQuery__VariableSetStmt *set, SqlStatement *statement)
{
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
        const char *value = fixed[i].value;
        bool said = value != NULL && set->n_args == 1 && same_word(constant_value(set->args[0]), value);
        if (strcmp(set->name, fixed[i].name) != 0 || said)
            continue;
        statement->class = SQL_FIXED_SETTING;
        statement->what = fixed[i].what;
        statement->help_text = fixed[i].help_text;
    }
}

/* ------------------------------------------------------------------ check_function_bodies */

/* A Boolean setting takes any beginning of these words that is no other's, and a number (parse_bool() in
 * src/backend/utils/adt/bool.c). */
static bool means_off(const PgQuery__Node *node)
{
    static const char *const words[] = {"off", "false", "no", "0"};
    Str value = constant_value(node);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        bool begins = value.len > 0 && value.len <= strlen(words[i]) &&
                      strncasecmp(value.data, words[i], value.len) == 0;
        if (begins && !same_word(value, "o"))
            return true;
    }
    return node->node_case == PG_QUERY__NODE__NODE_A_CONST && !node->a_const->isnull &&
           node->a_const->val_case == PG_QUERY__A__CONST__VAL_IVAL && node->a_const->ival->ival == 0;
}

/* ------------------------------------------------------------------ what definitions mean */

/* Settings that decide what is made, or what a literal in it means, with a value under which the compiler has read it.
 * What else they do, to rows, is nothing that it has to know. */
static const struct {
    const char *name, *value;
} readings[] = {
    {"array_nulls", "on"},
    {"datestyle", "iso"},
    {"default_table_access_method", "heap"},
    {"default_tablespace", ""},
    {"intervalstyle", "postgres"},
    {"lc_monetary", "c"},
    {"timezone", "utc"},
    {"transform_null_equals", "off"},
    {"xmloption", "content"},
};

/* The value of those that are followed, where they have another one; NULL: it is none of them. */
static Str *choice_of(SqlSettings *settings, const char *name)
{
    if (strcmp(name, "default_tablespace") == 0)
        return &settings->tablespace;
    return strcmp(name, "default_table_access_method") == 0 ? &settings->method : NULL;
}

/* RESET leads to what the database or the role has set, which is not known. */
static bool note_reading(Sql *sql, const PgQuery__VariableSetStmt *set, SqlStatement *statement)
{
    for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
        if (strcasecmp(set->name, readings[i].name) != 0)
            continue;
        uint32_t bit = UINT32_C(1) << i;
        Str value = set->n_args == 1 ? constant_value(set->args[0]) : (Str) {0};
        Str *choice = choice_of(&sql->settings, readings[i].name);
        bool usual = value.data != NULL && same_word(value, readings[i].value);
        bool known = usual || (choice != NULL && value.data != NULL);
        statement->followed = choice != NULL && known;
        if (choice != NULL)
            *choice = usual || !known ? (Str) {0} : str_copy(&sql->c->arena, value);
        sql->settings.readings = known ? sql->settings.readings & ~bit : sql->settings.readings | bit;
        return true;
    }
    return false;
}

bool sql_is_read_otherwise(const Sql *sql, const char **name, const char **value)
{
    for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
        if ((sql->settings.readings >> i & 1) == 0)
            continue;
        *name = readings[i].name;
        *value = readings[i].value;
        return true;
    }
    return false;
}

void setting_classify(Sql *sql, const PgQuery__VariableSetStmt *set, SqlStatement *statement)
{
    statement->class = SQL_MAINTENANCE;
    if (set->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL) {
        set_path(statement);
        statement->path_known = false;
    } else if (set->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_SET_MULTI) {
        statement->class = SQL_TRANSACTION;
        statement->what = "transaction control";
    } else if (strcmp(set->name, "search_path") == 0) {
        judge_path(sql, set, statement);
    } else if (strcmp(set->name, "check_function_bodies") == 0) {
        sql->settings.trusts_bodies = set->n_args == 1 && means_off(set->args[0]);
    } else if (!note_reading(sql, set, statement)) {
        judge_fixed(set, statement);
    }
}
