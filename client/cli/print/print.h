/*
 * print.h - prints semaphores, clients and deadlocks on standard output. Functions that return int
 * return an exit status.
 */
#ifndef SEMD_CLIENT_CLI_PRINT_PRINT_H
#define SEMD_CLIENT_CLI_PRINT_PRINT_H

#include <stdbool.h>

#include "client/cli/print/client_rows.h"
#include "client/cli/print/deadlock_rows.h"
#include "client/cli/print/semaphore_rows.h"

struct json;

/* print_semaphores_json.c: one document, with holders and waiters if `parties` is true. */
int print_json(const struct semaphores *semaphores, bool parties);

/* Adds the members for one semaphore to the object that is open. */
void print_info_json(struct json *json, const struct semd_info *info);

/* print_semaphores.c: a table. */
int print_list(const struct semaphores *semaphores);

/* A table of semaphores, an empty line, and a table of holders and waiters. */
int print_details(const struct semaphores *semaphores);

/* print_clients.c: a table, a document, and one client as an object in an array. */
int print_clients(const struct client_rows *clients);
int print_clients_json(const struct client_rows *clients);
void print_client_json(struct json *json, const struct client_row *client);

/* The semaphores and numbers of permits in one text, the caller's to free; NULL: out of memory. */
char *print_claims(const struct claims *claims);

/* print_deadlocks.c: tables, and a document; print_deadlocks_dot.c: a graph. */
int print_deadlocks(const struct deadlock_rows *deadlocks);
int print_deadlocks_json(const struct deadlock_rows *deadlocks);
int print_deadlocks_dot(const struct deadlock_rows *deadlocks);

#endif
