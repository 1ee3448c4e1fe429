/*
 * request.c - see request.h.
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
static bool is_kept(const struct request *request)
{
	return request->numbered && !request->can_wait;
}

static bool may_go(const struct connection *connection, const struct request *request)
{
	return request->sent > 0 || !is_kept(request) || connection->unseen < WIRE_MAX_UNSEEN;
}

static void leave_line(struct connection *connection, struct request *request)
{
	TAILQ_REMOVE(&connection->line, request, next);
	request->in_line = false;
}

static void stamp(const struct connection *connection, struct request *request)
{
	request->number = request->numbered ? connection->last_number + 1 : 0;
	wire_head_stamp(request->frame, connection->shared ? WIRE_SHARED : 0, request->tag,
	                request->number, connection->seen);
}

static void has_left(struct connection *connection, const struct request *request)
{
	if (request->numbered)
		connection->last_number = request->number;
	if (is_kept(request))
		connection->unseen++;
}

static void push_first(struct connection *connection, struct request *request)
{
	bool first = request->sent == 0;
	if (first)
		stamp(connection, request);
	request->sent += socket_send(&connection->socket, request->frame + request->sent,
	                            request->size - request->sent);
	if (first && request->sent > 0)
		has_left(connection, request);
	if (request->sent == request->size)
		leave_line(connection, request);
	else
		connection->clogged = true;
}

void request_push(struct semd_client *client)
{
	struct connection *connection = &client->connection;
	struct request *request;
	connection->clogged = false;
	while (!connection->clogged && (request = TAILQ_FIRST(&connection->line)) &&
	       may_go(connection, request))
		push_first(connection, request);
}

int request_begin(struct semd_client *client, struct request *request)
{
	struct connection *connection = &client->connection;
	if (connection->failure)
		return connection->failure;
	if (tags_give(&client->tags, request, &request->tag) != 0)
		return SEMD_ENOMEM;
	request->number = 0;
	request->sent = 0;
	request->in_line = true;
	TAILQ_INSERT_TAIL(&connection->line, request, next);
	request_push(client);
	return 0;
}

bool request_withdraw(struct semd_client *client, struct request *request)
{
	if (!request->in_line || request->sent > 0)
		return false;
	leave_line(&client->connection, request);
	tags_take_back(&client->tags, request->tag);
	return true;
}

void request_end(struct semd_client *client, struct request *request, int result)
{
	struct connection *connection = &client->connection;
	tags_take_back(&client->tags, request->tag);
	if (request->sent > 0 && is_kept(request))
		connection->unseen--;
	if (request->in_line)
		leave_line(connection, request);
	request->ended(client, request, result);
}

void request_fail_all(struct semd_client *client, int error, const char *reason)
{
	struct connection *connection = &client->connection;
	if (!connection->failure) {
		connection->failure = error;
		snprintf(connection->reason, sizeof(connection->reason), "%s", reason);
	}
	for (uint32_t i = 0; i < client->tags.used; i++)
		if (client->tags.places[i].request)
			request_end(client, client->tags.places[i].request, connection->failure);
	connection->clogged = false;
	if (connection->writing)	/* the thread that waits for room must notice */
		socket_cut(&connection->socket);
	loop_announce(client);
}
