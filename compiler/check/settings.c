/* db/project.mig. */
#include "checker.h"

enum { OLDEST_SERVER = 12, NEWEST_SERVER = 18, DEFAULT_SERVER = 13 };

Settings settings_default(Str name)
{
    return (Settings) {.name = name, .postgres = DEFAULT_SERVER, .schema = STR("public"),
                       .history_table = STR("knex_migrations")};
}

static void bad_value(Compilation *c, const NodeSetting *setting, const char *expected)
{
    report(c, M_BAD_SETTING, setting->value, "`%.*s` needs %s", STR_ARG(setting->name.name), expected);
}

static void read_server(Compilation *c, const NodeSetting *setting, TokenList tokens, Settings *settings)
{
    Str text = tokens.items[0].text;
    unsigned major = 0;
    for (size_t i = 0; i < text.len && text.data[i] >= '0' && text.data[i] <= '9' && major < 100; i++)
        major = major * 10 + (unsigned) (text.data[i] - '0');
    if (tokens.count == 1 && text.len == 2 && major >= OLDEST_SERVER && major <= NEWEST_SERVER)
        settings->postgres = major;
    else
        bad_value(c, setting, "the major version of the oldest server in use, from 12 to 18");
}

static void read_schema(Compilation *c, const NodeSetting *setting, TokenList tokens, Settings *settings)
{
    if (tokens.count == 1 && token_is_name(tokens.items[0]))
        settings->schema = tokens.items[0].text;
    else
        bad_value(c, setting, "the name of a schema");
}

static void read_history(Compilation *c, const NodeSetting *setting, TokenList tokens, Settings *settings)
{
    enum { LONGEST = 63 - sizeof "_journal" + 1 };
    Str table = tokens.items[tokens.count - 1].text;
    bool qualified =
        tokens.count == 3 && token_is_name(tokens.items[0]) && token_is_sign(tokens.items[1], '.') &&
        token_is_name(tokens.items[2]);
    if (!qualified && !(tokens.count == 1 && token_is_name(tokens.items[0]))) {
        bad_value(c, setting, "the name of a table, [schema.]name");
        return;
    }
    if (table.len > LONGEST) {
        bad_value(c, setting, "a name of at most 55 bytes, since other tables are called after it");
        return;
    }
    settings->history_table = table;
    if (qualified)
        settings->history_schema = tokens.items[0].text;
}

static void read_transaction(Compilation *c, const NodeSetting *setting, TokenList tokens, Settings *settings)
{
    Str mode = tokens.items[0].text;
    if (tokens.count == 1 && (str_is(mode, "batch") || str_is(mode, "each")))
        settings->transaction_each = str_is(mode, "each");
    else
        bad_value(c, setting, "`batch` or `each`");
}

static void read_setting(Compilation *c, Syntax *syntax, const NodeSetting *setting, Settings *settings)
{
    Str name = setting->name.name;
    TokenList tokens = tokens_within(c, &syntax->keywords, setting->value);
    if (str_is(name, "postgres")) {
        read_server(c, setting, tokens, settings);
    } else if (str_is(name, "schema")) {
        read_schema(c, setting, tokens, settings);
    } else if (str_is(name, "history")) {
        read_history(c, setting, tokens, settings);
    } else if (str_is(name, "transaction")) {
        read_transaction(c, setting, tokens, settings);
    } else {
        report(c, M_UNKNOWN_SETTING, setting->name.span, "there is no setting \"%.*s\"", STR_ARG(name));
        help(c, "the settings are postgres, schema, history, transaction and lint { … }");
    }
}

/* `lint { … }`, the only setting that is a block. */
static void read_block(Compilation *c, const NodeLints *block)
{
    if (str_is(block->name.name, "lint")) {
        lints_read(c, block);
        return;
    }
    report(c, M_UNKNOWN_SETTING, block->name.span, "there is no setting \"%.*s { … }\"", STR_ARG(block->name.name));
    help(c, "the one in braces is `lint { … }`");
}

static Word setting_word(const Node *setting)
{
    return setting->kind == NODE_LINTS ? ((const NodeLints *) setting)->name : ((const NodeSetting *) setting)->name;
}

static void check_not_repeated(Compilation *c, const NodeProject *project, size_t index)
{
    Word setting = setting_word(project->settings.items[index]);
    for (size_t i = 0; i < index; i++) {
        Word other = setting_word(project->settings.items[i]);
        if (str_equal(other.name, setting.name)) {
            report(c, M_WRITTEN_TWICE, setting.span, "`%.*s` is set twice", STR_ARG(setting.name));
            label(c, other.span, "the first time");
        }
    }
}

void settings_read(Compilation *c, Syntax *syntax, const NodeProject *project, Settings *settings)
{
    settings->name = project->name.name;
    for (size_t i = 0; i < project->settings.count; i++) {
        const Node *setting = project->settings.items[i];
        check_not_repeated(c, project, i);
        if (setting->kind == NODE_LINTS)
            read_block(c, (const NodeLints *) setting);
        else
            read_setting(c, syntax, (const NodeSetting *) setting, settings);
    }
}
