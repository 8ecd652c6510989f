#include "template.h"

#include "memory.h"

#include <stdio.h>
#include <string.h>

static const char *text_of(const Filling *fillings, const char *name, size_t length)
{
    for (; fillings->name != NULL; fillings++) {
        if (strlen(fillings->name) == length && memcmp(fillings->name, name, length) == 0)
            return fillings->text;
    }
    BUG("a place in an embedded query that nothing fills");
}

char *template_fill(const char *sql, const Filling *fillings)
{
    char *filled = NULL;
    size_t size = 0;
    FILE *stream = memory_stream(&filled, &size);
    for (;;) {
        size_t plain = strcspn(sql, "{");
        fwrite(sql, 1, plain, stream);
        if (sql[plain] == '\0')
            break;
        const char *name = sql + plain + 1;
        size_t length = strcspn(name, "}");
        fputs(text_of(fillings, name, length), stream);
        sql = name + length + 1;
    }
    memory_stream_end(stream);
    return filled;
}
