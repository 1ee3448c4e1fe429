/*
 * test_client_loop_edge.c - events that a loop must not miss: two at once with an edge-triggered
 * loop, and events while callbacks run.
 */
#include "config.h"

#include "tests/support/suite.h"
#include "tests/unit/edge.h"
#include "tests/unit/scripted.h"

enum { FIRST, SECOND };		/* outcomes */

static void begin(void (*script)(struct peer *peer))
{
	scripted_begin(0, script);
	edge_begin(semd_fd(client));
}

static void end(void)
{
	edge_end();
	scripted_end();
}

static int turn(void)
{
	ck_assert(edge_await());
	return semd_dispatch(client);
}

/* ---- The end of the connection --------------------------------------------------------------- */

static void answer_and_go(struct peer *self)
{
	scripted_serve_open(self);
	const struct wire_head apply = peer_expect(self, WIRE_APPLY);
	peer_answer(self, &apply, WIRE_OK);
}

/* Both have arrived before the loop looks, and wake it only once. */
START_TEST(reply_and_end_at_once)
{
	int r = 0;
	begin(answer_and_go);
	scripted_start(FIRST);
	peer_stop(&peer);
	while (r == 0)
		r = turn();
	ck_assert_int_eq(r, SEMD_ECONN);
	ck_assert(outcome[FIRST].count == 1 && outcome[FIRST].result == 0);
	edge_end();
	semd_disconnect(client);
}
END_TEST

/* ---- While a callback runs, another thread reads --------------------------------------------- */

/* The callback ends when the other thread has read everything up to the answer to this PING. */
static void ping(void *arg, int result)
{
	outcome_note(arg, result);
	semd_ping(client);
}

/*
 * A waiting thread reads for all, and dispatch has noticed, so only a result wakes the loop. The
 * first of two requests has `ping` as its callback.
 */
static void begin_two(struct waiter *waiter, void (*script)(struct peer *peer))
{
	begin(script);
	waiter_start(waiter, 1);
	scripted_await(&gone_on);
	ck_assert_int_eq(semd_dispatch(client), 0);
	const struct semd_op op = { sem, SEMD_ACQUIRE, 1 };
	ck_assert_int_eq(semd_start(client, &op, 1, SEMD_FOREVER, ping, &outcome[FIRST], NULL), 0);
	scripted_start(SECOND);
}

static void answer_second_with_ping(struct peer *self)
{
	scripted_serve_open(self);
	const struct wire_head of_thread = peer_expect(self, WIRE_APPLY);
	sem_post(&gone_on);
	const struct wire_head one = peer_expect(self, WIRE_APPLY);
	const struct wire_head two = peer_expect(self, WIRE_APPLY);
	peer_answer(self, &one, WIRE_OK);
	const struct wire_head ping = peer_expect(self, WIRE_PING);
	peer_answer(self, &two, WIRE_OK);
	peer_answer(self, &ping, WIRE_OK);
	const struct wire_head last = peer_expect(self, WIRE_PING);
	peer_answer(self, &of_thread, WIRE_OK);
	peer_answer(self, &last, WIRE_OK);
	peer_drain(self);
}

START_TEST(known_while_a_callback_runs)
{
	struct waiter waiter;
	begin_two(&waiter, answer_second_with_ping);
	while (outcome[SECOND].count == 0)
		ck_assert_int_eq(turn(), 0);
	ck_assert_int_eq(outcome[FIRST].count, 1);
	ck_assert(outcome[SECOND].count == 1 && outcome[SECOND].result == 0);
	ck_assert_int_eq(semd_ping(client), 0);
	waiter_expect(&waiter, 0);
	end();
}
END_TEST

static void go_at_ping(struct peer *self)
{
	scripted_serve_open(self);
	peer_expect(self, WIRE_APPLY);
	sem_post(&gone_on);
	const struct wire_head one = peer_expect(self, WIRE_APPLY);
	peer_expect(self, WIRE_APPLY);
	peer_answer(self, &one, WIRE_OK);
	peer_expect(self, WIRE_PING);
}

/* Dispatch returns the error only after all callbacks have run. */
START_TEST(failed_while_a_callback_runs)
{
	struct waiter waiter;
	int r = 0;
	begin_two(&waiter, go_at_ping);
	while (r == 0)
		r = turn();
	ck_assert_int_eq(r, SEMD_ECONN);
	ck_assert(outcome[FIRST].count == 1 && outcome[FIRST].result == 0);
	ck_assert(outcome[SECOND].count == 1 && outcome[SECOND].result == SEMD_ECONN);
	ck_assert(!loop_has_work(client));
	waiter_expect(&waiter, SEMD_ECONN);
	end();
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("client_loop_edge");
	TCase *cases = suite_case(suite, "edge");
	tcase_add_test(cases, reply_and_end_at_once);
	tcase_add_test(cases, known_while_a_callback_runs);
	tcase_add_test(cases, failed_while_a_callback_runs);
	return suite;
}

int main(void)
{
	return suite_run(make_suite());
}
