/* The rate is that since the beginning, pauses and waiting included, so that the time left is what it will be when all
 * goes on as it did. */
#include "progress.h"

#include "clock.h"
#include "memory.h"
#include "report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Seconds between two looks at it. */
static const double on_terminal = 0.1, elsewhere = 5;

enum { NUMBER = 32, TIME = 32, BAR = 20 };

void progress_begin(Progress *progress, const char *migration, const char *what, const char *unit, double first)
{
    *progress = (Progress) {.what = memory_format("%s: %s", migration, what), .unit = unit, .first = first};
    progress->began = progress->shown = clock_seconds();
}

void progress_end(Progress *progress)
{
    report_live(NULL);
    free(progress->what);
    *progress = (Progress) {0};
}

static bool is_due(Progress *progress)
{
    double now = clock_seconds();
    if (now - progress->shown < (report_is_live() ? on_terminal : elsewhere))
        return false;
    progress->shown = now;
    return true;
}

/* "1,234,567" */
static const char *number_text(char text[NUMBER], double number)
{
    char digits[NUMBER];
    int length = snprintf(digits, sizeof(digits), "%.0f", number < 1e15 ? number : 1e15), at = 0;
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            text[at++] = ',';
        text[at++] = digits[i];
    }
    text[at] = '\0';
    return text;
}

/* "2:05", "3:02:05" */
static const char *time_text(char text[TIME], double seconds)
{
    unsigned long all = (unsigned long) (seconds < 1e9 ? seconds + 0.5 : 1e9);
    if (all < 3600)
        snprintf(text, TIME, "%lu:%02lu", all / 60, all % 60);
    else
        snprintf(text, TIME, "%lu:%02lu:%02lu", all / 3600, all / 60 % 60, all % 60);
    return text;
}

static void add_bar(FILE *out, double share)
{
    int full = (int) (share * BAR);
    fputs("[", out);
    for (int i = 0; i < BAR; i++)
        fputc(i < full ? '#' : '-', out);
    fprintf(out, "] %.0f%%", share * 100);
}

/* 0: nobody knows, or it was estimated too low. */
static double share_of(double done, double total)
{
    return total > 0 && done < total ? done / total : 0;
}

static void add_rate(FILE *out, const Progress *progress, double done, double share)
{
    char rate[NUMBER], left[TIME];
    double seconds = clock_seconds() - progress->began, moved = done - progress->first;
    if (seconds <= 0 || moved <= 0)
        return;
    fprintf(out, ", %s a second", number_text(rate, moved / seconds));
    if (share > 0)
        fprintf(out, ", %s left", time_text(left, seconds * (done / share - done) / moved));
}

void progress_show(Progress *progress, double done, double total)
{
    char *text = NULL, count[NUMBER], all[NUMBER];
    size_t size;
    if (!is_due(progress))
        return;
    bool live = report_is_live();
    double share = share_of(done, total);
    FILE *out = memory_stream(&text, &size);
    fputs("  ", out);
    if (!live)
        fprintf(out, "%s  ", progress->what);
    if (share > 0 && live)
        add_bar(out, share);
    else if (share > 0)
        fprintf(out, "%s of about %s %s (%.0f%%)", number_text(count, done), number_text(all, total), progress->unit,
                share * 100);
    else
        fprintf(out, "%s %s", number_text(count, done), progress->unit);
    add_rate(out, progress, done, share);
    if (live)
        fprintf(out, "  %s", progress->what);
    memory_stream_end(out);
    report_live(text);
    free(text);
}

void progress_wait(Progress *progress, const char *why)
{
    if (!is_due(progress))
        return;
    char *text = memory_format("  %s  %s", progress->what, why);
    report_live(text);
    free(text);
}
