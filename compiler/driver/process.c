#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

typedef struct Quiet {
    struct sigaction interrupt, quit;
} Quiet;

static Quiet ignore_keyboard(void)
{
    Quiet before;
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGINT, &ignore, &before.interrupt);
    sigaction(SIGQUIT, &ignore, &before.quit);
    return before;
}

static void heed_keyboard(Quiet before)
{
    sigaction(SIGINT, &before.interrupt, NULL);
    sigaction(SIGQUIT, &before.quit, NULL);
}

static int spawn(char *const *words, const char *log, pid_t *child)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGINT);
    sigaddset(&defaults, SIGQUIT);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, log, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
    int failure = posix_spawnp(child, words[0], &files, &attributes, words, environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return failure;
}

static int wait_for(pid_t child)
{
    int status;
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR)
            return -1;
    }
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int process_run(Arena *arena, StrList words, const char *log)
{
    pid_t child;
    char **terminated = arena_array(arena, char *, words.count + 1);
    for (size_t i = 0; i < words.count; i++)
        terminated[i] = arena_copy(arena, str_to_c(arena, words.items[i]), words.items[i].len + 1);
    Quiet before = ignore_keyboard();
    errno = spawn(terminated, log, &child);
    int status = errno == 0 ? wait_for(child) : -1;
    heed_keyboard(before);
    return status;
}
