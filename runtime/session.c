/* Statements are sent, and then waited for with poll() on the connection's socket and the signals' pipe together.
 * That is what makes a statement of an hour stoppable: on a signal the statement is cancelled once, and its result,
 * now an error, is awaited as any other, so that the protocol stays in step and a ROLLBACK can follow. */
#include "session_libpq.h"

#include "clock.h"
#include "interrupt.h"
#include "memory.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char twin_connect_timeout[] = "2";
static const double cancel_pause = 0.25, watch_pause = 0.075;  /* seconds */

static const char *notice_field(const PGresult *result, int field, const char *otherwise)
{
    const char *text = PQresultErrorField(result, field);
    return text == NULL ? otherwise : text;
}

static void receive_notice(void *context, const PGresult *result)
{
    const Session *session = context;
    if (session->notice != NULL)
        session->notice(notice_field(result, PG_DIAG_SEVERITY_NONLOCALIZED, "NOTICE"),
                        notice_field(result, PG_DIAG_MESSAGE_PRIMARY, ""));
}

static void error_clear(Session *session)
{
    PQclear(session->failed);
    free(session->text);
    session->failed = NULL;
    session->text = NULL;
    session->error = (SessionError) {0};
}

/* libpq's messages end with a line end and hold tabs before their second line. */
static char *tidy(const char *message)
{
    size_t length = strlen(message);
    while (length > 0 && (message[length - 1] == '\n' || message[length - 1] == ' '))
        length--;
    char *text = memory_slice(message, length);
    for (char *c = text; *c != '\0'; c++)
        *c = *c == '\t' ? ' ' : *c;
    return text;
}

/* The connection itself failed: libpq's own sentence is all there is. */
bool session_fail_here(Session *session)
{
    error_clear(session);
    session->text = tidy(PQerrorMessage(session->connection));
    session->error.message = session->text;
    session->error.interrupted = interrupt_pending() && !session->shielded;
    session->error.lost = PQstatus(session->connection) == CONNECTION_BAD;
    return false;
}

static unsigned field_number(const PGresult *result, int field)
{
    const char *text = PQresultErrorField(result, field);
    return text == NULL ? 0 : (unsigned) strtoul(text, NULL, 10);
}

/* The server's own words win. */
bool session_fail_there(Session *session, PGresult *result)
{
    if (session->failed != NULL || session->text != NULL) {
        PQclear(result);
        return false;
    }
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    if (message == NULL) {
        session->text = tidy(PQresultErrorMessage(result));
        message = session->text;
    }
    session->failed = result;
    session->error = (SessionError) {
        .severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED),
        .message = message,
        .detail = PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL),
        .hint = PQresultErrorField(result, PG_DIAG_MESSAGE_HINT),
        .context = PQresultErrorField(result, PG_DIAG_CONTEXT),
        .query = PQresultErrorField(result, PG_DIAG_INTERNAL_QUERY),
        .position = field_number(result, PG_DIAG_STATEMENT_POSITION),
        .interrupted = session->cancelled,
    };
    snprintf(session->error.sqlstate, sizeof(session->error.sqlstate), "%s", state == NULL ? "" : state);
    return false;
}

static bool open_connection(Session **opened, const char *const *keywords, const char *const *values)
{
    Session *session = memory_take(1, sizeof(*session));
    *opened = session;
    session->connection = PQconnectdbParams(keywords, values, 0);
    if (session->connection == NULL)
        memory_exhausted();
    if (PQstatus(session->connection) != CONNECTION_OK)
        return session_fail_here(session);
    PQsetNoticeReceiver(session->connection, receive_notice, session);
    return true;
}

/* What nobody has said otherwise. A network that loses the connection without a word is noticed within a minute. */
static const struct { const char *keyword, *variable, *value; } defaults[] = {
    {"connect_timeout", "PGCONNECT_TIMEOUT", "15"},
    {"fallback_application_name", NULL, "migrate"},
    {"keepalives_idle", NULL, "20"},
    {"keepalives_interval", NULL, "10"},
    {"keepalives_count", NULL, "3"},
    {"tcp_user_timeout", NULL, "60000"},
};
enum { DEFAULTS_MAX = 8 };  /* with client_encoding and the end */

bool session_open(Session **opened, const Settings *settings)
{
    const char *keywords[SETTINGS_MAX + DEFAULTS_MAX] = {0};
    const char *values[SETTINGS_MAX + DEFAULTS_MAX] = {0};
    size_t count = 0;
    for (; count < settings->count; count++) {
        keywords[count] = settings->items[count].keyword;
        values[count] = settings->items[count].value;
    }
    keywords[count] = "client_encoding";
    values[count++] = "UTF8";
    for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++) {
        const char *variable = defaults[i].variable == NULL ? NULL : getenv(defaults[i].variable);
        if (settings_get(settings, defaults[i].keyword) != NULL || variable != NULL)
            continue;
        keywords[count] = defaults[i].keyword;
        values[count++] = defaults[i].value;
    }
    return open_connection(opened, keywords, values);
}

bool session_open_twin(Session **opened, const Session *like, int patience)
{
    PQconninfoOption *options = PQconninfo(like->connection);
    if (options == NULL)
        memory_exhausted();
    size_t count = 0;
    while (options[count].keyword != NULL)
        count++;
    const char **keywords = memory_take(count + 1, sizeof(*keywords));
    const char **values = memory_take(count + 1, sizeof(*values));
    for (size_t i = 0; i < count; i++) {
        keywords[i] = options[i].keyword;
        values[i] = strcmp(keywords[i], "connect_timeout") == 0 ? twin_connect_timeout : options[i].val;
    }
    bool good = open_connection(opened, keywords, values);
    (*opened)->patience = patience;
    free(keywords);
    free(values);
    PQconninfoFree(options);
    return good;
}

void session_close(Session *session)
{
    if (session == NULL)
        return;
    error_clear(session);
    PQfinish(session->connection);
    free(session);
}

/* The server passes a request over that comes when it is between two statements, so it is repeated. When none gets
 * through, the statement runs to its end and the run stops behind it. */
static void cancel(Session *session)
{
    char reason[256];
    PGcancel *request = PQgetCancel(session->connection);
    session->cancelled = true;
    session->cancel_again = clock_seconds() + cancel_pause;
    if (request != NULL)
        PQcancel(request, reason, sizeof(reason));
    PQfreeCancel(request);
}

static int milliseconds_until(double when)
{
    double left = (when - clock_seconds()) * 1e3;
    return left <= 0 ? 0 : (int) left + 1;
}

/* How long to wait for the server at most; -1: as long as it takes. */
static int next_timeout(const Session *session)
{
    int timeout = session->patience > 0 ? session->patience : -1;
    int until_cancel = session->cancelled && !session->shielded ? milliseconds_until(session->cancel_again) : -1;
    int until_watch = session->watch != NULL ? milliseconds_until(session->look_again) : -1;
    if (until_cancel >= 0 && (timeout < 0 || until_cancel < timeout))
        timeout = until_cancel;
    if (until_watch >= 0 && (timeout < 0 || until_watch < timeout))
        timeout = until_watch;
    return timeout;
}

static void look_after(Session *session)
{
    if (session->patience > 0) {
        session->silent = true;
        return;
    }
    if (session->cancelled && !session->shielded && clock_seconds() >= session->cancel_again)
        cancel(session);
    if (session->watch == NULL || clock_seconds() < session->look_again)
        return;
    int pause = session->watch(session->watch_context, clock_seconds() - session->heard);
    session->silent = pause < 0;
    session->look_again = clock_seconds() + pause / 1e3;
}

static void hear(Session *session)
{
    session->heard = clock_seconds();
    session->look_again = session->heard + watch_pause;
}

bool session_wait(Session *session, bool writable)
{
    struct pollfd waits[2] = {
        {.fd = PQsocket(session->connection), .events = (short) (writable ? POLLIN | POLLOUT : POLLIN)},
        {.fd = interrupt_descriptor(), .events = POLLIN},
    };
    bool attentive = !session->shielded && !session->cancelled;
    int ready = poll(waits, attentive ? 2 : 1, next_timeout(session));
    if (ready < 0 && errno != EINTR)
        BUG("poll failed on an open socket");
    if (ready == 0)
        look_after(session);
    else
        hear(session);
    if (attentive && ready > 0 && waits[1].revents != 0)
        cancel(session);
    return !session->silent;
}

static PGresult *next_result(Session *session)
{
    while (PQisBusy(session->connection)) {
        if (!session_wait(session, false))
            return NULL;
        if (!PQconsumeInput(session->connection))
            break;
    }
    return PQgetResult(session->connection);
}

void session_give_rows(Session *session, const PGresult *result, unsigned statement, SessionRow *row, void *context)
{
    int columns = PQnfields(result);
    const char **values = memory_take((size_t) columns + 1, sizeof(*values));
    session->columns = (size_t) columns;
    for (int i = 0; i < PQntuples(result); i++) {
        for (int j = 0; j < columns; j++)
            values[j] = PQgetisnull(result, i, j) ? NULL : PQgetvalue(result, i, j);
        row(context, statement, values);
    }
    free(values);
}

/* COPY to and from the client has no other side in a migration: what comes is dropped, what is asked for is refused,
 * and the server's error about that is the statement's. */
static void end_copy(Session *session, ExecStatusType status)
{
    char *data = NULL;
    if (status == PGRES_COPY_IN || status == PGRES_COPY_BOTH)
        PQputCopyEnd(session->connection, "a migration has no data to send");
    while (status == PGRES_COPY_OUT && PQgetCopyData(session->connection, &data, 0) > 0)
        PQfreemem(data);
}

bool session_is_failure(ExecStatusType status)
{
    return status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE || status == PGRES_NONFATAL_ERROR;
}

/* The socket is closed at once, so that nothing more is asked of it. */
bool session_fail_silent(Session *session)
{
    int socket = PQsocket(session->connection);
    error_clear(session);
    if (socket >= 0)
        shutdown(socket, SHUT_RDWR);
    session->error = (SessionError) {.message = "the server does not answer", .lost = true};
    return false;
}

/* All results of what has been sent. */
static bool receive(Session *session, SessionRow *row, void *context)
{
    PGresult *result;
    unsigned statement = 0;
    while ((result = next_result(session)) != NULL) {
        ExecStatusType status = PQresultStatus(result);
        if (session_is_failure(status)) {
            session_fail_there(session, result);
            if (PQstatus(session->connection) == CONNECTION_BAD)
                break;
            continue;
        }
        if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH)
            end_copy(session, status);
        if (status == PGRES_TUPLES_OK && row != NULL)
            session_give_rows(session, result, statement, row, context);
        const char *affected = PQcmdTuples(result);
        session->affected = affected[0] == '\0' ? 0 : strtoul(affected, NULL, 10);
        PQclear(result);
        statement++;
    }
    if (session->silent)
        return session_fail_silent(session);
    /* A server that ends the session says why first, and is gone only then. */
    session->error.lost = session->error.message != NULL && PQstatus(session->connection) == CONNECTION_BAD;
    return session->error.message == NULL;
}

bool session_begin(Session *session)
{
    error_clear(session);
    session->affected = 0;
    session->cancelled = false;
    hear(session);
    if (session->silent)
        return session_fail_silent(session);
    if (session->shielded || !interrupt_pending())
        return true;
    session->error = (SessionError) {.message = "stopped by a signal", .interrupted = true};
    return false;
}

bool session_query(Session *session, const char *sql, size_t count, const char *const *parameters, SessionRow *row,
                   void *context)
{
    if (!session_begin(session))
        return false;
    if (!PQsendQueryParams(session->connection, sql, (int) count, NULL, parameters, NULL, NULL, 0))
        return session_fail_here(session);
    return receive(session, row, context);
}

bool session_script(Session *session, const char *sql, SessionRow *row, void *context)
{
    if (!session_begin(session))
        return false;
    if (!PQsendQuery(session->connection, sql))
        return session_fail_here(session);
    return receive(session, row, context);
}

size_t session_columns(const Session *session)
{
    return session->columns;
}

unsigned long session_affected(const Session *session)
{
    return session->affected;
}

const SessionError *session_error(const Session *session)
{
    return &session->error;
}

void session_shield(Session *session, bool shielded)
{
    session->shielded = shielded;
}

void session_patience(Session *session, int milliseconds)
{
    session->patience = milliseconds;
}

void session_watch(Session *session, SessionWatch *watch, void *context)
{
    session->watch = watch;
    session->watch_context = context;
}

void session_listen(Session *session, SessionNotice *notice)
{
    session->notice = notice;
}

int session_process(const Session *session)
{
    return PQbackendPID(session->connection);
}

bool session_in_transaction(const Session *session)
{
    PGTransactionStatusType status = PQtransactionStatus(session->connection);
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

bool session_is_aborted(const Session *session)
{
    return PQtransactionStatus(session->connection) == PQTRANS_INERROR;
}

int session_version(const Session *session)
{
    return PQserverVersion(session->connection);
}

const char *session_database(const Session *session)
{
    return PQdb(session->connection);
}

const char *session_host(const Session *session)
{
    const char *host = PQhost(session->connection);
    return host == NULL ? "" : host;
}

static char *own(char *escaped)
{
    if (escaped == NULL)
        memory_exhausted();
    char *copy = memory_text(escaped);
    PQfreemem(escaped);
    return copy;
}

char *session_identifier(Session *session, const char *name)
{
    return own(PQescapeIdentifier(session->connection, name, strlen(name)));
}

char *session_literal(Session *session, const char *text)
{
    return own(PQescapeLiteral(session->connection, text, strlen(text)));
}

char *session_library(void)
{
    char text[32];
    int version = PQlibVersion();
    snprintf(text, sizeof(text), "%d.%d", version / 10000, version % 10000);
    return memory_text(text);
}
