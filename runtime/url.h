/* url.h: a connection URL as people write it for node-postgres, Prisma or libpq, taken apart into libpq's settings.
 *
 * Nothing of the URL but names of parameters and values of harmless ones is ever repeated in a problem: what looks
 * like a host may be the tail of a password that was not encoded. */
#ifndef URL_H
#define URL_H

#include <stdbool.h>
#include <stddef.h>

enum { SETTINGS_MAX = 64 };

typedef struct Setting {
    const char *keyword;  /* libpq's; lives as long as the program */
    char *value;          /* owned */
} Setting;

typedef struct Settings {
    Setting items[SETTINGS_MAX];
    size_t count;
} Settings;

typedef struct UrlProblem {
    char what[200];
    const char *help;  /* lives as long as the program */
} UrlProblem;

/* Takes the URL apart. `schema` is the project's, for Prisma's parameter of that name. False: the problem is filled
 * in. The settings are to be freed either way. */
bool url_parse(const char *url, const char *schema, Settings *settings, UrlProblem *problem);

/* Adds a setting, or replaces the one of that keyword; takes the value over. */
void settings_put(Settings *settings, const char *keyword, char *value);

/* The value, or NULL when there is none or it is empty. */
const char *settings_get(const Settings *settings, const char *keyword);

/* Forgets everything; passwords are overwritten. */
void settings_clear(Settings *settings);

#endif
