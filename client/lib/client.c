/*
 * client.c - makes and frees clients, begins and ends their calls; label and number of a client.
 */
#include "config.h"

#include "client/lib/call.h"
#include "client/lib/client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/lib/after_fork.h"
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
	const struct session *session = &client->session;
	return error == session->failure ? error_say(error, "%s", session->reason) : error_note(error);
}

struct semd_client *client_new(unsigned flags)
{
	struct semd_client *client = calloc(1, sizeof(*client));
	if (!client)
		return NULL;
	client->flags = flags;
	client->adopted = forks_generation();
	atomic_init(&client->generation, client->adopted);
	session_init(&client->session);
	channel_init(&client->channel);
	client->ready = READY_NONE;
	async_init(&client->async);
	pthread_mutex_init(&client->opening, NULL);
	pthread_mutex_init(&client->mutex, NULL);
	client_start_over(client);
	return client;
}

void client_free(struct semd_client *client)
{
	pthread_mutex_destroy(&client->opening);
	pthread_mutex_destroy(&client->mutex);
	ready_close(&client->ready);
	async_free(&client->async);
	handles_free(&client->handles);
	session_free(&client->session);
	free(client);
}

void client_start_over(struct semd_client *client)
{
	ready_unwatch(&client->ready, &client->channel.socket);
	channel_close(&client->channel);
	session_rewind(&client->session);
	threads_forget(&client->threads);
	async_forget(&client->async);
	TAILQ_INIT(&client->dispatching);
}

/* ---- Label and number ------------------------------------------------------------------------ */

static void keep_label(struct semd_client *client, const char *label)
{
	pthread_mutex_lock(&client->mutex);
	snprintf(client->session.label, sizeof(client->session.label), "%s", label);
	pthread_mutex_unlock(&client->mutex);
}

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
		r = call_label(client, &call, &(struct label_request){ .command = text_on_wire(label) },
		               &reply);
	}
	if (r == 0)
		keep_label(client, label);
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
		r = client->session.failure;
		if (r != 0)
			client_explain(client, r);
		*number = client->session.number;
		pthread_mutex_unlock(&client->mutex);
	}
	return client_leave(state, r);
}
