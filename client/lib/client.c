/*
 * client.c - a client is made, used by a call, freed; its label and its number.
 */
#include "config.h"

#include "client/lib/client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/lib/after_fork.h"
#include "client/lib/ask.h"
#include "client/lib/error.h"
#include "client/lib/os/forks.h"
#include "client/lib/text.h"

int client_enter(struct semd_client *client, int *cancel_state)
{
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, cancel_state);
	if (atomic_load_explicit(&client->generation, memory_order_acquire) == forks_generation())
		return 0;
	return after_fork_renew(client);
}

int client_enter_for(const struct semd_sem *sem, int *state)
{
	int r = client_enter(sem->client, state);
	return r == 0 && sem->failure ? error_note(sem->failure) : r;
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
	async_init(&client->async);
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
	async_free(&client->async);
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
	async_forget(&client->async);
	TAILQ_INIT(&client->dispatching);
}

/* ---- What it is called ------------------------------------------------------------------------------ */

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
