/*
 * connection_in.c - reads bytes and carries out the requests in them, in order.
 *
 * All connections read into one buffer. Bytes that cannot be carried out yet are copied and kept
 * with the connection: a part of a frame, or a request that stands back and all bytes after it.
 * A connection whose request stands back is not read.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/connection.h"
#include "daemon/log.h"
#include "daemon/requests/dispatch.h"
#include "daemon/process_ends.h"
#include "daemon/server.h"
#include "daemon/os/stream.h"

/*
 * Begins the session if it has not begun. False if the session is refused, or if the connection
 * stands back for ends of processes.
 */
static bool admit(struct connection *connection)
{
	struct server *server = connection->server;
	if (connection->session)
		return true;
	int status = session_new(server->engine, &connection->peer, connection,
	                         &connection->session);
	if (status == WIRE_OK && process_has_ended(connection->process))
		session_died(server->engine, connection->session);
	if (status == WIRE_OK)
		return true;
	connection->session = NULL;
	if (dispatch_stands_back(connection))
		return false;
	connection_end(connection, status, 0, status == WIRE_EQUOTA ?
	               "too many clients of this user" : "out of memory");
	return false;
}

/* Returns the number of bytes carried out. */
static size_t carry_out_frames(struct connection *connection, const uint8_t *bytes, size_t size)
{
	size_t done = 0;
	while (connection_carries_out(connection) && size - done >= sizeof(uint32_t)) {
		const uint8_t *frame = bytes + done;
		uint32_t length = wire_length(frame);
		if (length < WIRE_HEAD_SIZE || length > WIRE_MAX_REQUEST) {
			dispatch_bad_length(connection, frame, size - done);
			break;
		}
		if (length > size - done || !dispatch(connection, frame, length))
			break;
		done += length;
	}
	return done;
}

static void keep(struct connection *connection, const uint8_t *bytes, size_t size)
{
	if (size == 0)
		return;
	connection->kept = malloc(size);
	if (!connection->kept) {
		connection_end(connection, WIRE_ENOMEM, 0, "out of memory");
		return;
	}
	memcpy(connection->kept, bytes, size);
	connection->kept_size = size;
}

/* Carries out requests among the first `most` of `size` bytes, and keeps the rest. */
static void carry_out(struct connection *connection, const uint8_t *bytes, size_t size, size_t most)
{
	size_t done = 0;
	if (admit(connection))
		done = carry_out_frames(connection, bytes, size < most ? size : most);
	if (connection_is_open(connection))
		keep(connection, bytes + done, size - done);
}

static void carry_out_kept(struct connection *connection, size_t most)
{
	static const uint8_t nothing[1];
	uint8_t *bytes = connection->kept;
	size_t size = connection->kept_size;
	connection->kept = NULL;
	connection->kept_size = 0;
	carry_out(connection, bytes ? bytes : nothing, size, most);
	free(bytes);
}

/* `size` bytes were read into the room that read_buffer_room gave. */
static void carry_out_read(struct connection *connection, size_t size)
{
	uint8_t *bytes = connection->server->connections.buffer.bytes;
	if (connection->kept_size > 0)
		memcpy(bytes, connection->kept, connection->kept_size);
	size += connection->kept_size;
	free(connection->kept);
	connection->kept = NULL;
	connection->kept_size = 0;
	carry_out(connection, bytes, size, size);
}

/*
 * A connection is read at most once in a turn, so that it does not keep other connections waiting.
 */
static bool was_read(const struct connection *connection)
{
	return connection->read_in == connection->server->connections.turn;
}

void connections_end_turn(struct connections *connections)
{
	connections->turn++;
}

void connection_give_buffer(uv_handle_t *handle, size_t wanted, uv_buf_t *into)
{
	struct connection *connection = handle->data;
	(void)wanted;
	*into = uv_buf_init(NULL, 0);
	if (!was_read(connection))
		*into = read_buffer_room(&connection->server->connections.buffer,
		                         connection->kept_size);
}

/* The buffer has no room, since more than a part of a request is kept: a fault of the daemon. */
static void refuse_to_read(struct connection *connection)
{
	log_error("a connection of process %u keeps %zu bytes: report this fault of semd",
	          connection->peer.pid, connection->kept_size);
	connection_end(connection, WIRE_ECONN, 0, "the daemon cannot read this connection");
}

/* A connection that ends with its process is left to process_ends.c. */
static void end_of_stream(struct connection *connection)
{
	if (!process_ends_look_at(connection->server, connection->process))
		connection_finish(connection);
}

void connection_came(uv_stream_t *stream, ssize_t size, const uv_buf_t *buffer)
{
	struct connection *connection = stream->data;
	(void)buffer;
	if (size == UV_ENOBUFS && was_read(connection))
		return;
	turn_begin(connection->server);
	connection->read_in = connection->server->connections.turn;
	if (size == UV_ENOBUFS)
		refuse_to_read(connection);
	else if (size < 0)
		end_of_stream(connection);
	else if (size > 0)
		carry_out_read(connection, (size_t)size);
}

/* Has the loop read the connection, unless the connection has to wait, or ends. */
static void go_on_reading(struct connection *connection)
{
	if (connection->state == CONNECTION_NEW || connection->state == CONNECTION_RESUMED)
		connection_read(connection);
}

void connection_start(struct connection *connection)
{
	if (process_has_ended(connection->process)) {
		connection_freeze(connection);
		return;
	}
	carry_out_kept(connection, 0);
	go_on_reading(connection);
}

/* Returns the number of bytes read: at most `*budget`, and 0 at the end. */
static size_t read_frozen(struct connection *connection, size_t *budget)
{
	uv_buf_t room = read_buffer_room(&connection->server->connections.buffer,
	                                 connection->kept_size);
	size_t size = connection->queued < *budget ? connection->queued : *budget;
	if (room.len == 0) {
		refuse_to_read(connection);
		return 0;
	}
	size = stream_read_queued(connection_stream(connection), (uint8_t *)room.base,
	                          size < room.len ? size : room.len);
	connection->queued -= size;
	*budget -= size;
	return size;
}

bool connection_drain(struct connection *connection, size_t *budget)
{
	size_t most = *budget;
	*budget -= connection->kept_size < most ? connection->kept_size : most;
	carry_out_kept(connection, most);
	while (connection->state == CONNECTION_FROZEN) {
		if (*budget == 0)
			return false;
		size_t size = read_frozen(connection, budget);
		if (size > 0)
			carry_out_read(connection, size);
		else if (connection->state == CONNECTION_FROZEN)
			connection_drained(connection);
	}
	return true;
}

bool connection_any_parked(const struct server *server)
{
	return !TAILQ_EMPTY(&server->connections.parked);
}

void connection_resume_parked(struct server *server)
{
	struct connection *connection;
	while (!process_ends_pending(server) &&
	       (connection = TAILQ_FIRST(&server->connections.parked))) {
		connection_resume(connection);
		carry_out_kept(connection, SIZE_MAX);
		if (connection->state == CONNECTION_PARKED)	/* again: it keeps its place */
			connection_park_first(connection);
		else
			go_on_reading(connection);
	}
}

bool connection_any_resting(const struct server *server)
{
	return !TAILQ_EMPTY(&server->connections.resting);
}

void connection_resume_resting(struct server *server)
{
	struct connection *connection;
	size_t count = 0;
	TAILQ_FOREACH(connection, &server->connections.resting, waiting)
		count++;
	server->connections.resuming = true;
	while (count-- > 0 && !turn_is_full(server) &&
	       (connection = TAILQ_FIRST(&server->connections.resting))) {
		connection_resume(connection);
		carry_out_kept(connection, SIZE_MAX);
		go_on_reading(connection);
	}
	server->connections.resuming = false;
}

void connection_drop_input(struct connection *connection)
{
	free(connection->kept);
	connection->kept = NULL;
	connection->kept_size = 0;
}
