/*
 * receive.c - see receive.h.
 *
 * The daemon may be of a later release. Statuses, events and fields that are unknown here must do
 * no harm: PROTOCOL.md says what a client must ignore.
 */
#include "config.h"

#include "client/lib/receive.h"

#include <stdio.h>
#include <string.h>

#include "client/lib/client.h"
#include "client/lib/loop.h"
#include "client/lib/row_buffer.h"

static void malformed(struct semd_client *client, const char *what)
{
	char reason[SESSION_REASON];
	snprintf(reason, sizeof(reason), "the daemon does not keep to the protocol: %s", what);
	session_fail(client, SEMD_EPROTO, reason);
}

static bool speaks(const struct end_event *end, uint32_t version)
{
	return end->min_version <= version && version <= end->max_version;
}

/* If no version is in common, the daemon answers HELLO with an END that says which versions it
 * speaks. */
static void explain_end(const struct end_event *end, char reason[SESSION_REASON])
{
	if (end->head.status == WIRE_EPROTO && !speaks(end, SEMD_PROTOCOL_VERSION))
		snprintf(reason, SESSION_REASON, "the daemon speaks versions %u to %u of the protocol, this "
		         "library version %u; install semd and libsemd of the same release",
		         end->min_version, end->max_version, (unsigned)SEMD_PROTOCOL_VERSION);
	else
		snprintf(reason, SESSION_REASON, "the daemon has ended the connection: %.*s",
		         (int)end->reason.size, end->reason.data);
}

static void take_end(struct semd_client *client, const uint8_t *frame, size_t size)
{
	struct end_event end;
	char reason[SESSION_REASON];
	if (end_event_decode(&end, frame, size) != 0 || end.head.status == WIRE_OK) {
		malformed(client, "an END that is none");
		return;
	}
	explain_end(&end, reason);
	session_fail(client, -(int)end.head.status, reason);
}

static bool is_known(unsigned event)
{
	switch (event) {
#define KNOWN(NAME, name, value) case WIRE_##NAME:
	WIRE_EVENTS(KNOWN)
#undef KNOWN
		return true;
	default:
		return false;
	}
}

static void take_row(struct semd_client *client, const struct wire_head *head, const uint8_t *frame)
{
	struct request *request = tags_find(&client->session.tags, head->tag);
	if (request && request->rows)
		row_buffer_add(request->rows, frame, head->length);
	else
		malformed(client, "a row that nobody asked for");
}

static bool answers(const struct wire_head *head, const struct request *request)
{
	return request && request_is_sent(request) && request->opcode == head->opcode &&
		request->number == head->request;
}

/* There is room for all known fields. Fields of a later release behind them are cut off. */
static void keep_reply(struct request *request, const uint8_t *frame, size_t size)
{
	request->reply_size = size < REQUEST_REPLY ? size : REQUEST_REPLY;
	memcpy(request->reply, frame, request->reply_size);
	wire_set_length(request->reply, (uint32_t)request->reply_size);
}

static void take_reply(struct semd_client *client, const struct wire_head *head,
                       const uint8_t *frame)
{
	struct request *request = tags_find(&client->session.tags, head->tag);
	if (!answers(head, request)) {
		malformed(client, "a reply to no request");
		return;
	}
	if (head->number != client->session.seen + 1) {
		malformed(client, "a reply that cannot be");
		return;
	}
	client->session.seen++;
	if (request->reply)
		keep_reply(request, frame, head->length);
	request_end(client, request, -(int)head->status);
}

static void take_frame(struct semd_client *client, const struct wire_head *head,
                       const uint8_t *frame)
{
	if (head->opcode == WIRE_END)
		take_end(client, frame, head->length);
	else if (head->opcode < WIRE_END)
		take_reply(client, head, frame);
	else if (is_known(head->opcode))
		take_row(client, head, frame);
}

static void take_frames(struct semd_client *client)
{
	struct channel *channel = &client->channel;
	struct wire_head head;
	const uint8_t *frame;
	size_t at = 0;
	int r = 0;
	while (!client->session.failure && (r = channel_frame(channel, at, &head, &frame)) > 0) {
		take_frame(client, &head, frame);
		at += head.length;
	}
	if (r < 0)
		malformed(client, "a frame that cannot be");
	channel_drop(channel, at);
}

static void take(struct semd_client *client, long size)
{
	if (size > 0)
		take_frames(client);
	else if (size == 0)
		session_fail(client, SEMD_ECONN, "the daemon has closed the connection");
	if (!client->session.failure)
		request_push(client);
}

bool receive(struct semd_client *client)
{
	bool interrupted = false;
	take(client, channel_receive(&client->channel, &client->mutex, &interrupted));
	loop_announce(client);
	return interrupted && client->flags & SEMD_INTERRUPTIBLE;
}

/* Reads until nothing is left, even after a short read: the end of the stream may come next, and an
 * edge-triggered loop would not be told of it again. */
void receive_now(struct semd_client *client)
{
	long size;
	do {
		size = channel_receive_now(&client->channel);
		take(client, size);
	} while (size > 0 && !client->session.failure);
}
