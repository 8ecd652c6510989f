#include "file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int read_whole(Arena *arena, FILE *file, Str *text)
{
    char chunk[16384];
    Text whole = text_new(arena);
    size_t length;
    while ((length = fread(chunk, 1, sizeof chunk, file)) > 0)
        text_add(&whole, (Str) {chunk, length});
    *text = text_str(&whole);
    return ferror(file) ? EIO : 0;
}

int file_read(Arena *arena, const char *path, Str *text)
{
    if (path_is_folder(path))
        return EISDIR;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return errno;
    int failure = read_whole(arena, file, text);
    fclose(file);
    return failure;
}

static int write_and_close(FILE *file, Str text)
{
    int failure = fwrite(text.data, 1, text.len, file) == text.len ? 0 : errno;
    if (fclose(file) != 0 && failure == 0)
        failure = errno;
    return failure;
}

int file_write(Arena *arena, const char *path, Str text)
{
    Str present;
    if (file_read(arena, path, &present) == 0 && str_equal(present, text))
        return 0;
    FILE *file = fopen(path, "wb");
    return file == NULL ? errno : write_and_close(file, text);
}

static int fill_file(int descriptor, mode_t mode, Str text)
{
    FILE *file = fdopen(descriptor, "wb");
    if (file == NULL) {
        int failure = errno;
        close(descriptor);
        return failure;
    }
    int failure = fchmod(descriptor, mode) == 0 ? 0 : errno;
    int written = write_and_close(file, text);
    return failure == 0 ? written : failure;
}

/* The name of the temporary file is hidden, so that nothing else takes it for a file of its own. */
static int replace_real(Arena *arena, Str path, mode_t mode, Str text)
{
    Str hidden = str_format(arena, ".%.*s.XXXXXX", STR_ARG(path_base(path)));
    Str template = path_join(arena, path_folder(path), hidden);
    char *temporary = arena_copy(arena, str_to_c(arena, template), template.len + 1);
    int descriptor = mkstemp(temporary);
    if (descriptor < 0)
        return errno;
    int failure = fill_file(descriptor, mode, text);
    if (failure == 0 && rename(temporary, str_to_c(arena, path)) != 0)
        failure = errno;
    if (failure != 0)
        unlink(temporary);
    return failure;
}

int file_replace(Arena *arena, const char *path, Str text)
{
    struct stat about;
    char *real = realpath(path, NULL);
    if (real == NULL)
        return errno;
    int failure = stat(real, &about) == 0 ? 0 : errno;
    if (failure == 0)
        failure = replace_real(arena, str_copy(arena, str_from(real)), about.st_mode & 07777, text);
    free(real);
    return failure;
}

int file_create(const char *path, Str text)
{
    FILE *file = fopen(path, "wbx");
    return file == NULL ? errno : write_and_close(file, text);
}

int folder_create(Arena *arena, Str path)
{
    if (path.len == 0)
        return 0;
    const char *name = str_to_c(arena, path);
    if (path_is_folder(name))
        return 0;
    Str parent = path_folder(path);
    int failure = str_equal(parent, path) || str_is(parent, ".") ? 0 : folder_create(arena, parent);
    if (failure == 0 && mkdir(name, 0777) != 0 && errno != EEXIST)
        failure = errno;
    return failure;
}

static int compare_names(const void *a, const void *b)
{
    return str_compare(*(const Str *) a, *(const Str *) b);
}

int folder_list(Arena *arena, const char *path, StrList *names)
{
    DIR *folder = opendir(path);
    if (folder == NULL)
        return errno;
    struct dirent *entry;
    while ((entry = readdir(folder)) != NULL) {
        Str name = str_from(entry->d_name);
        if (!str_is(name, ".") && !str_is(name, ".."))
            list_push(arena, names, str_copy(arena, name));
    }
    closedir(folder);
    if (names->count > 1)
        qsort(names->items, names->count, sizeof *names->items, compare_names);
    return 0;
}

bool path_is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

bool path_exists(const char *path)
{
    struct stat about;
    return lstat(path, &about) == 0;
}

Str path_join(Arena *arena, Str folder, Str name)
{
    if (folder.len == 0 || str_is(folder, "."))
        return str_copy(arena, name);
    bool slash = folder.data[folder.len - 1] == '/';
    return str_format(arena, "%.*s%s%.*s", STR_ARG(folder), slash ? "" : "/", STR_ARG(name));
}

/* Where the last part of the path starts. */
static size_t base_start(Str path)
{
    size_t start = path.len;
    while (start > 0 && path.data[start - 1] != '/')
        start--;
    return start;
}

Str path_base(Str path)
{
    return str_slice(path, base_start(path), path.len);
}

Str path_folder(Str path)
{
    size_t end = base_start(path);
    if (end == 0)
        return STR(".");
    while (end > 1 && path.data[end - 1] == '/')
        end--;
    return str_slice(path, 0, end);
}
