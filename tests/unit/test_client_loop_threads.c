/*
 * test_client_loop_threads.c - many requests in flight, and threads that start, cancel, block and
 * dispatch on one client, in any order: each callback runs exactly once and reports the truth.
 *
 * SEMD_TEST_SEED chooses what the threads do, but not their timing.
 */
#include "config.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/suite.h"
#include "tests/unit/loop.h"
#include "tests/unit/random.h"
#include "tests/unit/stop.h"
#include "tests/unit/with_daemon.h"

/* ---- Threads that dispatch ------------------------------------------------------------------- */

enum { DISPATCHERS = 3 };

static pthread_t dispatcher[DISPATCHERS];

static void *dispatch_until_stopped(void *arg)
{
	while (stop_wait(semd_fd(client)))
		ck_assert_int_eq(semd_dispatch(client), 0);
	return arg;
}

static void dispatchers_begin(void)
{
	stop_begin();
	for (int i = 0; i < DISPATCHERS; i++)
		ck_assert(pthread_create(&dispatcher[i], NULL, dispatch_until_stopped, NULL) == 0);
}

static void dispatchers_end(void)
{
	stop_all();
	for (int i = 0; i < DISPATCHERS; i++)
		pthread_join(dispatcher[i], NULL);
	stop_end();
}

/* ---- Races ----------------------------------------------------------------------------------- */

enum { SEMS = 3, PERMITS = 2, STARTERS = 3, BLOCKERS = 2, SLOTS = 16, ROUNDS = 2000, KINDS = 6 };

static uint64_t seed;
static struct semd_sem *sem[SEMS];
static atomic_int inside[SEMS];		/* permits held */
static atomic_int told[KINDS];		/* results by kind */
static atomic_int unexpected;

/* A request of one starter. The lock keeps it from being canceled after its callback has run. */
struct slot {
	pthread_mutex_t lock;
	struct semd_request *request;	/* NULL: its callback has run */
	int which;
	int started, finished;
};

static struct slot slots[STARTERS * SLOTS];	/* SLOTS for each starter */

static void enter(int which)
{
	if (atomic_fetch_add(&inside[which], 1) >= PERMITS)
		atomic_fetch_add(&unexpected, 1);
}

static void expect_given(void *arg, int result)
{
	(void)arg;
	if (result != 0)
		atomic_fetch_add(&unexpected, 1);
	atomic_fetch_add(&told[0], 1);
}

/* Called in a callback. */
static void give_back(int which)
{
	const struct semd_op op = { sem[which], SEMD_RELEASE, 1 };
	atomic_fetch_sub(&inside[which], 1);
	if (semd_start(client, &op, 1, 0, expect_given, NULL, NULL) != 0)
		atomic_fetch_add(&unexpected, 1);
}

static void take_note(void *arg, int result)
{
	static const int kinds[KINDS] = { 1, 0, SEMD_EAGAIN, SEMD_ETIMEDOUT, SEMD_ECANCELED, 1 };
	struct slot *slot = arg;
	int kind = 1;
	while (kind < KINDS - 1 && kinds[kind] != result)
		kind++;
	atomic_fetch_add(&told[kind], 1);
	pthread_mutex_lock(&slot->lock);
	int which = slot->which;
	slot->request = NULL;
	slot->finished++;
	pthread_mutex_unlock(&slot->lock);
	if (result == 0) {
		enter(which);
		give_back(which);
	}
}

static void start_in(struct slot *slot, struct random *random)
{
	static const int64_t time_outs[] = { 0, 1000, 200000, SEMD_FOREVER };
	slot->which = (int)random_below(random, SEMS);
	const struct semd_op op = { sem[slot->which], SEMD_ACQUIRE, 1 };
	slot->started++;
	if (semd_start(client, &op, 1, time_outs[random_below(random, 4)], take_note, slot,
	               &slot->request) != 0)
		atomic_fetch_add(&unexpected, 1);
}

static void cancel_in(struct slot *slot)
{
	if (slot->request && semd_cancel(slot->request) != 0)
		atomic_fetch_add(&unexpected, 1);
}

static void *start_and_cancel(void *arg)
{
	struct slot *own = arg;
	struct random random = { seed + (uint64_t)(own - slots) };
	for (int started = 0; started < ROUNDS;) {
		struct slot *slot = &own[random_below(&random, SLOTS)];
		pthread_mutex_lock(&slot->lock);
		bool is_free = slot->started == slot->finished;
		if (is_free)
			start_in(slot, &random);
		else if (random_below(&random, 2) == 0)
			cancel_in(slot);
		pthread_mutex_unlock(&slot->lock);
		started += is_free;
		if (!is_free)
			sched_yield();
	}
	return NULL;
}

static void *acquire_and_release(void *arg)
{
	for (int i = 0; i < ROUNDS / 4; i++) {
		int which = i % SEMS;
		if (semd_acquire(sem[which], 1) != 0)
			atomic_fetch_add(&unexpected, 1);
		enter(which);
		atomic_fetch_sub(&inside[which], 1);
		if (semd_release(sem[which], 1) != 0)
			atomic_fetch_add(&unexpected, 1);
	}
	return arg;
}

static bool all_told(void)
{
	bool all = atomic_load(&told[0]) == atomic_load(&told[1]);
	for (int i = 0; i < STARTERS * SLOTS; i++) {
		struct slot *slot = &slots[i];
		pthread_mutex_lock(&slot->lock);
		cancel_in(slot);
		all &= slot->started == slot->finished;
		pthread_mutex_unlock(&slot->lock);
	}
	return all;
}

static void race_begin(void)
{
	const char *given = getenv("SEMD_TEST_SEED");
	seed = given ? strtoull(given, NULL, 10) : 1;
	fprintf(stderr, "SEMD_TEST_SEED=%" PRIu64 "\n", seed);
	for (int i = 0; i < SEMS; i++) {
		char name[] = { (char)('a' + i), '\0' };
		sem[i] = open_in(client, name, PERMITS, 0);
	}
	for (int i = 0; i < STARTERS * SLOTS; i++)
		pthread_mutex_init(&slots[i].lock, NULL);
}

START_TEST(races)
{
	pthread_t thread[STARTERS + BLOCKERS];
	race_begin();
	dispatchers_begin();
	for (int i = 0; i < STARTERS; i++)
		ck_assert(pthread_create(&thread[i], NULL, start_and_cancel,
		                         &slots[i * SLOTS]) == 0);
	for (int i = STARTERS; i < STARTERS + BLOCKERS; i++)
		ck_assert(pthread_create(&thread[i], NULL, acquire_and_release, NULL) == 0);
	for (int i = 0; i < STARTERS + BLOCKERS; i++)
		pthread_join(thread[i], NULL);
	while (!all_told())
		sched_yield();
	ck_assert_int_eq(semd_dispatch(client), 0);
	ck_assert(!loop_has_work(client));
	dispatchers_end();
	fprintf(stderr, "granted %d, again %d, timed out %d, canceled %d\n", told[1], told[2],
	        told[3], told[4]);
	ck_assert_int_eq(told[5], 0);
	ck_assert_int_eq(unexpected, 0);
	ck_assert_int_gt(told[1], 0);
	for (int i = 0; i < SEMS; i++)
		ck_assert_int_eq(query(sem[i]).available, PERMITS);
}
END_TEST

/* ---- Many ------------------------------------------------------------------------------------ */

enum { MANY = 10000 };

static int order;	/* callbacks that have run */

struct numbered {
	int number;
};

static void expect_next(void *arg, int result)
{
	const struct numbered *numbered = arg;
	ck_assert_int_eq(result, 0);
	ck_assert_int_eq(numbered->number, order);
	order++;
}

START_TEST(ten_thousand)
{
	static struct numbered numbered[MANY];
	struct semd_sem *none = open_in(client, "none", 0, 0);
	const struct semd_op op = { none, SEMD_ACQUIRE, 1 };
	struct semd_client *other = connect_one();
	struct semd_sem *others = open_in(other, "none", 0, 0);
	order = 0;
	for (int i = 0; i < MANY; i++) {
		numbered[i].number = i;
		ck_assert_int_eq(semd_start(client, &op, 1, SEMD_FOREVER, expect_next, &numbered[i],
		                            NULL), 0);
	}
	while (query(others).waiting != MANY)
		ck_assert_int_eq(semd_dispatch(client), 0);
	ck_assert(order == 0 && !loop_has_work(client));
	ck_assert_int_eq(semd_post(others, MANY / 2), 0);
	ck_assert_int_eq(semd_post(others, MANY / 2), 0);
	while (order < MANY) {
		loop_await_work(client);
		ck_assert_int_eq(semd_dispatch(client), 0);
	}
	ck_assert(!loop_has_work(client));
	ck_assert_uint_eq(query(others).held, MANY);
	semd_disconnect(other);
}
END_TEST

static atomic_int told_each[MANY];

static void count_one(void *arg, int result)
{
	(void)result;
	atomic_fetch_add((atomic_int *)arg, 1);
}

/* All results are known at once, and all dispatchers compete for them. */
START_TEST(dispatched_side_by_side)
{
	struct semd_sem *none = open_in(client, "none", 0, 0);
	const struct semd_op op = { none, SEMD_ACQUIRE, 1 };
	for (int i = 0; i < MANY; i++)
		ck_assert_int_eq(semd_start(client, &op, 1, 0, count_one, &told_each[i], NULL), 0);
	ck_assert_int_eq(semd_ping(client), 0);
	dispatchers_begin();
	for (int i = 0; i < MANY; i++)
		while (atomic_load(&told_each[i]) == 0)
			sched_yield();
	dispatchers_end();
	for (int i = 0; i < MANY; i++)
		ck_assert_int_eq(atomic_load(&told_each[i]), 1);
}
END_TEST

/* ---- The end, while another thread dispatches ------------------------------------------------ */

static pthread_barrier_t both;
static struct semd_client *other;
static atomic_int finished;

/* Runs until the other thread's detach waits for it. */
static void take_long(void *arg, int result)
{
	count_one(arg, result);
	pthread_barrier_wait(&both);
	while (semd_daemon(other, NULL, 0, NULL) == 0)
		sched_yield();
	atomic_fetch_add(&finished, 1);
}

static void *dispatch_once(void *arg)
{
	ck_assert_int_eq(semd_dispatch(arg), SEMD_ECANCELED);
	return NULL;
}

/* Detach waits for the callback that has begun; no other callback runs. */
START_TEST(detached_while_another_dispatches)
{
	pthread_t thread;
	atomic_int first = 0;
	struct outcome never = { 0 };
	other = connect_one();
	struct semd_sem *others = open_in(other, "one", 1, 0);
	const struct semd_op op = { others, SEMD_ACQUIRE, 1 };
	ck_assert_int_eq(semd_start(other, &op, 1, 0, take_long, &first, NULL), 0);
	loop_start(other, others, SEMD_ACQUIRE, 1, 0, &never);
	ck_assert_int_eq(semd_ping(other), 0);
	pthread_barrier_init(&both, NULL, 2);
	ck_assert(pthread_create(&thread, NULL, dispatch_once, other) == 0);
	while (atomic_load(&first) == 0)
		sched_yield();
	loop_start(other, others, SEMD_ACQUIRE, 1, SEMD_FOREVER, &never);
	pthread_barrier_wait(&both);
	ck_assert_int_eq(semd_detach(other), 0);
	ck_assert_int_eq(atomic_load(&finished), 1);
	pthread_join(thread, NULL);
	ck_assert_int_eq(never.count, 0);
	ck_assert_uint_eq(query(open_in(client, "one", 1, 0)).held, 1);
	pthread_barrier_destroy(&both);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("client_loop_threads");
	TCase *cases = suite_case(suite, "threads");
	tcase_add_checked_fixture(cases, set_up, tear_down);
	tcase_add_test(cases, races);
	tcase_add_test(cases, ten_thousand);
	tcase_add_test(cases, dispatched_side_by_side);
	tcase_add_test(cases, detached_while_another_dispatches);
	return suite;
}

int main(void)
{
	return suite_run(make_suite());
}
