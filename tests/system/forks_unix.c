/*
 * forks_unix.c - a forked child with inherited handles: its calls start a client of its own, and
 * the permits stay with the parent.
 */
#include "config.h"

#include "tests/system/served.h"

#include <pthread.h>
#include <unistd.h>

struct inherited {
	struct semd_client *client;
	struct semd_sem *sem;
};

#define CHILD_CHECK(condition) do { if (!(condition)) return __LINE__ % 256; } while (0)

/* Runs `body` in a child, whose checks must all succeed. */
static void in_child(process_body *body, struct inherited *inherited)
{
	struct process child;
	process_fork(&child, body, inherited, 0);
	int status = process_await(&child);
	ck_assert_msg(status == 0, "the child failed in line %d (mod 256)", status);
	process_end(&child);
}

static int child_has_no_permits(void *arg, support_descriptor link)
{
	struct inherited *inherited = arg;
	(void)link;
	CHILD_CHECK(semd_release(inherited->sem, 1) == SEMD_ENOTHELD);
	CHILD_CHECK(semd_try_acquire(inherited->sem, 2) == SEMD_EAGAIN);
	CHILD_CHECK(semd_try_acquire(inherited->sem, 1) == 0);
	return 0;
}

START_TEST(permits_stay_with_the_parent)
{
	struct inherited inherited = { .client = new_client() };
	inherited.sem = sem_new(inherited.client, "two", 2);
	ck_assert_int_eq(semd_acquire(inherited.sem, 1), 0);
	for (int i = 0; i < 3; i++)
		in_child(child_has_no_permits, &inherited);
	ck_assert_int_eq(sem_available(inherited.sem), 1);
	ck_assert_int_eq(semd_release(inherited.sem, 1), 0);
	ck_assert_int_eq(sem_available(inherited.sem), 2);
	semd_disconnect(inherited.client);
}
END_TEST

static int child_disconnects(void *arg, support_descriptor link)
{
	struct inherited *inherited = arg;
	(void)link;
	semd_disconnect(inherited->client);
	return 0;
}

static int child_closes_and_disconnects(void *arg, support_descriptor link)
{
	struct inherited *inherited = arg;
	(void)link;
	CHILD_CHECK(semd_ping(inherited->client) == 0);
	CHILD_CHECK(semd_close(inherited->sem) == 0);
	semd_disconnect(inherited->client);
	return 0;
}

static int child_detaches(void *arg, support_descriptor link)
{
	struct inherited *inherited = arg;
	(void)link;
	CHILD_CHECK(semd_try_acquire(inherited->sem, 1) == 0);
	CHILD_CHECK(semd_detach(inherited->client) == 0);
	return 0;
}

START_TEST(what_a_child_ends_goes_on_in_the_parent)
{
	process_body *const bodies[] = {
		child_disconnects, child_closes_and_disconnects, child_detaches,
	};
	struct inherited inherited = { .client = new_client() };
	inherited.sem = sem_new(inherited.client, "two", 2);
	ck_assert_int_eq(semd_acquire(inherited.sem, 1), 0);
	in_child(bodies[_i], &inherited);
	ck_assert_uint_eq(sem_info(inherited.sem).held, 1);
	ck_assert_int_eq(semd_release(inherited.sem, 1), 0);
	semd_disconnect(inherited.client);
}
END_TEST

static int child_of_a_child(void *arg, support_descriptor link)
{
	struct inherited *inherited = arg;
	struct process child;
	(void)link;
	CHILD_CHECK(semd_try_acquire(inherited->sem, 1) == 0);
	process_fork(&child, child_has_no_permits, arg, 0);
	CHILD_CHECK(process_await(&child) == 0);
	process_end(&child);
	CHILD_CHECK(semd_release(inherited->sem, 1) == 0);
	return 0;
}

START_TEST(each_generation_is_its_own_client)
{
	struct inherited inherited = { .client = new_client() };
	inherited.sem = sem_new(inherited.client, "three", 3);
	ck_assert_int_eq(semd_acquire(inherited.sem, 1), 0);
	in_child(child_of_a_child, &inherited);
	ck_assert_int_eq(sem_available(inherited.sem), 2);
	semd_disconnect(inherited.client);
}
END_TEST

static void *wait_for_one(void *arg)
{
	struct inherited *inherited = arg;
	return semd_acquire(inherited->sem, 1) == 0 ? NULL : arg;
}

static int child_posts(void *arg, support_descriptor link)
{
	struct inherited *inherited = arg;
	(void)link;
	CHILD_CHECK(semd_ping(inherited->client) == 0);
	CHILD_CHECK(semd_post(inherited->sem, 1) == 0);
	return 0;
}

/* A fork while another thread waits within the library: no lock is held in the child. */
START_TEST(fork_during_a_call)
{
	pthread_t thread;
	void *failed;
	struct semd_client *other = new_client();
	struct inherited inherited = { .client = new_client() };
	inherited.sem = sem_new(inherited.client, "none", 0);
	ck_assert_int_eq(pthread_create(&thread, NULL, wait_for_one, &inherited), 0);
	sem_await_waiting(sem_existing(other, "none"), 1);
	in_child(child_posts, &inherited);
	pthread_join(thread, &failed);
	ck_assert_ptr_null(failed);
	semd_disconnect(inherited.client);
	semd_disconnect(other);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("forks");
	TCase *forks = served_case(suite, "forks");
	tcase_add_test(forks, permits_stay_with_the_parent);
	tcase_add_loop_test(forks, what_a_child_ends_goes_on_in_the_parent, 0, 3);
	tcase_add_test(forks, each_generation_is_its_own_client);
	tcase_add_test(forks, fork_during_a_call);
	return suite_run(suite);
}
