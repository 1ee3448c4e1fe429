/*
 * bound_client.h - clients of the engine that are bound to a process: one for each process and
 * user.
 */
#ifndef SEMD_DAEMON_BOUND_CLIENT_H
#define SEMD_DAEMON_BOUND_CLIENT_H

#include <stdint.h>
#include <sys/queue.h>

#include "daemon/core/engine.h"
#include "daemon/process.h"

struct connection;
struct server;

/* The engine knows the client by this object, as `watch`. It holds a reference to the process. */
struct bound_client {
	struct client *client;
	struct process *process;
	uint32_t uid;			/* the user */
	struct connection *detached;	/* the last to leave it its holds, while open */
	LIST_ENTRY(bound_client) of_process;
};

/*
 * Finds the bound client of the process and the peer's user, or makes it; `successor_of` as in
 * client_new_bound. EQUOTA, ENOMEM.
 */
int bound_client_get(struct server *server, struct process *process, const struct peer *peer,
              struct wire_text command, struct session *successor_of, struct bound_client **bound)
	__attribute__((warn_unused_result));

/*
 * The connection has left its holds to the client. A connection that did so before ends: it has
 * nothing left.
 */
void bound_client_succeed(struct bound_client *bound, struct connection *connection);

/* The connection ends. */
void bound_client_part(struct connection *connection);

/* The engine's host: the client is about to be gone. */
void bound_client_gone(void *arg, void *watch);

/* The process has ended: nothing more is granted to the clients that are bound to it. */
void bound_client_died_all(struct server *server, struct process *process);
/*
 * All that the process had sent was carried out: its bound clients end, with the engine's next
 * burial.
 */
void bound_client_end_all(struct server *server, struct process *process);
/* Ends the bound clients of all processes, when no connection is left. */
void bound_client_end_everywhere(struct server *server);

#endif
