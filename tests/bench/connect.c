/* The least that a program can do that asks a server whether there is anything to do: connects, reads the names of the
 * history, ends. What `migrate latest` takes with nothing to do is compared with it. */
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>

int main(int count, char **arguments)
{
    if (count != 2)
        return 2;
    PGconn *connection = PQconnectdb(arguments[1]);
    if (PQstatus(connection) != CONNECTION_OK) {
        fputs(PQerrorMessage(connection), stderr);
        return 1;
    }
    PGresult *result = PQexec(connection, "SELECT name, batch FROM knex_migrations ORDER BY id");
    printf("%d\n", PQntuples(result));
    PQclear(result);
    PQfinish(connection);
    return 0;
}
