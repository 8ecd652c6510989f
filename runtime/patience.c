/* Others queue behind a lock that is waited for, so an attempt's length is what it costs them. Attempts grow, since the
 * moment in which a busy table is free may be rare; pauses are a few times as long, and differ, so that two that wait
 * for each other do not go on meeting. Longer than deadlock_timeout an attempt may not be: the server would look for a
 * deadlock and end somebody. A worker of autovacuum alone gives way only then. */
#include "patience.h"

#include "clock.h"
#include "interrupt.h"

#include <stdint.h>
#include <unistd.h>

enum { FIRST_TIMEOUT = 50, LONGEST_TIMEOUT = 500, SHORTEST_TIMEOUT = 10 };  /* milliseconds */
enum { AUTOVACUUM_MARGIN = 250 };
enum { DOUBLINGS_MAX = 4 };

static int grown(const Patience *patience)
{
    unsigned doublings = patience->attempts > DOUBLINGS_MAX ? DOUBLINGS_MAX : patience->attempts;
    int timeout = FIRST_TIMEOUT << doublings;
    return timeout > LONGEST_TIMEOUT ? LONGEST_TIMEOUT : timeout;
}

int patience_timeout(const Patience *patience, long deadlock_timeout, bool autovacuum)
{
    if (autovacuum)
        return (int) deadlock_timeout + AUTOVACUUM_MARGIN;
    long timeout = grown(patience);
    if (timeout > deadlock_timeout / 2)
        timeout = deadlock_timeout / 2;
    return timeout < SHORTEST_TIMEOUT ? SHORTEST_TIMEOUT : (int) timeout;
}

bool patience_fail(Patience *patience)
{
    if (patience->began == 0)
        patience->began = clock_seconds();
    patience->attempts++;
    return clock_seconds() - patience->began < patience->seconds;
}

/* From 0 to 1; good enough to differ from others. */
static double chance(unsigned salt)
{
    uint64_t value = (uint64_t) (clock_seconds() * 1e9) ^ ((uint64_t) getpid() << 32) ^ salt;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
    return (double) ((value ^ (value >> 31)) >> 11) / 9007199254740992.0;
}

bool patience_pause(const Patience *patience)
{
    double pause = grown(patience) * (1 + 2 * chance(patience->attempts));
    double left = patience->seconds - (clock_seconds() - patience->began);
    if (pause > left * 1e3)
        pause = left <= 0 ? 0 : left * 1e3;
    return !interrupt_sleep((int) pause + 1);
}

void patience_reset(Patience *patience)
{
    patience->began = 0;
    patience->attempts = 0;
}
