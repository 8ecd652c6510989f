#include "stamp.h"

typedef struct StampParts {
    unsigned year, month, day, hour, minute, second;
} StampParts;

bool stamp_stands_first(Str text)
{
    for (size_t i = 0; i < STAMP_LENGTH; i++) {
        if (i >= text.len || text.data[i] < '0' || text.data[i] > '9')
            return false;
    }
    return true;
}

static unsigned digits(Str text, size_t start, size_t count)
{
    unsigned number = 0;
    for (size_t i = start; i < start + count; i++)
        number = number * 10 + (unsigned) (text.data[i] - '0');
    return number;
}

static StampParts stamp_parts(Str stamp)
{
    return (StampParts) {digits(stamp, 0, 4), digits(stamp, 4, 2),  digits(stamp, 6, 2),
                         digits(stamp, 8, 2), digits(stamp, 10, 2), digits(stamp, 12, 2)};
}

static unsigned days_in_month(unsigned year, unsigned month)
{
    static const unsigned days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

Str stamp_problem(Arena *arena, Str stamp)
{
    StampParts p = stamp_parts(stamp);
    if (p.year < 1970)
        return str_format(arena, "the year %u is too long ago", p.year);
    if (p.month < 1 || p.month > 12)
        return str_format(arena, "there is no month %02u", p.month);
    if (p.day < 1 || p.day > days_in_month(p.year, p.month))
        return str_format(arena, "there is no day %02u in %04u-%02u", p.day, p.year, p.month);
    if (p.hour > 23)
        return str_format(arena, "there is no hour %02u", p.hour);
    if (p.minute > 59)
        return str_format(arena, "there is no minute %02u", p.minute);
    if (p.second > 59)
        return str_format(arena, "there is no second %02u", p.second);
    return (Str) {0};
}

time_t stamp_time(Str stamp)
{
    StampParts p = stamp_parts(stamp);
    struct tm broken = {.tm_year = (int) p.year - 1900, .tm_mon = (int) p.month - 1, .tm_mday = (int) p.day,
                        .tm_hour = (int) p.hour, .tm_min = (int) p.minute, .tm_sec = (int) p.second};
    return timegm(&broken);
}

Str stamp_of(Arena *arena, time_t time)
{
    struct tm broken;
    char text[STAMP_LENGTH + 1];
    gmtime_r(&time, &broken);
    strftime(text, sizeof text, "%Y%m%d%H%M%S", &broken);
    return str_copy(arena, str_from(text));
}
