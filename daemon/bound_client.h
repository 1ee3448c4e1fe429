/*
 * bound_client.h - clients of the engine that are bound to a process: one for each process and user.
 */
#ifndef SEMD_DAEMON_BOUND_CLIENT_H
#define SEMD_DAEMON_BOUND_CLIENT_H

#include <stdint.h>
#include <sys/queue.h>

#include "daemon/core/engine.h"
#include "daemon/process.h"

struct connection;
struct server;

/* The engine knows its client by this, as `watch`. Holds a reference to its process. */
struct bound_client {
	struct client *client;
	struct process *process;
	uint32_t uid;			/* whose */
	struct connection *detached;	/* that left its holds to it last, while it is open */
	LIST_ENTRY(bound_client) of_process;
};

/*
 * That of the process and the peer's user, made if there is none; `successor_of` as in
 * client_new_bound. EQUOTA, ENOMEM.
 */
int bound_client_get(struct server *server, struct process *process, const struct peer *peer,
              struct wire_text command, struct session *successor_of, struct bound_client **bound)
	__attribute__((warn_unused_result));

/* The connection has left its holds to it. One that did so before has nothing left, and ends. */
void bound_client_succeed(struct bound_client *bound, struct connection *connection);

/* The connection ends. */
void bound_client_part(struct connection *connection);

/* The engine's host: its client is about to be gone. */
void bound_client_gone(void *arg, void *watch);

/* The process has ended: nothing is granted any more to what is bound to it. */
void bound_client_died_all(struct server *server, struct process *process);
/* And all that it had sent was carried out: what is bound to it ends, with the engine's next burial. */
void bound_client_end_all(struct server *server, struct process *process);
/* All of all processes, when no connection is left. */
void bound_client_end_everywhere(struct server *server);

#endif
