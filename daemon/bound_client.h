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
	struct connection *detached;	/* the last detached to this client; NULL: not open */
	LIST_ENTRY(bound_client) of_process;
};

/*
 * Finds the bound client of the process and the peer's user, or makes it. See client_new_bound for
 * `successor_of`. EQUOTA, ENOMEM.
 */
int bound_client_get(struct server *server, struct process *process, const struct peer *peer,
              struct wire_text command, struct session *successor_of, struct bound_client **bound)
	__attribute__((warn_unused_result));

/*
 * To be called when the holds of the connection have moved to the client. An earlier connection
 * that was detached to the same client ends: it has nothing left.
 */
void bound_client_succeed(struct bound_client *bound, struct connection *connection);

/* To be called when the connection ends: the bound client forgets it. */
void bound_client_part(struct connection *connection);

/* Callback of the engine (unbound): the client is about to be freed. */
void bound_client_gone(void *arg, void *watch);

/* To be called when the process has ended: its bound clients are granted nothing more. */
void bound_client_died_all(struct server *server, struct process *process);
/*
 * To be called when all requests of the ended process were carried out. Its bound clients end with
 * the next engine_bury.
 */
void bound_client_end_all(struct server *server, struct process *process);
/* Ends the bound clients of all processes, when no connection is left. */
void bound_client_end_everywhere(struct server *server);

#endif
