/* async.c - see async.h. */
#include "config.h"

#include "client/lib/async.h"

#include <stdlib.h>
#include <string.h>

#include "client/lib/call.h"
#include "client/lib/client.h"
#include "client/lib/loop.h"
#include "client/lib/error.h"
#include "client/lib/os/forks.h"
#include "client/lib/permits.h"

enum { CANCEL_FRAME = WIRE_HEAD_SIZE + sizeof(uint64_t) };

struct semd_request {
	struct semd_client *client;
	unsigned generation;		/* of forks */
	semd_done_fn *done;
	void *arg;
	bool known, told;
	bool canceling;			/* its CANCEL is in flight */
	int result;			/* once it is known */
	struct request apply, cancel;
	TAILQ_ENTRY(semd_request) in_all, in_known;
	uint8_t cancel_frame[CANCEL_FRAME];
	uint8_t frame[];
};

void async_init(struct async *async)
{
	TAILQ_INIT(&async->all);
	async_forget(async);
}

void async_forget(struct async *async)
{
	TAILQ_INIT(&async->known);
	async->known_count = 0;
}

void async_free(struct async *async)
{
	struct semd_request *request;
	while ((request = TAILQ_FIRST(&async->all))) {
		TAILQ_REMOVE(&async->all, request, in_all);
		free(request);
	}
}

/* ---- From its start to its result ------------------------------------------------------------ */

static void has_result(struct semd_request *request, int result)
{
	struct async *async = &request->client->async;
	request->known = true;
	request->result = result;
	TAILQ_INSERT_TAIL(&async->known, request, in_known);
	async->known_count++;
}

static void free_if_over(struct semd_request *request)
{
	if (!request->told || request->canceling)
		return;
	forks_lock();
	TAILQ_REMOVE(&request->client->async.all, request, in_all);
	forks_unlock();
	free(request);
}

static void apply_ended(struct semd_client *client, struct request *apply, int result)
{
	(void)client;
	has_result(apply->owner, result);
}

static void cancel_ended(struct semd_client *client, struct request *cancel, int result)
{
	struct semd_request *request = cancel->owner;
	(void)client;
	(void)result;		/* the request's own result tells whether it came too late */
	request->canceling = false;
	free_if_over(request);
}

static struct semd_request *make(struct semd_client *client, const struct apply_request *asked)
{
	uint8_t frame[CALL_FRAME];
	size_t size = apply_request_encode(asked, frame, sizeof(frame));
	struct semd_request *request = calloc(1, sizeof(*request) + size);
	if (!request)
		return NULL;
	memcpy(request->frame, frame, size);
	request->client = client;
	request->generation = forks_generation();
	request->apply = (struct request){ .opcode = WIRE_APPLY, .numbered = true,
		.frame = request->frame, .size = size, .ended = apply_ended, .owner = request };
	request->cancel = (struct request){ .opcode = WIRE_CANCEL,
		.frame = request->cancel_frame, .ended = cancel_ended, .owner = request };
	return request;
}

static int begin(struct semd_client *client, struct semd_request *request)
{
	client->session.shared = true;		/* the program goes on while this waits */
	int r = request_begin(client, &request->apply);
	if (r != 0)
		return client_explain(client, r);
	forks_lock();
	TAILQ_INSERT_TAIL(&client->async.all, request, in_all);
	forks_unlock();
	loop_watch(client);
	return 0;
}

static int start(struct semd_client *client, const struct apply_request *asked, bool can_wait,
                 semd_done_fn *done, void *arg, struct semd_request **result)
{
	struct semd_request *request = make(client, asked);
	if (!request)
		return error_note(SEMD_ENOMEM);
	request->apply.can_wait = can_wait;
	request->done = done;
	request->arg = arg;
	pthread_mutex_lock(&client->mutex);
	int r = begin(client, request);
	if (r == 0 && result)	/* before another thread can call back */
		*result = request;
	pthread_mutex_unlock(&client->mutex);
	if (r != 0)
		free(request);
	return r;
}

int semd_start(struct semd_client *client, const struct semd_op *ops, size_t count,
               int64_t timeout_ns, semd_done_fn *done, void *arg, struct semd_request **request)
{
	struct apply_request asked;
	bool can_wait;
	int state;
	if (request)
		*request = NULL;
	if (!client || !ops || count < 1 || count > SEMD_MAX_OPS || !done)
		return error_note(SEMD_EINVAL);
	int r = client_enter(client, &state);
	if (r == 0)
		r = permits_ask(client, ops, count, timeout_ns, &asked, &can_wait);
	if (r == 0)
		r = start(client, &asked, can_wait, done, arg, request);
	return client_leave(state, r);
}

/* ---- Its end --------------------------------------------------------------------------------- */

bool async_tell(struct semd_client *client, const bool *gone)
{
	struct async *async = &client->async;
	struct semd_request *request = TAILQ_FIRST(&async->known);
	TAILQ_REMOVE(&async->known, request, in_known);
	async->known_count--;
	if (request->result != 0)
		client_explain(client, request->result);
	unsigned generation = request->generation;
	pthread_mutex_unlock(&client->mutex);
	request->done(request->arg, request->result);
	if (*gone || generation != forks_generation())
		return false;
	pthread_mutex_lock(&client->mutex);
	request->told = true;
	free_if_over(request);
	return true;
}

static int cancel(struct semd_client *client, struct semd_request *request)
{
	if (request->known || request->canceling)
		return 0;
	if (request_withdraw(client, &request->apply)) {
		has_result(request, SEMD_ECANCELED);
		loop_announce(client);
		return 0;
	}
	const struct cancel_request asked = { .request = request->apply.number };
	request->cancel.size = cancel_request_encode(&asked, request->cancel_frame, CANCEL_FRAME);
	int r = request_begin(client, &request->cancel);
	if (r != 0)
		return client_explain(client, r);
	request->canceling = true;
	loop_watch(client);
	return 0;
}

int semd_cancel(struct semd_request *request)
{
	int state;
	if (!request)
		return error_note(SEMD_EINVAL);
	if (request->generation != forks_generation())
		return error_say(SEMD_EINVAL, "this request is the parent's");
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
	pthread_mutex_lock(&request->client->mutex);
	int r = cancel(request->client, request);
	pthread_mutex_unlock(&request->client->mutex);
	return client_leave(state, r);
}
