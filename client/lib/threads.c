/*
 * threads.c - see threads.h.
 *
 * One of the waiting threads reads for all, without the mutex. When it has its own reply it wakes
 * another thread to go on reading. If the channel is clogged the reading thread waits for room as
 * well. If it was reading before that, a thread whose request is not sent yet waits for room. So a
 * single thread makes no system call but one to send and one to receive.
 */
#include "config.h"

#include "client/lib/threads.h"

#include "client/lib/call.h"
#include "client/lib/client.h"
#include "client/lib/receive.h"

void threads_forget(struct threads *threads)
{
	threads->calls = 0;
	threads->used = false;
	threads->emptied = NULL;
	TAILQ_INIT(&threads->asleep);
}

/* ---- Waiting for a reply --------------------------------------------------------------------- */

void threads_wake(struct semd_client *client, struct call *call)
{
	if (!call->asleep)
		return;
	TAILQ_REMOVE(&client->threads.asleep, call, in_list);
	call->asleep = false;
	park_wake(&call->park);
}

/* While calls wait, some thread must read, and some thread must wait for room if that is needed. */
static void hand_on(struct semd_client *client)
{
	const struct channel *channel = &client->channel;
	struct call *call = TAILQ_FIRST(&client->threads.asleep);
	if (channel->reading && (!channel->clogged || channel->writing))
		return;
	while (call && channel->reading && request_is_sent(&call->request))
		call = TAILQ_NEXT(call, in_list);
	if (call)
		threads_wake(client, call);
	else
		loop_watch(client);
}

/* Hands on first: this thread may have been woken to wait for room and have nothing to send any
 * more, but another may have. */
static bool sleep_until_woken(struct semd_client *client, struct call *call)
{
	struct call_list *list = &client->threads.asleep;
	hand_on(client);
	park_init(&call->park);
	call->asleep = true;
	TAILQ_INSERT_TAIL(list, call, in_list);
	pthread_mutex_unlock(&client->mutex);
	bool interrupted = park_sleep(&call->park, client->flags & SEMD_INTERRUPTIBLE);
	pthread_mutex_lock(&client->mutex);
	if (call->asleep)
		TAILQ_REMOVE(list, call, in_list);
	call->asleep = false;
	return interrupted;
}

static bool make_room(struct semd_client *client, const struct call *call)
{
	bool interrupted = false;
	channel_await_room(&client->channel, &client->mutex, &interrupted);
	request_push(client);
	if (request_is_sent(&call->request))
		hand_on(client);
	return interrupted && client->flags & SEMD_INTERRUPTIBLE;
}

bool threads_wait(struct semd_client *client, struct call *call)
{
	const struct channel *channel = &client->channel;
	if (!channel->reading)
		return receive(client);
	if (channel->clogged && !channel->writing && !request_is_sent(&call->request))
		return make_room(client, call);
	return sleep_until_woken(client, call);
}

/* ---- Coming and going ------------------------------------------------------------------------ */

static void note_user(struct semd_client *client)
{
	struct threads *threads = &client->threads;
	if (threads->used && !pthread_equal(threads->last_user, pthread_self()))
		client->session.shared = true;
	threads->last_user = pthread_self();
	threads->used = true;
}

void threads_enter(struct semd_client *client)
{
	client->threads.calls++;
	note_user(client);
}

void threads_leave(struct semd_client *client)
{
	client->threads.calls--;
	hand_on(client);
	threads_has_left(client);
}

void threads_stay(struct semd_client *client)
{
	pthread_mutex_lock(&client->mutex);
	client->threads.calls++;
	pthread_mutex_unlock(&client->mutex);
}

void threads_go(struct semd_client *client)
{
	pthread_mutex_lock(&client->mutex);
	client->threads.calls--;
	threads_has_left(client);
	pthread_mutex_unlock(&client->mutex);
}

static bool is_empty(const struct semd_client *client)
{
	return !client->threads.calls && TAILQ_EMPTY(&client->dispatching);
}

void threads_has_left(struct semd_client *client)
{
	if (client->threads.emptied && is_empty(client))
		park_wake(client->threads.emptied);
}

void threads_await_all(struct semd_client *client)
{
	struct park park;
	park_init(&park);
	client->threads.emptied = &park;
	while (!is_empty(client)) {
		pthread_mutex_unlock(&client->mutex);
		park_sleep(&park, false);
		pthread_mutex_lock(&client->mutex);
	}
	client->threads.emptied = NULL;
}
