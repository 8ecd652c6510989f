/* The self-pipe: the handler writes a byte, every wait of the program polls the other end. There is no moment between
 * looking and waiting in which a signal could be missed. */
#include "interrupt.h"

#include "memory.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

static volatile sig_atomic_t noted;
static volatile sig_atomic_t deferred;
static int ends[2] = {-1, -1};

static void handle(int signal)
{
    int saved = errno;
    if (!deferred || noted != 0)
        _exit(128 + signal);
    noted = signal;
    /* The pipe holds this one byte at most, so the write cannot fail for want of room. */
    if (write(ends[1], "", 1) < 0)
        _exit(128 + signal);
    errno = saved;
}

void interrupt_install(void)
{
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        BUG("no pipe for the signals");
    struct sigaction action = {.sa_handler = handle, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaddset(&action.sa_mask, SIGINT);
    sigaddset(&action.sa_mask, SIGTERM);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    /* A reader of our output that goes away must not end a run half-way. */
    signal(SIGPIPE, SIG_IGN);
}

void interrupt_defer(void)
{
    deferred = 1;
}

bool interrupt_pending(void)
{
    return noted != 0;
}

Outcome interrupt_outcome(void)
{
    if (noted == 0)
        return OUTCOME_DONE;
    return noted == SIGINT ? OUTCOME_INTERRUPTED : OUTCOME_TERMINATED;
}

int interrupt_descriptor(void)
{
    return ends[0];
}

bool interrupt_sleep(int milliseconds)
{
    struct pollfd wait = {.fd = ends[0], .events = POLLIN};
    poll(&wait, 1, milliseconds);
    return interrupt_pending();
}
