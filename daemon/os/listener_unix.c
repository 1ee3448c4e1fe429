/*
 * listener_unix.c - listening on Unix-domain sockets.
 *
 * When the path of a socket that the daemon bound is gone, or leads to another socket, clients
 * cannot find the daemon any more and it ends in order. A socket that was handed over is used as it
 * is.
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

/* BACKLOG: the number of clients that can connect before the first of them is let in. */
enum { BACKLOG = 4096, AT_ONCE = 64 };

struct listener {
	uv_poll_t poll;
	uv_fs_event_t watch;	/* of the path */
	struct server *server;
	char *path;		/* NULL: it was handed over */
	int socket;
	int spare;		/* descriptor for turning clients away; -1: none */
	struct claim bound;
	struct log_limit turned_away;
	int handles;		/* handles of the loop that are still open */
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

/*
 * All descriptors but the spare one are in use. It is freed to accept clients and close them: else
 * they would wait for ever.
 */
static void turn_away(struct listener *listener)
{
	const char *why = strerror(errno);
	if (log_allows(&listener->turned_away, listener->server->turn.now, LOG_WARNING,
	               "clients turned away"))
		log_warning("accepting a client: %s: raise the limit of descriptors", why);
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

/* Whether a client was waiting and was let in. */
static bool let_in(struct listener *listener)
{
	int socket = accept4(listener->socket, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	if (socket < 0)
		return false;
	connection_accept(listener->server, socket);
	return true;
}

/*
 * Lets in a few clients only: clients that are in must be served even if others connect faster than
 * the daemon lets them in. Returns the number let in, or -1 if there are no descriptors left.
 */
static int let_in_some(struct listener *listener)
{
	struct listeners *listeners = &listener->server->listeners;
	int count = 0;
	listeners->letting_in = true;
	while (count < AT_ONCE && let_in(listener))
		count++;
	listeners->letting_in = false;
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

/* Takes ownership of the path, which may be NULL. */
static struct listener *listener_new(struct server *server, char *path, int socket)
{
	struct listener *listener = calloc(1, sizeof(*listener));
	if (!listener) {
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
	LIST_INSERT_HEAD(&server->listeners.all, listener, all);
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
	const char *name = !listener->path ? "the socket handed over" : listener->path;
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

/* Listens on a claimed path, and takes ownership of the path. */
static int open_claimed(struct server *server, char *path, const struct claim *bound)
{
	struct listener *listener = listener_new(server, path, bound->socket);
	if (!listener)
		return -1;
	listener->bound = *bound;
	if (listen_on(listener) != 0)
		return -1;
	int error = uv_fs_event_start(&listener->watch, path_changed, path, 0);
	if (error != 0)
		log_warning("%s: %s: it is not noticed if the path goes away", path,
		            uv_strerror(error));
	return 0;
}

static int open_path(struct server *server, char *path, mode_t mode)
{
	struct claim bound;
	if (path && claim_take(path, mode, &bound) == 0)
		return open_claimed(server, path, &bound);
	free(path);
	return -1;
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
		if (!listener || listen_on(listener) != 0)
			return -1;
	}
	return 0;
}

static int open_told(struct server *server)
{
	/* A daemon of root serves all users; the semaphores have rights of their own. */
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
	if (listener->path)
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
	while ((listener = LIST_FIRST(&server->listeners.all)))
		listener_close(listener);
}

static bool is_asked(const struct listener *listener)
{
	struct pollfd poll_one = { .fd = listener->socket, .events = POLLIN };
	return poll(&poll_one, 1, 0) > 0;
}

void listeners_let_in(struct server *server)
{
	struct listeners *listeners = &server->listeners;
	struct listener *listener;
	if (listeners->letting_in)
		return;
	listeners->letting_in = true;
	LIST_FOREACH(listener, &listeners->all, all) {
		while (listeners->let_in < BACKLOG && is_asked(listener) && let_in(listener))
			listeners->let_in++;
	}
	listeners->letting_in = false;
}

void listeners_refuse(struct server *server)
{
	struct listener *listener;
	LIST_FOREACH(listener, &server->listeners.all, all) {
		if (listener->path)
			shutdown(listener->socket, SHUT_RD);
	}
}

/* A socket that was made to refuse clients cannot accept again, so a new socket takes its place. */
static int reopen(struct listener *listener)
{
	struct server *server = listener->server;
	struct claim bound = listener->bound;
	char *path = listener->path;
	listener->path = NULL;		/* the new listener owns it */
	listener_close(listener);
	if (claim_renew(path, &bound) == 0)
		return open_claimed(server, path, &bound);
	claim_give_up(path, &bound);
	free(path);
	return -1;
}

int listeners_reopen(struct server *server)
{
	struct listener *listener, *next;
	for (listener = LIST_FIRST(&server->listeners.all); listener; listener = next) {
		next = LIST_NEXT(listener, all);
		if (listener->path && reopen(listener) != 0)
			return -1;
	}
	return 0;
}
