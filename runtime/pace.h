/* pace.h: how fast backfills may go. */
#ifndef PACE_H
#define PACE_H

#include <stdbool.h>

typedef struct Pace {
    unsigned long rate;           /* rows to be changed a second; 0: as many as can be */
    unsigned long long lag_bytes; /* how far a standby may be behind, in bytes of WAL not replayed; 0: any distance */
    unsigned long long lag_time;  /* likewise in milliseconds */
} Pace;

Pace pace_default(void);

/* "500". False: it is no number of rows. */
bool pace_read_rate(Pace *pace, const char *text);

/* "30s", "64MB", "0". What is said in time is not limited in bytes, and the other way round. False: it is neither. */
bool pace_read_lag(Pace *pace, const char *text);

#endif
