/*
 * flight.c - see flight.h.
 *
 * A request gets its number when its first bytes leave, so numbers rise on the wire, and one that is
 * withdrawn leaves no gap.
 */
#include "config.h"

#include "client/lib/request.h"

#include <stdio.h>

#include "client/lib/client.h"
#include "client/lib/loop.h"

/* The daemon keeps its reply until it hears that we have seen it; it keeps only so many. */
static bool is_kept(const struct flight *flight)
{
	return flight->numbered && !flight->can_wait;
}

static bool may_go(const struct connection *connection, const struct flight *flight)
{
	return flight->sent > 0 || !is_kept(flight) || connection->unseen < WIRE_MAX_UNSEEN;
}

static void leave_line(struct connection *connection, struct flight *flight)
{
	TAILQ_REMOVE(&connection->line, flight, next);
	flight->in_line = false;
}

static void stamp(const struct connection *connection, struct flight *flight)
{
	flight->number = flight->numbered ? connection->last_number + 1 : 0;
	wire_head_stamp(flight->frame, connection->shared ? WIRE_SHARED : 0, flight->tag,
	                flight->number, connection->seen);
}

static void has_left(struct connection *connection, const struct flight *flight)
{
	if (flight->numbered)
		connection->last_number = flight->number;
	if (is_kept(flight))
		connection->unseen++;
}

static void push_first(struct connection *connection, struct flight *flight)
{
	bool first = flight->sent == 0;
	if (first)
		stamp(connection, flight);
	flight->sent += socket_send(&connection->socket, flight->frame + flight->sent,
	                            flight->size - flight->sent);
	if (first && flight->sent > 0)
		has_left(connection, flight);
	if (flight->sent == flight->size)
		leave_line(connection, flight);
	else
		connection->clogged = true;
}

void flight_push(struct semd_client *client)
{
	struct connection *connection = &client->connection;
	struct flight *flight;
	connection->clogged = false;
	while (!connection->clogged && (flight = TAILQ_FIRST(&connection->line)) &&
	       may_go(connection, flight))
		push_first(connection, flight);
}

int flight_begin(struct semd_client *client, struct flight *flight)
{
	struct connection *connection = &client->connection;
	if (connection->failure)
		return connection->failure;
	if (tags_give(&client->tags, flight, &flight->tag) != 0)
		return SEMD_ENOMEM;
	flight->number = 0;
	flight->sent = 0;
	flight->in_line = true;
	TAILQ_INSERT_TAIL(&connection->line, flight, next);
	flight_push(client);
	return 0;
}

bool flight_withdraw(struct semd_client *client, struct flight *flight)
{
	if (!flight->in_line || flight->sent > 0)
		return false;
	leave_line(&client->connection, flight);
	tags_take_back(&client->tags, flight->tag);
	return true;
}

void flight_end(struct semd_client *client, struct flight *flight, int result)
{
	struct connection *connection = &client->connection;
	tags_take_back(&client->tags, flight->tag);
	if (flight->sent > 0 && is_kept(flight))
		connection->unseen--;
	if (flight->in_line)
		leave_line(connection, flight);
	flight->ended(client, flight, result);
}

void flight_fail_all(struct semd_client *client, int error, const char *reason)
{
	struct connection *connection = &client->connection;
	if (!connection->failure) {
		connection->failure = error;
		snprintf(connection->reason, sizeof(connection->reason), "%s", reason);
	}
	for (uint32_t i = 0; i < client->tags.used; i++)
		if (client->tags.places[i].flight)
			flight_end(client, client->tags.places[i].flight, connection->failure);
	connection->clogged = false;
	if (connection->writing)	/* the thread that waits for room must notice */
		socket_cut(&connection->socket);
	loop_announce(client);
}
