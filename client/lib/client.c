/*
 * client.c - what a client begins and ends with, and what little it does by itself.
 */
#include "config.h"

#include "client/lib/client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/lib/ask.h"
#include "client/lib/error.h"
#include "client/lib/os/forks.h"
#include "client/lib/after_fork.h"
#include "client/lib/text.h"

int client_enter(struct semd_client *client, int *cancel_state)
{
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, cancel_state);
	if (atomic_load_explicit(&client->generation, memory_order_acquire) == forks_generation())
		return 0;
	return renew_connection(client);
}

int client_leave(int cancel_state, int result)
{
	pthread_setcancelstate(cancel_state, NULL);
	return result;
}

int client_explain(const struct semd_client *client, int error)
{
	const struct connection *connection = &client->connection;
	return error == connection->failure ? error_say(error, "%s", connection->reason) :
		error_note(error);
}

struct semd_client *client_new(unsigned flags)
{
	struct semd_client *client = calloc(1, sizeof(*client));
	if (!client)
		return NULL;
	client->flags = flags;
	client->adopted = forks_generation();
	atomic_init(&client->generation, client->adopted);
	client->connection.socket = SOCKET_NONE;
	client->tags.first_free = TAGS_NONE;
	client->ready = READY_NONE;
	requests_init(&client->requests);
	pthread_mutex_init(&client->opening, NULL);
	pthread_mutex_init(&client->mutex, NULL);
	client_forget_connection(client);
	return client;
}

void client_free(struct semd_client *client)
{
	pthread_mutex_destroy(&client->opening);
	pthread_mutex_destroy(&client->mutex);
	ready_close(&client->ready);
	requests_free(&client->requests);
	handles_free(&client->handles);
	tags_free(&client->tags);
	free(client);
}

void client_forget_connection(struct semd_client *client)
{
	struct connection *connection = &client->connection;
	ready_unwatch(&client->ready, &connection->socket);
	socket_close(&connection->socket);
	connection->failure = 0;
	connection->failure_told = false;
	connection->last_number = 0;
	connection->seen = 0;
	connection->unseen = 0;
	connection->calls = 0;
	connection->used = false;
	connection->shared = false;
	connection->reading = false;
	connection->writing = false;
	connection->clogged = false;
	connection->emptied = NULL;
	connection->filled = 0;
	TAILQ_INIT(&connection->asleep);
	TAILQ_INIT(&connection->line);
	tags_forget(&client->tags);
	requests_forget(&client->requests);
	TAILQ_INIT(&client->dispatching);
}

/* ---- Taking leave -------------------------------------------------------------------------------- */

static size_t encode_leave(const struct semd_client *client, uint8_t frame[WIRE_HEAD_SIZE])
{
	size_t size = leave_request_encode(&(struct leave_request){ 0 }, frame, WIRE_HEAD_SIZE);
	wire_head_stamp(frame, 0, 0, 0, client->connection.seen);
	return size;
}

/*
 * The daemon closes when it has taken everything back. Calls that still wait end with `error`; requests
 * that were started just go.
 */
static void take_leave(struct semd_client *client, int error, const char *reason)
{
	uint8_t last_word[WIRE_HEAD_SIZE];
	pthread_mutex_lock(&client->mutex);
	flight_fail_all(client, error, reason);
	requests_forget(&client->requests);
	loop_abandon(client);
	size_t size = encode_leave(client, last_word);
	if (socket_is_open(&client->connection.socket))
		socket_finish_sending(&client->connection.socket, last_word, size);
	call_await_all(client);
	pthread_mutex_unlock(&client->mutex);
	if (socket_is_open(&client->connection.socket))
		socket_finish(&client->connection.socket);
	client_forget_connection(client);
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
	if (renew_is_ours(client)) {
		call_init(&call);
		r = ask_detach(client, &call, &(struct detach_request){ 0 }, &reply);
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
	renew_is_ours(client);
	take_leave(client, SEMD_ECONN, "the client was disconnected");
	pthread_setcancelstate(state, NULL);
}

/* ---- Small talk ---------------------------------------------------------------------------------- */

int semd_label(struct semd_client *client, const char *text)
{
	int state;
	char label[WIRE_MAX_TEXT + 1];
	struct call call;
	struct label_reply reply;
	if (!client || !text)
		return error_note(SEMD_EINVAL);
	int r = client_enter(client, &state);
	if (r == 0) {
		text_clean(label, sizeof(label), text, strlen(text));
		call_init(&call);
		r = ask_label(client, &call, &(struct label_request){ .command = text_on_wire(label) },
		              &reply);
	}
	return client_leave(state, r);
}

int semd_ping(struct semd_client *client)
{
	int state;
	struct call call;
	struct ping_reply reply;
	if (!client)
		return error_note(SEMD_EINVAL);
	int r = client_enter(client, &state);
	if (r == 0) {
		call_init(&call);
		r = ask_ping(client, &call, &(struct ping_request){ 0 }, &reply);
	}
	return client_leave(state, r);
}

int semd_daemon(struct semd_client *client, char *release, size_t size, uint32_t *pid)
{
	int state;
	if (!client)
		return error_note(SEMD_EINVAL);
	int r = client_enter(client, &state);
	if (r == 0) {
		pthread_mutex_lock(&client->mutex);
		r = client->connection.failure;
		if (r != 0)
			error_say(r, "%s", client->connection.reason);
		if (release && size)
			snprintf(release, size, "%s", client->release);
		if (pid)
			*pid = client->daemon_pid;
		pthread_mutex_unlock(&client->mutex);
	}
	return client_leave(state, r);
}

int semd_number(struct semd_client *client, uint64_t *number)
{
	int state;
	if (!client || !number)
		return error_note(SEMD_EINVAL);
	int r = client_enter(client, &state);
	if (r == 0) {
		pthread_mutex_lock(&client->mutex);
		r = client->connection.failure;
		if (r != 0)
			error_say(r, "%s", client->connection.reason);
		*number = client->number;
		pthread_mutex_unlock(&client->mutex);
	}
	return client_leave(state, r);
}
