/*
 * listener_windows.c - listening on named pipes.
 *
 * Each name has many instances that wait, so that many clients can connect before the first of them
 * is let in. Before an instance goes to a client, a new instance takes its place. A thread waits
 * until a client opens any instance and then wakes the loop; the loop finds the opened instances
 * itself.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/os/listener.h"
#include "daemon/log.h"
#include "daemon/os/claim_windows.h"
#include "daemon/os/last_error_windows.h"
#include "daemon/server.h"
#include "daemon/os/stream.h"

/*
 * INSTANCES: Windows can wait for so many objects at once, beside the event that ends the thread.
 * AT_ONCE: the loop takes 128 events at once, and each client makes several. New clients must leave
 * room for the events of clients that are in.
 */
enum { INSTANCES = MAXIMUM_WAIT_OBJECTS - 1, AT_ONCE = 16, A_TURN = 4096 };

struct listener {
	uv_async_t knock;
	struct server *server;
	char *path;
	struct claim claim;
	HANDLE pipes[INSTANCES];
	OVERLAPPED waits[INSTANCES];	/* for clients to open the instances */
	HANDLE events[1 + INSTANCES];	/* [0]: to end the thread; [1 + i]: pipes[i] was opened */
	unsigned next;			/* the instance to be looked at first */
	HANDLE looked;			/* event: the thread may wait again */
	uv_thread_t thread;
	bool watched;			/* the thread runs */
	struct log_limit turned_away;
	LIST_ENTRY(listener) all;
};

static void closed(uv_handle_t *handle)
{
	struct listener *listener = handle->data;
	free(listener->path);
	free(listener);
}

static void watch(void *arg)
{
	struct listener *listener = arg;
	HANDLE looked[] = { listener->events[0], listener->looked };
	while (WaitForMultipleObjects(1 + INSTANCES, listener->events, FALSE, INFINITE) !=
	       WAIT_OBJECT_0) {
		uv_async_send(&listener->knock);
		if (WaitForMultipleObjects(2, looked, FALSE, INFINITE) == WAIT_OBJECT_0)
			return;
	}
}

/* Waits for a client to open the instance. A client may have opened it, or even left, already. */
static bool wait_on(struct listener *listener, unsigned i)
{
	HANDLE event = listener->events[1 + i];
	listener->waits[i] = (OVERLAPPED){ .hEvent = event };
	if (ConnectNamedPipe(listener->pipes[i], &listener->waits[i]))
		return SetEvent(event);
	switch (GetLastError()) {
	case ERROR_IO_PENDING:
		return true;
	case ERROR_PIPE_CONNECTED:
	case ERROR_NO_DATA:
		return SetEvent(event);
	default:
		return false;
	}
}

/*
 * Puts a new instance in that place. Returns the old instance, which a client has opened, or
 * INVALID_HANDLE_VALUE if there can be no new instance.
 */
static HANDLE replace(struct listener *listener, unsigned i)
{
	HANDLE old = listener->pipes[i], new = claim_instance(&listener->claim, false);
	if (new == INVALID_HANDLE_VALUE)
		return new;
	listener->pipes[i] = new;
	if (wait_on(listener, i))
		return old;
	listener->pipes[i] = old;
	CloseHandle(new);
	return INVALID_HANDLE_VALUE;
}

/* No new instance can be made, so this one drops its client and waits for another client. */
static void turn_away(struct listener *listener, unsigned i)
{
	const char *why = last_error_text();
	if (log_allows(&listener->turned_away, listener->server->turn.now, LOG_WARNING,
	               "clients turned away"))
		log_warning("accepting a client: %s: free memory", why);
	DisconnectNamedPipe(listener->pipes[i]);
	if (!wait_on(listener, i))
		ResetEvent(listener->events[1 + i]);
}

/* The opened instance to be let in next, or -1. Instances take turns, so none is left waiting. */
static int find_knock(struct listener *listener)
{
	unsigned next = listener->next;
	DWORD found = WaitForMultipleObjects(INSTANCES - next, &listener->events[1 + next], FALSE,
	                                     0);
	if (found >= INSTANCES - next) {
		next = 0;
		found = WaitForMultipleObjects(INSTANCES, &listener->events[1], FALSE, 0);
	}
	if (found >= INSTANCES)
		return -1;
	found += next;
	listener->next = (found + 1) % INSTANCES;
	return (int)found;
}

/* Whether a client had opened an instance; it was then let in or turned away. */
static bool let_in(struct listener *listener)
{
	int found = find_knock(listener);
	HANDLE stream;
	if (found < 0)
		return false;
	stream = replace(listener, (unsigned)found);
	if (stream != INVALID_HANDLE_VALUE)
		connection_accept(listener->server, stream);
	else
		turn_away(listener, (unsigned)found);
	return true;
}

static void knocked(uv_async_t *async)
{
	struct listener *listener = async->data;
	struct listeners *listeners = &listener->server->listeners;
	turn_begin(listener->server);
	listeners->letting_in = true;
	for (int count = 0; count < AT_ONCE && let_in(listener);)
		count++;
	listeners->letting_in = false;
	SetEvent(listener->looked);
}

static int fail(const struct listener *listener, const char *advice)
{
	log_error("%s: %s: %s", listener->path, last_error_text(), advice);
	return -1;
}

static int open_instances(struct listener *listener)
{
	for (unsigned i = 0; i < INSTANCES; i++) {
		HANDLE pipe = claim_instance(&listener->claim, i == 0);
		if (pipe == INVALID_HANDLE_VALUE)
			return fail(listener, i == 0 ?
			            "if another program has a pipe of that name, choose another" :
			            "free memory");
		listener->pipes[i] = pipe;
		if (!wait_on(listener, i))
			return fail(listener, "free memory");
	}
	return 0;
}

static bool open_events(struct listener *listener)
{
	for (unsigned i = 0; i < 1 + INSTANCES; i++) {
		listener->events[i] = CreateEventW(NULL, TRUE, FALSE, NULL);
		if (!listener->events[i])
			return false;
	}
	listener->looked = CreateEventW(NULL, FALSE, FALSE, NULL);
	return listener->looked;
}

/* Takes ownership of the path. */
static struct listener *listener_new(struct server *server, char *path)
{
	struct listener *listener = calloc(1, sizeof(*listener));
	if (!listener)
		log_error("listening: out of memory: free some");
	if (!listener || claim_take(path, &listener->claim) != 0) {
		free(listener);
		free(path);
		return NULL;
	}
	listener->server = server;
	listener->path = path;
	listener->knock.data = listener;
	uv_async_init(&server->loop, &listener->knock, knocked);
	LIST_INSERT_HEAD(&server->listeners.all, listener, all);
	return listener;
}

static int open_path(struct server *server, char *path)
{
	struct listener *listener = !path ? NULL : listener_new(server, path);
	if (!listener)
		return -1;
	if (!open_events(listener))
		return fail(listener, "free memory");
	if (open_instances(listener) != 0)
		return -1;
	listener->watched = uv_thread_create(&listener->thread, watch, listener) == 0;
	if (!listener->watched)
		return fail(listener, "free memory");
	log_info("%s: serving", listener->path);
	return 0;
}

int listeners_open(struct server *server)
{
	for (size_t i = 0; i < server->options.socket_count; i++) {
		if (open_path(server, strdup(server->options.sockets[i])) != 0)
			return -1;
	}
	return server->options.socket_count > 0 ? 0 : open_path(server, claim_user_pipe());
}

static void close_instance(struct listener *listener, unsigned i)
{
	if (!listener->pipes[i])
		return;
	DWORD size;
	if (CancelIoEx(listener->pipes[i], &listener->waits[i]))
		GetOverlappedResult(listener->pipes[i], &listener->waits[i], &size, TRUE);
	CloseHandle(listener->pipes[i]);
}

static void close_event(HANDLE event)
{
	if (event)
		CloseHandle(event);
}

static void listener_close(struct listener *listener)
{
	LIST_REMOVE(listener, all);
	if (listener->watched) {
		SetEvent(listener->events[0]);
		uv_thread_join(&listener->thread);
	}
	for (unsigned i = 0; i < INSTANCES; i++)
		close_instance(listener, i);
	for (unsigned i = 0; i < 1 + INSTANCES; i++)
		close_event(listener->events[i]);
	close_event(listener->looked);
	claim_give_up(&listener->claim);
	uv_close((uv_handle_t *)&listener->knock, closed);
}

void listeners_close(struct server *server)
{
	struct listener *listener;
	while ((listener = LIST_FIRST(&server->listeners.all)))
		listener_close(listener);
}

void listeners_let_in(struct server *server)
{
	struct listeners *listeners = &server->listeners;
	struct listener *listener;
	if (listeners->letting_in)
		return;
	listeners->letting_in = true;
	LIST_FOREACH(listener, &listeners->all, all) {
		while (listeners->let_in < A_TURN && let_in(listener))
			listeners->let_in++;
	}
	listeners->letting_in = false;
}

/*
 * An instance cannot both refuse new clients and keep the client that has opened it. A client that
 * opens an instance just before it is closed finds its pipe broken before HELLO is answered, which
 * the library treats as if there were no daemon.
 */
void listeners_refuse(struct server *server)
{
	(void)server;
}

int listeners_reopen(struct server *server)
{
	(void)server;
	return 0;
}
