/*
 * test_client_fork.c - what a forked child can do with its parent's clients, and what that does to
 * the parent.
 */
#include "config.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/suite.h"
#include "tests/support/child.h"
#include "tests/unit/with_daemon.h"

static const int64_t LIMIT = INT64_C(1000000) * SUPPORT_LIMIT;

enum { THREADS = 8 };

static struct semd_sem *gap, *kept, *posts, *removed, *replaced;

static int use_inherited(void *arg, support_descriptor link)
{
	struct semd_info info = { .size = sizeof(info) };
	(void)arg;
	(void)link;
	CHECK(semd_release(kept, 1) == SEMD_ENOTHELD);
	CHECK(semd_try_acquire(kept, 1) == 0);
	CHECK(semd_query(kept, &info) == 0 && info.held == 2 && info.total == 2);
	CHECK(semd_try_acquire(kept, 1) == SEMD_EAGAIN);
	CHECK(semd_release(posts, 1) == 0);
	CHECK(semd_post(removed, 1) == SEMD_ENOENT);
	CHECK(semd_query(removed, &info) == SEMD_ENOENT);
	CHECK(semd_close(removed) == 0);
	CHECK(semd_post(replaced, 1) == SEMD_EREMOVED);
	CHECK(semd_close(replaced) == 0);
	CHECK(semd_query(kept, &info) == 0 && strcmp(info.name, "kept") == 0);
	semd_disconnect(client);
	return 0;
}

static void open_all(void)
{
	gap = open_in(client, "gap", 0, 0);
	kept = open_in(client, "kept", 2, 0);
	posts = open_in(client, "posts", 0, SEMD_RELEASE_POSTS);
	removed = open_in(client, "removed", 0, 0);
	replaced = open_in(client, "replaced", 0, 0);
	ck_assert_int_eq(semd_close(gap), 0);
	ck_assert_int_eq(semd_remove(client, "removed"), 0);
	ck_assert_int_eq(semd_remove(client, "replaced"), 0);
	semd_close(open_in(client, "replaced", 0, 0));
}

START_TEST(child_is_a_client_of_its_own)
{
	open_all();
	ck_assert_int_eq(semd_acquire(kept, 1), 0);
	expect_child(use_inherited, NULL);
	ck_assert_uint_eq(query(kept).held, 1);
	ck_assert_int_eq(query(posts).available, 1);
	ck_assert_int_eq(semd_release(kept, 1), 0);
}
END_TEST

static int give_up_unused(void *arg, support_descriptor link)
{
	(void)arg;
	(void)link;
	CHECK(semd_close(kept) == 0);
	semd_disconnect(client);
	return 0;
}

static int detach_unused(void *arg, support_descriptor link)
{
	(void)arg;
	(void)link;
	CHECK(semd_detach(client) == 0);
	return 0;
}

START_TEST(child_gives_up_what_it_never_used)
{
	open_all();
	ck_assert_int_eq(semd_acquire(kept, 1), 0);
	expect_child(give_up_unused, NULL);
	expect_child(detach_unused, NULL);
	ck_assert_uint_eq(query(kept).held, 1);
	ck_assert_int_eq(semd_ping(client), 0);
}
END_TEST

static int fork_again(void *arg, support_descriptor link)
{
	int status;
	(void)arg;
	(void)link;
	CHECK(semd_acquire(kept, 1) == 0);
	pid_t child = fork();
	if (child == 0)
		_exit(semd_try_acquire(kept, 1) == 0 &&
		      semd_release(kept, 2) == SEMD_ENOTHELD ? 0 : 1);
	CHECK(waitpid(child, &status, 0) == child && status == 0);
	CHECK(semd_release(kept, 1) == 0);
	semd_disconnect(client);
	return 0;
}

START_TEST(grandchild)
{
	open_all();
	expect_child(fork_again, NULL);
	ck_assert_int_eq(query(kept).available, 2);
}
END_TEST

/* The child has reused the number of the socket for another socket, which must stay open. */
static int reuse_descriptors(void *arg, support_descriptor link)
{
	struct stat before, after;
	int file = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	(void)arg;
	(void)link;
	CHECK(fstat(file, &before) == 0);
	for (int fd = 3; fd < 20; fd++)
		if (fd != file)
			dup2(file, fd);
	CHECK(semd_try_acquire(kept, 1) == 0);
	for (int fd = 3; fd < 20; fd++)
		CHECK(fstat(fd, &after) == 0 && after.st_ino == before.st_ino);
	semd_disconnect(client);
	return 0;
}

START_TEST(descriptors_that_were_reused)
{
	open_all();
	expect_child(reuse_descriptors, NULL);
}
END_TEST

static atomic_bool enough;

static void *keep_busy(void *arg)
{
	while (!atomic_load(&enough)) {
		semd_close(open_in(client, "busy", 1, 0));
		ck_assert_int_eq(semd_post(kept, 1), 0);
	}
	return arg;
}

/* Check is not used here: another thread may have held its lock when this child was forked. */
static int use_while_busy(void *arg, support_descriptor link)
{
	const struct semd_options options = { .size = sizeof(options), .flags = SEMD_CREATE };
	struct semd_sem *busy;
	(void)arg;
	(void)link;
	CHECK(semd_timed_acquire(kept, 1, LIMIT) == 0);
	CHECK(semd_open(client, "busy", &options, &busy) == 0);
	CHECK(semd_close(busy) == 0);
	semd_disconnect(client);
	return 0;
}

START_TEST(fork_while_threads_are_inside)
{
	pthread_t thread[THREADS];
	open_all();
	atomic_store(&enough, false);
	for (int i = 0; i < THREADS; i++)
		ck_assert(pthread_create(&thread[i], NULL, keep_busy, NULL) == 0);
	for (int i = 0; i < 50; i++)
		expect_child(use_while_busy, NULL);
	atomic_store(&enough, true);
	for (int i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
}
END_TEST

static int say_when_told(void *arg, support_descriptor link)
{
	(void)arg;
	CHECK(link_hear(link) >= 0);
	CHECK(semd_ping(client) == SEMD_ECONN);
	CHECK(strstr(semd_explain(), semd.socket));
	CHECK(semd_try_acquire(kept, 1) == SEMD_ECONN);
	semd_disconnect(client);
	return 0;
}

START_TEST(child_without_a_daemon)
{
	struct process process;
	open_all();
	process_fork(&process, say_when_told, NULL, 0);
	semd_disconnect(client);
	daemon_stop(&semd);
	link_tell(process.link, 'x');
	ck_assert_int_eq(process_await(&process), 0);
	process_end(&process);
	set_up();
}
END_TEST

static int speak_for_the_same(void *arg, support_descriptor link)
{
	struct semd_client *bound = arg;
	struct semd_sem *sem;
	(void)link;
	CHECK(semd_open(bound, "kept", NULL, &sem) == 0);
	CHECK(semd_release(sem, 1) == 0);
	CHECK(semd_release(sem, 1) == SEMD_ENOTHELD);
	semd_disconnect(bound);
	return 0;
}

/* Holds of a bound client belong to its process, whichever process speaks for it. */
START_TEST(child_with_a_bound_client)
{
	struct semd_client *bound;
	process_handle self = process_handle_of(getpid());
	open_all();
	ck_assert_int_eq(semd_connect_for(semd.socket, 0, self, &bound), 0);
	descriptor_close(&self);
	ck_assert_int_eq(semd_acquire(open_in(bound, "kept", 0, 0), 1), 0);
	expect_child(speak_for_the_same, bound);
	ck_assert_int_eq(query(kept).available, 2);
	semd_disconnect(bound);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("client_fork");
	TCase *cases = suite_case(suite, "forks");
	tcase_add_checked_fixture(cases, set_up, tear_down);
	tcase_add_test(cases, child_is_a_client_of_its_own);
	tcase_add_test(cases, child_gives_up_what_it_never_used);
	tcase_add_test(cases, grandchild);
	tcase_add_test(cases, descriptors_that_were_reused);
	tcase_add_test(cases, fork_while_threads_are_inside);
	tcase_add_test(cases, child_without_a_daemon);
	tcase_add_test(cases, child_with_a_bound_client);
	return suite;
}

int main(void)
{
	return suite_run(make_suite());
}
