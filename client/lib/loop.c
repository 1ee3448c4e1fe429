/*
 * loop.c - see loop.h; semd_fd and semd_dispatch.
 *
 * The descriptor is readable while the socket has input that no thread is about to read. It is also
 * readable while it is signaled, which happens when another thread has read the result of a started
 * request. If a dispatch finds that another thread is reading, the socket is no longer watched. It
 * is watched again when that thread stops and no other goes on reading. So a loop wakes up at most
 * once for a reply that is not its own, and blocking calls cost no more than in a program without a
 * loop.
 */
#include "config.h"

#include "client/lib/loop.h"

#include "client/lib/client.h"
#include "client/lib/error.h"
#include "client/lib/receive.h"

static bool has_work(const struct semd_client *client)
{
	const struct session *session = &client->session;
	return client->async.known_count > 0 || (session->failure && !session->failure_told);
}

void loop_announce(struct semd_client *client)
{
	if (has_work(client))
		ready_signal(&client->ready, true);
}

static bool wants_input(const struct semd_client *client)
{
	return !client->session.failure && !client->channel.reading;
}

static bool wants_output(const struct semd_client *client)
{
	const struct channel *channel = &client->channel;
	return !client->session.failure && channel->clogged && !channel->writing;
}

/* If the socket cannot be watched the descriptor stays readable: better too many dispatches than
 * none. */
void loop_watch(struct semd_client *client)
{
	struct ready *ready = &client->ready;
	if (!ready_watch(ready, &client->channel.socket, ready->input || wants_input(client),
	                 ready->output || wants_output(client)))
		ready_signal(ready, true);
}

static void settle(struct semd_client *client)
{
	bool watched = ready_watch(&client->ready, &client->channel.socket, wants_input(client),
	                           wants_output(client));
	ready_signal(&client->ready, has_work(client) || !watched);
}

void loop_abandon(struct semd_client *client)
{
	struct dispatching *one, *next;
	for (one = TAILQ_FIRST(&client->dispatching); one; one = next) {
		next = TAILQ_NEXT(one, next);
		if (!pthread_equal(one->thread, pthread_self()))
			continue;
		one->gone = true;
		TAILQ_REMOVE(&client->dispatching, one, next);
	}
}

static int make_ready(struct semd_client *client)
{
	if (client->ready.whole != SEMD_NO_DESCRIPTOR)
		return 0;
	int r = ready_make(&client->ready);
	if (r == 0)
		settle(client);
	return r;
}

semd_descriptor semd_fd(struct semd_client *client)
{
	semd_descriptor whole = SEMD_NO_DESCRIPTOR;
	int state;
	if (!client) {
		error_note(SEMD_EINVAL);
		return whole;
	}
	if (client_enter(client, &state) == 0) {
		pthread_mutex_lock(&client->mutex);
		if (make_ready(client) == 0)
			whole = client->ready.whole;
		pthread_mutex_unlock(&client->mutex);
	}
	client_leave(state, 0);
	return whole;
}

static void take_in(struct semd_client *client)
{
	if (client->session.failure)
		return;
	if (!client->channel.reading)
		receive_now(client);
	else if (client->channel.clogged)
		request_push(client);
}

/* Tells only the results known at the beginning, so that callbacks that start requests do not
 * keep it going. */
static bool tell(struct semd_client *client, const struct dispatching *self)
{
	for (size_t count = client->async.known_count; count > 0; count--)
		if (client->async.known_count > 0 && !async_tell(client, &self->gone))
			return false;
	return true;
}

static int dispatch(struct semd_client *client)
{
	struct dispatching self = { .thread = pthread_self() };
	pthread_mutex_lock(&client->mutex);
	TAILQ_INSERT_TAIL(&client->dispatching, &self, next);
	ready_answer(&client->ready);
	take_in(client);
	if (!tell(client, &self))
		return 0;
	/* The session may have failed while callbacks ran. Then the callbacks of its last
	 * results come first. */
	int r = client->async.known_count == 0 ? client->session.failure : 0;
	if (r != 0)
		client_explain(client, r);
	client->session.failure_told = r != 0;
	settle(client);
	TAILQ_REMOVE(&client->dispatching, &self, next);
	threads_has_left(client);
	pthread_mutex_unlock(&client->mutex);
	return r;
}

int semd_dispatch(struct semd_client *client)
{
	int state;
	if (!client)
		return error_note(SEMD_EINVAL);
	int r = client_enter(client, &state);
	if (r == 0)
		r = dispatch(client);
	return client_leave(state, r);
}
