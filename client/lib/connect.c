/*
 * connect.c - from an address to a session: finding the daemon, starting it if need be, greeting it.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "client/lib/ask.h"
#include "client/lib/client.h"
#include "client/lib/error.h"
#include "client/lib/os/forks.h"
#include "client/lib/os/random.h"
#include "client/lib/start_daemon.h"
#include "client/lib/text.h"

enum { CLIENT_FLAGS = SEMD_NO_START | SEMD_INTERRUPTIBLE, STARTS = 5 };

static int greet(struct semd_client *client)
{
	char command[WIRE_MAX_TEXT + 1];
	struct call call;
	struct hello_reply reply;
	struct hello_request request = {
		.min_version = SEMD_PROTOCOL_VERSION,
		.max_version = SEMD_PROTOCOL_VERSION,
	};
	int r = random_fill(request.session.bytes, sizeof(request.session.bytes));
	if (r != 0)
		return r;
	process_command(0, command, sizeof(command));
	request.command = text_on_wire(command);
	call_init(&call);
	r = ask_hello(client, &call, &request, &reply);
	if (r != 0)
		return r;
	pthread_mutex_lock(&client->mutex);
	snprintf(client->release, sizeof(client->release), "%.*s", (int)reply.release.size,
	         reply.release.data);
	client->number = reply.client;
	client->daemon_pid = reply.pid;
	pthread_mutex_unlock(&client->mutex);
	return 0;
}

static int bind_to_process(struct semd_client *client)
{
	char command[WIRE_MAX_TEXT + 1];
	struct call call;
	struct bind_reply reply;
	process_command(client->whom.pid, command, sizeof(command));
	const struct bind_request request = {
		.pid = client->whom.pid,
		.inode = client->whom.inode,
		.start = client->whom.start,
		.command = text_on_wire(command),
	};
	call_init(&call);
	int r = ask_bind(client, &call, &request, &reply);
	if (r != 0)
		return r;
	pthread_mutex_lock(&client->mutex);
	client->number = reply.client;
	pthread_mutex_unlock(&client->mutex);
	return 0;
}

int client_begin_session(struct semd_client *client)
{
	struct socket *socket = &client->connection.socket;
	int r = socket_connect(client->place.path, client->flags & SEMD_INTERRUPTIBLE, socket);
	if (r == 0)
		r = place_check_listener(&client->place, socket);
	if (r == 0)
		r = greet(client);
	return r == 0 && client->bound ? bind_to_process(client) : r;
}

/* One attempt. A daemon that takes its leave just then, before it has answered, is as none. */
static int try_place(struct semd_client *client, const struct place *place)
{
	client_forget_connection(client);
	int r = place_check(place);
	if (r == 0)
		r = client_begin_session(client);
	return r == SEMD_ECONN && place->kind == PLACE_USER && client->connection.failure ?
		SOCKET_NOBODY : r;
}

/* Whether to try once more: one was started, and it cannot be used. With the lock of `start` held. */
static bool start_one(struct semd_client *client, const struct place *place,
                      const struct start *start, int *result)
{
	*result = try_place(client, place);
	if (*result != SOCKET_NOBODY)
		return false;
	*result = start_run(start);
	if (*result == 0)
		*result = try_place(client, place);
	return *result != 0;
}

/*
 * One that is started finds the place taken when its forerunner has not left yet, or when a starter was
 * killed and the daemon that it started does not listen yet. So it is tried again, a few times.
 */
static int start_and_try(struct semd_client *client, const struct place *place)
{
	struct start start;
	bool again;
	int tries = 0, r = start_begin(&start, place);
	if (r != 0)
		return r;
	do {
		start_lock(&start);
		again = start_one(client, place, &start, &r);
		start_unlock(&start);
	} while (again && ++tries < STARTS && start_again(&start));
	start_end(&start);
	if (r == SOCKET_NOBODY)
		r = error_say(SEMD_ECONN, "%s: each daemon that was started has left at once; run \"semd "
		              "--socket %s\" to see why", place->path, place->path);
	return r;
}

static int reach(struct semd_client *client, const char *address)
{
	struct place place;
	int r = place_find(address, &place);
	if (r != 0)
		return r;
	client->place = place;
	r = try_place(client, &place);
	if (r != SOCKET_NOBODY)
		return r;
	if (place.kind != PLACE_USER)
		return error_say(SEMD_ECONN, "%s; start one with \"semd --socket %s\"", error_said(),
		                 place.path);
	if (client->flags & SEMD_NO_START || place_is_privileged())
		return error_say(SEMD_ECONN, "no daemon runs at %s, and none may be started", place.path);
	return start_and_try(client, &place);
}

static int connect_client(const char *address, struct semd_client *client,
                          struct semd_client **result)
{
	int state;
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
	int r = reach(client, address);
	if (r == 0) {
		*result = client;
	} else {
		client_forget_connection(client);
		client_free(client);
	}
	pthread_setcancelstate(state, NULL);
	return r;
}

/* A client that is not connected yet; NULL, with what is wrong in `*error`. */
static struct semd_client *make(unsigned flags, struct semd_client **client, int *error)
{
	*error = SEMD_EINVAL;
	if (!client || flags & ~(unsigned)CLIENT_FLAGS)
		return NULL;
	*client = NULL;
	*error = SEMD_ENOMEM;
	return forks_watch() == 0 ? client_new(flags) : NULL;
}

int semd_connect(const char *address, unsigned flags, struct semd_client **client)
{
	int error;
	struct semd_client *made = make(flags, client, &error);
	return made ? connect_client(address, made, client) : error_note(error);
}

int semd_connect_for(const char *address, unsigned flags, semd_process process,
                     struct semd_client **client)
{
	int error, state;
	struct semd_client *made = make(flags, client, &error);
	if (!made)
		return error_note(error);
	made->bound = true;
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
	error = process_identify(process, &made->whom);
	if (error == 0)
		error = connect_client(address, made, client);
	else
		client_free(made);
	return client_leave(state, error);
}
