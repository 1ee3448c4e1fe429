/*
 * test_client_loop_peer.c - started requests, with a peer that answers at chosen moments, or as no
 * daemon does.
 */
#include "config.h"

#include <string.h>

#include "tests/support/suite.h"
#include "tests/unit/scripted.h"

enum { SEVERAL = 8 };

/* ---- While a thread reads for all ------------------------------------------------------------ */

static void answer_when_told(struct peer *self)
{
	scripted_serve_open(self);
	const struct wire_head of_thread = peer_expect(self, WIRE_APPLY);
	sem_post(&gone_on);
	const struct wire_head started = peer_expect(self, WIRE_APPLY);
	scripted_await(&go);
	peer_answer(self, &started, WIRE_OK);
	sem_post(&gone_on);
	const struct wire_head last = peer_expect(self, WIRE_APPLY);
	scripted_await(&go);
	peer_answer(self, &of_thread, WIRE_OK);
	scripted_await(&go);
	peer_answer(self, &last, WIRE_OK);
	peer_drain(self);
}

/* A reply wakes the loop at most once until the thread that is about to read it has read it. */
START_TEST(quiet_while_a_thread_reads)
{
	int woken = 0;
	struct waiter waiter;
	scripted_begin(0, answer_when_told);
	waiter_start(&waiter, 1);
	scripted_await(&gone_on);
	scripted_start(1);		/* on return the thread holds no lock */
	waiter_stop(&waiter);
	sem_post(&go);
	scripted_await(&gone_on);
	for (; loop_has_work(client) && woken < 2; woken++)
		ck_assert_int_eq(semd_dispatch(client), 0);
	ck_assert_int_le(woken, 1);
	ck_assert_int_eq(outcome[1].count, 0);
	waiter_let_go();
	loop_expect(client, &outcome[1], 0);
	ck_assert(!loop_has_work(client));
	scripted_start(2);
	sem_post(&go);
	waiter_expect(&waiter, 0);
	/* From here on only the loop reads. */
	ck_assert(!loop_has_work(client));
	sem_post(&go);
	loop_expect(client, &outcome[2], 0);
	scripted_end();
}
END_TEST

/* ---- What the peer may and may not say ------------------------------------------------------- */

static void end_with_reason(struct peer *self)
{
	scripted_serve_open(self);
	for (int i = 0; i < SEVERAL; i++)
		peer_expect(self, WIRE_APPLY);
	scripted_send_end(self, WIRE_EQUOTA, "too much of it");
}

static void expect_explained(void *arg, int result)
{
	outcome_note(arg, result);
	ck_assert_ptr_nonnull(strstr(semd_explain(), "too much of it"));
}

START_TEST(ended)
{
	scripted_begin(0, end_with_reason);
	for (int i = 0; i < SEVERAL; i++) {
		const struct semd_op op = { sem, SEMD_ACQUIRE, 1 };
		ck_assert_int_eq(semd_start(client, &op, 1, SEMD_FOREVER, expect_explained,
		                            &outcome[i], NULL), 0);
	}
	scripted_expect_end(SEVERAL, SEMD_EQUOTA);
	ck_assert_ptr_nonnull(strstr(semd_explain(), "too much of it"));
	scripted_end();
}
END_TEST

static void answer_with_a_gap(struct peer *self)
{
	uint8_t frame[WIRE_HEAD_SIZE];
	scripted_serve_open(self);
	const struct wire_head apply = peer_expect(self, WIRE_APPLY);
	self->replies++;
	const struct wire_head reply = peer_reply_head(self, &apply, WIRE_OK);
	peer_send(self, frame, wire_head_encode(&reply, frame, sizeof(frame)));
	peer_drain(self);
}

/* The tag of a request that was not sent can be guessed: the last slot of the table, used once. */
static void answer_what_was_not_sent(struct peer *self)
{
	uint8_t frame[WIRE_HEAD_SIZE];
	scripted_serve_open(self);
	const struct wire_head reply = { .opcode = WIRE_APPLY,
		.tag = UINT64_C(1) << 32 | (SCRIPTED_MANY - 1), .number = self->replies + 1 };
	peer_expect(self, WIRE_APPLY);
	scripted_await(&go);
	peer_send(self, frame, wire_head_encode(&reply, frame, sizeof(frame)));
	peer_drain(self);
}

static void expect_malformed(void (*script)(struct peer *peer), int count)
{
	scripted_begin(0, script);
	for (int i = 0; i < count; i++)
		scripted_start(i);
	sem_post(&go);
	scripted_expect_end(count, SEMD_EPROTO);
	scripted_end();
}

START_TEST(malformed)
{
	expect_malformed(answer_with_a_gap, 1);
	expect_malformed(answer_what_was_not_sent, SCRIPTED_MANY);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("client_loop_peer");
	TCase *cases = suite_case(suite, "threads");
	tcase_add_test(cases, quiet_while_a_thread_reads);
	cases = suite_case(suite, "ends");
	tcase_add_test(cases, ended);
	tcase_add_test(cases, malformed);
	return suite;
}

int main(void)
{
	return suite_run(make_suite());
}
