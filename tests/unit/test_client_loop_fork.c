/*
 * test_client_loop_fork.c - a forked child, the requests that its parent has started, and the
 * descriptor that its parent waits for.
 */
#include "config.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/epoll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/suite.h"
#include "tests/support/child.h"
#include "tests/unit/loop.h"
#include "tests/unit/with_daemon.h"

static struct semd_sem *kept;

static void set_up_kept(void)
{
	set_up();
	kept = open_in(client, "kept", 2, 0);
}

static struct outcome of_parent;
static struct semd_request *waiting;

static bool turn_until(const struct outcome *outcome)
{
	while (outcome->count == 0)
		if (!descriptor_wait(semd_fd(client), SUPPORT_LIMIT) || semd_dispatch(client) != 0)
			return false;
	return outcome->count == 1;
}

static int use_loop(void *arg, support_descriptor link)
{
	const struct semd_op op = { kept, SEMD_ACQUIRE, 1 };
	struct outcome outcome = { 0 };
	const int *fd = arg;
	CHECK(semd_fd(client) == *fd);
	CHECK(fcntl(*fd, F_GETFD) == FD_CLOEXEC);
	CHECK(!descriptor_wait(*fd, 0));
	link_tell(link, 'x');		/* now the parent's request is granted */
	CHECK(link_hear(link) >= 0);
	CHECK(!descriptor_wait(*fd, 0));
	CHECK(semd_cancel(waiting) == SEMD_EINVAL);
	CHECK(semd_start(client, &op, 1, SEMD_FOREVER, outcome_note, &outcome, NULL) == 0);
	CHECK(turn_until(&outcome) && outcome.result == 0);
	CHECK(!descriptor_wait(*fd, 0));
	semd_disconnect(client);
	CHECK(of_parent.count == 0);
	return 0;
}

/* The child's descriptor has the number of the parent's, but shares nothing with it. */
START_TEST(child_has_a_loop_of_its_own)
{
	struct process process;
	int fd = semd_fd(client);
	of_parent = (struct outcome){ 0 };
	ck_assert_int_eq(semd_acquire(kept, 1), 0);
	waiting = loop_start(client, kept, SEMD_ACQUIRE, 2, SEMD_FOREVER, &of_parent);
	process_fork(&process, use_loop, &fd, sizeof(fd));
	ck_assert_int_ge(link_hear(process.link), 0);
	ck_assert(!loop_has_work(client));
	ck_assert_int_eq(semd_post(kept, 1), 0);
	loop_await_work(client);
	link_tell(process.link, 'x');
	loop_expect(client, &of_parent, 0);
	ck_assert_int_eq(semd_post(kept, 1), 0);
	ck_assert_int_eq(process_await(&process), 0);
	process_end(&process);
	ck_assert(!loop_has_work(client));
	ck_assert_uint_eq(query(kept).held, 3);
}
END_TEST

static int use_loop_elsewhere(void *arg, support_descriptor link)
{
	struct epoll_event event = { .events = EPOLLIN };
	struct outcome outcome = { 0 };
	const struct semd_op op = { kept, SEMD_ACQUIRE, 1 };
	const int *fd = arg;
	int other = epoll_create1(EPOLL_CLOEXEC);
	(void)link;
	CHECK(dup2(other, *fd) == *fd);
	CHECK(semd_fd(client) >= 0 && semd_fd(client) != *fd);
	CHECK(semd_start(client, &op, 1, 0, outcome_note, &outcome, NULL) == 0);
	CHECK(turn_until(&outcome) && outcome.result == 0);
	semd_disconnect(client);
	CHECK(epoll_ctl(*fd, EPOLL_CTL_ADD, link, &event) == 0);
	CHECK(epoll_ctl(other, EPOLL_CTL_DEL, link, &event) == 0);
	return 0;
}

/* The child has reused the number for another epoll descriptor, which must stay as it is. */
START_TEST(child_that_has_reused_the_descriptor)
{
	int fd = semd_fd(client);
	expect_child(use_loop_elsewhere, &fd);
	ck_assert(!loop_has_work(client));
	ck_assert_int_eq(semd_ping(client), 0);
}
END_TEST

/*
 * The child returns from the parent's callback and from dispatch, and goes on as any child. The
 * next callback runs in the parent only.
 */
static void fork_there(void *arg, int result)
{
	ck_assert_int_eq(result, 0);
	*(pid_t *)arg = fork();
}

static int go_on_as_child(void)
{
	struct outcome outcome = { 0 };
	const struct semd_op op = { kept, SEMD_ACQUIRE, 1 };
	CHECK(semd_start(client, &op, 1, 0, outcome_note, &outcome, NULL) == 0);
	CHECK(turn_until(&outcome) && outcome.result == 0);
	semd_disconnect(client);
	return 0;
}

START_TEST(forked_in_a_callback)
{
	struct outcome of_both = { 0 };
	pid_t child = -1;
	int status;
	const struct semd_op op = { kept, SEMD_ACQUIRE, 1 };
	ck_assert_int_eq(semd_start(client, &op, 1, 0, fork_there, &child, NULL), 0);
	loop_start(client, kept, SEMD_ACQUIRE, 2, 0, &of_both);
	ck_assert_int_eq(semd_ping(client), 0);
	ck_assert_int_eq(semd_dispatch(client), 0);
	if (child == 0)
		_exit(of_both.count == 0 ? go_on_as_child() : 1);
	ck_assert_int_eq(of_both.count, 1);
	ck_assert(waitpid(child, &status, 0) == child);
	ck_assert_int_eq(status, 0);
	ck_assert_uint_eq(query(kept).held, 1);
}
END_TEST

static atomic_bool enough;

static void *keep_starting(void *arg)
{
	while (!atomic_load(&enough)) {
		const struct semd_op ops[] = { { kept, SEMD_POST, 1 }, { kept, SEMD_ACQUIRE, 1 } };
		struct outcome outcome = { 0 };
		ck_assert_int_eq(semd_start(client, ops, 2, SEMD_FOREVER, outcome_note, &outcome,
		                            NULL), 0);
		while (outcome.count == 0) {
			descriptor_wait(semd_fd(client), SUPPORT_LIMIT);
			ck_assert_int_eq(semd_dispatch(client), 0);
		}
	}
	return arg;
}

static int start_one(void *arg, support_descriptor link)
{
	(void)arg;
	(void)link;
	return go_on_as_child();
}

START_TEST(fork_while_a_thread_dispatches)
{
	pthread_t thread;
	atomic_store(&enough, false);
	ck_assert(pthread_create(&thread, NULL, keep_starting, NULL) == 0);
	for (int i = 0; i < 100; i++)
		expect_child(start_one, NULL);
	atomic_store(&enough, true);
	pthread_join(thread, NULL);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("client_loop_fork");
	TCase *cases = suite_case(suite, "forks");
	tcase_add_checked_fixture(cases, set_up_kept, tear_down);
	tcase_add_test(cases, child_has_a_loop_of_its_own);
	tcase_add_test(cases, child_that_has_reused_the_descriptor);
	tcase_add_test(cases, forked_in_a_callback);
	tcase_add_test(cases, fork_while_a_thread_dispatches);
	return suite;
}

int main(void)
{
	return suite_run(make_suite());
}
