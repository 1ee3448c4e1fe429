/*
 * connection_in.c - bytes become requests, carried out one after the other until they run out.
 *
 * All connections read into one buffer. What cannot be carried out yet is copied and kept with the
 * connection: a part of a frame, or all that came with a request that stands back. A connection whose
 * request stands back is not read.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/connection.h"
#include "daemon/requests/dispatch.h"
#include "daemon/process_ends.h"
#include "daemon/server.h"
#include "daemon/os/stream.h"

/* Begins the session, unless that is refused or it stands back. */
static bool admit(struct connection *connection)
{
	struct server *server = connection->server;
	int status;

	if (connection->session != NULL)
		return true;
	status = session_new(server->engine, &connection->peer, connection, &connection->session);
	if (status == WIRE_OK)
		return true;
	connection->session = NULL;
	if (dispatch_stands_back(connection))
		return false;
	connection_end(connection, status, 0, status == WIRE_EQUOTA ?
	               "too many clients of this user" : "out of memory");
	return false;
}

static bool is_open(const struct connection *connection)
{
	return !connection->finished && connection->failed == WIRE_OK;
}

/* Returns how many bytes were carried out. */
static size_t carry_out_frames(struct connection *connection, const uint8_t *bytes, size_t size)
{
	size_t done = 0;

	while (is_open(connection) && !connection->resting && size - done >= sizeof(uint32_t)) {
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
	if (connection->kept == NULL) {
		connection_end(connection, WIRE_ENOMEM, 0, "out of memory");
		return;
	}
	memcpy(connection->kept, bytes, size);
	connection->kept_size = size;
}

static void carry_out(struct connection *connection, const uint8_t *bytes, size_t size)
{
	size_t done = 0;

	if (admit(connection))
		done = carry_out_frames(connection, bytes, size);
	if (is_open(connection))
		keep(connection, bytes + done, size - done);
}

static void carry_out_kept(struct connection *connection)
{
	uint8_t *bytes = connection->kept;
	size_t size = connection->kept_size;

	connection->kept = NULL;
	connection->kept_size = 0;
	carry_out(connection, size > 0 ? bytes : connection->server->connections.buffer, size);
	free(bytes);
}

/* `size` bytes have come, and lie in the buffer behind room for what was kept. */
static void carry_out_read(struct connection *connection, size_t size)
{
	uint8_t *buffer = connection->server->connections.buffer;

	if (connection->kept_size > 0)
		memcpy(buffer, connection->kept, connection->kept_size);
	size += connection->kept_size;
	free(connection->kept);
	connection->kept = NULL;
	connection->kept_size = 0;
	carry_out(connection, buffer, size);
}

static void give_buffer(uv_handle_t *handle, size_t wanted, uv_buf_t *into)
{
	struct connection *connection = handle->data;
	uint8_t *buffer = connection->server->connections.buffer;

	(void)wanted;
	*into = uv_buf_init(NULL, 0);
	if (connection->server->turn.open &&
	    connection->read_in == connection->server->turn.serial)
		return;
	*into = uv_buf_init((char *)buffer + connection->kept_size, CONNECTION_READ);
}

static void came(uv_stream_t *stream, ssize_t size, const uv_buf_t *buffer)
{
	struct connection *connection = stream->data;

	(void)buffer;
	if (size == UV_ENOBUFS)		/* enough for this turn */
		return;
	turn_begin(connection->server);
	connection->read_in = connection->server->turn.serial;
	if (size < 0)
		connection_finish(connection);
	else if (size > 0)
		carry_out_read(connection, (size_t)size);
}

void connection_start(struct connection *connection)
{
	if (process_has_ended(connection->process)) {
		connection_freeze(connection);
		return;
	}
	uv_read_start((uv_stream_t *)&connection->pipe, give_buffer, came);
	carry_out_kept(connection);
}

bool connection_drain(struct connection *connection, size_t *budget)
{
	uint8_t *buffer = connection->server->connections.buffer;

	*budget -= connection->kept_size < *budget ? connection->kept_size : *budget;
	carry_out_kept(connection);
	while (is_open(connection)) {
		size_t room = *budget < CONNECTION_READ ? *budget : CONNECTION_READ;
		size_t size;

		if (room == 0)
			return false;
		size = stream_read_queued(connection_stream(connection),
		                          buffer + connection->kept_size,
		                          room < connection->queued ? room : connection->queued);
		if (size == 0)
			break;
		connection->queued -= size;
		*budget -= size;
		carry_out_read(connection, size);
	}
	return true;
}

void connection_park(struct connection *connection)
{
	if (connection->parked)
		return;
	connection->parked = true;
	TAILQ_INSERT_TAIL(&connection->server->connections.parked, connection, parking);
	uv_read_stop((uv_stream_t *)&connection->pipe);
}

void connection_unpark(struct connection *connection)
{
	struct connections *connections = &connection->server->connections;

	if (connection->parked)
		TAILQ_REMOVE(&connections->parked, connection, parking);
	else if (connection->resting)
		TAILQ_REMOVE(&connections->resting, connection, parking);
	connection->parked = connection->resting = false;
}

bool connection_any_parked(const struct server *server)
{
	return !TAILQ_EMPTY(&server->connections.parked);
}

void connection_resume_parked(struct server *server)
{
	struct connection *connection;

	while (!process_ends_pending(server) &&
	       (connection = TAILQ_FIRST(&server->connections.parked)) != NULL) {
		carry_out_kept(connection);
		if (process_ends_pending(server))
			return;
		if (connection->resting)	/* it has left those who are parked */
			continue;
		connection_unpark(connection);
		if (is_open(connection))
			uv_read_start((uv_stream_t *)&connection->pipe, give_buffer, came);
	}
}

void connection_rest(struct connection *connection)
{
	if (!is_open(connection) || process_has_ended(connection->process))
		return;
	connection_unpark(connection);
	connection->resting = true;
	TAILQ_INSERT_TAIL(&connection->server->connections.resting, connection, parking);
	uv_read_stop((uv_stream_t *)&connection->pipe);
}

bool connection_any_resting(const struct server *server)
{
	return !TAILQ_EMPTY(&server->connections.resting);
}

void connection_resume_resting(struct server *server)
{
	struct connection *connection;
	size_t count = 0;

	TAILQ_FOREACH(connection, &server->connections.resting, parking)
		count++;
	server->turn.resuming = true;
	while (count-- > 0 && !turn_is_full(server) &&
	       (connection = TAILQ_FIRST(&server->connections.resting)) != NULL) {
		connection_unpark(connection);
		carry_out_kept(connection);
		if (is_open(connection) && !connection->parked && !connection->resting)
			uv_read_start((uv_stream_t *)&connection->pipe, give_buffer, came);
	}
	server->turn.resuming = false;
}

void connection_drop_input(struct connection *connection)
{
	connection_unpark(connection);
	free(connection->kept);
	connection->kept = NULL;
	connection->kept_size = 0;
}
