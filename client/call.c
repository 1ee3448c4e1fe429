/*
 * call.c - sending requests and waiting for their replies, many threads on one connection.
 *
 * A request gets its number and is sent under the client's mutex, so numbers rise on the wire. Of
 * the threads that wait one reads for all, without the mutex; when its own reply is in, it wakes one
 * other to go on reading. A thread alone thus sends, receives, and makes no other system call.
 */
#include "config.h"

#include "client/call.h"

#include "client/client.h"
#include "client/error.h"
#include "client/receive.h"

void call_init(struct call *call)
{
	call->numbered = false;
	call->can_wait = false;
	call->rows = NULL;
	call->done = false;
	call->list = NULL;
}

/* True if a signal handler has interrupted it. */
static bool sleep_in(struct semd_client *client, struct call_list *list, struct call *call)
{
	park_init(&call->park);
	call->list = list;
	TAILQ_INSERT_TAIL(list, call, in_list);
	pthread_mutex_unlock(&client->mutex);
	bool interrupted = park_sleep(&call->park, client->flags & SEMD_INTERRUPTIBLE);
	pthread_mutex_lock(&client->mutex);
	if (call->list)
		TAILQ_REMOVE(list, call, in_list);
	call->list = NULL;
	return interrupted;
}

static void wake(struct call *call)
{
	if (!call->list)
		return;
	TAILQ_REMOVE(call->list, call, in_list);
	call->list = NULL;
	park_wake(&call->park);
}

void call_wake_first(struct call_list *list)
{
	if (!TAILQ_EMPTY(list))
		wake(TAILQ_FIRST(list));
}

/* The daemon keeps its reply until it hears that we have seen it; it keeps only so many. */
static bool is_kept(const struct call *call)
{
	return call->numbered && !call->can_wait;
}

void call_finish(struct semd_client *client, struct call *call, int result)
{
	struct connection *connection = &client->connection;
	tags_take_back(&client->tags, call->tag);
	if (is_kept(call)) {
		connection->unseen--;
		call_wake_first(&connection->held_back);
	}
	call->result = result;
	call->done = true;
	wake(call);
}

void call_fail_all(struct semd_client *client, int error, const char *reason)
{
	struct connection *connection = &client->connection;
	if (!connection->failure) {
		connection->failure = error;
		snprintf(connection->reason, sizeof(connection->reason), "%s", reason);
	}
	for (uint32_t i = 0; i < client->tags.used; i++)
		if (client->tags.places[i].call)
			call_finish(client, client->tags.places[i].call, connection->failure);
	while (!TAILQ_EMPTY(&connection->held_back))
		call_wake_first(&connection->held_back);
}

void call_await_all(struct semd_client *client)
{
	struct park park;
	park_init(&park);
	client->connection.emptied = &park;
	while (client->connection.calls) {
		pthread_mutex_unlock(&client->mutex);
		park_sleep(&park, false);
		pthread_mutex_lock(&client->mutex);
	}
	client->connection.emptied = NULL;
}

static int send_now(struct semd_client *client, struct call *call)
{
	struct connection *connection = &client->connection;
	if (connection->failure)
		return connection->failure;
	if (tags_give(&client->tags, call, &call->tag) != 0)
		return SEMD_ENOMEM;
	call->number = call->numbered ? ++connection->last_number : 0;
	wire_head_stamp(call->frame, connection->shared ? WIRE_SHARED : 0, call->tag, call->number,
	                connection->seen);
	if (is_kept(call))
		connection->unseen++;
	socket_send(&connection->socket, call->frame, call->frame_size);
	return 0;
}

static int send_in_turn(struct semd_client *client, struct call *call)
{
	struct connection *connection = &client->connection;
	while (is_kept(call) && connection->unseen == WIRE_MAX_UNSEEN && !connection->failure)
		sleep_in(client, &connection->held_back, call);
	return send_now(client, call);
}

void call_share(struct semd_client *client)
{
	client->connection.shared = true;
}

static void note_user(struct semd_client *client)
{
	struct connection *connection = &client->connection;
	if (connection->used && !pthread_equal(connection->first_user, pthread_self()))
		call_share(client);
	connection->first_user = pthread_self();
	connection->used = true;
}

/* Reads, or sleeps while another does; true if a signal handler has interrupted that. */
static bool wait_once(struct semd_client *client, struct call *call)
{
	if (client->connection.reading)
		return sleep_in(client, &client->connection.asleep, call);
	return receive(client);
}

/*
 * Ends a waiting call early, unless it is granted first. The daemon answers the call before it
 * answers the CANCEL, and that says whether it was the CANCEL that ended it.
 */
static int cancel(struct semd_client *client, struct call *call)
{
	const struct cancel_request request = { .request = call->number };
	struct call canceling;
	call_init(&canceling);
	canceling.opcode = WIRE_CANCEL;
	canceling.frame_size = cancel_request_encode(&request, canceling.frame, CALL_FRAME);
	if (send_now(client, &canceling) == 0)
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
		if (interrupted && !call->done && call->can_wait)
			return cancel(client, call);
	}
	return call->result;
}

static void explain(const struct connection *connection, int error)
{
	if (error == connection->failure)
		error_say(error, "%s", connection->reason);
	else
		error_note(error);
}

/* Somebody must go on reading as long as anybody waits. */
static void leave(struct semd_client *client)
{
	struct connection *connection = &client->connection;
	connection->calls--;
	if (!connection->reading)
		call_wake_first(&connection->asleep);
	if (connection->emptied && !connection->calls)
		park_wake(connection->emptied);
}

int call_run(struct semd_client *client, struct call *call)
{
	pthread_mutex_lock(&client->mutex);
	client->connection.calls++;
	note_user(client);
	int result = send_in_turn(client, call);
	if (result == 0)
		result = await(client, call);
	if (result != 0)
		explain(&client->connection, result);
	leave(client);
	pthread_mutex_unlock(&client->mutex);
	return result;
}
