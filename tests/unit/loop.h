/*
 * loop.h - a minimal event loop around one client, and the outcomes of requests started in it.
 */
#ifndef SEMD_TESTS_UNIT_LOOP_H
#define SEMD_TESTS_UNIT_LOOP_H

#include <stdbool.h>

#include "client/semd.h"

/* How often a callback has run, and its last result. */
struct outcome {
	int count;
	int result;
};

void outcome_note(void *arg, int result);	/* a semd_done_fn; `arg` is a struct outcome */

/* Starts one operation, which must succeed; the callback notes its result in `outcome`. */
struct semd_request *loop_start(struct semd_client *client, struct semd_sem *sem,
                                enum semd_op_kind kind, uint32_t n, int64_t timeout_ns,
                                struct outcome *outcome);

/* Whether there is work for semd_dispatch now. */
bool loop_has_work(struct semd_client *client);

/* Waits until there is work; the test fails when the limit has passed. */
void loop_await_work(struct semd_client *client);

/*
 * Dispatches until the callback has run, which must be once, with this result. Each dispatch must
 * return 0.
 */
void loop_expect(struct semd_client *client, const struct outcome *outcome, int result);

#endif
