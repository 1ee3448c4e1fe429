/*
 * process_ends.c - the end of a process, as rule 3 of the design wants it.
 *
 * What it had sent whole is carried out first, on all of its connections; then its sessions end;
 * then the clients that are bound to it. Requests carried out here look for no further ends, so this
 * never calls itself.
 */
#include "config.h"

#include "daemon/bound_client.h"
#include "daemon/connection.h"
#include "daemon/process_ends.h"
#include "daemon/os/listener.h"
#include "daemon/server.h"

static void freeze(struct process *process)
{
	struct connection *connection, *next;

	/* Freezing may move a connection to another list. */
	for (connection = TAILQ_FIRST(process_connections(process)); connection; connection = next) {
		next = TAILQ_NEXT(connection, of_process);
		connection_freeze(connection);
	}
}

void process_ends_look(struct server *server)
{
	listeners_let_in(server);
	processes_look(&server->processes, freeze);
}

bool process_ends_pending(const struct server *server)
{
	return !TAILQ_EMPTY(&server->processes.ended);
}

static bool drain(struct process *process, size_t *budget)
{
	struct process_connections *drained = process_drained(process);
	struct connection *connection;

	while ((connection = TAILQ_FIRST(process_connections(process))) != NULL) {
		if (!connection_drain(connection, budget))
			return false;
	}
	while ((connection = TAILQ_FIRST(drained)) != NULL)
		connection_finish(connection);
	return true;
}

bool process_ends_drain(struct server *server, size_t *budget)
{
	struct process *process;

	while ((process = TAILQ_FIRST(&server->processes.ended)) != NULL) {
		if (!drain(process, budget))
			return false;
		bound_client_end_all(server, process);
		process_bury(&server->processes, process);
	}
	return true;
}
