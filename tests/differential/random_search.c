/* Collations and text search objects. */
#include "random_writer.h"

void write_create_collation(Writer *w)
{
    static const char *const names[] = {"odd_c", "\"Odd collation\"", "posix"};
    static const char *const patterns[] = {"(locale = 'C')", "from \"C\"", "(locale = 'C.UTF-8')",
                                           "(lc_collate = 'C', lc_ctype = 'C')"};
    Str name = NEW_NAME(w, OBJECT_COLLATION, names);
    w->sql_only = true;
    bothf(w, "create collation %.*s %s", STR_ARG(name), PICK(w, patterns));
    end_statement(w);
}

void write_create_search(Writer *w)
{
    static const char *const names[] = {"simple_words", "docs", "\"Odd search\""};
    static const char *const patterns[] = {
        "configuration @ (copy = english)", "configuration @ (parser = default)",
        "dictionary @ (template = simple, stopwords = english)", "dictionary @ (template = simple)",
        "template @ (lexize = dsimple_lexize, init = dsimple_init)", "template @ (lexize = dsimple_lexize)",
        "parser @ (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype)",
    };
    Str name = NEW_NAME(w, OBJECT_TEXT_SEARCH_CONFIGURATION, names), text = fill(w->arena, PICK(w, patterns), name);
    w->sql_only = true;
    bothf(w, "create text search %.*s", STR_ARG(text));
    end_statement(w);
}

/* A dictionary of a template of ours, or a configuration that copies another one or has a parser of ours. */
void write_create_search_of(Writer *w)
{
    static const char *const names[] = {"of_ours", "docs", "\"Odd search\""};
    static const struct {
        ObjectKind kind;
        const char *what;
    } ways[] = {{OBJECT_TEXT_SEARCH_TEMPLATE, "dictionary # (template = @)"},
                {OBJECT_TEXT_SEARCH_CONFIGURATION, "configuration # (copy = @)"},
                {OBJECT_TEXT_SEARCH_PARSER, "configuration # (parser = @)"}};
    unsigned way = below(w, COUNT(ways));
    const Object *of = random_object(w, ways[way].kind);
    if (of == NULL) {
        write_create_search(w);
        return;
    }
    Str name = NEW_NAME(w, OBJECT_TEXT_SEARCH_CONFIGURATION, names);
    Str text = fill(w->arena, ways[way].what, object_sql(w->schema, of));
    w->sql_only = true;
    both_c(w, "create text search ");
    for (size_t i = 0; i < text.len; i++)
        both(w, text.data[i] == '#' ? name : str_slice(text, i, i + 1));
    end_statement(w);
}

/* A dictionary of ours, now and then. */
static Str some_dictionary(Writer *w)
{
    static const char *const usual[] = {"simple", "english_stem", "german_stem"};
    const Object *dictionary = chance(w, 50) ? random_object(w, OBJECT_TEXT_SEARCH_DICTIONARY) : NULL;
    return dictionary == NULL ? str_from(PICK(w, usual)) : object_sql(w->schema, dictionary);
}

static void write_mapping(Writer *w, const Object *configuration)
{
    static const char *const patterns[] = {
        "add mapping for word, email with @", "alter mapping for asciiword with @, simple",
        "alter mapping for word, hword with simple", "alter mapping replace english_stem with @",
        "alter mapping for asciiword replace simple with @", "drop mapping for numword",
        "drop mapping if exists for word, email", "add mapping for numhword with simple, @",
    };
    bothf(w, "alter text search configuration %.*s %.*s", STR_ARG(object_sql(w->schema, configuration)),
          STR_ARG(fill(w->arena, PICK(w, patterns), some_dictionary(w))));
    end_statement(w);
}

void write_alter_search(Writer *w)
{
    static const char *const options[] = {"stopwords = english", "accept = false", "stopwords", "accept = true"};
    const Object *dictionary = random_object(w, OBJECT_TEXT_SEARCH_DICTIONARY);
    const Object *configuration = random_object(w, OBJECT_TEXT_SEARCH_CONFIGURATION);
    w->sql_only = true;
    if (configuration != NULL && chance(w, 60)) {
        write_mapping(w, configuration);
    } else if (dictionary == NULL) {
        write_create_search(w);
    } else {
        bothf(w, "alter text search dictionary %.*s (%s)", STR_ARG(object_sql(w->schema, dictionary)),
              PICK(w, options));
        end_statement(w);
    }
}
