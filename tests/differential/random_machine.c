#include "random_machine.h"

#include <stdio.h>
#include <stdlib.h>

static void connect_to(Machine *m, const char *database)
{
    Str conninfo = str_format(&m->arena, "host='%.*s' user=postgres dbname=%s options='-c client_min_messages=error "
                              "-c plan_cache_mode=force_generic_plan'",
                              STR_ARG(m->folder), database);
    machine_close(m);
    m->connection = PQconnectdb(str_to_c(&m->arena, conninfo));
    if (PQstatus(m->connection) == CONNECTION_OK)
        return;
    fprintf(stderr, "%s", PQerrorMessage(m->connection));
    exit(1);
}

void machine_close(Machine *m)
{
    if (m->connection != NULL)
        PQfinish(m->connection);
    m->connection = NULL;
    m->prepared = false;
}

void machine_use_new(Machine *m, const char *database)
{
    connect_to(m, "template1");
    machine_run(m, str_format(&m->arena, "drop database if exists %s with (force)", database));
    if (!machine_run(m, str_format(&m->arena, "create database %s template template0", database))) {
        fprintf(stderr, "%.*s", STR_ARG(m->error));
        exit(1);
    }
    connect_to(m, database);
}

unsigned machine_version(const Machine *m)
{
    return (unsigned) PQserverVersion(m->connection) / 10000;
}

bool machine_run(Machine *m, Str sql)
{
    PGresult *result = PQexec(m->connection, str_to_c(&m->arena, sql));
    bool fine = PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK ||
                PQresultStatus(result) == PGRES_EMPTY_QUERY;
    if (!fine)
        m->error = str_format(&m->arena, "%s", PQresultErrorMessage(result));
    PQclear(result);
    return fine;
}

bool machine_run_steps(Machine *m, const StepList *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        if (!machine_run(m, steps->items[i].sql))
            return false;
    }
    return true;
}

static void prepare_description(Machine *m)
{
    if (!m->prepared)
        PQclear(PQprepare(m->connection, "description", m->describe.data, 0, NULL));
    m->prepared = true;
}

Str machine_describe(Machine *m)
{
    Text text = text_new(&m->arena);
    prepare_description(m);
    PGresult *result = PQexecPrepared(m->connection, "description", 0, NULL, NULL, NULL, 0);
    if (PQresultStatus(result) != PGRES_TUPLES_OK) {
        fprintf(stderr, "%s", PQresultErrorMessage(result));
        exit(1);
    }
    for (int i = 0; i < PQntuples(result); i++) {
        text_add_c(&text, PQgetvalue(result, i, 0));
        text_add_char(&text, '\n');
    }
    PQclear(result);
    return text_str(&text);
}
