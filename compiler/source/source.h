/* Source files and places in them.
 *
 * A Span is a half-open range of bytes of one file. Lines and columns are computed only when something is printed.
 */
#ifndef SOURCE_SOURCE_H
#define SOURCE_SOURCE_H

#include "list.h"
#include "text.h"

typedef struct Span {
    uint32_t start;  /* byte offsets, start <= end */
    uint32_t end;
    uint32_t file;   /* index in Sources; 0 is no file at all */
} Span;

typedef struct SourceFile {
    Str path;                  /* as the user sees it: relative to where migc was started */
    Str text;                  /* NUL-terminated behind its end; data == NULL: not read, only its path is shown */
    LIST(uint32_t) line_starts; /* filled at the first look-up of a line */
} SourceFile;

typedef struct Sources {
    LIST(SourceFile) files;  /* the first is a placeholder, so that a zeroed Span is no place */
} Sources;

typedef struct Position {
    uint32_t line;    /* from 1 */
    uint32_t column;  /* from 1, in characters (code points) */
} Position;

/* Files over 4 GiB do not fit a Span: the caller refuses them. Returns the index of the file. */
uint32_t source_add(Arena *arena, Sources *sources, Str path, Str text);

SourceFile *source_file(Sources *sources, uint32_t file);
Str span_text(Sources *sources, Span span);
Position span_position(Arena *arena, Sources *sources, uint32_t file, uint32_t offset);

/* The line's text without its line end. Lines count from 1. */
Str source_line(Arena *arena, Sources *sources, uint32_t file, uint32_t line);
uint32_t source_line_start(Arena *arena, Sources *sources, uint32_t file, uint32_t line);

bool span_is_known(Span span);
Span span_join(Span first, Span last);
Span span_head(Span span, uint32_t length);  /* its first bytes */

/* How the character at the start of a text is shown on a terminal: a tab as TAB_WIDTH blanks wherever it stands; what
 * does not show what it is, and bytes that are no UTF-8, as U+FFFD. */
enum { TAB_WIDTH = 4 };
typedef struct DisplayedCharacter {
    size_t length;  /* its bytes in the text, at least 1 */
    Str text;
    size_t width;   /* columns */
} DisplayedCharacter;
DisplayedCharacter display_character(Str text);

/* The columns that the text takes on a terminal. */
size_t display_width(Str text);

#endif
