#include "pace.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <strings.h>

enum { DEFAULT_LAG_TIME = 10 * 1000, DEFAULT_LAG_MEGABYTES = 128 };

static const unsigned long long most = 1ULL << 50;

static const struct {
    const char *name;
    unsigned long long bytes, time;
} units[] = {
    {"ms", 0, 1}, {"s", 0, 1000}, {"min", 0, 60 * 1000},
    {"kB", 1 << 10, 0}, {"MB", 1 << 20, 0}, {"GB", 1 << 30, 0},
};

Pace pace_default(void)
{
    return (Pace) {.lag_bytes = (unsigned long long) DEFAULT_LAG_MEGABYTES << 20, .lag_time = DEFAULT_LAG_TIME};
}

/* False: the text does not begin with a number. */
static bool read_number(const char *text, unsigned long long *number, const char **behind)
{
    char *end;
    errno = 0;
    *number = strtoull(text, &end, 10);
    *behind = end;
    return isdigit((unsigned char) text[0]) && errno == 0 && *number <= most;
}

bool pace_read_rate(Pace *pace, const char *text)
{
    unsigned long long number;
    const char *behind;
    if (!read_number(text, &number, &behind) || behind[0] != '\0' || number == 0)
        return false;
    pace->rate = (unsigned long) number;
    return true;
}

bool pace_read_lag(Pace *pace, const char *text)
{
    unsigned long long number;
    const char *unit;
    if (!read_number(text, &number, &unit))
        return false;
    pace->lag_bytes = pace->lag_time = 0;
    if (number == 0 && unit[0] == '\0')
        return true;
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        if (strcasecmp(units[i].name, unit) != 0)
            continue;
        pace->lag_bytes = number > most / (units[i].bytes + 1) ? most : number * units[i].bytes;
        pace->lag_time = number > most / (units[i].time + 1) ? most : number * units[i].time;
        return true;
    }
    return false;
}
