/* Sending and receiving go on at the same time, and what is under way is limited: neither side can come to stand before
 * a full buffer that the other does not empty, and neither has to hold more than that.
 *
 * The server keeps what it has to say until it is asked for it, or has much of it. It is asked where a statement wants
 * that, and whenever there is nothing to do but to wait. */
#include "session_libpq.h"

#include "interrupt.h"
#include "memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { UNDER_WAY_MAX = 128 };              /* messages */
enum { BYTES_UNDER_WAY_MAX = 256 * 1024 }; /* of their texts */

typedef struct Message {
    size_t bytes;
    SessionRow *row;
    void *context;
    bool counts;          /* it is a statement of the caller's */
} Message;

/* What has been sent and not been answered, in a ring. */
typedef struct Flow {
    Session *session;
    Pipeline *pipeline;
    Message messages[UNDER_WAY_MAX];
    size_t first, under_way, bytes;
    size_t sent, done;    /* statements of the caller's */
    bool asked;           /* the server has been asked for all that it has to say */
    bool ended;           /* nothing more is sent: the last message is a sync */
    bool synced;          /* the answer to that one has come */
    bool overtaken;       /* a signal had come when the last of what is shielded was done, and there was more to do */
    bool good;
} Flow;

static void add_message(Flow *flow, Message message)
{
    flow->messages[(flow->first + flow->under_way++) % UNDER_WAY_MAX] = message;
    flow->bytes += message.bytes;
    flow->asked = false;
}

/* A prepared statement takes two. */
static bool has_room(const Flow *flow)
{
    return flow->under_way + 2 <= UNDER_WAY_MAX && flow->bytes < BYTES_UNDER_WAY_MAX;
}

static bool prepare(Flow *flow, SessionPrepared *prepared)
{
    Session *session = flow->session;
    size_t slot = 0;
    while (slot < SESSION_PREPARED_MAX && session->prepared[slot] != NULL && session->prepared[slot] != prepared)
        slot++;
    if (slot == SESSION_PREPARED_MAX)
        BUG("more prepared statements than a session has room for");
    session->prepared[slot] = prepared;
    snprintf(prepared->name, sizeof(prepared->name), "migrate_%u", ++session->prepared_count);
    add_message(flow, (Message) {.bytes = strlen(prepared->sql)});
    return PQsendPrepare(session->connection, prepared->name, prepared->sql, 0, NULL) == 1;
}

static size_t size_of(const Statement *statement)
{
    size_t size = statement->prepared == NULL ? strlen(statement->sql) : 0;
    for (size_t i = 0; i < statement->count; i++)
        size += statement->parameters[i] == NULL ? 0 : strlen(statement->parameters[i]);
    return size;
}

static bool send_statement(Flow *flow)
{
    PGconn *connection = flow->session->connection;
    Statement statement = {0};
    flow->pipeline->statement(flow->pipeline->context, flow->sent, &statement);
    flow->sent++;
    SessionPrepared *prepared = statement.prepared;
    if (prepared != NULL && prepared->name[0] == '\0' && !prepare(flow, prepared))
        return false;
    add_message(flow, (Message) {size_of(&statement), statement.row, statement.context, true});
    int sent = prepared == NULL ? PQsendQueryParams(connection, statement.sql, (int) statement.count, NULL,
                                                    statement.parameters, NULL, NULL, 0)
                                : PQsendQueryPrepared(connection, prepared->name, (int) statement.count,
                                                      statement.parameters, NULL, NULL, 0);
    return sent == 1 && (!statement.report || PQsendFlushRequest(connection) == 1);
}

static bool send_end(Flow *flow)
{
    flow->ended = flow->asked = true;
    return PQpipelineSync(flow->session->connection) == 1;
}

/* A signal has come, and nothing that is under way or is to be sent next is shielded from it. */
static bool is_stopped(const Flow *flow)
{
    return !flow->session->shielded && flow->sent >= flow->pipeline->shielded && interrupt_pending();
}

/* As much as there is room for; the sync behind the last one, or at once when there was an error or a signal. */
static bool send_more(Flow *flow)
{
    Session *session = flow->session;
    if (flow->ended)
        return true;
    while (flow->good && !is_stopped(flow) && flow->sent < flow->pipeline->count && has_room(flow)) {
        if (!send_statement(flow))
            return false;
    }
    if (!flow->good || is_stopped(flow) || flow->sent == flow->pipeline->count)
        return send_end(flow);
    if (flow->asked)
        return true;
    flow->asked = true;
    return PQsendFlushRequest(session->connection) == 1;
}

/* The answer to the oldest message is complete. */
static void end_message(Flow *flow)
{
    Message message = flow->messages[flow->first];
    flow->first = (flow->first + 1) % UNDER_WAY_MAX;
    flow->under_way--;
    flow->bytes -= message.bytes;
    if (!message.counts || !flow->good)
        return;
    PipelineDone *done = flow->pipeline->done;
    size_t number = flow->done++;
    if (flow->done == flow->pipeline->shielded && flow->done < flow->pipeline->count)
        flow->overtaken = interrupt_pending();
    if (done != NULL && !done(flow->pipeline->context, number))
        flow->good = false;
}

static void take_result(Flow *flow, PGresult *result)
{
    const Message *message = &flow->messages[flow->first];
    ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_PIPELINE_SYNC) {
        flow->synced = true;
    } else if (session_is_failure(status)) {
        flow->good = session_fail_there(flow->session, result);
        return;
    } else if (status == PGRES_TUPLES_OK && message->row != NULL) {
        session_give_rows(flow->session, result, 0, message->row, message->context);
    }
    PQclear(result);
}

/* All that has come. False: the connection is gone. */
static bool receive(Flow *flow)
{
    PGconn *connection = flow->session->connection;
    while (!flow->synced && !PQisBusy(connection)) {
        PGresult *result = PQgetResult(connection);
        if (result != NULL)
            take_result(flow, result);
        else if (flow->under_way > 0)
            end_message(flow);
        else
            return PQstatus(connection) == CONNECTION_OK;
        if (PQstatus(connection) == CONNECTION_BAD)
            return false;
    }
    return true;
}

/* A signal has to wait for what is shielded to be answered. */
static bool wait(Flow *flow, bool writable)
{
    Session *session = flow->session;
    bool shielded = session->shielded;
    session->shielded = shielded || flow->done < flow->pipeline->shielded;
    bool good = session_wait(session, writable);
    session->shielded = shielded;
    return good;
}

static bool go_on(Flow *flow)
{
    PGconn *connection = flow->session->connection;
    if (!send_more(flow))
        return false;
    int left = PQflush(connection);
    if (left < 0 || !wait(flow, left > 0))
        return false;
    return PQconsumeInput(connection) == 1 && receive(flow);
}

/* Whatever was prepared with it may not be there. */
static void forget_prepared(Session *session)
{
    for (size_t i = 0; i < SESSION_PREPARED_MAX && session->prepared[i] != NULL; i++)
        session->prepared[i]->name[0] = '\0';
}

static bool end(Flow *flow, bool connected)
{
    Session *session = flow->session;
    flow->pipeline->failed = flow->done;
    if (session->silent)
        return session_fail_silent(session);
    /* A server that ends the session says why first, and is gone only then. */
    if (!connected && session->error.message == NULL)
        return session_fail_here(session);
    session->error.lost = PQstatus(session->connection) == CONNECTION_BAD;
    if (session->error.lost)
        return false;
    PQexitPipelineMode(session->connection);
    PQsetnonblocking(session->connection, 0);
    if (session->error.message != NULL)
        forget_prepared(session);
    else if (!session->shielded && interrupt_pending() && (flow->overtaken || flow->done < flow->pipeline->count))
        return session_begin(session);
    return session->error.message == NULL;
}

static bool begin(Session *session, bool shielded)
{
    bool before = session->shielded;
    session->shielded = before || shielded;
    bool good = session_begin(session);
    session->shielded = before;
    return good;
}

bool session_pipeline(Session *session, Pipeline *pipeline)
{
    Flow flow = {.session = session, .pipeline = pipeline, .good = true};
    pipeline->failed = 0;
    if (!begin(session, pipeline->shielded > 0))
        return false;
    if (pipeline->count == 0)
        return true;
    if (PQsetnonblocking(session->connection, 1) != 0 || !PQenterPipelineMode(session->connection))
        return session_fail_here(session);
    bool connected = true;
    while (connected && !flow.synced)
        connected = go_on(&flow);
    return end(&flow, connected);
}
