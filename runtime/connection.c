#include "connection.h"

#include "clock.h"
#include "env_file.h"
#include "interrupt.h"
#include "memory.h"
#include "report.h"

#include <stdlib.h>
#include <string.h>

static bool is_set(const char *variable)
{
    const char *value = getenv(variable);
    return value != NULL && value[0] != '\0';
}

static bool names_server(const Settings *settings)
{
    return settings_get(settings, "host") != NULL || settings_get(settings, "hostaddr") != NULL ||
           settings_get(settings, "service") != NULL || is_set("PGHOST") || is_set("PGHOSTADDR") || is_set("PGSERVICE");
}

static bool names_database(const Settings *settings)
{
    return settings_get(settings, "dbname") != NULL || settings_get(settings, "service") != NULL ||
           is_set("PGDATABASE") || is_set("PGSERVICE");
}

static Outcome from_url(const char *source, const char *url, const char *schema, Settings *settings)
{
    UrlProblem problem;
    if (!url_parse(url, schema, settings, &problem)) {
        report_error("%s: %s", source, problem.what);
        report_help("%s", problem.help);
    } else if (!names_server(settings)) {
        report_error("%s: the connection URL names no server, and PGHOST is not set", source);
        report_help("for a local socket add ?host=/var/run/postgresql");
    } else if (!names_database(settings)) {
        report_error("%s: the connection URL names no database, and PGDATABASE is not set", source);
        report_help("write it as postgres://user:password@host:5432/database");
    } else {
        return OUTCOME_DONE;
    }
    return OUTCOME_CONFIGURATION;
}

Outcome connection_settings(const Request *request, Settings *settings)
{
    const char *schema = request->project.schema;
    *settings = (Settings) {.count = 0};
    Outcome outcome = request->given[OPTION_NO_ENV_FILE] ? OUTCOME_DONE : env_file_load(".env");
    if (outcome != OUTCOME_DONE)
        return outcome;
    const char *variable = getenv("DATABASE_URL");
    if (request->given[OPTION_URL])
        return from_url("--url", request->values[OPTION_URL], schema, settings);
    if (variable != NULL)
        return from_url("DATABASE_URL", variable, schema, settings);
    if (names_server(settings) || names_database(settings))
        return OUTCOME_DONE;
    report_error("no database is named");
    report_help("set DATABASE_URL or give --url, as in postgres://user:password@host:5432/database");
    return OUTCOME_CONFIGURATION;
}

static Outcome check_version(const Request *request, const Session *session)
{
    int version = session_version(session);
    if (version >= (int) request->project.postgres * 10000)
        return OUTCOME_DONE;
    report_error("the server is PostgreSQL %d.%d, and this project was compiled for %u and newer", version / 10000,
                 version % 10000, request->project.postgres);
    report_help("upgrade the server, or lower `postgres` in db/project.mig and compile again");
    return OUTCOME_CONFIGURATION;
}

Outcome connection_open(const Request *request, Session **session)
{
    return connection_wait(request, request->connect_patience, session);
}

/* Tries again after a while, a longer one each time, until the time is over or a signal comes. */
static Outcome try_until(const Settings *settings, double end, Session **session)
{
    enum { FIRST_PAUSE = 100, LONGEST_PAUSE = 1000 };  /* milliseconds */
    int pause = FIRST_PAUSE;
    bool announced = false;
    while (!session_open(session, settings)) {
        double left = end - clock_seconds();
        if (left <= 0) {
            report_error("cannot connect: %s", session_error(*session)->message);
            return OUTCOME_UNREACHABLE;
        }
        if (!announced)
            report_progress("waiting: %s", session_error(*session)->message);
        announced = true;
        session_close(*session);
        *session = NULL;
        interrupt_sleep(left * 1000 < pause ? (int) (left * 1000) + 1 : pause);
        pause = pause * 2 > LONGEST_PAUSE ? LONGEST_PAUSE : pause * 2;
    }
    return OUTCOME_DONE;
}

Outcome connection_wait(const Request *request, int patience, Session **session)
{
    Settings settings;
    *session = NULL;
    Outcome outcome = connection_settings(request, &settings);
    if (outcome == OUTCOME_DONE)
        outcome = try_until(&settings, patience == 0 ? 0 : clock_seconds() + patience, session);
    if (outcome == OUTCOME_DONE) {
        interrupt_defer();
        outcome = check_version(request, *session);
    }
    settings_clear(&settings);
    return outcome;
}
