/*
 * test_client_loop_turns.c - one thread with a daemon, turn by turn: when the descriptor is
 * readable, and what callbacks may do.
 */
#include "config.h"

#include <unistd.h>

#include "tests/support/suite.h"
#include "tests/unit/edge.h"
#include "tests/unit/loop.h"
#include "tests/unit/with_daemon.h"

static struct semd_sem *one;	/* has one permit */

static void set_up_one(void)
{
	set_up();
	one = open_in(client, "one", 1, 0);
}

/* ---- What callbacks may do ------------------------------------------------------------------- */

struct chain {
	int left;
	struct outcome last;
};

/* Each callback starts the next request, whose result is known before the callback returns. */
static void start_next(void *arg, int result)
{
	struct chain *chain = arg;
	const struct semd_op ops[] = { { one, SEMD_ACQUIRE, 1 }, { one, SEMD_RELEASE, 1 } };
	outcome_note(&chain->last, result);
	if (--chain->left > 0)
		ck_assert_int_eq(semd_start(client, ops, 2, SEMD_FOREVER, start_next, chain, NULL),
		                 0);
	ck_assert_int_eq(semd_ping(client), 0);
}

START_TEST(callbacks_start_requests)
{
	struct chain chain = { .left = 1000 };
	const struct semd_op ops[] = { { one, SEMD_ACQUIRE, 1 }, { one, SEMD_RELEASE, 1 } };
	ck_assert_int_eq(semd_start(client, ops, 2, SEMD_FOREVER, start_next, &chain, NULL), 0);
	while (chain.left > 0) {
		int before = chain.last.count;
		loop_await_work(client);
		ck_assert_int_eq(semd_dispatch(client), 0);
		ck_assert_int_le(chain.last.count, before + 1);
	}
	ck_assert_int_eq(chain.last.count, 1000);
	ck_assert(!loop_has_work(client));
}
END_TEST

/*
 * A request whose result is known when the callback of another cancels it, dispatches and blocks.
 */
static struct semd_request *known;
static struct outcome of_known;

static void do_everything(void *arg, int result)
{
	struct outcome inner = { 0 };
	struct semd_sem *sem = open_in(client, "other", 1, 0);
	outcome_note(arg, result);
	ck_assert_int_eq(semd_cancel(known), 0);
	ck_assert_int_eq(of_known.count, 0);
	ck_assert_int_eq(semd_acquire(sem, 1), 0);
	ck_assert_int_eq(semd_dispatch(client), 0);
	ck_assert_int_eq(of_known.count, 1);
	loop_start(client, sem, SEMD_RELEASE, 1, 0, &inner);
	loop_expect(client, &inner, 0);
	ck_assert_int_eq(semd_close(sem), 0);
}

START_TEST(callbacks_do_everything)
{
	struct outcome outcome = { 0 };
	const struct semd_op op = { one, SEMD_ACQUIRE, 1 };
	of_known = (struct outcome){ 0 };
	ck_assert_int_eq(semd_start(client, &op, 1, 0, do_everything, &outcome, NULL), 0);
	known = loop_start(client, one, SEMD_ACQUIRE, 1, 0, &of_known);
	ck_assert_int_eq(semd_ping(client), 0);
	loop_expect(client, &outcome, 0);
	ck_assert_int_eq(of_known.count, 1);
	ck_assert_int_eq(of_known.result, SEMD_EAGAIN);
	ck_assert(!loop_has_work(client));
}
END_TEST

static struct semd_request *itself;

static void cancel_itself(void *arg, int result)
{
	outcome_note(arg, result);
	ck_assert_int_eq(semd_cancel(itself), 0);
}

START_TEST(canceled_in_its_own_callback)
{
	struct outcome outcome = { 0 };
	const struct semd_op op = { one, SEMD_ACQUIRE, 1 };
	ck_assert_int_eq(semd_start(client, &op, 1, 0, cancel_itself, &outcome, &itself), 0);
	loop_expect(client, &outcome, 0);
}
END_TEST

static struct semd_client *leaving;

static void disconnect_there(void *arg, int result)
{
	outcome_note(arg, result);
	semd_disconnect(leaving);
}

static void detach_there(void *arg, int result)
{
	outcome_note(arg, result);
	ck_assert_int_eq(semd_detach(leaving), 0);
}

static void disconnect_deeper(void *arg, int result)
{
	struct outcome *outcome = arg;
	outcome_note(outcome, result);
	if (outcome->count == 1)
		ck_assert_int_eq(semd_dispatch(leaving), 0);
	else
		semd_disconnect(leaving);
}

/*
 * Several results are known when a callback ends the client: the callbacks of the others do not
 * run.
 */
static void expect_leave(semd_done_fn *leave, int told, uint64_t held)
{
	struct outcome outcome = { 0 }, never = { 0 };
	leaving = connect_one();
	struct semd_sem *sem = open_in(leaving, "three", 3, 0);
	const struct semd_op op = { sem, SEMD_ACQUIRE, 1 };
	for (int i = 0; i < told; i++)
		ck_assert_int_eq(semd_start(leaving, &op, 1, 0, leave, &outcome, NULL), 0);
	loop_start(leaving, sem, SEMD_ACQUIRE, 1, SEMD_FOREVER, &never);
	loop_start(leaving, sem, SEMD_ACQUIRE, 3, SEMD_FOREVER, &never);
	ck_assert_int_eq(semd_ping(leaving), 0);
	ck_assert_int_eq(semd_dispatch(leaving), 0);
	ck_assert(outcome.count == told && never.count == 0);
	struct semd_sem *looking = open_in(client, "three", 3, 0);
	ck_assert_uint_eq(query(looking).held, held);
	ck_assert_uint_eq(query(looking).waiting, 0);
	ck_assert_int_eq(semd_close(looking), 0);
}

START_TEST(callbacks_end_the_client)
{
	expect_leave(disconnect_there, 1, 0);
	expect_leave(disconnect_deeper, 2, 0);
	expect_leave(detach_there, 1, 2);
}
END_TEST

/* ---- The descriptor -------------------------------------------------------------------------- */

START_TEST(descriptor)
{
	struct outcome outcome = { 0 };
	size_t before = descriptor_count(getpid());
	loop_start(client, one, SEMD_ACQUIRE, 1, 0, &outcome);
	ck_assert_int_eq(semd_ping(client), 0);
	ck_assert_uint_eq(descriptor_count(getpid()), before);	/* semd_fd makes it */
	semd_descriptor fd = semd_fd(client);
	ck_assert(fd != SEMD_NO_DESCRIPTOR);
	ck_assert(loop_has_work(client));
	ck_assert_int_eq(semd_dispatch(client), 0);
	ck_assert_int_eq(outcome.count, 1);
	ck_assert(!loop_has_work(client));
	ck_assert_int_eq(semd_release(one, 1), 0);
	ck_assert(!loop_has_work(client));
	ck_assert(semd_fd(client) == fd);
}
END_TEST

/* Each edge wakes the loop once, so dispatch must leave no result behind. */
START_TEST(edge_triggered)
{
	enum { ROUNDS = 300 };
	struct chain chain = { .left = ROUNDS };
	const struct semd_op ops[] = { { one, SEMD_ACQUIRE, 1 }, { one, SEMD_RELEASE, 1 } };
	edge_begin(semd_fd(client));
	ck_assert_int_eq(semd_start(client, ops, 2, SEMD_FOREVER, start_next, &chain, NULL), 0);
	struct outcome many[ROUNDS] = { { 0 } };
	for (int i = 0; i < ROUNDS; i++)
		loop_start(client, one, SEMD_ACQUIRE, 2, 0, &many[i]);
	while (chain.left > 0) {
		ck_assert(edge_await());
		ck_assert_int_eq(semd_dispatch(client), 0);
	}
	/* A blocking call reads the result. */
	struct outcome read = { 0 };
	loop_start(client, one, SEMD_ACQUIRE, 1, 0, &read);
	ck_assert_int_eq(semd_ping(client), 0);
	ck_assert(edge_await());
	ck_assert_int_eq(semd_dispatch(client), 0);
	ck_assert_int_eq(read.count, 1);
	edge_end();
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("client_loop_turns");
	TCase *cases = suite_case(suite, "callbacks");
	tcase_add_checked_fixture(cases, set_up_one, tear_down);
	tcase_add_test(cases, callbacks_start_requests);
	tcase_add_test(cases, callbacks_do_everything);
	tcase_add_test(cases, canceled_in_its_own_callback);
	tcase_add_test(cases, callbacks_end_the_client);
	cases = suite_case(suite, "descriptor");
	tcase_add_checked_fixture(cases, set_up_one, tear_down);
	tcase_add_test(cases, descriptor);
	tcase_add_test(cases, edge_triggered);
	return suite;
}

int main(void)
{
	return suite_run(make_suite());
}
