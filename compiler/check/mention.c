/* Names in the text of functions. The server keeps the text as it is, so that it goes on naming what was renamed or
 * dropped; a migration that leaves it so is warned of. */
#include "checker.h"
#include "definition.h"

#include <strings.h>

static bool is_name_byte(char c)
{
    return c == '_' || c == '$' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           ((unsigned char) c & 0x80);
}

/* Whether the text has the word, whatever the case, behind the prefix. */
static bool has_word(Str text, const char *prefix, Str word)
{
    size_t before = strlen(prefix);
    for (size_t at = 0; at + before + word.len <= text.len; at++) {
        bool begins = at == 0 || !is_name_byte(text.data[at - 1]);
        size_t end = at + before + word.len;
        bool ends = end == text.len || !is_name_byte(text.data[end]);
        if (begins && ends && strncasecmp(text.data + at, prefix, before) == 0 &&
            strncasecmp(text.data + at + before, word.data, word.len) == 0)
            return true;
    }
    return false;
}

/* A part is known where the body is SQL; in other languages the table is, and the column is looked for in the text. */
static bool mentions_part(const Definition *d, Part part, Str name)
{
    bool table = false;
    for (size_t i = 0; i < d->mentions.count; i++) {
        Mention mention = d->mentions.items[i];
        if (mention.object != part.object)
            continue;
        if (part.kind == PART_WHOLE || mention.part == part.id)
            return true;
        table = table || mention.part == 0;
    }
    return table && has_word(d->text->sql, "", name);
}

static void note_stale(Checker *k, const Definition *function, Str what, Str name, Span span)
{
    Stale stale = {function->object.id, function->text, what, name, span};
    list_push(CHECKER_ARENA(k), &k->stale, stale);
}

/* The function of a trigger names the columns of its table behind NEW and OLD. */
static void note_trigger(Checker *k, const Definition *trigger, Part part, Str what, Str name, Span span)
{
    for (size_t i = 0; i < trigger->text->uses.count && trigger->of == part.object; i++) {
        const Definition *function = schema_definition(&k->schema, trigger->text->uses.items[i].object);
        if (function == NULL || function->routine == NULL)
            continue;
        if (has_word(function->text->sql, "new.", name) || has_word(function->text->sql, "old.", name))
            note_stale(k, function, what, name, span);
    }
}

static void note_users(Checker *k, Part part, Str name, Span span)
{
    ObjectIds users = object_users(&k->schema, part.object, OBJECT_KIND_COUNT);
    Str what = part_description(&k->schema, part);
    for (size_t i = 0; i < users.count; i++) {
        const Definition *d = schema_definition(&k->schema, users.items[i]);
        if (d != NULL && mentions_part(d, part, name))
            note_stale(k, d, what, name, span);
        else if (d != NULL && d->object.kind == OBJECT_TRIGGER && part.kind == PART_COLUMN)
            note_trigger(k, d, part, what, name, span);
    }
}

void note_change(Checker *k, const Change *change)
{
    const SetChange *set = &change->set;
    bool named = set->property == PROPERTY_NAME || set->property == PROPERTY_NAMESPACE;
    bool renames = change->kind == CHANGE_SET && named;
    Part part = {0, PART_WHOLE, 0};
    if (renames || change->kind == CHANGE_DROP)
        part.object = renames ? set->object : change->drop.object;
    else if (change->kind == CHANGE_SET && set->property == PROPERTY_COLUMN_NAME)
        part = (Part) {set->object, PART_COLUMN, set->part};
    else if (change->kind == CHANGE_DROP_COLUMN)
        part = (Part) {change->drop_column.table, PART_COLUMN, change->drop_column.column};
    if (part.object == 0)
        return;
    Str name = schema_object(&k->schema, part.object)->name;
    if (part.kind == PART_COLUMN)
        name = table_column(schema_relation(&k->schema, part.object), part.id)->name;
    note_users(k, part, name, change->span);
}

void report_stale(Checker *k)
{
    for (size_t i = 0; i < k->stale.count; i++) {
        const Stale *stale = &k->stale.items[i];
        const Definition *now = schema_definition(&k->schema, stale->function);
        if (now == NULL || now->text != stale->text)
            continue;
        report(k->c, M_STALE_BODY, stale->span, "the text of %.*s goes on naming \"%.*s\"",
               STR_ARG(definition_description(&k->schema, now)), STR_ARG(stale->name));
        label(k->c, now->object.created, "it names %.*s", STR_ARG(stale->what));
        help(k->c, "the server does not look into it: `create or replace` it in this migration");
    }
    k->stale.count = 0;
}
