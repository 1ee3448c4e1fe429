/*
 * test_client_loop.c - requests started and dispatched in one thread, with a daemon: the results
 * that callbacks get.
 */
#include "config.h"

#include <string.h>

#include "tests/support/suite.h"
#include "tests/unit/loop.h"
#include "tests/unit/with_daemon.h"

static const int64_t LIMIT = INT64_C(1000000) * SUPPORT_LIMIT;

static struct semd_sem *one;	/* has one permit */

static void set_up_one(void)
{
	set_up();
	one = open_in(client, "one", 1, 0);
}

/* ---- Results --------------------------------------------------------------------------------- */

START_TEST(results)
{
	struct outcome taken = { 0 }, tried = { 0 }, late = { 0 }, refused = { 0 }, given = { 0 };
	loop_start(client, one, SEMD_ACQUIRE, 1, SEMD_FOREVER, &taken);
	loop_start(client, one, SEMD_ACQUIRE, 1, 0, &tried);
	loop_start(client, one, SEMD_ACQUIRE, 1, 1000000, &late);
	loop_start(client, one, SEMD_RELEASE, 2, 0, &refused);
	ck_assert_int_eq(taken.count, 0);
	loop_expect(client, &taken, 0);
	loop_expect(client, &tried, SEMD_EAGAIN);
	loop_expect(client, &late, SEMD_ETIMEDOUT);
	loop_expect(client, &refused, SEMD_ENOTHELD);
	loop_start(client, one, SEMD_RELEASE, 1, 0, &given);
	loop_expect(client, &given, 0);
	ck_assert_int_eq(query(one).available, 1);
	ck_assert(taken.count == 1 && tried.count == 1 && late.count == 1 && refused.count == 1);
}
END_TEST

/* An error returned by semd_start is not reported to the callback as well. */
START_TEST(not_started)
{
	struct semd_client *other = connect_one();
	struct semd_sem *others = open_in(other, "one", 1, 0);
	struct semd_op op = { one, SEMD_ACQUIRE, 1 };
	struct outcome never = { 0 };
	struct semd_request *request = (struct semd_request *)-1;
	ck_assert_int_eq(semd_start(client, &op, 0, 0, outcome_note, &never, &request),
	                 SEMD_EINVAL);
	ck_assert_ptr_null(request);
	ck_assert_int_eq(semd_start(client, NULL, 1, 0, outcome_note, &never, NULL), SEMD_EINVAL);
	ck_assert_int_eq(semd_start(client, &op, 1, 0, NULL, &never, NULL), SEMD_EINVAL);
	ck_assert_int_eq(semd_start(NULL, &op, 1, 0, outcome_note, &never, NULL), SEMD_EINVAL);
	ck_assert_int_eq(semd_start(client, &op, SEMD_MAX_OPS + 1, 0, outcome_note, &never, NULL),
	                 SEMD_EINVAL);
	op.sem = others;
	ck_assert_int_eq(semd_start(client, &op, 1, 0, outcome_note, &never, NULL), SEMD_EINVAL);
	ck_assert_int_eq(semd_dispatch(NULL), SEMD_EINVAL);
	ck_assert_int_eq(semd_cancel(NULL), SEMD_EINVAL);
	ck_assert(semd_fd(NULL) == SEMD_NO_DESCRIPTOR);
	ck_assert_int_eq(semd_ping(client), 0);
	ck_assert_int_eq(semd_dispatch(client), 0);
	ck_assert_int_eq(never.count, 0);
	semd_disconnect(other);
}
END_TEST

START_TEST(vector_of_64)
{
	struct semd_op ops[SEMD_MAX_OPS];
	struct outcome outcome = { 0 };
	for (int i = 0; i < SEMD_MAX_OPS; i++)
		ops[i] = (struct semd_op){ one, i % 2 ? SEMD_RELEASE : SEMD_ACQUIRE, 1 };
	ck_assert_int_eq(semd_start(client, ops, SEMD_MAX_OPS, LIMIT, outcome_note, &outcome, NULL),
	                 0);
	memset(ops, 0, sizeof(ops));	/* semd_start has copied them */
	loop_expect(client, &outcome, 0);
}
END_TEST

/* ---- Canceling ------------------------------------------------------------------------------- */

START_TEST(canceled)
{
	struct outcome first = { 0 }, second = { 0 };
	ck_assert_int_eq(semd_acquire(one, 1), 0);
	struct semd_request *request =
		loop_start(client, one, SEMD_ACQUIRE, 1, SEMD_FOREVER, &first);
	loop_start(client, one, SEMD_ACQUIRE, 1, SEMD_FOREVER, &second);
	ck_assert_int_eq(semd_cancel(request), 0);
	ck_assert_int_eq(semd_cancel(request), 0);
	ck_assert_int_eq(first.count, 0);
	loop_expect(client, &first, SEMD_ECANCELED);
	ck_assert_int_eq(semd_release(one, 1), 0);
	loop_expect(client, &second, 0);
	ck_assert(first.count == 1);
}
END_TEST

/* The result has arrived, but the callback has not run. */
START_TEST(canceled_too_late)
{
	struct outcome outcome = { 0 };
	struct semd_request *request =
		loop_start(client, one, SEMD_ACQUIRE, 1, SEMD_FOREVER, &outcome);
	ck_assert_int_eq(semd_ping(client), 0);
	ck_assert_int_eq(semd_cancel(request), 0);
	loop_expect(client, &outcome, 0);
	ck_assert_uint_eq(query(one).held, 1);
	ck_assert(!loop_has_work(client));
}
END_TEST

/* The callback reports the grant or the cancel, whichever came first, and the hold agrees. */
START_TEST(granted_or_canceled)
{
	struct semd_client *other = connect_one();
	struct semd_sem *others = open_in(other, "one", 1, 0);
	int granted = 0;
	for (int i = 0; i < 500; i++) {
		struct outcome outcome = { 0 };
		ck_assert_int_eq(semd_acquire(others, 1), 0);
		struct semd_request *request =
			loop_start(client, one, SEMD_ACQUIRE, 1, SEMD_FOREVER, &outcome);
		if (i % 2)
			ck_assert_int_eq(semd_release(others, 1), 0);
		ck_assert_int_eq(semd_cancel(request), 0);
		while (outcome.count == 0) {
			loop_await_work(client);
			ck_assert_int_eq(semd_dispatch(client), 0);
		}
		ck_assert(outcome.result == 0 || outcome.result == SEMD_ECANCELED);
		ck_assert_uint_eq(query(one).held, (i % 2 ? 0u : 1u) + (outcome.result == 0));
		if (outcome.result == 0)
			ck_assert_int_eq(semd_release(one, 1), 0);
		granted += outcome.result == 0;
		if (i % 2 == 0)
			ck_assert_int_eq(semd_release(others, 1), 0);
		ck_assert_int_eq(outcome.count, 1);
	}
	ck_assert_int_eq(granted, 250);
	semd_disconnect(other);
}
END_TEST

/* ---- The end of the client, of a handle, of the daemon --------------------------------------- */

START_TEST(disconnected_with_requests)
{
	struct outcome never = { 0 };
	struct semd_client *other = connect_one();
	struct semd_sem *sem = open_in(other, "one", 1, 0);
	ck_assert(semd_fd(other) != SEMD_NO_DESCRIPTOR);
	for (int i = 0; i < 10; i++)
		loop_start(other, sem, SEMD_ACQUIRE, 1, SEMD_FOREVER, &never);
	ck_assert_int_eq(semd_cancel(loop_start(other, sem, SEMD_ACQUIRE, 1, -1, &never)), 0);
	semd_disconnect(other);
	ck_assert_int_eq(never.count, 0);
	ck_assert_int_eq(semd_try_acquire(one, 1), 0);
}
END_TEST

START_TEST(closed_with_requests)
{
	struct outcome outcome = { 0 };
	struct semd_sem *sem = open_in(client, "none", 0, 0);
	loop_start(client, sem, SEMD_ACQUIRE, 1, SEMD_FOREVER, &outcome);
	ck_assert_int_eq(semd_close(sem), 0);
	loop_expect(client, &outcome, SEMD_ECANCELED);
}
END_TEST

static void expect_daemon_gone(void (*end)(const struct process *process))
{
	enum { MANY = 20 };
	struct outcome outcome[MANY] = { { 0 } };
	const struct semd_op op = { one, SEMD_ACQUIRE, 1 };
	ck_assert_int_eq(semd_acquire(one, 1), 0);
	for (int i = 0; i < MANY; i++)
		loop_start(client, one, SEMD_ACQUIRE, 1, SEMD_FOREVER, &outcome[i]);
	ck_assert_int_eq(semd_ping(client), 0);
	ck_assert(!loop_has_work(client));
	end(&semd.process);
	int r = 0;
	while (r == 0) {
		loop_await_work(client);
		r = semd_dispatch(client);
	}
	ck_assert_int_eq(r, SEMD_ECONN);
	for (int i = 0; i < MANY; i++)
		ck_assert(outcome[i].count == 1 && outcome[i].result == SEMD_ECONN);
	ck_assert(!loop_has_work(client));
	ck_assert_int_eq(semd_dispatch(client), SEMD_ECONN);
	ck_assert_int_eq(semd_start(client, &op, 1, 0, outcome_note, NULL, NULL), SEMD_ECONN);
	semd_disconnect(client);
	process_await(&semd.process);
	daemon_end(&semd);
}

START_TEST(daemon_gone)
{
	expect_daemon_gone(_i ? process_kill : daemon_ask_end);
	set_up_one();
}
END_TEST

/* A blocking call is the first to notice. */
START_TEST(daemon_gone_noticed_by_a_call)
{
	struct outcome outcome = { 0 };
	ck_assert_int_eq(semd_acquire(one, 1), 0);
	loop_start(client, one, SEMD_ACQUIRE, 1, SEMD_FOREVER, &outcome);
	process_kill(&semd.process);
	process_await(&semd.process);
	ck_assert_int_eq(semd_ping(client), SEMD_ECONN);
	ck_assert(outcome.count == 0 && loop_has_work(client));
	ck_assert_int_eq(semd_dispatch(client), SEMD_ECONN);
	ck_assert(outcome.count == 1 && outcome.result == SEMD_ECONN);
	ck_assert(!loop_has_work(client));
	semd_disconnect(client);
	daemon_end(&semd);
	set_up_one();
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("client_loop");
	TCase *cases = suite_case(suite, "results");
	tcase_add_checked_fixture(cases, set_up_one, tear_down);
	tcase_add_test(cases, results);
	tcase_add_test(cases, not_started);
	tcase_add_test(cases, vector_of_64);
	cases = suite_case(suite, "canceling");
	tcase_add_checked_fixture(cases, set_up_one, tear_down);
	tcase_add_test(cases, canceled);
	tcase_add_test(cases, canceled_too_late);
	tcase_add_test(cases, granted_or_canceled);
	cases = suite_case(suite, "ends");
	tcase_add_checked_fixture(cases, set_up_one, tear_down);
	tcase_add_test(cases, disconnected_with_requests);
	tcase_add_test(cases, closed_with_requests);
	tcase_add_loop_test(cases, daemon_gone, 0, 2);
	tcase_add_test(cases, daemon_gone_noticed_by_a_call);
	return suite;
}

int main(void)
{
	return suite_run(make_suite());
}
