/* clock.h: time that goes on evenly, for measuring and waiting. */
#ifndef CLOCK_H
#define CLOCK_H

double clock_seconds(void);

#endif
