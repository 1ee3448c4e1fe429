/*
 * items.c - posts, consumes and settles are never undone, but an item that is only acquired comes
 * back. Producers and workers are processes with the library that end in every way.
 */
#include "config.h"

#include "tests/system/served.h"

static int post_five(struct semd_sem *items)
{
	for (int i = 0; i < 5; i++) {
		int error = semd_post(items, 1);
		if (error != 0)
			return error;
	}
	return 0;
}

static int take_one(struct semd_sem *items)
{
	return semd_acquire(items, 1);
}

static int take_and_settle(struct semd_sem *items)
{
	int error = semd_acquire(items, 1);
	return error != 0 ? error : semd_settle(items, 1);
}

static int consume_one(struct semd_sem *items)
{
	return semd_consume(items, 1, SEMD_FOREVER);
}

/* What a worker does. It is a number, since functions have other addresses in another process. */
enum work { POST_FIVE, TAKE_ONE, TAKE_AND_SETTLE, CONSUME_ONE };

static int (*const works[])(struct semd_sem *items) = {
	[POST_FIVE] = post_five,
	[TAKE_ONE] = take_one,
	[TAKE_AND_SETTLE] = take_and_settle,
	[CONSUME_ONE] = consume_one,
};

enum ending { RETURNS, DISCONNECTS, IS_KILLED };

struct worker {
	enum work work;
	enum ending ending;
};

/* The body of a worker process: its work, then its end. */
static int work_and_end(void *arg, support_descriptor link)
{
	const struct worker *worker = arg;
	struct semd_client *client = new_client();
	int error = works[worker->work](sem_new(client, "items", 0));
	if (error != 0)
		return 1;
	if (worker->ending == DISCONNECTS)
		semd_disconnect(client);
	link_tell(link, 'd');
	if (worker->ending == IS_KILLED)
		link_hear(link);
	return 0;
}

/* Runs one worker to its end. */
static void work(enum work what, enum ending ending)
{
	struct worker worker = { what, ending };
	struct process process;
	process_fork(&process, work_and_end, &worker, sizeof(worker));
	ck_assert_int_eq(link_hear(process.link), 'd');
	if (ending == IS_KILLED)
		process_kill(&process);
	ck_assert_int_eq(process_await(&process), ending == IS_KILLED ? PROCESS_KILLED : 0);
	process_end(&process);
}

START_TEST(posts_stay)
{
	struct semd_client *client = new_client();
	struct semd_sem *items = sem_new(client, "items", 0);
	work(POST_FIVE, (enum ending)_i);
	for (int i = 0; i < 5; i++)
		ck_assert_int_eq(semd_consume(items, 1, 0), 0);
	ck_assert_int_eq(semd_consume(items, 1, 0), SEMD_EAGAIN);
	semd_disconnect(client);
}
END_TEST

START_TEST(item_of_a_worker_that_ends_comes_back)
{
	struct semd_client *client = new_client();
	struct semd_sem *items = sem_new(client, "items", 1);
	work(TAKE_ONE, (enum ending)_i);
	ck_assert_int_eq(semd_try_acquire(items, 1), 0);
	semd_disconnect(client);
}
END_TEST

START_TEST(settled_item_is_used_up)
{
	struct semd_client *client = new_client();
	struct semd_sem *items = sem_new(client, "items", 2);
	work(TAKE_AND_SETTLE, (enum ending)_i);
	ck_assert_int_eq(semd_try_acquire(items, 1), 0);
	ck_assert_int_eq(semd_try_acquire(items, 1), SEMD_EAGAIN);
	struct semd_info info = sem_info(items);
	ck_assert_uint_eq(info.used_up, 1);
	ck_assert_uint_eq(info.total, 1);
	ck_assert_uint_eq(info.held, 1);
	semd_disconnect(client);
}
END_TEST

START_TEST(consumed_permit_is_used_up)
{
	struct semd_client *client = new_client();
	struct semd_sem *items = sem_new(client, "items", 1);
	work(CONSUME_ONE, (enum ending)_i);
	ck_assert_int_eq(semd_try_acquire(items, 1), SEMD_EAGAIN);
	ck_assert_uint_eq(sem_info(items).used_up, 1);
	semd_disconnect(client);
}
END_TEST

START_TEST(counters_tell_where_a_ring_stands)
{
	struct semd_client *client = new_client();
	struct semd_sem *free_slots = sem_new(client, "free", 4);
	struct semd_sem *used = sem_new(client, "used", 0);
	for (uint64_t i = 0; i < 3; i++) {
		ck_assert_int_eq(semd_acquire(free_slots, 1), 0);
		ck_assert_uint_eq(sem_info(used).posted, i);
		const struct semd_op filled[] = {
			{ free_slots, SEMD_SETTLE, 1 }, { used, SEMD_POST, 1 },
		};
		ck_assert_int_eq(semd_apply(client, filled, 2, 0), 0);
	}
	for (uint64_t i = 0; i < 3; i++) {
		ck_assert_int_eq(semd_acquire(used, 1), 0);
		ck_assert_uint_eq(sem_info(used).used_up, i);
		const struct semd_op emptied[] = {
			{ used, SEMD_SETTLE, 1 }, { free_slots, SEMD_POST, 1 },
		};
		ck_assert_int_eq(semd_apply(client, emptied, 2, 0), 0);
	}
	ck_assert_int_eq(sem_available(free_slots), 4);
	ck_assert_int_eq(sem_available(used), 0);
	semd_disconnect(client);
}
END_TEST

START_TEST(release_posts_where_the_handle_says_so)
{
	struct semd_client *client = new_client();
	struct semd_sem *strict = sem_new(client, "items", 1);
	struct semd_sem *posting = sem_new_with(client, "items", 1, 0, SEMD_RELEASE_POSTS);
	ck_assert_int_eq(semd_release(strict, 1), SEMD_ENOTHELD);
	ck_assert_int_eq(semd_release(posting, 2), 0);
	ck_assert_int_eq(sem_available(strict), 3);
	ck_assert_uint_eq(sem_info(strict).posted, 2);

	/* Held permits are given back first, and giving back is no post. */
	ck_assert_int_eq(semd_acquire(strict, 2), 0);
	ck_assert_int_eq(semd_release(posting, 3), 0);
	ck_assert_int_eq(sem_available(strict), 4);
	ck_assert_uint_eq(sem_info(strict).posted, 3);
	semd_disconnect(client);
}
END_TEST

START_TEST(refusals_change_nothing)
{
	struct semd_client *client = new_client();
	struct semd_sem *sem = sem_new_with(client, "items", 2, 3, 0);
	ck_assert_int_eq(semd_post(sem, 2), SEMD_EOVERFLOW);
	ck_assert_int_eq(semd_acquire(sem, 4), SEMD_EIMPOSSIBLE);
	ck_assert_int_eq(semd_acquire(sem, 0), SEMD_EINVAL);
	ck_assert_int_eq(semd_acquire(sem, 1), 0);
	ck_assert_int_eq(semd_settle(sem, 2), SEMD_ENOTHELD);
	ck_assert_int_eq(semd_release(sem, 2), SEMD_ENOTHELD);
	ck_assert_int_eq(semd_timed_acquire(sem, 2, 10 * MILLISECOND), SEMD_ETIMEDOUT);
	struct semd_info info = sem_info(sem);
	ck_assert_int_eq(info.available, 1);
	ck_assert_uint_eq(info.held, 1);
	ck_assert_uint_eq(info.posted, 0);
	ck_assert_uint_eq(info.used_up, 0);
	ck_assert_uint_eq(info.waiting, 0);
	semd_disconnect(client);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("items");
	TCase *ends = served_case(suite, "ends");
	tcase_add_loop_test(ends, posts_stay, RETURNS, IS_KILLED + 1);
	tcase_add_loop_test(ends, item_of_a_worker_that_ends_comes_back, RETURNS, IS_KILLED + 1);
	tcase_add_loop_test(ends, settled_item_is_used_up, RETURNS, IS_KILLED + 1);
	tcase_add_loop_test(ends, consumed_permit_is_used_up, RETURNS, IS_KILLED + 1);
	TCase *counting = served_case(suite, "counting");
	tcase_add_test(counting, counters_tell_where_a_ring_stands);
	tcase_add_test(counting, release_posts_where_the_handle_says_so);
	tcase_add_test(counting, refusals_change_nothing);
	return suite_run(suite);
}
