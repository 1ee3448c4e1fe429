/*
 * connect.c - connecting: finds the daemon at an address, or starts it, and begins a session; and
 * disconnecting.
 */
#include "config.h"

#include "client/lib/after_fork.h"
#include "client/lib/call.h"
#include "client/lib/client.h"
#include "client/lib/error.h"
#include "client/lib/hello.h"
#include "client/lib/os/forks.h"
#include "client/lib/start_daemon.h"

enum { CLIENT_FLAGS = SEMD_NO_START | SEMD_INTERRUPTIBLE, STARTS = 5 };

/* One attempt. A daemon that closes the connection before it has answered counts as absent: it is
 * leaving. */
static int try_place(struct semd_client *client, const struct place *place)
{
	client_start_over(client);
	int r = place_check(place);
	if (r == 0)
		r = hello(client);
	return r == SEMD_ECONN && place->kind == PLACE_USER && client->session.failure ?
		SOCKET_NOBODY : r;
}

/* Whether to try again, since the daemon just started cannot be used. With the lock of `start`
 * held. */
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
 * A daemon that is started finds its place taken if the one before has not left yet, or if a
 * starter was killed and the daemon that it started does not listen yet. So this is tried a few
 * times.
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
		client_start_over(client);
		client_free(client);
	}
	pthread_setcancelstate(state, NULL);
	return r;
}

/* A client that is not connected yet; NULL, with the reason in `*error`. */
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

/* ---- Disconnecting --------------------------------------------------------------------------- */

static size_t encode_leave(const struct semd_client *client, uint8_t frame[WIRE_HEAD_SIZE])
{
	size_t size = leave_request_encode(&(struct leave_request){ 0 }, frame, WIRE_HEAD_SIZE);
	wire_head_stamp(frame, 0, 0, 0, client->session.seen);
	return size;
}

/*
 * The daemon closes the stream when it has taken everything back. Calls that still wait end with
 * `error`; started requests are dropped without a callback.
 */
static void take_leave(struct semd_client *client, int error, const char *reason)
{
	uint8_t last_word[WIRE_HEAD_SIZE];
	pthread_mutex_lock(&client->mutex);
	session_fail(client, error, reason);
	async_forget(&client->async);
	loop_abandon(client);
	size_t size = encode_leave(client, last_word);
	if (channel_is_open(&client->channel))
		socket_finish_sending(&client->channel.socket, last_word, size);
	threads_await_all(client);
	pthread_mutex_unlock(&client->mutex);
	if (channel_is_open(&client->channel))
		socket_finish(&client->channel.socket);
	client_start_over(client);
	client_free(client);
}

int semd_detach(struct semd_client *client)
{
	int state, r = 0;
	struct call call;
	struct detach_reply reply;
	if (!client)
		return error_note(SEMD_EINVAL);
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
	if (after_fork_is_ours(client)) {
		call_init(&call);
		r = call_detach(client, &call, &(struct detach_request){ 0 }, &reply);
	}
	take_leave(client, SEMD_ECANCELED, "the client was detached");
	pthread_setcancelstate(state, NULL);
	return r;
}

void semd_disconnect(struct semd_client *client)
{
	int state;
	if (!client)
		return;
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
	after_fork_is_ours(client);
	take_leave(client, SEMD_ECONN, "the client was disconnected");
	pthread_setcancelstate(state, NULL);
}
