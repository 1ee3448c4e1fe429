/*
 * bound_client.c - finds, makes and ends the clients of the engine that are bound to processes.
 *
 * A connection that has detached no longer counts against a quota: the bound client has taken over
 * its charge. A bound client keeps only the last such connection open, so no program can pile them
 * up.
 */
#include "config.h"

#include <stdlib.h>

#include "daemon/bound_client.h"
#include "daemon/connection.h"
#include "daemon/server.h"

static struct bound_client *find(struct process *process, uint32_t uid)
{
	struct bound_client *bound;
	LIST_FOREACH(bound, process_bound(process), of_process) {
		if (bound->uid == uid)
			return bound;
	}
	return NULL;
}

static void bound_client_free(struct server *server, struct bound_client *bound)
{
	if (bound->detached)
		bound->detached->detached_to = NULL;
	LIST_REMOVE(bound, of_process);
	process_release(&server->processes, bound->process);
	free(bound);
}

int bound_client_get(struct server *server, struct process *process, const struct peer *peer,
              struct wire_text command, struct session *successor_of, struct bound_client **bound)
{
	const struct peer holder = { .pid = process_pid(process), .uid = peer->uid,
	                             .gid = peer->gid };
	*bound = find(process, peer->uid);
	if (*bound)
		return WIRE_OK;

	struct bound_client *new = calloc(1, sizeof(*new));
	if (!new)
		return WIRE_ENOMEM;
	int status = client_new_bound(server->engine, &holder, new, command, successor_of,
	                              &new->client);
	if (status != WIRE_OK) {
		free(new);
		return status;
	}
	if (process_has_ended(process))
		client_died(server->engine, new->client);
	new->process = process;
	new->uid = peer->uid;
	process_hold(process);
	LIST_INSERT_HEAD(process_bound(process), new, of_process);
	*bound = new;
	return WIRE_OK;
}

void bound_client_succeed(struct bound_client *bound, struct connection *connection)
{
	if (bound->detached)
		connection_finish(bound->detached);
	bound->detached = connection;
	connection->detached_to = bound;
}

void bound_client_part(struct connection *connection)
{
	if (connection->detached_to)
		connection->detached_to->detached = NULL;
	connection->detached_to = NULL;
}

void bound_client_gone(void *arg, void *watch)
{
	bound_client_free(arg, watch);
}

void bound_client_died_all(struct server *server, struct process *process)
{
	struct bound_client *bound;
	LIST_FOREACH(bound, process_bound(process), of_process)
		client_died(server->engine, bound->client);
}

void bound_client_end_all(struct server *server, struct process *process)
{
	struct bound_client *bound;
	process_hold(process);
	while ((bound = LIST_FIRST(process_bound(process)))) {
		struct client *client = bound->client;
		bound_client_free(server, bound);
		client_end(server->engine, client);
	}
	process_release(&server->processes, process);
}

void bound_client_end_everywhere(struct server *server)
{
	struct process *process;
	/* No connection is left, so a process goes with its last bound client. */
	while ((process = processes_first(&server->processes)))
		bound_client_end_all(server, process);
}
