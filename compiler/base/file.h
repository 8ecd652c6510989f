/* Files and folders. Functions that can fail return 0 or an errno value; nothing is printed. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "list.h"
#include "text.h"

/* The whole file, NUL-terminated behind its end. */
int file_read(Arena *arena, const char *path, Str *text);

/* Writes the file unless it holds just that already (so that build tools see no change). */
int file_write(Arena *arena, const char *path, Str text);

/* Puts the text in the place of a file that is there: whoever reads it meanwhile gets the old text or the new one,
 * whole. Its mode stays, and so does a link to it. */
int file_replace(Arena *arena, const char *path, Str text);

/* Makes a new file; EEXIST when there is one. */
int file_create(const char *path, Str text);

/* Makes the folder and its parents; no error when it is there. */
int folder_create(Arena *arena, Str path);

/* The names in the folder, without "." and "..", in byte order. */
int folder_list(Arena *arena, const char *path, StrList *names);

bool path_is_folder(const char *path);
bool path_exists(const char *path);
Str path_join(Arena *arena, Str folder, Str name);
Str path_base(Str path);                 /* "a/b.c" → "b.c" */
Str path_folder(Str path);               /* "a/b.c" → "a"; "b.c" → "." */

#endif
