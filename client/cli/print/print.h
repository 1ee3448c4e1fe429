/*
 * print.h - semaphores, clients and deadlocks on standard output. Functions that return int return an exit status.
 */
#ifndef SEMD_CLIENT_CLI_PRINT_PRINT_H
#define SEMD_CLIENT_CLI_PRINT_PRINT_H

#include <stdbool.h>

#include "client/cli/print/client_rows.h"
#include "client/cli/print/deadlock_rows.h"
#include "client/cli/print/rows.h"

struct json;

/* One document; with `parties`, holders and waiters as well. */
int print_json(const struct semaphores *semaphores, bool parties);

/* One semaphore, as members of the object that is open. */
void print_info_json(struct json *json, const struct semd_info *info);

/* A table. */
int print_list(const struct semaphores *semaphores);

/* A table of semaphores and one of holders and waiters, an empty line between. */
int print_details(const struct semaphores *semaphores);

/* print_clients.c: a table, one document, and one client as an object of an array. */
int print_clients(const struct client_rows *clients);
int print_clients_json(const struct client_rows *clients);
void print_client_json(struct json *json, const struct client_row *client);

/* What it holds or waits for, in words, the caller's to free; NULL: out of memory. */
char *print_claims(const struct claims *claims);

/* print_deadlocks.c: tables, and one document; print_dot.c: a graph. */
int print_deadlocks(const struct deadlock_rows *deadlocks);
int print_deadlocks_json(const struct deadlock_rows *deadlocks);
int print_deadlocks_dot(const struct deadlock_rows *deadlocks);

#endif
