/*
 * test_client_daemon.c - what the library promises beyond the protocol, with a daemon: threads,
 * structures of other sizes, lists, the end of a client.
 */
#include "config.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/suite.h"
#include "tests/unit/with_daemon.h"

/* ---- Threads --------------------------------------------------------------------------------- */

enum { THREADS = 8, ROUNDS = 300, PERMITS = 3 };

static struct semd_sem *shared;
static atomic_int inside, most;

static void *take_turns(void *arg)
{
	for (int i = 0; i < ROUNDS; i++) {
		ck_assert_int_eq(semd_acquire(shared, 1), 0);
		int now = atomic_fetch_add(&inside, 1) + 1;
		if (now > atomic_load(&most))
			atomic_store(&most, now);
		atomic_fetch_sub(&inside, 1);
		ck_assert_int_eq(semd_release(shared, 1), 0);
	}
	return arg;
}

static void *open_and_close(void *arg)
{
	char name[32];
	for (int i = 0; i < ROUNDS / 3; i++) {
		snprintf(name, sizeof(name), "sem %d", i % 7);
		struct semd_sem *sem = open_in(client, name, 1, SEMD_LAST_CLOSE);
		ck_assert_int_eq(semd_post(sem, 1), 0);
		ck_assert_int_eq(semd_close(sem), 0);
	}
	return arg;
}

START_TEST(threads)
{
	pthread_t thread[2 * THREADS];
	shared = open_in(client, "shared", PERMITS, 0);
	for (int i = 0; i < 2 * THREADS; i++)
		ck_assert(pthread_create(&thread[i], NULL, i % 2 ? take_turns : open_and_close,
		                         NULL) == 0);
	for (int i = 0; i < 2 * THREADS; i++)
		pthread_join(thread[i], NULL);
	ck_assert_int_le(atomic_load(&most), PERMITS);
	ck_assert_int_eq(query(shared).available, PERMITS);
}
END_TEST

static void *acquire_shared(void *arg)
{
	*(int *)arg = semd_acquire(shared, 1);
	return NULL;
}

static void begin_waiting(struct semd_sem *looking, pthread_t thread[THREADS], int result[THREADS])
{
	for (int i = 0; i < THREADS; i++)
		ck_assert(pthread_create(&thread[i], NULL, acquire_shared, &result[i]) == 0);
	await_waiting(looking, THREADS);
}

static void expect_results(pthread_t thread[THREADS], const int result[THREADS], int expected)
{
	for (int i = 0; i < THREADS; i++) {
		pthread_join(thread[i], NULL);
		ck_assert_int_eq(result[i], expected);
	}
}

START_TEST(close_while_others_wait)
{
	pthread_t thread[THREADS];
	int result[THREADS];
	struct semd_sem *other = open_in(client, "none", 0, 0);
	shared = open_in(client, "none", 0, 0);
	begin_waiting(other, thread, result);
	ck_assert_int_eq(semd_close(shared), 0);
	expect_results(thread, result, SEMD_ECANCELED);
	ck_assert_int_eq(semd_post(other, 1), 0);
	ck_assert_int_eq(semd_try_acquire(other, 1), 0);
}
END_TEST

START_TEST(detach_while_others_wait)
{
	pthread_t thread[THREADS];
	int result[THREADS];
	struct semd_client *detached = connect_one();
	struct semd_sem *looking = open_in(client, "two", 2, 0);
	shared = open_in(detached, "two", 0, 0);
	ck_assert_int_eq(semd_acquire(shared, 2), 0);
	begin_waiting(looking, thread, result);
	ck_assert_int_eq(semd_detach(detached), 0);
	expect_results(thread, result, SEMD_ECANCELED);
	ck_assert_uint_eq(query(looking).held, 2);
	ck_assert_int_eq(semd_try_acquire(looking, 1), SEMD_EAGAIN);
}
END_TEST

START_TEST(disconnect_gives_back)
{
	struct semd_sem *looking = open_in(client, "one", 1, 0);
	for (int i = 0; i < 1000; i++) {
		struct semd_client *other = connect_one();
		ck_assert_int_eq(semd_acquire(open_in(other, "one", 0, 0), 1), 0);
		semd_disconnect(other);
		ck_assert_int_eq(semd_try_acquire(looking, 1), 0);
		ck_assert_int_eq(semd_release(looking, 1), 0);
	}
	semd_disconnect(NULL);
}
END_TEST

/* ---- Arguments ------------------------------------------------------------------------------- */

START_TEST(arguments)
{
	struct semd_client *other = connect_one();
	struct semd_sem *sem = open_in(client, "a", 1, 0), *none;
	struct semd_op op[SEMD_MAX_OPS + 1] = { { sem, SEMD_POST, 1 } };
	struct semd_options options = { .size = 0 };
	ck_assert_int_eq(semd_apply(client, op, 0, 0), SEMD_EINVAL);
	ck_assert_int_eq(semd_apply(client, op, SEMD_MAX_OPS + 1, 0), SEMD_EINVAL);
	ck_assert_int_eq(semd_apply(other, op, 1, 0), SEMD_EINVAL);
	ck_assert_int_eq(semd_apply(client, op, 2, 0), SEMD_EINVAL);
	ck_assert_int_eq(semd_apply(client, op, 1, 0), 0);
	op[0].kind = (enum semd_op_kind)99;
	ck_assert_int_eq(semd_apply(client, op, 1, 0), SEMD_EINVAL);
	ck_assert_int_eq(semd_acquire(NULL, 1), SEMD_EINVAL);
	ck_assert_int_eq(semd_acquire(sem, 0), SEMD_EINVAL);
	ck_assert_int_eq(semd_open(client, "", NULL, &none), SEMD_EINVAL);
	ck_assert_ptr_null(none);
	ck_assert_int_eq(semd_open(client, "a\n", NULL, &none), SEMD_EINVAL);
	ck_assert_int_eq(semd_open(client, "b", &options, &none), SEMD_EINVAL);
	options = (struct semd_options){ .size = offsetof(struct semd_options, initial),
		.flags = SEMD_CREATE, .initial = 99 };
	ck_assert_int_eq(semd_open(client, "b", &options, &none), 0);
	ck_assert_uint_eq(query(none).total, 0);
	struct semd_info info = { .size = 0 };
	ck_assert_int_eq(semd_query(sem, &info), SEMD_EINVAL);
	struct semd_change change = { .size = 0 };
	ck_assert_int_eq(semd_change(sem, &change), SEMD_EINVAL);
	ck_assert_int_eq(semd_remove(client, ""), SEMD_EINVAL);
	semd_disconnect(other);
}
END_TEST

START_TEST(administration)
{
	struct semd_sem *sem = open_in(client, "a", 1, 0);
	const struct semd_change change = { .size = sizeof(change), .max = 7, .mode = 0640,
		.bypass = 3, .mask = SEMD_CHANGE_MAX | SEMD_CHANGE_MODE | SEMD_CHANGE_BYPASS };
	ck_assert_int_eq(semd_change(sem, &change), 0);
	ck_assert_int_eq(semd_set(sem, 5), 0);
	struct semd_info info = query(sem);
	ck_assert(info.max == 7 && info.mode == 0640 && info.bypass == 3 && info.total == 5);
	ck_assert_int_eq(semd_reset(sem), 0);
	ck_assert_uint_eq(query(sem).total, 1);
	ck_assert_int_eq(semd_unlink(client, "a"), 0);
	ck_assert(query(sem).flags & SEMD_INFO_UNLINKED);
	ck_assert_int_eq(semd_remove(client, "a"), SEMD_ENOENT);
	open_in(client, "a", 1, 0);
	ck_assert_int_eq(semd_remove(client, "a"), 0);
	char release[4] = "xxx";
	uint32_t pid;
	ck_assert_int_eq(semd_daemon(client, release, 2, &pid), 0);
	ck_assert(pid == (uint32_t)semd.process.pid && release[1] == '\0' && release[2] == 'x');
}
END_TEST

/* ---- Lists ----------------------------------------------------------------------------------- */

enum { ROWS = 200 };

static int count_row(void *arg, const struct semd_info *info)
{
	unsigned char *seen = arg;
	ck_assert_uint_eq(info->size, sizeof(*info));
	seen[strtoul(info->name, NULL, 10)]++;
	return 0;
}

static int stop(void *arg, const struct semd_info *info)
{
	(void)info;
	return ++*(int *)arg == 70 ? 12345 : 0;
}

START_TEST(list)
{
	unsigned char seen[ROWS] = { 0 };
	char name[16];
	int rows = 0;
	for (int i = 0; i < ROWS; i++) {
		snprintf(name, sizeof(name), "%d", i);
		open_in(client, name, 1, 0);
	}
	ck_assert_int_eq(semd_list(client, count_row, seen), 0);
	for (int i = 0; i < ROWS; i++)
		ck_assert_int_eq(seen[i], 1);
	ck_assert_int_eq(semd_list(client, stop, &rows), 12345);
	ck_assert_int_eq(rows, 70);
	ck_assert_int_eq(semd_ping(client), 0);
}
END_TEST

struct shown {
	uint64_t held;
	unsigned sems, holders, waiters;
};

static int show_sem(void *arg, const struct semd_info *info)
{
	struct shown *shown = arg;
	shown->held = info->held;
	shown->sems++;
	return 0;
}

static int show_holder(void *arg, const struct semd_party *holder)
{
	struct shown *shown = arg;
	ck_assert_str_eq(holder->command, "somebody");
	shown->held -= holder->permits;
	shown->holders++;
	return 0;
}

static int show_waiter(void *arg, const struct semd_party *waiter)
{
	struct shown *shown = arg;
	ck_assert_uint_eq(waiter->lack_count, 2);
	ck_assert_str_eq(waiter->lacks[0].name, "x");
	ck_assert_str_eq(waiter->lacks[1].name, "y");
	ck_assert_int_eq(waiter->lacks[0].permits, 2);
	ck_assert_int_eq(waiter->lacks[1].permits, 1);
	ck_assert_uint_ge(waiter->lacks[0].held_by_count, 1);
	ck_assert_uint_eq(waiter->lacks[1].held_by_count, 1);
	shown->waiters++;
	return 0;
}

static void *acquire_both(void *arg)
{
	struct semd_sem *const *sem = arg;
	const struct semd_op ops[] = { { sem[0], SEMD_ACQUIRE, 3 }, { sem[1], SEMD_ACQUIRE, 1 } };
	ck_assert_int_eq(semd_apply(client, ops, 2, SEMD_FOREVER), SEMD_EREMOVED);
	return NULL;
}

START_TEST(show)
{
	enum { HOLDERS = 100, WAITERS = 70 };
	static const struct semd_show_rows rows = { show_sem, show_holder, show_waiter };
	struct semd_client *holder[HOLDERS];
	struct semd_sem *sem[] = {
		open_in(client, "x", HOLDERS + 1, 0), open_in(client, "y", 1, 0)
	};
	struct shown shown = { 0 };
	pthread_t thread[WAITERS];
	for (int i = 0; i < HOLDERS; i++) {
		holder[i] = connect_one();
		ck_assert_int_eq(semd_label(holder[i], "somebody"), 0);
		ck_assert_int_eq(semd_acquire(open_in(holder[i], "x", 0, 0), 1), 0);
	}
	ck_assert_int_eq(semd_acquire(open_in(holder[0], "y", 0, 0), 1), 0);
	for (int i = 0; i < WAITERS; i++)
		ck_assert(pthread_create(&thread[i], NULL, acquire_both, sem) == 0);
	await_waiting(sem[0], WAITERS);
	ck_assert_int_eq(semd_show(client, "x", &rows, &shown), 0);
	ck_assert(shown.sems == 1 && shown.holders == HOLDERS && shown.waiters == WAITERS);
	ck_assert_uint_eq(shown.held, 0);
	ck_assert_int_eq(semd_show(client, "z", &rows, &shown), SEMD_ENOENT);
	ck_assert_int_eq(semd_remove(client, "x"), 0);
	for (int i = 0; i < WAITERS; i++)
		pthread_join(thread[i], NULL);
	for (int i = 0; i < HOLDERS; i++)
		semd_disconnect(holder[i]);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("client_daemon");
	TCase *cases = suite_case(suite, "threads");
	tcase_add_checked_fixture(cases, set_up, tear_down);
	tcase_add_test(cases, threads);
	tcase_add_test(cases, close_while_others_wait);
	tcase_add_test(cases, detach_while_others_wait);
	tcase_add_test(cases, disconnect_gives_back);
	cases = suite_case(suite, "calls");
	tcase_add_checked_fixture(cases, set_up, tear_down);
	tcase_add_test(cases, arguments);
	tcase_add_test(cases, administration);
	tcase_add_test(cases, list);
	tcase_add_test(cases, show);
	return suite;
}

int main(void)
{
	return suite_run(make_suite());
}
