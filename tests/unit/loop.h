/*
 * loop.h - a program's loop around one client, as small as can be, and what came of the requests that
 * were started in it.
 */
#ifndef SEMD_TESTS_LOOP_H
#define SEMD_TESTS_LOOP_H

#include <stdbool.h>

#include "client/semd.h"

/* How often a callback has run, and with what the last time. */
struct outcome {
	int count;
	int result;
};

void outcome_note(void *arg, int result);	/* a semd_done_fn; `arg` is a struct outcome */

/* Starts one operation that must begin well, to be noted. */
struct semd_request *loop_start(struct semd_client *client, struct semd_sem *sem,
                                enum semd_op_kind kind, uint32_t n, int64_t timeout_ns,
                                struct outcome *outcome);

/* Whether there is work for semd_dispatch now. */
bool loop_has_work(struct semd_client *client);

/* Waits until there is, which must not take for ever. */
void loop_await_work(struct semd_client *client);

/* Turns until the callback has run once, with this result; dispatch must return 0. */
void loop_expect(struct semd_client *client, const struct outcome *outcome, int result);

#endif
