/*
 * connection.h - a stream to a client: bytes in, replies out.
 *
 * A connection carries one session of the engine and belongs to one watched process. A quiet
 * connection has no buffers. A connection ends in two steps: connection_finish ends its session,
 * and the end of the turn sends the remaining replies and closes the stream.
 */
#ifndef SEMD_DAEMON_CONNECTION_H
#define SEMD_DAEMON_CONNECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/queue.h>
#include <uv.h>

#include "daemon/connection_state.h"
#include "daemon/core/engine.h"
#include "daemon/process.h"
#include "daemon/read_buffer.h"

struct outgoing;
struct server;

struct connection {
	uv_pipe_t pipe;
	struct server *server;
	enum connection_state state;
	struct session *session;	/* NULL before it begins, and when it has ended */
	struct process *process;	/* of the peer; NULL when the connection has finished */
	struct bound_client *detached_to;	/* the client that took over its holds, or NULL */
	struct peer peer;
	uint8_t *kept;			/* bytes read, but not carried out yet */
	size_t kept_size;
	size_t queued;			/* bytes of a frozen connection that may still be read */
	struct outgoing *out;		/* replies of this turn */
	bool deaf;			/* a write has failed: the client no longer reads */
	int failure;			/* the status with which a failed connection ends */
	bool kicked;			/* a lost connection: its client was kicked */
	uint64_t read_in;		/* the last turn in which it was read */
	bool logged;			/* its next request was logged before it stood back */
	bool heavy;			/* its last request looked at many records */
	bool to_flush;
	TAILQ_ENTRY(connection) all;
	TAILQ_ENTRY(connection) of_process;
	TAILQ_ENTRY(connection) waiting;	/* parked or resting */
	TAILQ_ENTRY(connection) flushing;
};

TAILQ_HEAD(connection_list, connection);

struct connections {
	struct connection_list all;
	struct connection_list parked;		/* in the order in which they go on */
	struct connection_list resting;
	struct connection_list to_flush;
	struct read_buffer buffer;
	uint64_t turn;				/* the number of the current turn */
	bool resuming;				/* resting connections go on right now */
};

/* ---- connection.c: start and end ---- */

/* 0, or -1 if there is no memory. */
int connections_init(struct connections *connections) __attribute__((warn_unused_result));
void connections_deinit(struct connections *connections);

/* Makes a connection of a stream that a listener has let in. Takes ownership of the stream. */
void connection_accept(struct server *server, uv_os_fd_t stream);

/* Ends the session now, without END. May be called again. */
void connection_finish(struct connection *connection);

/*
 * The same, but sends END with the reason to the client. `tag` is the tag of the frame at fault, or
 * 0.
 */
void connection_end(struct connection *connection, int status, uint64_t tag, const char *reason);
void connection_end_all(struct server *server, int status, const char *reason);

/* Ends the connections that have failed or are lost. */
void connection_end_failed(struct server *server);

/* The second step of the end: to be called when the replies of a finished connection are out. */
void connection_close(struct connection *connection);

uv_os_fd_t connection_stream(const struct connection *connection);

/* ---- connection_in.c: reading, and carrying out requests ---- */

void connection_start(struct connection *connection);

/* Ends the turn. In the next turn each connection may be read once more. */
void connections_end_turn(struct connections *connections);

/* Callbacks of the loop for reading a connection. */
void connection_give_buffer(uv_handle_t *handle, size_t wanted, uv_buf_t *into);
void connection_came(uv_stream_t *stream, ssize_t size, const uv_buf_t *buffer);

/*
 * Carries out the requests that a frozen connection has sent, and subtracts the bytes from
 * `*budget`. True: the connection is drained or finished; false: the budget is used up.
 */
bool connection_drain(struct connection *connection, size_t *budget)
	__attribute__((warn_unused_result));

bool connection_any_parked(const struct server *server);
/* Lets parked connections go on, in order, until one of them finds further ends. */
void connection_resume_parked(struct server *server);

bool connection_any_resting(const struct server *server);
void connection_resume_resting(struct server *server);
void connection_drop_input(struct connection *connection);

/* ---- connection_out.c: replies ---- */

/* Allocates room for so many more bytes to be sent; false if there is no memory. */
bool connection_reserve(struct connection *connection, size_t size)
	__attribute__((warn_unused_result));

/* Adds a whole frame to the replies that are sent at the end of the turn. */
void connection_send(struct connection *connection, const uint8_t *frame, size_t size);
void connection_send_end(struct connection *connection, int status, uint64_t tag,
                         const char *reason);

/* The number of bytes that are gathered or that the stream has not taken yet. */
size_t connection_unsent(const struct connection *connection);

/*
 * Whether a further request may be carried out: its longest reply, with all rows, would stay below
 * the cap on unsent bytes. Always true if the client no longer reads.
 */
bool connection_has_room(const struct connection *connection);

/* Callback of the engine (answer): a request that waited has ended. */
void connection_answer(void *arg, void *speaker, uint64_t tag, const struct engine_answer *answer);

/* To be called when the connection must send replies, or end, at the end of the turn. */
void connection_to_flush(struct connection *connection);

/* Sends the gathered replies and closes finished connections. */
void connection_flush_all(struct server *server);
void connection_drop_output(struct connection *connection);

#endif
