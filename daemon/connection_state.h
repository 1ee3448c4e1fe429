/*
 * connection_state.h - the states of a connection, and the only functions that change them.
 *
 * The state says what is read from the connection, and by what. It is one variable, so facts
 * about a connection cannot contradict each other. A transition that connection_state.c does not
 * list is a fault of the daemon, which ends at once instead of going on with broken data.
 */
#ifndef SEMD_DAEMON_CONNECTION_STATE_H
#define SEMD_DAEMON_CONNECTION_STATE_H

#include <stdbool.h>

struct connection;

enum connection_state {
	CONNECTION_NEW,		/* accepted, but not read yet */
	CONNECTION_READING,	/* the loop reads it; only a part of a request is kept */
	CONNECTION_PARKED,	/* a request stands back until ends of processes are dealt with */
	CONNECTION_RESTING,	/* its requests go on in the next turn */
	CONNECTION_FULL,	/* much waits to be sent; it rests as soon as its client has read */
	CONNECTION_RESUMED,	/* was parked or resting; what was kept is carried out right now */
	CONNECTION_FROZEN,	/* its process has ended; what is queued can still be read */
	CONNECTION_DRAINED,	/* its process has ended, and all that it sent was carried out */
	CONNECTION_FAILED,	/* the connection ends at the end of the turn */
	CONNECTION_LOST,	/* its client has ended; it ends after the replies of the turn */
	CONNECTION_FINISHED,	/* its session has ended; the last words are still to be sent */
	CONNECTION_CLOSED,	/* the loop closes the stream, and then frees the memory */
	CONNECTION_STATES
};

/* Whether requests of the connection may be carried out in this state. */
bool connection_carries_out(const struct connection *connection);

/* Whether its session goes on: the connection has neither failed nor finished. */
bool connection_is_open(const struct connection *connection);

/*
 * Whether the client may read replies: its process has not ended, the connection has not failed,
 * and no write has.
 */
bool connection_is_heard(const struct connection *connection);

/* Whether its session has ended. */
bool connection_has_ended(const struct connection *connection);

/* The loop reads it from now on. */
void connection_read(struct connection *connection);

/* The request at hand stands back until the ends found are dealt with. */
void connection_park(struct connection *connection);

/*
 * The rest of its requests is left until its client has read enough of what waits to be sent. Does
 * nothing when the connection ends, or its process has ended.
 */
void connection_await_reader(struct connection *connection);

/*
 * The rest of its requests is left to the next turn: a page was shown, or would be too much for
 * this turn, or its client has just read. Does nothing when the connection ends, or its process
 * has ended.
 */
void connection_rest(struct connection *connection);

/* A parked or resting connection is about to go on. */
void connection_resume(struct connection *connection);

/* Moves a parked connection before all others that are parked. */
void connection_park_first(struct connection *connection);

/* Its process has ended: nothing more comes in, but what was sent stays readable. */
void connection_freeze(struct connection *connection);

/* All that was queued on a frozen connection was carried out. */
void connection_drained(struct connection *connection);

/*
 * The connection ends with this status at the end of the turn. This is for places that may not
 * call the engine. Does nothing when it ends already, or when its process has ended.
 */
void connection_fail(struct connection *connection, int status);

/*
 * The engine's host: the session has ended with its client. The connection ends with ELOST at the
 * end of the turn, or with its process, if that has ended.
 */
void connection_lost(void *arg, void *speaker, bool kicked);

/* The last two steps of its life, for connection.c. */
void connection_state_finish(struct connection *connection);
void connection_state_close(struct connection *connection);

#endif
