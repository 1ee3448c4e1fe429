/*
 * listener_unix.c - listening on Unix-domain sockets.
 *
 * A socket that the daemon bound goes with its path: when that is gone, or leads to another, nobody
 * can find the daemon any more and it ends in order. One that was handed over is used as it is.
 */
#include "config.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

#include "daemon/folder_unix.h"
#include "daemon/listener.h"
#include "daemon/log.h"
#include "daemon/server.h"
#include "daemon/socket_unix.h"

enum { BACKLOG = 4096 };

struct listener {
	uv_pipe_t pipe;
	uv_fs_event_t watch;	/* of the path */
	struct server *server;
	char *path;		/* NULL: it was handed over */
	struct bound_socket bound;
	int handles;		/* of the loop that are not closed */
	bool left_waiting;	/* somebody, for want of memory */
	LIST_ENTRY(listener) all;
};

static void closed(uv_handle_t *handle)
{
	struct listener *listener = handle->data;

	listener->handles--;
	if (listener->handles > 0)
		return;
	free(listener->path);
	free(listener);
}

static void knocked(uv_stream_t *stream, int error)
{
	struct listener *listener = stream->data;

	turn_begin(listener->server);
	if (error != 0)
		log_warning("accepting a client: %s: raise the limit of descriptors",
		            uv_strerror(error));
	else
		listener->left_waiting = !connection_accept(listener->server, stream);
}

static void path_changed(uv_fs_event_t *watch, const char *name, int events, int error)
{
	struct listener *listener = watch->data;

	(void)name;
	(void)events;
	(void)error;
	turn_begin(listener->server);
	if (!socket_is_ours(listener->path, &listener->bound))
		server_stop(listener->server, "the path of its socket is gone");
}

/* Owns the path from now on, which may be NULL. */
static struct listener *listener_new(struct server *server, char *path)
{
	struct listener *listener = calloc(1, sizeof(*listener));

	if (listener == NULL) {
		free(path);
		log_error("listening: out of memory: free some");
		return NULL;
	}
	listener->server = server;
	listener->path = path;
	listener->handles = 2;
	uv_pipe_init(&server->loop, &listener->pipe, 0);
	uv_fs_event_init(&server->loop, &listener->watch);
	listener->pipe.data = listener->watch.data = listener;
	LIST_INSERT_HEAD(&server->listeners, listener, all);
	return listener;
}

static int listen_on(struct listener *listener, int socket)
{
	const char *name = listener->path == NULL ? "the socket handed over" : listener->path;
	int error = uv_pipe_open(&listener->pipe, socket);

	if (error == 0)
		error = uv_listen((uv_stream_t *)&listener->pipe, BACKLOG, knocked);
	if (error != 0) {
		log_error("%s: %s: check what it is", name, uv_strerror(error));
		return -1;
	}
	log_info("%s: serving", name);
	return 0;
}

static int open_path(struct server *server, char *path, mode_t mode)
{
	struct listener *listener;
	struct bound_socket bound;
	int error;

	if (path == NULL || socket_bind(path, mode, &bound) != 0) {
		free(path);
		return -1;
	}
	listener = listener_new(server, path);
	if (listener == NULL)
		return -1;
	listener->bound = bound;
	if (listen_on(listener, bound.socket) != 0)
		return -1;
	error = uv_fs_event_start(&listener->watch, path_changed, path, 0);
	if (error != 0)
		log_warning("%s: %s: it is not noticed if the path goes away", path,
		            uv_strerror(error));
	return 0;
}

static int open_handed_over(struct server *server, int count)
{
	for (int socket = SUPERVISOR_FIRST_SOCKET; socket < SUPERVISOR_FIRST_SOCKET + count;
	     socket++) {
		struct listener *listener;

		if (supervisor_is_listener(socket) <= 0) {
			log_error("the socket handed over: it is not a Unix stream socket that "
			          "listens: correct the socket unit");
			return -1;
		}
		listener = listener_new(server, NULL);
		if (listener == NULL || listen_on(listener, socket) != 0)
			return -1;
	}
	return 0;
}

static int open_told(struct server *server)
{
	/* Root serves everybody: the rights are the semaphores' own. */
	mode_t mode = geteuid() == 0 ? 0666 : 0600;

	for (size_t i = 0; i < server->options.socket_count; i++) {
		if (open_path(server, strdup(server->options.sockets[i]), mode) != 0)
			return -1;
	}
	return 0;
}

int listeners_open(struct server *server)
{
	int count = supervisor_sockets();

	if (count < 0) {
		log_error("the sockets handed over: %s: correct LISTEN_FDS", strerror(-count));
		return -1;
	}
	if (count > 0)
		return open_handed_over(server, count);
	if (server->options.socket_count > 0)
		return open_told(server);
	return open_path(server, folder_user_socket(), 0600);
}

void listeners_close(struct server *server)
{
	struct listener *listener;

	while ((listener = LIST_FIRST(&server->listeners)) != NULL) {
		LIST_REMOVE(listener, all);
		if (listener->path != NULL)
			socket_unbind(listener->path, &listener->bound);
		uv_close((uv_handle_t *)&listener->watch, closed);
		uv_close((uv_handle_t *)&listener->pipe, closed);
	}
}

bool listeners_are_asked(const struct server *server)
{
	struct listener *listener;

	LIST_FOREACH(listener, &server->listeners, all) {
		struct pollfd poll_one = { .events = POLLIN };

		if (uv_fileno((uv_handle_t *)&listener->pipe, &poll_one.fd) == 0 &&
		    poll(&poll_one, 1, 0) > 0)
			return true;
	}
	return false;
}

void listeners_retry(struct server *server)
{
	struct listener *listener;

	LIST_FOREACH(listener, &server->listeners, all) {
		if (!listener->left_waiting)
			continue;
		turn_begin(server);
		listener->left_waiting =
			!connection_accept(server, (uv_stream_t *)&listener->pipe);
	}
}
