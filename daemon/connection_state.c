/*
 * connection_state.c - the allowed transitions, and the actions on entering and leaving a state.
 *
 * If a state puts the connection into a list, or has the loop read it, that happens when the state
 * is entered and is undone when the state is left. Nothing else touches these lists or starts and
 * stops reading.
 */
#include "config.h"

#include <assert.h>

#include "daemon/connection.h"
#include "daemon/connection_state.h"
#include "daemon/server.h"
#include "daemon/os/stream.h"

#define BIT(state) (1u << CONNECTION_##state)

enum {
	LIVING = BIT(NEW) | BIT(READING) | BIT(PARKED) | BIT(RESTING) | BIT(FULL) |
	         BIT(RESUMED),
	OPEN = LIVING | BIT(FROZEN) | BIT(DRAINED),
	CARRIES_OUT = BIT(NEW) | BIT(READING) | BIT(RESUMED) | BIT(FROZEN)
};

/* The states from which each state can be entered. */
static const unsigned entered_from[CONNECTION_STATES] = {
	[CONNECTION_NEW] = 0,
	[CONNECTION_READING] = BIT(NEW) | BIT(RESUMED),
	[CONNECTION_PARKED] = BIT(NEW) | BIT(READING) | BIT(RESUMED) | BIT(PARKED),
	[CONNECTION_RESTING] = BIT(READING) | BIT(FULL) | BIT(RESUMED),
	[CONNECTION_FULL] = BIT(READING) | BIT(RESUMED),
	[CONNECTION_RESUMED] = BIT(PARKED) | BIT(RESTING),
	[CONNECTION_FROZEN] = LIVING,
	[CONNECTION_DRAINED] = BIT(FROZEN) | BIT(FAILED) | BIT(LOST),
	[CONNECTION_FAILED] = LIVING,
	[CONNECTION_LOST] = LIVING,
	[CONNECTION_FINISHED] = OPEN | BIT(FAILED) | BIT(LOST),
	[CONNECTION_CLOSED] = BIT(FINISHED),
};

static bool is_one_of(const struct connection *connection, unsigned states)
{
	return (1u << connection->state & states) != 0;
}

bool connection_carries_out(const struct connection *connection)
{
	return is_one_of(connection, CARRIES_OUT);
}

bool connection_is_open(const struct connection *connection)
{
	return is_one_of(connection, OPEN);
}

bool connection_is_heard(const struct connection *connection)
{
	return is_one_of(connection, LIVING | BIT(LOST)) && !connection->deaf;
}

bool connection_has_ended(const struct connection *connection)
{
	return is_one_of(connection, BIT(FINISHED) | BIT(CLOSED));
}

/* Undoes the actions of entering the current state. */
static void leave(struct connection *connection)
{
	struct connections *connections = &connection->server->connections;
	switch (connection->state) {
	case CONNECTION_READING:
		uv_read_stop((uv_stream_t *)&connection->pipe);
		break;
	case CONNECTION_PARKED:
		TAILQ_REMOVE(&connections->parked, connection, waiting);
		break;
	case CONNECTION_RESTING:
		TAILQ_REMOVE(&connections->resting, connection, waiting);
		break;
	default:
		break;
	}
}

static void change(struct connection *connection, enum connection_state to)
{
	assert(is_one_of(connection, entered_from[to]));
	leave(connection);
	connection->state = to;
}

void connection_read(struct connection *connection)
{
	change(connection, CONNECTION_READING);
	uv_read_start((uv_stream_t *)&connection->pipe, connection_give_buffer, connection_came);
}

void connection_park(struct connection *connection)
{
	change(connection, CONNECTION_PARKED);
	TAILQ_INSERT_TAIL(&connection->server->connections.parked, connection, waiting);
}

void connection_park_first(struct connection *connection)
{
	change(connection, CONNECTION_PARKED);
	TAILQ_INSERT_HEAD(&connection->server->connections.parked, connection, waiting);
}

void connection_rest(struct connection *connection)
{
	if (!is_one_of(connection, entered_from[CONNECTION_RESTING]))
		return;
	change(connection, CONNECTION_RESTING);
	TAILQ_INSERT_TAIL(&connection->server->connections.resting, connection, waiting);
}

void connection_await_reader(struct connection *connection)
{
	if (is_one_of(connection, entered_from[CONNECTION_FULL]))
		change(connection, CONNECTION_FULL);
}

void connection_resume(struct connection *connection)
{
	change(connection, CONNECTION_RESUMED);
}

void connection_freeze(struct connection *connection)
{
	if (connection->session)
		session_died(connection->server->engine, connection->session);
	/* Its requests are no longer carried out, and no process is left to read a reason. */
	if (is_one_of(connection, BIT(FAILED) | BIT(LOST))) {
		connection_drained(connection);
		return;
	}
	change(connection, CONNECTION_FROZEN);
	connection->queued = stream_freeze(connection_stream(connection));
}

void connection_drained(struct connection *connection)
{
	struct process *process = connection->process;
	change(connection, CONNECTION_DRAINED);
	TAILQ_REMOVE(process_connections(process), connection, of_process);
	TAILQ_INSERT_TAIL(process_drained(process), connection, of_process);
}

void connection_fail(struct connection *connection, int status)
{
	if (!is_one_of(connection, entered_from[CONNECTION_FAILED]))
		return;
	change(connection, CONNECTION_FAILED);
	connection->failure = status;
	connection_to_flush(connection);
}

void connection_lost(void *arg, void *speaker, bool kicked)
{
	struct connection *connection = speaker;
	(void)arg;
	connection->session = NULL;
	if (connection->state == CONNECTION_FROZEN)
		connection_drained(connection);
	if (!is_one_of(connection, entered_from[CONNECTION_LOST]))
		return;
	change(connection, CONNECTION_LOST);
	connection->failure = WIRE_ELOST;
	connection->kicked = kicked;
	connection_to_flush(connection);
}

void connection_state_finish(struct connection *connection)
{
	struct process *process = connection->process;
	if (process && connection->state == CONNECTION_DRAINED)
		TAILQ_REMOVE(process_drained(process), connection, of_process);
	else if (process)
		TAILQ_REMOVE(process_connections(process), connection, of_process);
	change(connection, CONNECTION_FINISHED);
}

void connection_state_close(struct connection *connection)
{
	change(connection, CONNECTION_CLOSED);
}
