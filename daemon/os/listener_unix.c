/*
 * listener_unix.c - listening on Unix-domain sockets.
 *
 * A socket that the daemon bound goes with its path: when that is gone, or leads to another, nobody
 * can find the daemon any more and it ends in order. One that was handed over is used as it is.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

#include "daemon/os/folder_unix.h"
#include "daemon/os/listener.h"
#include "daemon/log.h"
#include "daemon/server.h"
#include "daemon/os/claim_unix.h"

/* BACKLOG is how many can knock before the first of them is let in. */
enum { BACKLOG = 4096, AT_ONCE = 64 };

struct listener {
	uv_poll_t poll;
	uv_fs_event_t watch;	/* of the path */
	struct server *server;
	char *path;		/* NULL: it was handed over */
	int socket;
	int spare;		/* descriptor, to turn newcomers away with; -1: none */
	struct claim bound;
	int handles;		/* of the loop that are not closed */
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

static int open_spare(void)
{
	return open("/dev/null", O_RDONLY | O_CLOEXEC);
}

/* There is no descriptor for them, but one that was kept for this, so that nobody knocks for ever. */
static void turn_away(struct listener *listener)
{
	log_warning("accepting a client: %s: raise the limit of descriptors", strerror(errno));
	if (listener->spare >= 0)
		close(listener->spare);
	for (int i = 0; i < AT_ONCE; i++) {
		int socket = accept4(listener->socket, NULL, NULL, SOCK_CLOEXEC);

		if (socket < 0)
			break;
		close(socket);
	}
	listener->spare = open_spare();
}

/* Whether there was one who knocked, and could be let in. */
static bool let_in(struct listener *listener)
{
	int socket = accept4(listener->socket, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (socket < 0)
		return false;
	connection_accept(listener->server, socket);
	return true;
}

/*
 * Lets in a few, since others are to be served between them: who knocks faster than the daemon lets in
 * would keep it to himself. Returns how many; -1 for want of descriptors.
 */
static int let_in_some(struct listener *listener)
{
	struct turn *turn = &listener->server->turn;
	int count = 0;

	turn->letting_in = true;
	while (count < AT_ONCE && let_in(listener))
		count++;
	turn->letting_in = false;
	return count == 0 && (errno == EMFILE || errno == ENFILE) ? -1 : count;
}

static void knocked(uv_poll_t *poll, int error, int events)
{
	struct listener *listener = poll->data;

	(void)error;
	(void)events;
	turn_begin(listener->server);
	if (let_in_some(listener) < 0)
		turn_away(listener);
}

static void path_changed(uv_fs_event_t *watch, const char *name, int events, int error)
{
	struct listener *listener = watch->data;

	(void)name;
	(void)events;
	(void)error;
	turn_begin(listener->server);
	if (!claim_is_ours(listener->path, &listener->bound))
		server_stop(listener->server, "the path of its socket is gone");
}

/* Owns the path from now on, which may be NULL. */
static struct listener *listener_new(struct server *server, char *path, int socket)
{
	struct listener *listener = calloc(1, sizeof(*listener));

	if (listener == NULL) {
		free(path);
		log_error("listening: out of memory: free some");
		return NULL;
	}
	listener->server = server;
	listener->path = path;
	listener->socket = socket;
	listener->spare = open_spare();
	listener->handles = 1;
	uv_fs_event_init(&server->loop, &listener->watch);
	listener->poll.data = listener->watch.data = listener;
	LIST_INSERT_HEAD(&server->listeners, listener, all);
	return listener;
}

static int begin_polling(struct listener *listener)
{
	int error = uv_poll_init(&listener->server->loop, &listener->poll, listener->socket);

	if (error != 0)
		return error;
	listener->handles++;
	return uv_poll_start(&listener->poll, UV_READABLE, knocked);
}

static int listen_on(struct listener *listener)
{
	const char *name = listener->path == NULL ? "the socket handed over" : listener->path;
	int error = listen(listener->socket, BACKLOG) == 0 ? 0 : uv_translate_sys_error(errno);

	if (error == 0)
		error = begin_polling(listener);
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
	struct claim bound;
	int error;

	if (path == NULL || claim_take(path, mode, &bound) != 0) {
		free(path);
		return -1;
	}
	listener = listener_new(server, path, bound.socket);
	if (listener == NULL)
		return -1;
	listener->bound = bound;
	if (listen_on(listener) != 0)
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
		listener = listener_new(server, NULL, socket);
		if (listener == NULL || listen_on(listener) != 0)
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

static void listener_close(struct listener *listener)
{
	LIST_REMOVE(listener, all);
	if (listener->path != NULL)
		claim_give_up(listener->path, &listener->bound);
	if (listener->handles > 1)
		uv_close((uv_handle_t *)&listener->poll, closed);
	uv_close((uv_handle_t *)&listener->watch, closed);
	close(listener->socket);
	if (listener->spare >= 0)
		close(listener->spare);
}

void listeners_close(struct server *server)
{
	struct listener *listener;

	while ((listener = LIST_FIRST(&server->listeners)) != NULL)
		listener_close(listener);
}

static bool is_asked(const struct listener *listener)
{
	struct pollfd poll_one = { .fd = listener->socket, .events = POLLIN };

	return poll(&poll_one, 1, 0) > 0;
}

bool listeners_are_asked(const struct server *server)
{
	struct listener *listener;

	LIST_FOREACH(listener, &server->listeners, all) {
		if (is_asked(listener))
			return true;
	}
	return false;
}

void listeners_let_in(struct server *server)
{
	struct turn *turn = &server->turn;
	struct listener *listener;

	if (turn->letting_in)
		return;
	turn->letting_in = true;
	LIST_FOREACH(listener, &server->listeners, all) {
		while (turn->let_in < BACKLOG && is_asked(listener) && let_in(listener))
			turn->let_in++;
	}
	turn->letting_in = false;
}
