/*
 * process_ends.c - deals with the end of a process, as rule 3 of the design demands.
 *
 * When an end is found, the engine is told that the process's sessions and bound clients have
 * died. Then the complete requests that the process had sent are carried out, on all of its
 * connections. Then all processes found by the same look end together. Requests that are carried
 * out here look for no further ends, so these functions never call themselves.
 */
#include "config.h"

#include "daemon/bound_client.h"
#include "daemon/connection.h"
#include "daemon/process_ends.h"
#include "daemon/os/listener.h"
#include "daemon/server.h"

static void died(void *arg, struct process *process)
{
	struct server *server = arg;
	struct connection *connection, *next;
	/* Freezing may move a connection to another list. */
	for (connection = TAILQ_FIRST(process_connections(process)); connection;
	     connection = next) {
		next = TAILQ_NEXT(connection, of_process);
		connection_freeze(connection);
	}
	bound_client_died_all(server, process);
}

void process_ends_look(struct server *server)
{
	listeners_let_in(server);
	processes_look(&server->processes, died, server);
}

bool process_ends_look_at(struct server *server, struct process *process)
{
	return processes_look_at(&server->processes, process, died, server);
}

bool process_ends_pending(const struct server *server)
{
	return !TAILQ_EMPTY(&server->processes.ended);
}

static bool drain(struct process *process, size_t *budget)
{
	struct connection *connection;
	while ((connection = TAILQ_FIRST(process_connections(process)))) {
		if (!connection_drain(connection, budget))
			return false;
	}
	return true;
}

/* Ends all processes that one look has found. */
static void bury(struct server *server)
{
	struct process *process;
	struct connection *connection;
	while ((process = TAILQ_FIRST(&server->processes.drained))) {
		while ((connection = TAILQ_FIRST(process_drained(process))))
			connection_finish(connection);
		bound_client_end_all(server, process);
		process_bury(&server->processes, process);
	}
	engine_bury(server->engine);
}

bool process_ends_drain(struct server *server, size_t *budget)
{
	struct process *process;
	while ((process = TAILQ_FIRST(&server->processes.ended))) {
		if (!drain(process, budget))
			return false;
		if (process_is_drained(&server->processes, process))
			bury(server);
	}
	return true;
}
