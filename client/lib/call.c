/*
 * call.c - waiting for replies, many threads on one connection.
 *
 * Of the threads that wait one reads for all, without the mutex; when its own reply is in, it wakes one
 * other to go on reading. Where the socket has no room for more, the one that reads waits for that as
 * well; if it has begun before, another of which something is still to be sent does. A thread alone
 * thus sends, receives, and makes no other system call.
 */
#include "config.h"

#include "client/lib/call.h"

#include "client/lib/client.h"
#include "client/lib/loop.h"
#include "client/lib/error.h"
#include "client/lib/receive.h"

static void wake(struct semd_client *client, struct call *call)
{
	if (!call->asleep)
		return;
	TAILQ_REMOVE(&client->connection.asleep, call, in_list);
	call->asleep = false;
	park_wake(&call->park);
}

static void ended(struct semd_client *client, struct request *request, int result)
{
	struct call *call = request->owner;
	call->result = result;
	call->done = true;
	wake(client, call);
}

void call_init(struct call *call)
{
	call->request = (struct request){
		.frame = call->frame, .reply = call->reply, .ended = ended, .owner = call };
	call->done = false;
	call->asleep = false;
}

/* Somebody must go on reading, and waiting for room, as long as anybody waits for it. */
static void hand_on(struct semd_client *client)
{
	struct connection *connection = &client->connection;
	struct call *call = TAILQ_FIRST(&connection->asleep);
	if (connection->reading && (!connection->clogged || connection->writing))
		return;
	while (call && connection->reading && !call->request.in_line)
		call = TAILQ_NEXT(call, in_list);
	if (call)
		wake(client, call);
	else
		loop_watch(client);
}

/* True if a signal handler has interrupted it. It may have been woken to wait for room, and have none to
 * wait for any more; but others may. */
static bool sleep_until_woken(struct semd_client *client, struct call *call)
{
	struct call_list *list = &client->connection.asleep;
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
	struct connection *connection = &client->connection;
	bool interrupted = false;
	connection->writing = true;
	pthread_mutex_unlock(&client->mutex);
	socket_wait(&connection->socket, false, &interrupted);
	pthread_mutex_lock(&client->mutex);
	connection->writing = false;
	request_push(client);
	if (!call->request.in_line)
		hand_on(client);
	return interrupted && client->flags & SEMD_INTERRUPTIBLE;
}

/* One wait for whatever is to be waited for; true if a signal handler has interrupted that. */
static bool wait_once(struct semd_client *client, struct call *call)
{
	struct connection *connection = &client->connection;
	if (!connection->reading)
		return receive(client);
	if (connection->clogged && !connection->writing && call->request.in_line)
		return make_room(client, call);
	return sleep_until_woken(client, call);
}

/*
 * Ends a waiting call early, unless it is granted first. The daemon answers the call before it
 * answers the CANCEL, and that says whether it was the CANCEL that ended it.
 */
static int cancel(struct semd_client *client, struct call *call)
{
	const struct cancel_request request = { .request = call->request.number };
	struct call canceling;
	if (request_withdraw(client, &call->request))
		return SEMD_EINTR;
	call_init(&canceling);
	canceling.request.opcode = WIRE_CANCEL;
	canceling.request.size = cancel_request_encode(&request, canceling.frame, CALL_FRAME);
	if (request_begin(client, &canceling.request) == 0)
		while (!canceling.done)
			wait_once(client, &canceling);
	while (!call->done)
		wait_once(client, call);
	return canceling.done && canceling.result == 0 ? SEMD_EINTR : call->result;
}

static int await(struct semd_client *client, struct call *call)
{
	while (!call->done) {
		bool interrupted = wait_once(client, call);
		if (interrupted && !call->done && call->request.can_wait)
			return cancel(client, call);
	}
	return call->result;
}

void call_share(struct semd_client *client)
{
	client->connection.shared = true;
}

static void note_user(struct semd_client *client)
{
	struct connection *connection = &client->connection;
	if (connection->used && !pthread_equal(connection->last_user, pthread_self()))
		call_share(client);
	connection->last_user = pthread_self();
	connection->used = true;
}

int call_run(struct semd_client *client, struct call *call)
{
	pthread_mutex_lock(&client->mutex);
	client->connection.calls++;
	note_user(client);
	int result = request_begin(client, &call->request);
	if (result == 0)
		result = await(client, call);
	if (result != 0)
		client_explain(client, result);
	client->connection.calls--;
	hand_on(client);
	call_has_left(client);
	pthread_mutex_unlock(&client->mutex);
	return result;
}

void call_stay(struct semd_client *client)
{
	pthread_mutex_lock(&client->mutex);
	client->connection.calls++;
	pthread_mutex_unlock(&client->mutex);
}

void call_go(struct semd_client *client)
{
	pthread_mutex_lock(&client->mutex);
	client->connection.calls--;
	call_has_left(client);
	pthread_mutex_unlock(&client->mutex);
}

static bool is_empty(const struct semd_client *client)
{
	return !client->connection.calls && TAILQ_EMPTY(&client->dispatching);
}

void call_has_left(struct semd_client *client)
{
	if (client->connection.emptied && is_empty(client))
		park_wake(client->connection.emptied);
}

void call_await_all(struct semd_client *client)
{
	struct park park;
	park_init(&park);
	client->connection.emptied = &park;
	while (!is_empty(client)) {
		pthread_mutex_unlock(&client->mutex);
		park_sleep(&park, false);
		pthread_mutex_lock(&client->mutex);
	}
	client->connection.emptied = NULL;
}
