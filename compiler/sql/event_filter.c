/* CREATE EVENT TRIGGER … WHEN TAG IN (…): validate_ddl_tags() and validate_table_rewrite_tags() in
 * src/backend/commands/event_trigger.c. */
#include "read_definition.h"

#include <strings.h>

typedef enum TagFires { TAG_FIRES_NOTHING, TAG_FIRES_COMMANDS, TAG_FIRES_COMMANDS_LATER, TAG_FIRES_REWRITES } TagFires;

typedef struct CommandTag {
    const char *name;
    TagFires fires;
} CommandTag;

static const CommandTag command_tags[] = {
#define TAG(name, fires) {name, TAG_FIRES_##fires},
#include "command_tags.def"
#undef TAG
};

/* NULL: no statement is called so. */
static const CommandTag *find_tag(const char *name)
{
    for (size_t i = 0; i < sizeof command_tags / sizeof *command_tags; i++) {
        if (strcasecmp(command_tags[i].name, name) == 0)
            return &command_tags[i];
    }
    return NULL;
}

static bool tag_fires(const CommandTag *tag, bool rewrite, unsigned major)
{
    enum { LATER = 17 };
    switch (tag->fires) {
    case TAG_FIRES_NOTHING: return false;
    case TAG_FIRES_COMMANDS: return !rewrite;
    case TAG_FIRES_COMMANDS_LATER: return !rewrite && major >= LATER;
    case TAG_FIRES_REWRITES: break;
    }
    return true;
}

static void check_tags(DefinitionReader *r, const PgQuery__List *values, bool rewrite, Span span)
{
    for (size_t i = 0; i < values->n_items; i++) {
        const char *name = values->items[i]->string->sval;
        const CommandTag *tag = find_tag(name);
        if (tag == NULL)
            definition_report(r, M_BAD_TRIGGER, span, "no statement has the tag \"%s\"", name);
        else if (!tag_fires(tag, rewrite, r->sql->major))
            definition_report(r, M_BAD_TRIGGER, span, "%s fires no event trigger%s", tag->name,
                              rewrite ? " of table_rewrite" : "");
    }
}

void check_event_filters(DefinitionReader *r, const PgQuery__CreateEventTrigStmt *create)
{
    bool rewrite = strcmp(create->eventname, "table_rewrite") == 0;
    for (size_t i = 0; i < create->n_whenclause; i++) {
        const PgQuery__DefElem *filter = create->whenclause[i]->def_elem;
        Span span = reader_span(r, filter->location, strlen(filter->defname));
        if (strcmp(filter->defname, "tag") != 0)
            definition_report(r, M_BAD_TRIGGER, span, "an event trigger is filtered by TAG alone");
        else if (i > 0)
            definition_report(r, M_BAD_TRIGGER, span, "TAG is there twice");
        else
            check_tags(r, filter->arg->list, rewrite, span);
    }
}
