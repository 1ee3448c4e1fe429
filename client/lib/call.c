/* call.c - see call.h. How threads share the channel while they wait is in threads.c. */
#include "config.h"

#include "client/lib/call.h"

#include "client/lib/client.h"
#include "client/lib/error.h"

static void ended(struct semd_client *client, struct request *request, int result)
{
	struct call *call = request->owner;
	call->result = result;
	call->done = true;
	threads_wake(client, call);
}

void call_init(struct call *call)
{
	call->request = (struct request){
		.frame = call->frame, .reply = call->reply, .ended = ended, .owner = call };
	call->done = false;
	call->asleep = false;
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
			threads_wait(client, &canceling);
	while (!call->done)
		threads_wait(client, call);
	return canceling.done && canceling.result == 0 ? SEMD_EINTR : call->result;
}

static int await(struct semd_client *client, struct call *call)
{
	while (!call->done) {
		bool interrupted = threads_wait(client, call);
		if (interrupted && !call->done && call->request.can_wait)
			return cancel(client, call);
	}
	return call->result;
}

static int run(struct semd_client *client, struct call *call)
{
	pthread_mutex_lock(&client->mutex);
	threads_enter(client);
	int result = request_begin(client, &call->request);
	if (result == 0)
		result = await(client, call);
	if (result != 0)
		client_explain(client, result);
	threads_leave(client);
	pthread_mutex_unlock(&client->mutex);
	return result;
}

/* A reply that cannot be decoded ends the session: nothing after it could be trusted. */
static int not_a_reply(struct semd_client *client)
{
	const char *reason = "the daemon does not keep to the protocol: a reply that cannot be read";
	pthread_mutex_lock(&client->mutex);
	session_fail(client, SEMD_EPROTO, reason);
	if (client->channel.reading)		/* in another thread, which must notice */
		channel_cut(&client->channel);
	pthread_mutex_unlock(&client->mutex);
	return error_say(SEMD_EPROTO, "%s", reason);
}

#define CALL(NAME, name, value, numbered_, ...) \
	int call_##name(struct semd_client *client, struct call *call, \
	                const struct name##_request *request, struct name##_reply *reply) \
	{ \
		call->request.opcode = WIRE_##NAME; \
		call->request.numbered = numbered_; \
		call->request.size = name##_request_encode(request, call->frame, CALL_FRAME); \
		if (!call->request.size) \
			return error_note(SEMD_EINVAL); \
		int r = run(client, call); \
		if (r == 0 && name##_reply_decode(reply, call->reply, call->request.reply_size) != 0) \
			return not_a_reply(client); \
		return r; \
	}
WIRE_MESSAGES(CALL)
