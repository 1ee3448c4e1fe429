/*
 * connection_out.c - gathers replies and sends them together at the end of the turn.
 *
 * Bytes that the stream does not take at once are left to the loop, up to a cap beyond which the
 * connection ends. Well below the cap the client's further requests wait until it reads, so only
 * answers to requests that waited can reach the cap. Nothing is gathered for a process that has
 * ended.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/connection.h"
#include "daemon/message_log.h"
#include "daemon/server.h"
#include "protocol/array.h"

enum { FIRST_ROOM = 256 };

/*
 * Room for the longest reply with its rows, a page of SHOW (79 KiB), and for a page for a waiting
 * WATCH (24 KiB).
 */
enum { LONGEST = 112 * 1024 };
_Static_assert((int)LONGEST < (int)OPTIONS_LEAST_UNSENT, "every cap has room for it");

struct outgoing {
	uv_write_t request;	/* for bytes that the stream does not take at once */
	size_t size;
	size_t room;
	uint8_t bytes[];
};

void connection_to_flush(struct connection *connection)
{
	if (connection->to_flush)
		return;
	connection->to_flush = true;
	TAILQ_INSERT_TAIL(&connection->server->connections.to_flush, connection, flushing);
}

bool connection_reserve(struct connection *connection, size_t size)
{
	struct outgoing *out = connection->out;
	size_t used = out ? out->size : 0, room = out ? out->room : 0, needed = used + size;
	if (out && needed <= room)
		return true;
	room = array_room(room, needed > FIRST_ROOM ? needed : FIRST_ROOM);
	out = array_resize(out, sizeof(*out) + room, 1);
	if (!out)
		return false;
	out->size = used;
	out->room = room;
	connection->out = out;
	/* The end of the turn frees the memory. */
	connection_to_flush(connection);
	return true;
}

static bool append(struct connection *connection, const uint8_t *frame, size_t size)
{
	if (!connection_reserve(connection, size))
		return false;
	struct outgoing *out = connection->out;
	memcpy(out->bytes + out->size, frame, size);
	out->size += size;
	return true;
}

size_t connection_unsent(const struct connection *connection)
{
	size_t gathered = connection->out ? connection->out->size : 0;
	return gathered + uv_stream_get_write_queue_size((const uv_stream_t *)&connection->pipe);
}

/* Of the cap less LONGEST, half is kept for answers to requests that waited. */
bool connection_has_room(const struct connection *connection)
{
	size_t most = (connection->server->options.max_unsent - LONGEST) / 2;
	return connection->deaf || connection_unsent(connection) <= most;
}

void connection_send(struct connection *connection, const uint8_t *frame, size_t size)
{
	if (!connection_is_heard(connection))
		return;
	if (connection_unsent(connection) + size > connection->server->options.max_unsent)
		connection_fail(connection, WIRE_EQUOTA);
	else if (!append(connection, frame, size))
		connection_fail(connection, WIRE_ENOMEM);
	else
		message_log(connection, frame, size, true);
}

void connection_send_end(struct connection *connection, int status, uint64_t tag,
                         const char *reason)
{
	uint8_t frame[WIRE_MAX_REPLY];
	const struct end_event event = {
		.head = { .status = (uint16_t)status, .tag = tag },
		.min_version = SEMD_PROTOCOL_VERSION,
		.max_version = SEMD_PROTOCOL_VERSION,
		.reason = { reason, (uint16_t)strlen(reason) },
	};
	size_t size = end_event_encode(&event, frame, sizeof(frame));
	/*
	 * END is sent even beyond the cap. Without memory for it the connection closes without
	 * END.
	 */
	if (size > 0 && append(connection, frame, size))
		message_log(connection, frame, size, true);
	else
		connection_drop_output(connection);
}

void connection_answer(void *arg, void *speaker, uint64_t tag, const struct engine_answer *answer)
{
	struct connection *connection = speaker;
	uint8_t frame[WIRE_HEAD_SIZE];
	const struct wire_head head = {
		.opcode = answer->request == 0 ? WIRE_WATCH : WIRE_APPLY,
		.status = (uint16_t)answer->status,
		.tag = tag,
		.number = answer->running,
		.request = answer->request,
	};
	(void)arg;
	connection_send(connection, frame, wire_head_encode(&head, frame, sizeof(frame)));
}

/* If the connection waited for its client to read, and there is room now, it goes on next turn. */
static void consider_room(struct connection *connection)
{
	if (connection->state == CONNECTION_FULL && connection_has_room(connection))
		connection_rest(connection);
}

/*
 * After an error, requests that were received are still carried out. Then the end of the stream
 * ends the connection.
 */
static void sent(uv_write_t *request, int error)
{
	struct connection *connection = request->handle->data;
	free(request->data);
	if (error != 0)
		connection->deaf = true;
	if (connection->state != CONNECTION_FULL)
		return;
	turn_begin(connection->server);
	consider_room(connection);
}

/*
 * Bytes of a finished connection that the stream does not take at once are dropped when it is
 * closed. A connection that waited for its client to read would outlive its session, and no quota
 * would count it.
 */
static void write_out(struct connection *connection)
{
	struct outgoing *out = connection->out;
	uv_stream_t *stream = (uv_stream_t *)&connection->pipe;
	uv_buf_t bytes = uv_buf_init((char *)out->bytes, (unsigned)out->size);
	int written = out->size == 0 ? 0 : uv_try_write(stream, &bytes, 1);
	connection->out = NULL;
	if (written == UV_EAGAIN)
		written = 0;
	if (written >= 0 && (size_t)written < out->size) {
		bytes = uv_buf_init(bytes.base + written, (unsigned)(out->size - (size_t)written));
		out->request.data = out;
		written = uv_write(&out->request, stream, &bytes, 1, sent);
		if (written == 0)
			return;
	}
	if (written < 0)
		connection->deaf = true;
	free(out);
}

void connection_flush_all(struct server *server)
{
	struct connection *connection;
	while ((connection = TAILQ_FIRST(&server->connections.to_flush))) {
		TAILQ_REMOVE(&server->connections.to_flush, connection, flushing);
		connection->to_flush = false;
		if (connection->out)
			write_out(connection);
		consider_room(connection);
		if (connection->state == CONNECTION_FINISHED)
			connection_close(connection);
	}
}

void connection_drop_output(struct connection *connection)
{
	free(connection->out);
	connection->out = NULL;
}
