/* loop.c - see loop.h. */
#include "config.h"

#include "tests/unit/loop.h"

#include "tests/support/suite.h"
#include "tests/support/support.h"

void outcome_note(void *arg, int result)
{
	struct outcome *outcome = arg;
	outcome->count++;
	outcome->result = result;
}

struct semd_request *loop_start(struct semd_client *client, struct semd_sem *sem,
                                enum semd_op_kind kind, uint32_t n, int64_t timeout_ns,
                                struct outcome *outcome)
{
	const struct semd_op op = { .sem = sem, .kind = kind, .n = n };
	struct semd_request *request;
	ck_assert_int_eq(semd_start(client, &op, 1, timeout_ns, outcome_note, outcome, &request),
	                 0);
	ck_assert_ptr_nonnull(request);
	return request;
}

bool loop_has_work(struct semd_client *client)
{
	return descriptor_wait(semd_fd(client), 0);
}

void loop_await_work(struct semd_client *client)
{
	ck_assert(descriptor_wait(semd_fd(client), SUPPORT_LIMIT));
}

void loop_expect(struct semd_client *client, const struct outcome *outcome, int result)
{
	while (outcome->count == 0) {
		loop_await_work(client);
		ck_assert_int_eq(semd_dispatch(client), 0);
	}
	ck_assert_int_eq(outcome->count, 1);
	ck_assert_int_eq(outcome->result, result);
}
