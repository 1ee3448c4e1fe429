/*
 * test_client_loop.c - requests that are started and dispatched, in one thread and with a daemon: what
 * callbacks are told, what they may do, when the descriptor is readable.
 */
#include "config.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

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

/* ---- Results ------------------------------------------------------------------------------------- */

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

/* What is returned at once is never called back. */
START_TEST(not_started)
{
	struct semd_client *other = connect_one();
	struct semd_sem *others = open_in(other, "one", 1, 0);
	struct semd_op op = { one, SEMD_ACQUIRE, 1 };
	struct outcome never = { 0 };
	struct semd_request *request = (struct semd_request *)-1;
	ck_assert_int_eq(semd_start(client, &op, 0, 0, outcome_note, &never, &request), SEMD_EINVAL);
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
	ck_assert_int_eq(semd_fd(NULL), SEMD_NO_DESCRIPTOR);
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
	ck_assert_int_eq(semd_start(client, ops, SEMD_MAX_OPS, LIMIT, outcome_note, &outcome, NULL), 0);
	memset(ops, 0, sizeof(ops));	/* needed no longer */
	loop_expect(client, &outcome, 0);
}
END_TEST

/* ---- Canceling ----------------------------------------------------------------------------------- */

START_TEST(canceled)
{
	struct outcome first = { 0 }, second = { 0 };
	ck_assert_int_eq(semd_acquire(one, 1), 0);
	struct semd_request *request = loop_start(client, one, SEMD_ACQUIRE, 1, SEMD_FOREVER, &first);
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

/* The result is known, and the callback has not run. */
START_TEST(canceled_too_late)
{
	struct outcome outcome = { 0 };
	struct semd_request *request = loop_start(client, one, SEMD_ACQUIRE, 1, SEMD_FOREVER, &outcome);
	ck_assert_int_eq(semd_ping(client), 0);
	ck_assert_int_eq(semd_cancel(request), 0);
	loop_expect(client, &outcome, 0);
	ck_assert_uint_eq(query(one).held, 1);
	ck_assert(!loop_has_work(client));
}
END_TEST

/* What came first is told, whichever it was, and it is true. */
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

/* ---- What callbacks may do -------------------------------------------------------------------------- */

struct chain {
	int left;
	struct outcome last;
};

/* Each starts the next, whose result is known before it returns. */
static void start_next(void *arg, int result)
{
	struct chain *chain = arg;
	const struct semd_op ops[] = { { one, SEMD_ACQUIRE, 1 }, { one, SEMD_RELEASE, 1 } };
	outcome_note(&chain->last, result);
	if (--chain->left > 0)
		ck_assert_int_eq(semd_start(client, ops, 2, SEMD_FOREVER, start_next, chain, NULL), 0);
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

/* One that is known already when the other's callback cancels it, dispatches, and blocks. */
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

/* Three are known, the first that is told ends the client: the others are not told. */
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

/* ---- The end of the client, of a handle, of the daemon --------------------------------------------- */

START_TEST(disconnected_with_requests)
{
	struct outcome never = { 0 };
	struct semd_client *other = connect_one();
	struct semd_sem *sem = open_in(other, "one", 1, 0);
	ck_assert_int_ge(semd_fd(other), 0);
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

static void expect_daemon_gone(int signal)
{
	enum { MANY = 20 };
	struct outcome outcome[MANY] = { { 0 } };
	const struct semd_op op = { one, SEMD_ACQUIRE, 1 };
	ck_assert_int_eq(semd_acquire(one, 1), 0);
	for (int i = 0; i < MANY; i++)
		loop_start(client, one, SEMD_ACQUIRE, 1, SEMD_FOREVER, &outcome[i]);
	ck_assert_int_eq(semd_ping(client), 0);
	ck_assert(!loop_has_work(client));
	process_kill(&semd.process, signal);
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
	expect_daemon_gone(_i ? SIGKILL : SIGTERM);
	set_up_one();
}
END_TEST

/* A call that blocks was the first to notice. */
START_TEST(daemon_gone_noticed_by_a_call)
{
	struct outcome outcome = { 0 };
	ck_assert_int_eq(semd_acquire(one, 1), 0);
	loop_start(client, one, SEMD_ACQUIRE, 1, SEMD_FOREVER, &outcome);
	process_kill(&semd.process, SIGKILL);
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

/* ---- The descriptor ---------------------------------------------------------------------------------- */

START_TEST(descriptor)
{
	struct outcome outcome = { 0 };
	size_t before = descriptor_count(getpid());
	loop_start(client, one, SEMD_ACQUIRE, 1, 0, &outcome);
	ck_assert_int_eq(semd_ping(client), 0);
	ck_assert_uint_eq(descriptor_count(getpid()), before);	/* made when it is asked for */
	int fd = semd_fd(client);
	ck_assert_int_gt(fd, STDERR_FILENO);
	ck_assert_int_eq(fcntl(fd, F_GETFD), FD_CLOEXEC);
	ck_assert(loop_has_work(client));
	ck_assert_int_eq(semd_dispatch(client), 0);
	ck_assert_int_eq(outcome.count, 1);
	ck_assert(!loop_has_work(client));
	ck_assert_int_eq(semd_release(one, 1), 0);
	ck_assert(!loop_has_work(client));
	ck_assert_int_eq(semd_fd(client), fd);
}
END_TEST

START_TEST(closed_standard_streams)
{
	int kept = dup(STDIN_FILENO);
	close(STDIN_FILENO);
	int fd = semd_fd(client);
	ck_assert_int_gt(fd, STDERR_FILENO);
	ck_assert_int_eq(fcntl(STDIN_FILENO, F_GETFD), -1);
	dup2(kept, STDIN_FILENO);
	close(kept);
}
END_TEST

/* Each time that it becomes readable is told once; dispatch leaves nothing behind untold. */
START_TEST(edge_triggered)
{
	enum { ROUNDS = 300 };
	struct epoll_event event = { .events = EPOLLIN | EPOLLET };
	struct chain chain = { .left = ROUNDS };
	const struct semd_op ops[] = { { one, SEMD_ACQUIRE, 1 }, { one, SEMD_RELEASE, 1 } };
	int epoll = epoll_create1(EPOLL_CLOEXEC);
	ck_assert_int_eq(epoll_ctl(epoll, EPOLL_CTL_ADD, semd_fd(client), &event), 0);
	ck_assert_int_eq(semd_start(client, ops, 2, SEMD_FOREVER, start_next, &chain, NULL), 0);
	struct outcome many[ROUNDS] = { { 0 } };
	for (int i = 0; i < ROUNDS; i++)
		loop_start(client, one, SEMD_ACQUIRE, 2, 0, &many[i]);
	while (chain.left > 0) {
		ck_assert_int_eq(epoll_wait(epoll, &event, 1, SUPPORT_LIMIT), 1);
		ck_assert_int_eq(semd_dispatch(client), 0);
	}
	/* A blocking call reads the result; then a cancel is answered. */
	struct outcome read = { 0 };
	loop_start(client, one, SEMD_ACQUIRE, 1, 0, &read);
	ck_assert_int_eq(semd_ping(client), 0);
	ck_assert_int_eq(epoll_wait(epoll, &event, 1, SUPPORT_LIMIT), 1);
	ck_assert_int_eq(semd_dispatch(client), 0);
	ck_assert_int_eq(read.count, 1);
	close(epoll);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("client_loop");
	TCase *cases = suite_case(suite, "requests");
	tcase_add_checked_fixture(cases, set_up_one, tear_down);
	tcase_add_test(cases, results);
	tcase_add_test(cases, not_started);
	tcase_add_test(cases, vector_of_64);
	tcase_add_test(cases, canceled);
	tcase_add_test(cases, canceled_too_late);
	tcase_add_test(cases, granted_or_canceled);
	cases = suite_case(suite, "callbacks");
	tcase_add_checked_fixture(cases, set_up_one, tear_down);
	tcase_add_test(cases, callbacks_start_requests);
	tcase_add_test(cases, callbacks_do_everything);
	tcase_add_test(cases, canceled_in_its_own_callback);
	tcase_add_test(cases, callbacks_end_the_client);
	cases = suite_case(suite, "ends");
	tcase_add_checked_fixture(cases, set_up_one, tear_down);
	tcase_add_test(cases, disconnected_with_requests);
	tcase_add_test(cases, closed_with_requests);
	tcase_add_loop_test(cases, daemon_gone, 0, 2);
	tcase_add_test(cases, daemon_gone_noticed_by_a_call);
	cases = suite_case(suite, "descriptor");
	tcase_add_checked_fixture(cases, set_up_one, tear_down);
	tcase_add_test(cases, descriptor);
	tcase_add_test(cases, closed_standard_streams);
	tcase_add_test(cases, edge_triggered);
	return suite;
}

int main(void)
{
	return suite_run(make_suite());
}
