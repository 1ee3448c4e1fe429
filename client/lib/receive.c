/* receive.c - see receive.h. */
#include "config.h"

#include "client/lib/receive.h"

#include <string.h>

#include "client/lib/client.h"
#include "client/lib/loop.h"
#include "client/lib/row_buffer.h"

static void malformed(struct semd_client *client, const char *what)
{
	char reason[CLIENT_REASON];
	snprintf(reason, sizeof(reason), "the daemon does not keep to the protocol: %s", what);
	request_fail_all(client, SEMD_EPROTO, reason);
}

static void take_end(struct semd_client *client, const uint8_t *frame, size_t size)
{
	struct end_event end;
	char reason[CLIENT_REASON];
	if (end_event_decode(&end, frame, size) != 0 || end.head.status >= WIRE_STATUS_COUNT ||
	    end.head.status == WIRE_OK) {
		malformed(client, "an END that is none");
		return;
	}
	snprintf(reason, sizeof(reason), "the daemon has ended the connection: %.*s",
	         (int)end.reason.size, end.reason.data);
	request_fail_all(client, -(int)end.head.status, reason);
}

static void take_row(struct semd_client *client, const struct wire_head *head, const uint8_t *frame)
{
	struct request *request = tags_find(&client->tags, head->tag);
	if (request && request->rows)
		row_buffer_add(request->rows, frame, head->length);
	else
		malformed(client, "a row that nobody asked for");
}

static bool answers(const struct wire_head *head, const struct request *request)
{
	return request && !request->in_line && request->opcode == head->opcode &&
		request->number == head->request;
}

static void take_reply(struct semd_client *client, const struct wire_head *head,
                       const uint8_t *frame)
{
	struct request *request = tags_find(&client->tags, head->tag);
	if (!answers(head, request)) {
		malformed(client, "a reply to no request");
		return;
	}
	size_t room = request->reply ? REQUEST_REPLY : WIRE_HEAD_SIZE;
	if (head->number != client->connection.seen + 1 || head->status >= WIRE_STATUS_COUNT ||
	    head->length > room) {
		malformed(client, "a reply that cannot be");
		return;
	}
	client->connection.seen++;
	if (request->reply)
		memcpy(request->reply, frame, head->length);
	request->reply_size = head->length;
	request_end(client, request, -(int)head->status);
}

static void take_frame(struct semd_client *client, const struct wire_head *head,
                       const uint8_t *frame)
{
	if (head->opcode == WIRE_END)
		take_end(client, frame, head->length);
	else if (head->opcode > WIRE_END)
		take_row(client, head, frame);
	else
		take_reply(client, head, frame);
}

static void take_frames(struct semd_client *client)
{
	struct connection *connection = &client->connection;
	size_t at = 0;
	while (!connection->failure && connection->filled - at >= WIRE_HEAD_SIZE) {
		struct wire_head head;
		wire_head_decode(&head, connection->buffer + at);
		if (head.length < WIRE_HEAD_SIZE || head.length > WIRE_MAX_REPLY) {
			malformed(client, "a frame that cannot be");
			return;
		}
		if (connection->filled - at < head.length)
			break;
		take_frame(client, &head, connection->buffer + at);
		at += head.length;
	}
	connection->filled -= at;
	memmove(connection->buffer, connection->buffer + at, connection->filled);
}

static void take(struct semd_client *client, long size)
{
	struct connection *connection = &client->connection;
	if (size > 0) {
		connection->filled += (size_t)size;
		take_frames(client);
	} else if (size == 0) {
		request_fail_all(client, SEMD_ECONN, "the daemon has closed the connection");
	}
	if (!connection->failure)
		request_push(client);
}

static size_t room(const struct connection *connection)
{
	return sizeof(connection->buffer) - connection->filled;
}

static uint8_t *end(struct connection *connection)
{
	return connection->buffer + connection->filled;
}

static long wait_for_both(struct semd_client *client, bool *interrupted)
{
	struct connection *connection = &client->connection;
	socket_wait(&connection->socket, true, interrupted);
	return socket_receive_now(&connection->socket, end(connection), room(connection));
}

bool receive(struct semd_client *client)
{
	struct connection *connection = &client->connection;
	bool interrupted = false;
	bool write = connection->clogged && !connection->writing;
	connection->reading = true;
	connection->writing |= write;
	pthread_mutex_unlock(&client->mutex);
	long size = write ? wait_for_both(client, &interrupted) :
		socket_receive(&connection->socket, end(connection), room(connection), &interrupted);
	pthread_mutex_lock(&client->mutex);
	connection->reading = false;
	if (write)
		connection->writing = false;
	take(client, size);
	loop_announce(client);
	return interrupted && client->flags & SEMD_INTERRUPTIBLE;
}

/* Until there is nothing any more, and not only less than there is room for: behind it may be the end,
 * of which an edge-triggered loop is not told again. */
void receive_now(struct semd_client *client)
{
	struct connection *connection = &client->connection;
	long size;
	do {
		size = socket_receive_now(&connection->socket, end(connection), room(connection));
		take(client, size);
	} while (size > 0 && !connection->failure);
}
