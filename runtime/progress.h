/* progress.h: how far something long has come. On a terminal it is a line that is written over and over and goes away
 * at the end; elsewhere a line every few seconds. What is over within a moment shows nothing. */
#ifndef PROGRESS_H
#define PROGRESS_H

typedef struct Progress {
    char *what;      /* "20260102000000_totals: backfill of invoices" */
    const char *unit;
    double began;    /* in seconds */
    double first;    /* how much was done then */
    double shown;    /* when it was shown last */
} Progress;

/* `unit` is of what is counted, as "rows", and lives on. To be ended. */
void progress_begin(Progress *progress, const char *migration, const char *what, const char *unit, double first);

/* May be called as often as one likes. A total of 0 is not known. */
void progress_show(Progress *progress, double done, double total);

/* Why it does not go on for the moment. */
void progress_wait(Progress *progress, const char *why);

void progress_end(Progress *progress);

#endif
