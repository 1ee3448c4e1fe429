/*
 * permits.c - acquire, release and the like. All of them are one request with one or more terms.
 */
#include "config.h"

#include "client/lib/permits.h"

#include "client/lib/call.h"
#include "client/lib/client.h"
#include "client/lib/error.h"

#define SAME(name) _Static_assert((int)SEMD_##name == (int)WIRE_TERM_##name, #name)
SAME(ACQUIRE);
SAME(CONSUME);
SAME(RELEASE);
SAME(SETTLE);
SAME(POST);
SAME(WAIT_ZERO);
#undef SAME

static bool waits(const struct semd_op *op)
{
	return op->kind == SEMD_ACQUIRE || op->kind == SEMD_CONSUME || op->kind == SEMD_WAIT_ZERO;
}

/* The terms are not zeroed first: most requests have one of the 64 that there is room for. */
static int make_terms(struct semd_client *client, const struct semd_op *ops, size_t count,
                      struct wire_terms *terms)
{
	terms->count = (uint32_t)count;
	for (size_t i = 0; i < count; i++) {
		const struct semd_sem *sem = ops[i].sem;
		if (!sem || sem->client != client)
			return error_say(SEMD_EINVAL, "operation %zu: its semaphore is not of this client", i);
		if (sem->failure)
			return error_note(sem->failure);
		terms->term[i] = (struct wire_term){ sem->number, ops[i].kind, ops[i].n };
	}
	return 0;
}

int permits_ask(struct semd_client *client, const struct semd_op *ops, size_t count,
                int64_t timeout_ns, struct apply_request *request, bool *can_wait)
{
	int r = make_terms(client, ops, count, &request->terms);
	request->head = (struct wire_head){ 0 };
	request->timeout = timeout_ns;
	*can_wait = false;
	for (size_t i = 0; r == 0 && i < count && timeout_ns != 0; i++)
		*can_wait |= waits(&ops[i]);
	return r;
}

static int apply(struct semd_client *client, const struct semd_op *ops, size_t count,
                 int64_t timeout_ns)
{
	struct call call;
	struct apply_request request;
	struct apply_reply reply;
	call_init(&call);
	int r = permits_ask(client, ops, count, timeout_ns, &request, &call.request.can_wait);
	return r == 0 ? call_apply(client, &call, &request, &reply) : r;
}

int semd_apply(struct semd_client *client, const struct semd_op *ops, size_t count,
               int64_t timeout_ns)
{
	int state;
	if (!client || !ops || count < 1 || count > SEMD_MAX_OPS)
		return error_note(SEMD_EINVAL);
	int r = client_enter(client, &state);
	if (r == 0)
		r = apply(client, ops, count, timeout_ns);
	return client_leave(state, r);
}

static int apply_one(struct semd_sem *sem, enum semd_op_kind kind, uint32_t n, int64_t timeout_ns)
{
	const struct semd_op op = { .sem = sem, .kind = kind, .n = n };
	return sem ? semd_apply(sem->client, &op, 1, timeout_ns) : error_note(SEMD_EINVAL);
}

int semd_acquire(struct semd_sem *sem, uint32_t n)
{
	return apply_one(sem, SEMD_ACQUIRE, n, SEMD_FOREVER);
}

int semd_try_acquire(struct semd_sem *sem, uint32_t n)
{
	return apply_one(sem, SEMD_ACQUIRE, n, 0);
}

int semd_timed_acquire(struct semd_sem *sem, uint32_t n, int64_t timeout_ns)
{
	return apply_one(sem, SEMD_ACQUIRE, n, timeout_ns);
}

int semd_release(struct semd_sem *sem, uint32_t n)
{
	return apply_one(sem, SEMD_RELEASE, n, 0);
}

int semd_settle(struct semd_sem *sem, uint32_t n)
{
	return apply_one(sem, SEMD_SETTLE, n, 0);
}

int semd_post(struct semd_sem *sem, uint32_t n)
{
	return apply_one(sem, SEMD_POST, n, 0);
}

int semd_consume(struct semd_sem *sem, uint32_t n, int64_t timeout_ns)
{
	return apply_one(sem, SEMD_CONSUME, n, timeout_ns);
}
