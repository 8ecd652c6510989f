/* Collations and text search objects. */
#include "random_writer.h"

void write_create_collation(Writer *w)
{
    static const char *const names[] = {"odd_c", "\"Odd collation\"", "posix"};
    static const char *const patterns[] = {"(locale = 'C')", "from \"C\"", "(locale = 'C.UTF-8')",
                                           "(lc_collate = 'C', lc_ctype = 'C')"};
    w->sql_only = true;
    bothf(w, "create collation %.*s %s", STR_ARG(NEW_NAME(w, OBJECT_COLLATION, names)), PICK(w, patterns));
    end_statement(w);
}

void write_create_search(Writer *w)
{
    static const char *const names[] = {"simple_words", "docs", "\"Odd search\""};
    static const char *const patterns[] = {"configuration @ (copy = english)", "configuration @ (parser = default)",
                                           "dictionary @ (template = simple, stopwords = english)",
                                           "dictionary @ (template = simple)"};
    Str name = NEW_NAME(w, OBJECT_TEXT_SEARCH_CONFIGURATION, names), text = fill(w->arena, PICK(w, patterns), name);
    w->sql_only = true;
    bothf(w, "create text search %.*s", STR_ARG(text));
    end_statement(w);
}

void write_alter_search(Writer *w)
{
    static const char *const options[] = {"stopwords = english", "accept = false", "stopwords", "accept = true"};
    const Object *dictionary = random_object(w, OBJECT_TEXT_SEARCH_DICTIONARY);
    w->sql_only = true;
    if (dictionary == NULL) {
        write_create_search(w);
        return;
    }
    bothf(w, "alter text search dictionary %.*s (%s)", STR_ARG(object_sql(w->schema, dictionary)), PICK(w, options));
    end_statement(w);
}
