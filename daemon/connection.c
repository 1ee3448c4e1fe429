/*
 * connection.c - the start and the end of a connection.
 *
 * A connection ends in steps, since replies leave only at the end of a turn: the session ends at
 * once, the stream is closed when the turn's replies are out, and the close callback frees the
 * memory. The closed stream tells the client that all its permits are back.
 */
#include "config.h"

#include <stdlib.h>

#include "daemon/bound_client.h"
#include "daemon/connection.h"
#include "daemon/log.h"
#include "daemon/os/peer.h"
#include "daemon/server.h"
#include "daemon/os/stream.h"

int connections_init(struct connections *connections)
{
	TAILQ_INIT(&connections->all);
	TAILQ_INIT(&connections->parked);
	TAILQ_INIT(&connections->resting);
	TAILQ_INIT(&connections->to_flush);
	connections->turn = 1;
	connections->resuming = false;
	return read_buffer_init(&connections->buffer);
}

void connections_deinit(struct connections *connections)
{
	read_buffer_deinit(&connections->buffer);
}

uv_os_fd_t connection_stream(const struct connection *connection)
{
	uv_os_fd_t stream = (uv_os_fd_t)-1;
	uv_fileno((const uv_handle_t *)&connection->pipe, &stream);
	return stream;
}

static void closed(uv_handle_t *handle)
{
	struct connection *connection = handle->data;
	peer_forget(&connection->server->peers, connection);
	free(connection);
}

/* Finds the user and the process of the peer. */
static int meet(struct connection *connection)
{
	struct server *server = connection->server;
	uv_os_fd_t stream = connection_stream(connection);
	if (peer_of_stream(&server->peers, stream, &connection->peer) != 0)
		return WIRE_ENOMEM;
	int status = process_of_stream(&server->processes, stream, &connection->peer,
	                               &connection->process);
	if (status == WIRE_OK)
		TAILQ_INSERT_TAIL(process_connections(connection->process), connection, of_process);
	return status;
}

void connection_accept(struct server *server, uv_os_fd_t stream)
{
	struct connection *connection = calloc(1, sizeof(*connection));
	int status = WIRE_ENOMEM;
	if (!connection) {
		stream_close(stream);
		return;
	}
	connection->server = server;
	uv_pipe_init(&server->loop, &connection->pipe, 0);
	connection->pipe.data = connection;
	TAILQ_INSERT_TAIL(&server->connections.all, connection, all);
	if (stream_open(&connection->pipe, stream) == 0)
		status = meet(connection);
	if (status == WIRE_OK)
		connection_start(connection);
	else
		connection_end(connection, status, 0, status == WIRE_EACCES ?
		               "the daemon may not watch this process" :
		               "the daemon is out of descriptors or memory");
}

static void part_from_process(struct connection *connection)
{
	bound_client_part(connection);
	if (!connection->process)
		return;
	process_release(&connection->server->processes, connection->process);
	connection->process = NULL;
}

void connection_finish(struct connection *connection)
{
	struct server *server = connection->server;
	if (connection_has_ended(connection))
		return;
	connection_state_finish(connection);
	if (connection->session)
		session_end(server->engine, connection->session);
	connection->session = NULL;
	part_from_process(connection);
	connection_drop_input(connection);
	connection_to_flush(connection);
}

void connection_end(struct connection *connection, int status, uint64_t tag, const char *reason)
{
	if (connection_has_ended(connection))
		return;
	if (status == WIRE_EPROTO)
		log_debug("process %u: not the protocol, its connection ends: %s",
		          connection->peer.pid, reason);
	connection_send_end(connection, status, tag, reason);
	connection_finish(connection);
}

void connection_end_all(struct server *server, int status, const char *reason)
{
	struct connection *connection;
	TAILQ_FOREACH(connection, &server->connections.all, all)
		connection_end(connection, status, 0, reason);
}

static const char *reason(const struct connection *connection)
{
	if (connection->state == CONNECTION_LOST)
		return connection->kicked ? "the client was kicked" :
			"the process that the client was bound to has ended";
	return connection->failure == WIRE_EQUOTA ? "too many bytes that were not read" :
		"out of memory";
}

void connection_end_failed(struct server *server)
{
	struct connection *connection;
	/*
	 * The end of a session can produce replies to other clients, whose connections are appended
	 * to the list during the loop.
	 */
	TAILQ_FOREACH(connection, &server->connections.to_flush, flushing) {
		if (connection->state != CONNECTION_FAILED && connection->state != CONNECTION_LOST)
			continue;
		/* Without the replies there may be room for the reason. */
		if (connection->state == CONNECTION_FAILED)
			connection_drop_output(connection);
		connection_end(connection, connection->failure, 0, reason(connection));
	}
}

void connection_close(struct connection *connection)
{
	connection_state_close(connection);
	TAILQ_REMOVE(&connection->server->connections.all, connection, all);
	uv_close((uv_handle_t *)&connection->pipe, closed);
}
