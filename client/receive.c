/* receive.c - see receive.h. */
#include "config.h"

#include "client/receive.h"

#include <string.h>

#include "client/client.h"
#include "client/rows.h"

static void malformed(struct semd_client *client, const char *what)
{
	char reason[CLIENT_REASON];
	snprintf(reason, sizeof(reason), "the daemon does not keep to the protocol: %s", what);
	call_fail_all(client, SEMD_EPROTO, reason);
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
	call_fail_all(client, -(int)end.head.status, reason);
}

static void take_row(struct semd_client *client, const struct wire_head *head, const uint8_t *frame)
{
	struct call *call = tags_find(&client->tags, head->tag);
	if (call && call->rows)
		rows_add(call->rows, frame, head->length);
	else
		malformed(client, "a row that nobody asked for");
}

static void take_reply(struct semd_client *client, const struct wire_head *head,
                       const uint8_t *frame)
{
	struct call *call = tags_find(&client->tags, head->tag);
	if (!call || call->opcode != head->opcode || call->number != head->seen) {
		malformed(client, "a reply to no request");
		return;
	}
	if (head->number != client->connection.seen + 1 || head->status >= WIRE_STATUS_COUNT ||
	    head->length > CALL_REPLY) {
		malformed(client, "a reply that cannot be");
		return;
	}
	client->connection.seen++;
	memcpy(call->reply, frame, head->length);
	call->reply_size = head->length;
	call_finish(client, call, -(int)head->status);
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

bool receive(struct semd_client *client)
{
	struct connection *connection = &client->connection;
	bool interrupted = false;
	connection->reading = true;
	pthread_mutex_unlock(&client->mutex);
	long size = socket_receive(&connection->socket, connection->buffer + connection->filled,
	                           sizeof(connection->buffer) - connection->filled, &interrupted);
	pthread_mutex_lock(&client->mutex);
	connection->reading = false;
	if (size > 0) {
		connection->filled += (size_t)size;
		take_frames(client);
	} else if (size == 0) {
		call_fail_all(client, SEMD_ECONN, "the daemon has closed the connection");
	}
	return interrupted && client->flags & SEMD_INTERRUPTIBLE;
}
