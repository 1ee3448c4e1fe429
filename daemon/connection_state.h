/*
 * connection_state.h - the states of a connection, and the only functions that change them.
 *
 * The state decides whether the connection is read, and which code reads it. It is one variable, so
 * facts about a connection cannot contradict each other. A transition that connection_state.c does
 * not list is a fault of the daemon, which then ends at once instead of going on with broken data.
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
	CONNECTION_FULL,	/* many bytes are unsent; rests as soon as the client has read */
	CONNECTION_RESUMED,	/* was parked or resting; its kept bytes are carried out now */
	CONNECTION_FROZEN,	/* its process has ended; queued bytes can still be read */
	CONNECTION_DRAINED,	/* its process has ended, and all its requests were carried out */
	CONNECTION_FAILED,	/* the connection ends at the end of the turn */
	CONNECTION_LOST,	/* its client has ended; it ends after the replies of the turn */
	CONNECTION_FINISHED,	/* its session has ended; the last replies are still to be sent */
	CONNECTION_CLOSED,	/* the loop closes the stream, then the memory is freed */
	CONNECTION_STATES
};

/* Whether requests of the connection may be carried out in this state. */
bool connection_carries_out(const struct connection *connection);

/* Whether the session goes on: the connection is neither failed, lost nor finished. */
bool connection_is_open(const struct connection *connection);

/*
 * Whether the client may still read replies: its process has not ended, and neither the connection
 * nor a write has failed.
 */
bool connection_is_heard(const struct connection *connection);

/* Whether its session has ended. */
bool connection_has_ended(const struct connection *connection);

/* From now on the loop reads the connection. */
void connection_read(struct connection *connection);

/* The current request stands back until the ends that were found are dealt with. */
void connection_park(struct connection *connection);

/*
 * Further requests stand back until the client has read enough of the unsent bytes. Does nothing if
 * the connection ends, or its process has ended.
 */
void connection_await_reader(struct connection *connection);

/*
 * Further requests stand back until the next turn: a page was sent, or would be too much for this
 * turn, or the client has just read. Does nothing if the connection ends, or its process has ended.
 */
void connection_rest(struct connection *connection);

/* A parked or resting connection is about to go on. */
void connection_resume(struct connection *connection);

/* Moves a parked connection ahead of all other parked connections. */
void connection_park_first(struct connection *connection);

/* To be called when the process has ended: no more bytes come in, but queued bytes can be read. */
void connection_freeze(struct connection *connection);

/* To be called when all queued requests of a frozen connection were carried out. */
void connection_drained(struct connection *connection);

/*
 * The connection ends with this status at the end of the turn. For code that may not call the
 * engine. Does nothing if the connection ends already, or its process has ended.
 */
void connection_fail(struct connection *connection, int status);

/*
 * Callback of the engine (lost): the session has ended with its client. The connection ends with
 * ELOST at the end of the turn, or with its process if that has ended.
 */
void connection_lost(void *arg, void *speaker, bool kicked);

/* The two steps of the end, for connection.c only. */
void connection_state_finish(struct connection *connection);
void connection_state_close(struct connection *connection);

#endif
